import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id } from "@tabard/core"
import { atOnce, id, later, NOW, type OpenShelves } from "../../shelves.contract.ts"
import type { Shelf } from "../../transaction.ts"
import type { ArrivalQuery, EventQuery, StoredEvent } from "./event-store.ts"

/** What every EventStore promises. */
export function eventStoreContract(name: string, open: OpenShelves): void {
  describe(`events kept in ${name}`, () => {
    it("keeps an event byte for byte, without a place", async () => {
      const { shelf } = await open()
      const bytes = Uint8Array.from({ length: 256 }, (_, n) => n)
      const one = await append(
        shelf,
        event({ bytes, agent: id("agent"), task: id("task"), call: id("call") }),
      )
      assert.deepEqual(await find(shelf, one.id), one)
      const placed = await append(shelf, event({ index: 7 }))
      assert.deepEqual(await find(shelf, placed.id), { ...placed, index: null })
      assert.equal(await find(shelf, id("event")), undefined)
    })

    it("rejects an id that is taken, and more than 60 KiB", async () => {
      const { shelf } = await open()
      const one = await append(shelf, event())
      await assert.rejects(append(shelf, event({ id: one.id })))
      await append(shelf, event({ bytes: new Uint8Array(60 * 1024) }))
      await assert.rejects(append(shelf, event({ bytes: new Uint8Array(60 * 1024 + 1) })))
    })

    it("keeps many events in their order, or none where an id is taken", async () => {
      const { shelf } = await open()
      const many = Array.from({ length: 700 }, () => event())
      await shelf.transact(({ outbox }) => outbox.appendAll(many))
      assertSame(await waiting(shelf, 1_000), many)
      const [taken = event()] = many
      await assert.rejects(shelf.transact(({ outbox }) => outbox.appendAll([event(), taken])))
      await shelf.transact(({ outbox }) => outbox.appendAll([]))
      assert.equal((await waiting(shelf, 1_000)).length, 700)
    })

    it("answers events newest first, by agent, task, type and time, from an event backwards, and no more than asked", async () => {
      const { shelf } = await open()
      const [agent, task] = [id("agent"), id("task")]
      const a = await append(shelf, event({ agent }))
      const b = await append(shelf, event({ task, at: later(1) }))
      const c = await append(shelf, event({ agent, type: "agent.retired", at: later(2) }))
      const list = (query: Partial<EventQuery>) =>
        shelf.snapshot(({ outbox }) => outbox.list({ limit: 10, ...query }))
      assertSame(await list({}), [c, b, a])
      assertSame(await list({ agent }), [c, a])
      assertSame(await list({ task }), [b])
      assertSame(await list({ type: "agent.retired" }), [c])
      assertSame(await list({ after: c.id }), [b, a])
      assertSame(await list({ after: c.id, limit: 1 }), [b])
      assertSame(await list({ from: later(1) }), [c, b])
      assertSame(await list({ from: later(1), until: later(2) }), [b])
      const latest = (...agents: Id<"agent">[]) =>
        shelf.snapshot(({ outbox }) => outbox.latestOf(agents, a.type, 1))
      const other = id("agent")
      const [, d] = [
        await append(shelf, event({ agent: other })),
        await append(shelf, event({ agent: other })),
      ]
      assertSame(await latest(agent, other, id("agent"), agent), [a, d])
      await assert.rejects(list({ limit: 0 }))
    })

    it("finds events by call, person, tool, effect, types and place, alone and together, the newest first", async () => {
      const { shelf } = await open()
      const [ann, ben, call, agent] = [id("user"), id("user"), id("call"), id("agent")]
      const told = (body: object, differs: Partial<StoredEvent> = {}) =>
        append(shelf, event({ bytes: new TextEncoder().encode(JSON.stringify(body)), ...differs }))
      const denied = { action: "notes/write_note", decision: { effect: "deny" } }
      const a = await told({ actor: { id: ann } })
      const b = await told({ owner: ann, onBehalfOf: ben, ...denied }, { call, agent, type: "call.decided" })
      const c = await told({ action: "notes/read_note" }, { call, type: "call.finished" })
      const d = await told({ actor: { id: ben }, data: { user: ann } }, { agent, type: "person.invited" })
      const e = await told({ actor: { id: ben }, data: { to: ann } }, { type: "ownership.offered" })
      await told({ action: "notebook/read_note", decision: { effect: "permit" } })
      await sequence(shelf, c.id, 5)
      const list = (query: Partial<EventQuery>) =>
        shelf.snapshot(({ outbox }) => outbox.list({ limit: 10, ...query }))
      const asked: readonly (readonly [Partial<EventQuery>, readonly StoredEvent[]])[] = [
        [{ call }, [{ ...c, index: 5 }, b]],
        [{ person: ann }, [e, d, b, a]],
        [{ person: ben }, [e, d, b]],
        [{ person: id("user") }, []],
        [{ tool: "notes/write_note" }, [b]],
        [{ tool: "notes" }, [{ ...c, index: 5 }, b]],
        [{ effect: "deny" }, [b]],
        [{ types: ["person.invited", "call.decided"] }, [d, b]],
        [{ types: [] }, []],
        [{ place: 5 }, [{ ...c, index: 5 }]],
        [{ place: 4 }, []],
        [{ person: ann, limit: 2 }, [e, d]],
        [{ person: ann, limit: 2, after: d.id }, [b, a]],
        [{ agent, person: ann, types: ["person.invited"] }, [d]],
        [{ agent, effect: "deny", tool: "notes" }, [b]],
        [{ person: ann, effect: "deny" }, [b]],
        [{ person: ben, effect: "permit" }, []],
        [{ tool: "notes", place: 5 }, [{ ...c, index: 5 }]],
        [{ call, types: ["call.finished"], answeredBy: ann }, []],
      ]
      for (const [query, found] of asked) assertSame(await list(query), found)
    })

    it("marks events as they are kept, and again without a change", async () => {
      const { shelf } = await open()
      const unmarked = (limit: number) => shelf.snapshot(({ outbox }) => outbox.unmarked(limit))
      const ann = id("user")
      const bytes = new TextEncoder().encode(JSON.stringify({ actor: { id: ann } }))
      const one = await append(shelf, event({ bytes }))
      assertSame(await unmarked(10), [])
      for (const _ of [1, 2]) await shelf.transact(({ outbox }) => outbox.mark([one]))
      assertSame(await shelf.snapshot(({ outbox }) => outbox.list({ person: ann, limit: 10 })), [one])
    })

    it("answers events without a place in the order in which they were kept, also within one millisecond", async () => {
      const { shelf } = await open()
      const events = Array.from({ length: 50 }, () => event())
      await shelf.transact(async ({ outbox }) => {
        for (const one of events) await outbox.append(one)
      })
      assertSame(await waiting(shelf, 1_000), events)
      assertSame(await waiting(shelf, 3), events.slice(0, 3))
    })

    it("answers arrivals in the order in which they were kept: the newest, those behind a number, and some by number", async () => {
      const { shelf, stranger } = await open()
      const agent = id("agent")
      const events = [event(), event({ agent, type: "agent.retired", at: later(5) }), event()] as const
      for (const one of events) await append(shelf, one)
      const arrivals = (query: ArrivalQuery, of = shelf) =>
        of.snapshot(({ outbox }) => outbox.arrivals(query))
      const all = await arrivals({ newest: 10 })
      assert.deepEqual(
        all.map((one) => ({ id: one.id, type: one.type, at: one.at, agent: one.agent })),
        events.map((one) => ({ id: one.id, type: one.type, at: one.at, agent: one.agent })),
      )
      const numbers = all.map(({ number }) => number)
      assert.deepEqual(
        numbers.toSorted((a, b) => a - b),
        numbers,
      )
      assert.deepEqual(await arrivals({ newest: 2 }), all.slice(1))
      assert.deepEqual(await arrivals({ behind: numbers[0] ?? 0, limit: 10 }), all.slice(1))
      assert.deepEqual(await arrivals({ behind: 0, limit: 1 }), all.slice(0, 1))
      assert.deepEqual(await arrivals({ among: numbers.slice(1).toReversed() }), all.slice(1))
      assert.deepEqual(await arrivals({ among: [] }), [])
      assert.deepEqual(await arrivals({ behind: 0, limit: 10 }, stranger), [])
      assert.deepEqual(await arrivals({ among: numbers }, stranger), [])
      await assert.rejects(arrivals({ newest: 1_001 }))
      await assert.rejects(arrivals({ behind: 0, limit: 0 }))
    })

    it("gives an event its place, and answers places in order", async () => {
      const { shelf } = await open()
      const events = [event(), event(), event()] as const
      for (const one of events) await append(shelf, one)
      for (const [n, one] of events.toReversed().entries()) await sequence(shelf, one.id, n)
      const placed = events.toReversed().map((one, index) => ({ ...one, index }))
      assertSame(await waiting(shelf, 10), [])
      const range = (from: number, to: number) => shelf.snapshot(({ outbox }) => outbox.range(from, to))
      assertSame(await range(0, 3), placed)
      assertSame(await range(1, 2), placed.slice(1, 2))
      assertSame(await range(3, 9), [])
      assert.deepEqual(await find(shelf, events[0].id), placed[2])
    })

    it("rejects a place that is taken, and a second place", async () => {
      const { shelf } = await open()
      const [a, b] = [await append(shelf, event()), await append(shelf, event())]
      await sequence(shelf, a.id, 0)
      await assert.rejects(sequence(shelf, b.id, 0))
      await assert.rejects(sequence(shelf, a.id, 1))
      await assert.rejects(sequence(shelf, id("event"), 2))
      assertSame(await waiting(shelf, 10), [b])
    })

    it("gives places to all that wait, oldest first and no more than asked, and takes them away again", async () => {
      const { shelf } = await open()
      const events = Array.from({ length: 30 }, () => event())
      await shelf.transact(({ outbox }) => outbox.appendAll(events))
      const next = (from: number, limit: number) =>
        shelf.transact(({ outbox }) => outbox.sequenceWaiting(from, limit))
      assert.equal(await next(5, 20), 20)
      assert.equal(await next(25, 1000), 10)
      assert.equal(await next(35, 1000), 0)
      const placed = events.map((one, at) => ({ ...one, index: at + 5 }))
      const range = () => shelf.snapshot(({ outbox }) => outbox.range(0, 100))
      assertSame(await range(), placed)
      await append(shelf, event())
      await assert.rejects(next(34, 1000))
      await assert.rejects(next(35, 0))
      await shelf.transact(({ outbox }) => outbox.unsequence(8))
      assertSame(await range(), placed.slice(0, 3))
      assertSame((await waiting(shelf, 100)).slice(0, 27), events.slice(3))
    })

    it("gives a place to exactly one of many events", async () => {
      const { shelf } = await open()
      const events = await atOnce(() => append(shelf, event()))
      const placed = await Promise.allSettled(events.map((one) => sequence(shelf, one.id, 0)))
      assert.equal(placed.filter(({ status }) => status === "fulfilled").length, 1)
      assert.equal((await waiting(shelf, 100)).length, 19)
    })

    it("keeps an event only with the transaction that it tells of", async () => {
      const { shelf } = await open()
      const one = event()
      await assert.rejects(
        shelf.transact(async ({ outbox }) => {
          await outbox.append(one)
          throw new Error("the power went")
        }),
      )
      assert.equal(await find(shelf, one.id), undefined)
    })

    it("tells since when events wait: the one of a place, or the oldest without one", async () => {
      const { shelf } = await open()
      const since = (place: number) => shelf.snapshot(({ outbox }) => outbox.waitingSince(place))
      assert.equal(await since(0), undefined)
      const one = await append(shelf, event({ at: later(1000) }))
      await append(shelf, event({ at: later(2000) }))
      assert.deepEqual(await since(0), later(1000))
      await sequence(shelf, one.id, 0)
      assert.deepEqual([await since(0), await since(1)], [later(1000), later(2000)])
    })

    it("shows nothing to another organisation, and lets it place nothing", async () => {
      const { shelf, stranger } = await open()
      const [one, placed] = [await append(shelf, event()), await append(shelf, event())]
      await sequence(shelf, placed.id, 0)
      await stranger.snapshot(async ({ outbox }) => {
        assert.equal(await outbox.find(one.id), undefined)
        assertSame(await outbox.list({ limit: 10 }), [])
        assertSame(await outbox.unsequenced(10), [])
        assertSame(await outbox.range(0, 10), [])
      })
      await stranger.transact(async ({ outbox }) => {
        assert.equal(await outbox.sequenceWaiting(0, 10), 0)
        await outbox.unsequence(0)
      })
      assert.equal((await find(shelf, placed.id))?.index, 0)
      await assert.rejects(sequence(stranger, one.id, 5))
      const theirs = await append(stranger, event())
      await sequence(stranger, theirs.id, 0)
      assertSame(await waiting(shelf, 10), [one])
    })
  })
}

