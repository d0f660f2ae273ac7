import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type DecisionRecord, LosslessNumber } from "@tabard/core"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { ObservedCall, ObservePeriod, Rehearsal } from "./observe-store.ts"

/** What every ObserveStore promises. */
export function observeStoreContract(name: string, open: OpenShelves): void {
  describe(`observe mode kept in ${name}`, () => {
    it("starts one of twenty at once, and another only when that one is over", async () => {
      const { shelf } = await open()
      const one = started()
      assert.equal(won(await atOnce(() => start(shelf, one))), 1)
      assert.deepEqual(await find(shelf, one), { ...one, endedAt: null, endedBy: null, calls: 0 })
      assert.equal(await start(shelf, { ...one, startedAt: later(999), endsAt: later(9_000) }), false)
      assert.equal(await start(shelf, { ...one, startedAt: later(1_000), endsAt: later(9_000) }), true)
      assert.equal((await find(shelf, one))?.endsAt.getTime(), later(9_000).getTime())
    })

    it("lets one of twenty end it, and none where none runs", async () => {
      const { shelf, stranger } = await open()
      const one = started()
      await start(shelf, one)
      const by = id("user")
      const end = (at: Shelf) => at.transact(({ observing }) => observing.end(one.agent, by, later(5)))
      assert.equal(await end(stranger), false)
      assert.equal(won(await atOnce(() => end(shelf))), 1)
      const { endedAt, endedBy } = (await find(shelf, one)) ?? {}
      assert.deepEqual([endedAt, endedBy], [later(5), by])
      assert.equal(await start(shelf, { ...one, startedAt: later(6) }), true, "it may begin anew")
      assert.equal((await find(shelf, one))?.endedAt, null)
    })

    it("counts calls while it runs, each once, and none after its end", async () => {
      const { shelf } = await open()
      const one = started()
      assert.equal(await count(shelf, one, 1), undefined)
      await start(shelf, one)
      const counted = await atOnce(() => count(shelf, one, 1))
      assert.deepEqual(
        counted.toSorted((a = 0, b = 0) => a - b),
        Array.from({ length: 20 }, (_, at) => at + 1),
      )
      assert.equal(await count(shelf, one, 1, 0), 20, "one that was counted before")
      assert.equal(await count(shelf, one, 1_000), undefined)
      await shelf.transact(({ observing }) => observing.end(one.agent, id("user"), later(5)))
      assert.equal(await count(shelf, one, 6), undefined)
      assert.equal((await find(shelf, one))?.calls, 20)
    })

    it("ends each whose time is over for one of twenty, and leaves alone what runs or was ended", async () => {
      const { shelf, stranger } = await open()
      const [over, running, ended] = [started(), { ...started(), endsAt: later(9_000) }, started()]
      for (const one of [over, running, ended]) await start(shelf, one)
      await shelf.transact(({ observing }) => observing.end(ended.agent, id("user"), later(5)))
      const lapse = (at: Shelf) => at.transact(({ observing }) => observing.lapse(later(1_000), 9))
      assert.deepEqual(await lapse(stranger), [])
      const lapsed = (await atOnce(() => lapse(shelf))).flat()
      assert.deepEqual(lapsed, [{ ...over, endedAt: over.endsAt, endedBy: null, calls: 0 }])
      assert.equal((await find(shelf, running))?.endedAt, null)
    })

    it("answers whose time runs, and shows none to another organisation", async () => {
      const { shelf, stranger } = await open()
      const [running, ended] = [started(), started()]
      for (const one of [running, ended]) await start(shelf, one)
      await shelf.transact(({ observing }) => observing.end(ended.agent, id("user"), later(5)))
      const run = (at: Shelf, after: number) =>
        at.snapshot(({ observing }) => observing.running(later(after)))
      assert.deepEqual(await run(shelf, 999), [running.agent])
      assert.deepEqual(await run(shelf, 1_000), [])
      assert.deepEqual(await run(stranger, 999), [])
    })

    it("tells once of each that is about to end, when a quarter of it is left, and again of the next", async () => {
      const { shelf } = await open()
      const one = started()
      await start(shelf, one)
      const warn = (after: number) =>
        shelf.transact(async ({ observing }) => (await observing.warn(later(after), 9)).map(agentOf))
      assert.deepEqual(await warn(749), [])
      assert.deepEqual((await atOnce(() => warn(750))).flat(), [one.agent])
      assert.deepEqual(await warn(800), [])
      await start(shelf, { ...one, startedAt: later(1_000), endsAt: later(2_000) })
      assert.deepEqual(await warn(2_000), [], "it is over then")
      assert.deepEqual(await warn(1_800), [one.agent])
    })

    it("answers what was kept of an agent as it was kept, newest first", async () => {
      const { shelf, stranger } = await open()
      const agent = id("agent")
      const first = await keep(shelf, observed({ agent }))
      const exact = { amount: new LosslessNumber("9007199254740993") }
      const second = await keep(shelf, observed({ agent, at: later(1), arguments: exact, effect: "deny" }))
      await keep(shelf, observed())
      assert.deepEqual(await calls(shelf, agent), [second, first])
      assert.deepEqual(await calls(shelf, agent, 1), [second])
      assert.deepEqual(await calls(stranger, agent), [])
    })

    it("forgets what was kept of an agent as it begins anew, or when asked, and what is older than a time", async () => {
      const { shelf } = await open()
      const one = started()
      await keep(shelf, observed({ agent: one.agent }))
      const other = await keep(shelf, observed({ at: later(9) }))
      await start(shelf, one)
      assert.deepEqual(await calls(shelf, one.agent), [])
      const older = await keep(shelf, observed())
      const forget = (before: Date) => shelf.transact(({ observing }) => observing.forget({ before }))
      assert.equal(await forget(later(5)), 1)
      assert.deepEqual(await calls(shelf, older.agent), [])
      assert.deepEqual(await calls(shelf, other.agent), [other])
      const { agent } = other
      assert.equal(await shelf.transact(({ observing }) => observing.forget({ agent })), 1)
      assert.deepEqual(await calls(shelf, agent), [])
    })

    it("forgets what was called on behalf of a person, and of nobody else", async () => {
      const { shelf } = await open()
      const [theirs, other] = [observed(), observed()]
      const onBehalfOf = id("user")
      await shelf.transact(async ({ decisions }) => {
        await decisions.insert(decisionOf(theirs, onBehalfOf))
        await decisions.insert(decisionOf(other, id("user")))
      })
      for (const one of [theirs, other]) await keep(shelf, one)
      const forget = () => shelf.transact(({ observing }) => observing.forget({ person: onBehalfOf }))
      assert.deepEqual([await forget(), await forget()], [1, 0])
      assert.deepEqual(await calls(shelf, theirs.agent), [])
      assert.deepEqual(await calls(shelf, other.agent), [other])
    })

    it("keeps the latest rehearsal of an agent, and shows it to no other organisation", async () => {
      const { shelf, stranger } = await open()
      const tools = { "srv_1/read_note": "d1" }
      const who = { agent: id("agent"), recordedBy: id("user"), recordedAt: NOW }
      const first: Rehearsal = { ...who, tier: "read-only", bounds: "b1", tools, calls: 20 }
      const kept = (at: Shelf) => at.snapshot(({ observing }) => observing.rehearsal(first.agent))
      assert.equal(await kept(shelf), undefined)
      for (const one of [first, { ...first, bounds: "b2", recordedAt: later(1) }]) {
        await shelf.transact(({ observing }) => observing.recordRehearsal(one))
        assert.deepEqual(await kept(shelf), one)
      }
      assert.equal(await kept(stranger), undefined)
    })
  })
}

