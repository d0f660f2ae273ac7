import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { ManualClock } from "@tabard/core"
import { id, NOW, type OpenShelves } from "../../shelves.contract.ts"
import type { Shelf } from "../../transaction.ts"
import type { Arrival, ArrivalQuery, StoredEvent } from "./event-store.ts"
import { type News, RecordFollower } from "./follow-record.ts"

/** What following the record promises on every store. */
export function followRecordContract(name: string, open: OpenShelves): void {
  describe(`the record in ${name}, followed`, () => {
    it("tells each event once, in its order, and none of before", async () => {
      const { shelf } = await open()
      await append(shelf, 3)
      const follower = new RecordFollower({ ...shelf, clock: new ManualClock(NOW) })
      assert.equal((await follower.begin()).length, 3)
      assert.deepEqual(told(await follower.read()), [])
      const events = await append(shelf, 5)
      assert.deepEqual(told(await follower.read()), events)
      assert.deepEqual(told(await follower.read()), [])
    })

    it("begins where there is nothing yet", async () => {
      const { shelf } = await open()
      const follower = new RecordFollower({ ...shelf, clock: new ManualClock(NOW) })
      assert.deepEqual(await follower.begin(), [])
      const events = await append(shelf, 1)
      assert.deepEqual(told(await follower.read()), events)
    })

    it("tells nothing of another organisation, whose events stand between", async () => {
      const { shelf, stranger } = await open()
      const follower = new RecordFollower({ ...shelf, clock: new ManualClock(NOW) })
      await follower.begin()
      const all: string[] = []
      for (let turn = 0; turn < 3; turn += 1) {
        await append(stranger, 2)
        all.push(...(await append(shelf, 1)))
      }
      assert.deepEqual(told(await follower.read()), all)
    })

    it("says that it missed some where more came than it reads, and goes on behind them", async () => {
      const { shelf } = await open()
      const clock = new ManualClock(NOW)
      const follower = new RecordFollower({ ...shelf, clock })
      await follower.begin()
      await append(shelf, 1_100)
      assert.deepEqual(await follower.read(), { arrivals: [], missed: true })
      const events = await append(shelf, 1)
      assert.deepEqual(told(await follower.read()), events)
      clock.advance(20_000)
      assert.equal((await follower.read()).missed, true, "what was written meanwhile may have come since")
      assert.equal((await follower.read()).missed, false)
    })
  })

  describe(`events of ${name} that are seen in another order than their numbers'`, () => {
    it("are told when they are seen, once", async () => {
      const { follower, show } = await reordered(await open())
      show(0, 2, 3)
      assert.deepEqual(numbers(await follower.read()), [0, 2, 3])
      assert.deepEqual(numbers(await follower.read()), [])
      show(1, 4)
      assert.deepEqual(numbers(await follower.read()), [1, 4])
      assert.deepEqual(numbers(await follower.read()), [])
    })

    it("are looked for as long as a transaction can be held, and then no more", async () => {
      const { follower, show, asked, clock } = await reordered(await open())
      show(0, 2)
      await follower.read()
      clock.advance(14_000)
      await follower.read()
      assert.equal(asked().length, 1)
      clock.advance(2_000)
      await follower.read()
      asked()
      await follower.read()
      assert.equal(asked().length, 0, "it was a transaction that failed")
    })
  })
}

/** A store whose events become seen when they are shown, as those of transactions that commit late. */
async function reordered({ shelf }: { shelf: Shelf }) {
  await append(shelf, 1)
  await append(shelf, 5)
  const [before, ...all] = await shelf.snapshot(({ outbox }) => outbox.arrivals({ newest: 6 }))
  const places = all.map(({ number }) => number)
  const seen = new Set([before?.number])
  let asked: readonly number[] = []
  const snapshot: Shelf["snapshot"] = (work) =>
    shelf.snapshot((tx) =>
      work({
        ...tx,
        outbox: {
          ...tx.outbox,
          async arrivals(query: ArrivalQuery): Promise<readonly Arrival[]> {
            if ("among" in query) asked = query.among
            return (await tx.outbox.arrivals(query)).filter(({ number }) => seen.has(number))
          },
        },
      }),
    )
  const clock = new ManualClock(NOW)
  const follower = new RecordFollower({ snapshot, clock })
  await follower.begin()
  return {
    clock,
    asked: (): readonly number[] => {
      const last = asked
      asked = []
      return last
    },
    show: (...shown: readonly number[]): void => {
      for (const place of shown) seen.add(places[place])
    },
    follower: {
      async read(): Promise<News> {
        const news = await follower.read()
        return {
          ...news,
          arrivals: news.arrivals.map((one) => ({ ...one, number: places.indexOf(one.number) })),
        }
      },
    },
  }
}

function told({ arrivals, missed }: News): readonly string[] {
  assert.equal(missed, false)
  return arrivals.map((one) => one.id)
}

function numbers({ arrivals }: News): readonly number[] {
  return arrivals.map(({ number }) => number)
}

async function append(shelf: Shelf, count: number): Promise<readonly string[]> {
  const events = Array.from({ length: count }, newEvent)
  await shelf.transact(({ outbox }) => outbox.appendAll(events))
  return events.map((one) => one.id)
}

function newEvent(): StoredEvent {
  const bytes = new TextEncoder().encode("{}")
  return {
    id: id("event"),
    type: "agent.entered",
    at: NOW,
    agent: null,
    task: null,
    call: null,
    bytes,
    index: null,
  }
}
