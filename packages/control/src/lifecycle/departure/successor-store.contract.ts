import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { id, later, NOW, type OpenShelves } from "../../shelves.contract.ts"
import type { Successor } from "./successor-store.ts"

/** What every SuccessorStore promises. */
export function successorStoreContract(name: string, open: OpenShelves): void {
  describe(`successors kept in ${name}`, () => {
    it("answers who was named last for each, and nobody where nobody was", async () => {
      const { shelf, stranger } = await open()
      const [one, other] = [successor({}), successor({ of: id("user") })]
      const last = { ...one, user: id("user"), namedBy: id("user"), namedAt: later(1) }
      await shelf.transact(async ({ successors }) => {
        for (const each of [one, other, last]) await successors.name(each)
      })
      const all = [one.of, other.of, id("agent")]
      const named = await shelf.snapshot(({ successors }) => successors.of(all))
      assert.deepEqual([named.get(one.of), named.get(other.of), named.size], [last, other, 2])
      assert.equal((await stranger.snapshot(({ successors }) => successors.of(all))).size, 0)
    })

    it("forgets a naming, and says whether there was one", async () => {
      const { shelf, stranger } = await open()
      const one = successor({})
      await shelf.transact(({ successors }) => successors.name(one))
      assert.equal(await stranger.transact(({ successors }) => successors.forget(one.of)), false)
      assert.equal(await shelf.transact(({ successors }) => successors.forget(one.of)), true)
      assert.equal(await shelf.transact(({ successors }) => successors.forget(one.of)), false)
    })
  })
}

function successor(differences: Partial<Successor>): Successor {
  return { of: id("agent"), user: id("user"), namedBy: id("user"), namedAt: NOW, ...differences }
}
