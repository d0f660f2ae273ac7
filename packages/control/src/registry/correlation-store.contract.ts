import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { id, ids, later, NOW, type OpenShelves } from "../shelves.contract.ts"
import type { Correlation } from "./correlation-store.ts"

/** What every CorrelationStore promises. */
export function correlationStoreContract(name: string, open: OpenShelves): void {
  describe(`what people said about sightings, kept in ${name}`, () => {
    it("is found by its sighting, and a later word replaces the one before", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [first, other] = [said({}), said({ reporter: "desktop" })]
      const corrected = { ...first, agent: id("agent"), former: first.agent, reason: "no", at: later(1) }
      await transact(({ correlations }) => correlations.put([first, other]))
      await transact(({ correlations }) => correlations.put([corrected]))
      const find = (reporter: string, key: string) =>
        snapshot(({ correlations }) => correlations.find(reporter, key))
      assert.deepEqual(await find("laptop", "claude-code"), corrected)
      assert.deepEqual(await find("desktop", "claude-code"), other)
      assert.equal(await find("laptop", "cursor"), undefined)
    })

    it("is answered for each agent that sightings belong to now, in the order of reporters and keys", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [agent = id("agent"), another = id("agent")] = ids("agent", 2)
      const [a, b, c] = [
        said({ agent, key: "b" }),
        said({ agent, key: "a" }),
        said({ agent: another, reporter: "desktop" }),
      ]
      await transact(({ correlations }) => correlations.put([a, b, c]))
      assert.deepEqual(await snapshot(({ correlations }) => correlations.of([agent])), [b, a])
      assert.deepEqual(await snapshot(({ correlations }) => correlations.of([agent, another])), [c, b, a])
      assert.deepEqual(await snapshot(({ correlations }) => correlations.of([a.former])), [])
    })

    it("is refused where a sighting would have belonged to the same agent before", async () => {
      const { shelf } = await open()
      const agent = id("agent")
      await assert.rejects(
        shelf.transact(({ correlations }) => correlations.put([said({ agent, former: agent })])),
      )
    })

    it("is not shown to another organisation, nor replaced by it", async () => {
      const { shelf, stranger } = await open()
      const one = said({})
      await shelf.transact(({ correlations }) => correlations.put([one]))
      assert.equal(await stranger.snapshot((tx) => tx.correlations.find("laptop", "claude-code")), undefined)
      assert.deepEqual(await stranger.snapshot((tx) => tx.correlations.of([one.agent])), [])
      await stranger.transact(({ correlations }) => correlations.put([{ ...one, reason: "theirs" }]))
      assert.deepEqual(await shelf.snapshot((tx) => tx.correlations.find("laptop", "claude-code")), one)
    })
  })
}

function said(differs: Partial<Correlation>): Correlation {
  return {
    reporter: "laptop",
    key: "claude-code",
    agent: id("agent"),
    former: id("agent"),
    by: id("user"),
    reason: "the same program",
    at: NOW,
    ...differs,
  }
}
