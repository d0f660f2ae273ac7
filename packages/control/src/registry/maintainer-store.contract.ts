import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, id, ids, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Maintainer } from "./maintainer-store.ts"

/** What every MaintainerStore promises. */
export function maintainerStoreContract(name: string, open: OpenShelves): void {
  describe(`maintainers kept in ${name}`, () => {
    it("answers who helps with each of many agents, in the order in which they came", async () => {
      const { shelf } = await open()
      const agents = ids("agent", 1_200)
      const two = agents.flatMap((agent) => [helping({ agent }), helping({ agent, addedAt: later(1) })])
      await shelf.transact(async ({ maintainers }) => {
        for (const one of [...two, helping({})].toReversed()) await maintainers.add(one)
      })
      assert.deepEqual(await shelf.snapshot(({ maintainers }) => maintainers.of(agents)), two)
      assert.deepEqual(await shelf.snapshot(({ maintainers }) => maintainers.of([])), [])
    })

    it("adds and removes a person once, however many ask", async () => {
      const { shelf } = await open()
      const one = helping({})
      const added = await atOnce(() => shelf.transact(({ maintainers }) => maintainers.add(one)))
      assert.equal(won(added), 1)
      const removed = await atOnce(() =>
        shelf.transact(({ maintainers }) => maintainers.remove(one.agent, one.user)),
      )
      assert.equal(won(removed), 1)
    })

    it("shows nothing to another organisation, and lets it remove nothing", async () => {
      const { shelf, stranger } = await open()
      const mine = helping({})
      await shelf.transact(({ maintainers }) => maintainers.add(mine))
      await stranger.transact(async ({ maintainers }) => {
        assert.deepEqual(await maintainers.of([mine.agent]), [])
        assert.equal(await maintainers.remove(mine.agent, mine.user), false)
      })
      assert.deepEqual(await shelf.snapshot(({ maintainers }) => maintainers.of([mine.agent])), [mine])
    })
  })
}

function helping(differs: Partial<Maintainer>): Maintainer {
  return { agent: id("agent"), user: id("user"), addedBy: id("user"), addedAt: NOW, ...differs }
}
