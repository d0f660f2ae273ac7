import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id } from "@tabard/core"
import { id, ids, later, NOW, type OpenShelves } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { KeptRisk } from "./risk-store.ts"

/** What every RiskStore promises. */
export function riskStoreContract(name: string, open: OpenShelves): void {
  describe(`risk kept in ${name}`, () => {
    it("answers the newest score of each agent, and leaves out who was never scored", async () => {
      const { shelf } = await open()
      const [one, other, never] = [id("agent"), id("agent"), id("agent")]
      const newest = risk(one, { at: later(2), score: 3, low: 2, high: 90 })
      const only = risk(other, { at: later(1) })
      for (const kept of [risk(one, { score: 25 }), newest, risk(one, { at: later(1) }), only])
        await put(shelf, kept)
      assert.deepEqual(
        await shelf.snapshot(({ risks }) => risks.latest([one, other, never])),
        new Map([
          [one, newest],
          [other, only],
        ]),
      )
    })

    it("keeps many scores as it keeps each, also at an instant that has one", async () => {
      const { shelf } = await open()
      const agents = ids("agent", 700)
      await shelf.transact(({ risks }) => risks.putAll(agents.map((agent) => risk(agent))))
      const again = agents.map((agent) => risk(agent, { score: 9, low: 8, high: 10 }))
      await shelf.transact(({ risks }) => risks.putAll(again))
      await shelf.transact(({ risks }) => risks.putAll([]))
      const found = await shelf.snapshot(({ risks }) => risks.latest(agents))
      assert.deepEqual(
        [...found.values()].toSorted((a, b) => (a.agent < b.agent ? -1 : 1)),
        again,
      )
    })

    it("answers the newest scores of more agents than one statement may name", async () => {
      const { shelf } = await open()
      const agents = ids("agent", 1_200)
      await shelf.transact(async ({ risks }) => {
        for (const agent of agents) await risks.put(risk(agent))
      })
      const found = await shelf.snapshot(({ risks }) => risks.latest(agents))
      assert.deepEqual(new Set(found.keys()), new Set(agents))
      assert.deepEqual(await shelf.snapshot(({ risks }) => risks.latest([])), new Map())
    })

    it("answers the scores of agents from the one that stood at a moment on, the oldest first", async () => {
      const { shelf, stranger } = await open()
      const [one, other, young] = ids("agent", 3)
      assert.ok(one && other && young)
      const kept = [
        risk(one, { at: later(1), score: 22 }),
        risk(one, { at: later(5), score: 23 }),
        risk(one, { at: later(9), score: 24 }),
        risk(other, { at: later(2) }),
        risk(young, { at: later(7) }),
      ]
      await put(shelf, risk(one))
      for (const each of kept.toReversed()) await put(shelf, each)
      await put(shelf, risk(id("agent")))
      const since = (of: Shelf, ms: number) =>
        of.snapshot(({ risks }) => risks.since([one, other, young], later(ms)))
      assert.deepEqual(await since(shelf, 4), kept)
      assert.deepEqual(await since(shelf, 5), kept.slice(1))
      assert.deepEqual(await shelf.snapshot(({ risks }) => risks.since([], NOW)), [])
      assert.deepEqual(await since(stranger, 4), [])
    })

    it("answers whose newest score is highest, and as many as asked for", async () => {
      const { shelf, stranger } = await open()
      const [calm, worst, bettered] = [id("agent"), id("agent"), id("agent")]
      const now = [risk(worst, { score: 29 }), risk(calm, { score: 21 }), risk(bettered, { at: later(1) })]
      for (const kept of [risk(bettered, { score: 30 }), ...now.toReversed()]) await put(shelf, kept)
      assert.deepEqual(await shelf.snapshot(({ risks }) => risks.worst(10)), now)
      assert.deepEqual(await shelf.snapshot(({ risks }) => risks.worst(1)), now.slice(0, 1))
      assert.deepEqual(await stranger.snapshot(({ risks }) => risks.worst(10)), [])
    })

    it("leaves out of the highest scores who is dismissed or retired", async () => {
      const { shelf } = await open()
      const [gone, here] = [id("agent"), id("agent")]
      await shelf.transact(async ({ agents, risks }) => {
        const agent = { owner: null, mandate: null, createdAt: NOW }
        await agents.insert({ ...agent, id: gone, state: "dismissed" })
        await agents.insert({ ...agent, id: here, state: "discovered" })
        for (const one of [gone, here]) await risks.put(risk(one))
      })
      assert.deepEqual(await shelf.snapshot(({ risks }) => risks.worst(10)), [risk(here)])
    })

    it("keeps a score whose sides nobody knows", async () => {
      const { shelf } = await open()
      const agent = id("agent")
      await put(shelf, risk(agent, { sides: null }))
      assert.deepEqual(await history(shelf, agent, 1), [risk(agent, { sides: null })])
    })

    it("answers at most as many scores of an agent as asked for, the newest first", async () => {
      const { shelf } = await open()
      const agent = id("agent")
      const kept = [3, 2, 1].map((turn) => risk(agent, { at: later(turn), score: turn, low: 0 }))
      for (const one of kept.toReversed()) await put(shelf, one)
      await put(shelf, risk(id("agent")))
      assert.deepEqual(await history(shelf, agent, 10), kept)
      assert.deepEqual(await history(shelf, agent, 2), kept.slice(0, 2))
    })

    it("replaces what was kept for the same instant", async () => {
      const { shelf } = await open()
      const agent = id("agent")
      const last = risk(agent, { score: 9, low: 8, high: 10 })
      for (const one of [risk(agent), last]) await put(shelf, one)
      assert.deepEqual(await history(shelf, agent, 10), [last])
    })

    it("refuses a score outside its own interval, or beyond a hundred", async () => {
      const { shelf } = await open()
      for (const wrong of [{ low: 21 }, { high: 19 }, { high: 101 }, { low: -1 }])
        await assert.rejects(put(shelf, risk(id("agent"), wrong)))
    })

    it("shows nothing to another organisation", async () => {
      const { shelf, stranger } = await open()
      const agent = id("agent")
      await put(shelf, risk(agent))
      assert.deepEqual(await stranger.snapshot(({ risks }) => risks.latest([agent])), new Map())
      assert.deepEqual(await history(stranger, agent, 10), [])
    })
  })
}

async function put(shelf: Shelf, kept: KeptRisk): Promise<void> {
  await shelf.transact(({ risks }) => risks.put(kept))
}

function history(shelf: Shelf, agent: Id<"agent">, limit: number): Promise<readonly KeptRisk[]> {
  return shelf.snapshot(({ risks }) => risks.history(agent, limit))
}

function risk(agent: Id<"agent">, differs: Partial<KeptRisk> = {}): KeptRisk {
  return { agent, at: NOW, score: 20, low: 10, high: 30, sides: { access: 4.25, autonomy: 4.75 }, ...differs }
}
