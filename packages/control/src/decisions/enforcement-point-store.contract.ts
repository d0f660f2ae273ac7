import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, id, ids, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { EnforcementPoint, RegisteredPoint } from "./enforcement-point-store.ts"

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

    it("registers a door once for a name and once for a token, and finds it by that", async () => {
      const { transact, snapshot } = (await open()).shelf
      const one = registered()
      assert.equal(
        won(await atOnce(() => transact(({ enforcementPoints }) => enforcementPoints.register(one)))),
        1,
      )
      const others = [registered({ apiToken: one.apiToken, name: "other" }), registered()]
      for (const other of others)
        assert.equal(await transact(({ enforcementPoints }) => enforcementPoints.register(other)), false)
      assert.deepEqual(
        await snapshot(({ enforcementPoints }) => enforcementPoints.ofToken(one.apiToken)),
        one,
      )
      assert.deepEqual(await snapshot(({ enforcementPoints }) => enforcementPoints.registered(one.id)), one)
    })

    it("lists registered doors alone, by id, and ends one once", async () => {
      const { transact, snapshot } = (await open()).shelf
      const own = await transact(({ enforcementPoints }) => enforcementPoints.ensure(door()))
      const points = ids("enforcementPoint", 3).map((each) =>
        registered({ id: each, name: each, apiToken: id("apiToken") }),
      )
      for (const point of points) await transact(({ enforcementPoints }) => enforcementPoints.register(point))
      const list = () => snapshot(({ enforcementPoints }) => enforcementPoints.list({ limit: 10 }))
      assert.deepEqual(await list(), points)
      const [first, ...rest] = points
      assert.ok(first)
      const behind = await snapshot(({ enforcementPoints }) =>
        enforcementPoints.list({ after: first.id, limit: 1 }),
      )
      assert.deepEqual(behind, rest.slice(0, 1))
      const remove = (of: typeof own.id) => transact(({ enforcementPoints }) => enforcementPoints.remove(of))
      assert.equal(won(await atOnce(() => remove(first.id))), 1)
      assert.deepEqual(await list(), rest)
      assert.equal(await remove(own.id), false)
      assert.equal(await snapshot(({ enforcementPoints }) => enforcementPoints.registered(own.id)), undefined)
    })

    it("shows nothing to another organisation, which has a door of that name to itself", async () => {
      const { shelf, stranger } = await open()
      const mine = await shelf.transact(({ enforcementPoints }) => enforcementPoints.ensure(door()))
      const theirs = door({ asserts: [] })
      const point = registered()
      await shelf.transact(({ enforcementPoints }) => enforcementPoints.register(point))
      await stranger.transact(async ({ enforcementPoints }) => {
        assert.equal(await enforcementPoints.find(mine.id), undefined)
        assert.deepEqual(await enforcementPoints.ensure(theirs), theirs)
        assert.equal(await enforcementPoints.remove(point.id), false)
        assert.equal(await enforcementPoints.ofToken(point.apiToken), undefined)
        assert.equal(await enforcementPoints.registered(point.id), undefined)
        assert.deepEqual(await enforcementPoints.list({ limit: 10 }), [])
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

function registered(differs: Partial<RegisteredPoint> = {}): RegisteredPoint {
  return {
    ...door({ name: "payments", kind: "forward-auth" }),
    apiToken: id("apiToken"),
    applications: ["agents", "clinic"],
    recorded: true,
    registeredBy: id("user"),
    registeredAt: NOW,
    ...differs,
  }
}
