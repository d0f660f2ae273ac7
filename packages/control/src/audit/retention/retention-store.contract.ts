import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id } from "@tabard/core"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../../shelves.contract.ts"
import type { Shelf } from "../../transaction.ts"
import type { NewEvent } from "../event/event-store.ts"
import type { Pruning, Retention } from "./retention-store.ts"

/** What every RetentionStore promises. */
export function retentionStoreContract(name: string, open: OpenShelves): void {
  describe(`retention kept in ${name}`, () => {
    it("is settled by nobody at first, and then as it was settled last", async () => {
      const { shelf, stranger } = await open()
      assert.equal(await find(shelf), undefined)
      for (const months of [12, null, 6]) {
        const settled: Retention = { months, reason: `for ${months}`, setBy: id("user"), setAt: later(1) }
        await shelf.transact(({ retention }) => retention.put(settled))
        assert.deepEqual(await find(shelf), settled)
      }
      assert.equal(await find(stranger), undefined)
    })

    it("raises a minimum index once from where it was, whoever tries at once", async () => {
      const { shelf, stranger } = await open()
      assert.deepEqual(await prunings(shelf), [])
      for (const [from, to] of [
        [0, 512],
        [512, 1024],
      ] as const) {
        const raised = await atOnce(() => raise(shelf, { from, to, at: later(to) }))
        assert.equal(won(raised), 1)
      }
      assert.equal(await raise(shelf, { from: 512, to: 2048, at: NOW }), false)
      assert.equal(await raise(shelf, { from: 0, to: 2048, at: NOW }), false)
      await assert.rejects(raise(shelf, { from: 1024, to: 1024, at: NOW }))
      await raise(shelf, { from: 0, to: 256, at: NOW }, 2)
      assert.deepEqual(await prunings(shelf), [
        { generation: 1, minimum: 1024, cleared: 0, raisedAt: later(1024) },
        { generation: 2, minimum: 256, cleared: 0, raisedAt: NOW },
      ])
      assert.deepEqual(await prunings(stranger), [])
      assert.equal(await raise(stranger, { from: 1024, to: 2048, at: NOW }), false)
    })

    it("clears up to the minimum index and never beyond, and never back", async () => {
      const { shelf, stranger } = await open()
      const clear = (to: number, of = shelf) => of.transact(({ retention }) => retention.clear(1, to))
      assert.equal(await clear(1), false)
      await raise(shelf, { from: 0, to: 512, at: NOW })
      assert.equal(await clear(512, stranger), false)
      assert.equal(await clear(513), false)
      assert.equal(await clear(256), true)
      assert.equal(await clear(256), false)
      assert.equal(await clear(128), false)
      assert.equal(await clear(512), true)
      assert.deepEqual(
        (await prunings(shelf)).map(({ cleared }) => cleared),
        [512],
      )
    })

    it("finds the first place of a time or later, in the order of places, and none outside", async () => {
      const { shelf, stranger } = await open()
      await placed(shelf, [later(0), later(5), later(3), later(9)])
      const first = (time: Date, from: number, to: number, of = shelf) =>
        of.snapshot(({ retention }) => retention.firstSince(time, from, to))
      assert.equal(await first(later(3), 0, 4), 1)
      assert.equal(await first(later(3), 2, 4), 2)
      assert.equal(await first(later(6), 0, 4), 3)
      assert.equal(await first(later(6), 0, 3), undefined)
      assert.equal(await first(later(10), 0, 4), undefined)
      assert.equal(await first(later(0), 0, 4, stranger), undefined)
    })

    it("forgets events by place with what they commit to, and nobody else's", async () => {
      const { shelf, stranger } = await open()
      const mine = await placed(shelf, [NOW, NOW, NOW])
      const theirs = await placed(stranger, [NOW, NOW, NOW])
      const waiting = await placed(shelf, [NOW], null)
      await shelf.transact(({ retention }) => retention.forget(0, 2))
      const left = (of: Shelf) =>
        of.snapshot(async ({ outbox }) => ({
          events: (await outbox.list({ limit: 10 })).map((one) => one.id).toSorted(),
          values: [...(await outbox.valuesOf(named([...mine, ...theirs]))).keys()].toSorted(),
        }))
      assert.deepEqual(await left(shelf), {
        events: [...mine.slice(2), ...waiting].toSorted(),
        values: mine.slice(2),
      })
      assert.deepEqual(await left(stranger), { events: theirs.toSorted(), values: theirs.toSorted() })
    })
  })
}

function find(shelf: Shelf): Promise<Retention | undefined> {
  return shelf.snapshot(({ retention }) => retention.find())
}

function prunings(shelf: Shelf): Promise<readonly Pruning[]> {
  return shelf.snapshot(({ retention }) => retention.prunings())
}

function raise(shelf: Shelf, step: { from: number; to: number; at: Date }, generation = 1): Promise<boolean> {
  return shelf.transact(({ retention }) => retention.raise(generation, step))
}

/** Keeps events of these times with a value beside each, and gives them places from `from` on, where one is named. */
async function placed(
  shelf: Shelf,
  times: readonly Date[],
  from: number | null = 0,
): Promise<readonly Id<"event">[]> {
  const events = times.map((at): NewEvent => ({ ...EVENT, id: id("event"), at }))
  await shelf.transact(async ({ outbox }) => {
    await outbox.appendAll(events)
    if (from !== null) for (const [n, one] of events.entries()) await outbox.sequence(one.id, from + n)
  })
  return events.map((one) => one.id)
}

function named(events: readonly Id<"event">[]): readonly Pick<NewEvent, "id" | "agent">[] {
  return events.map((one) => ({ id: one, agent: null }))
}

const EVENT: Omit<NewEvent, "id" | "at"> = {
  type: "agent.adopted",
  agent: null,
  task: null,
  call: null,
  bytes: new TextEncoder().encode('{"type":"agent.adopted"}'),
  index: null,
  values: [
    {
      field: "data.reason",
      salt: new Uint8Array(16),
      value: "because",
      class: "personal",
      person: null,
      erasable: true,
    },
  ],
}
