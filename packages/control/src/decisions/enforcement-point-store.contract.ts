import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, id, type OpenShelves } from "../shelves.contract.ts"
import type { EnforcementPoint } from "./enforcement-point-store.ts"

/** What every EnforcementPointStore promises. */
export function enforcementPointStoreContract(name: string, open: OpenShelves): void {
  describe(`doors kept in ${name}`, () => {
    it("keeps one door of a name, and answers it to everybody", async () => {
      const { transact, snapshot } = (await open()).shelf
      const ensured = await atOnce(() =>
        transact(({ enforcementPoints }) => enforcementPoints.ensure(door())),
      )
      const [first] = ensured
      assert.ok(first)
      assert.equal(new Set(ensured.map((one) => one.id)).size, 1)
      assert.deepEqual(await snapshot(({ enforcementPoints }) => enforcementPoints.find(first.id)), first)
    })

    it("tells doors of two names apart", async () => {
      const { transact, snapshot } = (await open()).shelf
      const doors = [door(), door({ name: "ci", kind: "ci" })]
      for (const one of doors) {
        assert.deepEqual(await transact(({ enforcementPoints }) => enforcementPoints.ensure(one)), one)
      }
      for (const one of doors) {
        assert.deepEqual(await transact(({ enforcementPoints }) => enforcementPoints.ensure(one)), one)
        assert.deepEqual(await snapshot(({ enforcementPoints }) => enforcementPoints.find(one.id)), one)
      }
    })

    it("answers undefined where there is no such door", async () => {
      const { snapshot } = (await open()).shelf
      const found = await snapshot(({ enforcementPoints }) => enforcementPoints.find(id("enforcementPoint")))
      assert.equal(found, undefined)
    })

    it("shows nothing to another organisation, which has a door of that name to itself", async () => {
      const { shelf, stranger } = await open()
      const mine = await shelf.transact(({ enforcementPoints }) => enforcementPoints.ensure(door()))
      const theirs = door({ asserts: [] })
      await stranger.transact(async ({ enforcementPoints }) => {
        assert.equal(await enforcementPoints.find(mine.id), undefined)
        assert.deepEqual(await enforcementPoints.ensure(theirs), theirs)
      })
    })
  })
}

function door(differs: Partial<EnforcementPoint> = {}): EnforcementPoint {
  return {
    id: id("enforcementPoint"),
    name: "gateway",
    kind: "gateway",
    subjects: ["*"],
    asserts: ["network", "provenance"],
    ...differs,
  }
}
