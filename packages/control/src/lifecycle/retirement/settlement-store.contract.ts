import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { SETTLEMENTS, type Settlement } from "@tabard/core"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../../shelves.contract.ts"

/** What every SettlementStore promises. */
export function settlementStoreContract(name: string, open: OpenShelves): void {
  describe(`settlements kept in ${name}`, () => {
    it("answers how each of an agent's credentials was settled, in their order", async () => {
      const { shelf, stranger } = await open()
      const agent = id("agent")
      const all = SETTLEMENTS.map((how): Settlement => {
        const by = how === "probed" ? null : id("user")
        return { agent, credential: id("credential"), how, by, outcome: "instance_not_found", at: NOW }
      })
      const key: Settlement = {
        agent,
        credential: id("instance"),
        how: "probed",
        by: null,
        outcome: null,
        at: NOW,
      }
      for (const each of [...all, key, { ...key, agent: id("agent") }])
        assert.equal(await shelf.transact(({ settlements }) => settlements.settle(each)), true)
      const expected = [...all, key].toSorted((a, b) => (a.credential < b.credential ? -1 : 1))
      assert.deepEqual(await shelf.snapshot(({ settlements }) => settlements.of(agent)), expected)
      assert.deepEqual(await stranger.snapshot(({ settlements }) => settlements.of(agent)), [])
    })

    it("lets exactly one of many settle a credential, and keeps the word that came first", async () => {
      const { shelf } = await open()
      const first: Settlement = {
        agent: id("agent"),
        credential: id("credential"),
        how: "attested",
        by: id("user"),
        outcome: null,
        at: NOW,
      }
      const settle = () => shelf.transact(({ settlements }) => settlements.settle(first))
      assert.equal(won(await atOnce(settle)), 1)
      const other: Settlement = { ...first, how: "excepted", at: later(1) }
      assert.equal(await shelf.transact(({ settlements }) => settlements.settle(other)), false)
      assert.deepEqual(await shelf.snapshot(({ settlements }) => settlements.of(first.agent)), [first])
    })
  })
}