/**
 * Compares with bytes as text: were another organisation's 60 KiB among the events, comparing byte by byte would take
 * all memory before it said so.
 */
function assertSame(found: readonly StoredEvent[], expected: readonly StoredEvent[]): void {
  assert.deepEqual(found.map(readable), expected.map(readable))
}

function readable(one: StoredEvent): object {
  return { ...one, bytes: Buffer.from(one.bytes).toString("base64") }
}

async function append(shelf: Shelf, one: StoredEvent): Promise<StoredEvent> {
  await shelf.transact(({ outbox }) => outbox.append(one))
  return one
}

function find(shelf: Shelf, one: Id<"event">): Promise<StoredEvent | undefined> {
  return shelf.snapshot(({ outbox }) => outbox.find(one))
}

function waiting(shelf: Shelf, limit: number): Promise<readonly StoredEvent[]> {
  return shelf.snapshot(({ outbox }) => outbox.unsequenced(limit))
}

function sequence(shelf: Shelf, one: Id<"event">, index: number): Promise<void> {
  return shelf.transact(({ outbox }) => outbox.sequence(one, index))
}

function event(differs: Partial<StoredEvent> = {}): StoredEvent {
  return {
    id: id("event"),
    type: "agent.adopted",
    at: NOW,
    agent: null,
    task: null,
    call: null,
    bytes: new TextEncoder().encode('{"type":"agent.adopted"}'),
    index: null,
    ...differs,
  }
}