type Started = Omit<ObservePeriod, "endedAt" | "endedBy" | "calls">

function started(): Started {
  const who = { agent: id("agent"), startedBy: id("user"), reason: "before it goes live" }
  return { ...who, startedAt: NOW, environment: "staging", endsAt: later(1_000) }
}

function decisionOf(call: ObservedCall, onBehalfOf: ObservePeriod["startedBy"]): DecisionRecord {
  const { decision, agent, at, effect, code, reasons } = call
  const about = { call: id("call"), agent, task: null, action: "notes/read_note", resource: call.server }
  const answer = { effect, code, reasons, approval: null, version: 1, observed: "let_through" } as const
  return { id: decision, ...about, ...answer, at, onBehalfOf }
}

function agentOf({ agent }: ObservePeriod): ObservePeriod["agent"] {
  return agent
}

function start(shelf: Shelf, period: Started): Promise<boolean> {
  return shelf.transact(({ observing }) => observing.start(period))
}

function find(shelf: Shelf, { agent }: Started): Promise<ObservePeriod | undefined> {
  return shelf.snapshot(({ observing }) => observing.find(agent))
}

function count(
  shelf: Shelf,
  { agent }: Started,
  after: number,
  more: 0 | 1 = 1,
): Promise<number | undefined> {
  return shelf.transact(({ observing }) => observing.count(agent, { now: later(after), more }))
}

async function keep(shelf: Shelf, call: ObservedCall): Promise<ObservedCall> {
  await shelf.transact(({ observing }) => observing.keep(call))
  return call
}

function calls(shelf: Shelf, agent: ObservedCall["agent"], limit = 10): Promise<readonly ObservedCall[]> {
  return shelf.snapshot(({ observing }) => observing.calls(agent, limit))
}

function observed(differs: Partial<ObservedCall> = {}): ObservedCall {
  return {
    decision: id("decision"),
    agent: id("agent"),
    at: NOW,
    server: id("server"),
    tool: "read_note",
    digest: "d1",
    effect: "permit",
    code: "permitted",
    reasons: ["agt_1/2"],
    others: "permit",
    arguments: { path: "/notes/a.md" },
    withheld: ["content"],
    circumstances: { task: true, door: "gateway", environment: "staging", bound: "dpop", posture: [] },
    ...differs,
  }
}
