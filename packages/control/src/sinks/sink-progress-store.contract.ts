import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id } from "@tabard/core"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import { type SinkProgress, type SinkStep, type SinkTrouble, sinkLease } from "./sink-progress-store.ts"

const NEW = {
  place: 7,
  reached: 7,
  checkpoint: 0,
  checkpointAt: null,
  standing: "well",
  failures: 0,
  due: null,
  said: null,
  troubledSince: null,
  told: false,
  succeededAt: null,
  failedAt: null,
} as const

/** What every SinkProgressStore promises. */
export function sinkProgressStoreContract(name: string, open: OpenShelves): void {
  describe(`progress of sinks kept in ${name}`, () => {
    it("begins at a place, once", async () => {
      const { shelf } = await open()
      const sink = await begun(shelf)
      assert.deepEqual(await find(shelf, sink), { sink, ...NEW })
      assert.deepEqual(await shelf.snapshot((tx) => tx.sinkProgress.list()), [{ sink, ...NEW }])
      await assert.rejects(begun(shelf, sink))
      assert.equal(await find(shelf, id("sink")), undefined)
    })

    it("moves a cursor for exactly one of many, who hold the newest number of its lease", async () => {
      const { shelf } = await open()
      const sink = await begun(shelf)
      const old = await lease(shelf, sink, "a")
      await shelf.transact(({ leases }) => leases.release(sinkLease(sink), "a"))
      assert.equal(await step(shelf, { sink, from: 7, to: 9, fence: 1 }), true)
      const fence = await lease(shelf, sink, "b")
      assert.equal(await step(shelf, { sink, from: 9, to: 10, fence: old }), false)
      const moved = await atOnce(() => step(shelf, { sink, from: 9, to: 12, fence, checkpoint: 12 }))
      assert.equal(won(moved), 1)
      assert.deepEqual(await find(shelf, sink), {
        sink,
        ...NEW,
        place: 12,
        reached: 12,
        checkpoint: 12,
        checkpointAt: NOW,
        succeededAt: NOW,
      })
    })

    it("passes what is not carried without saying that anything was", async () => {
      const { shelf } = await open()
      const sink = await begun(shelf)
      const fence = await lease(shelf, sink, "a")
      await trouble(shelf, { sink, fence })
      await step(shelf, { sink, from: 7, to: 20, fence, carried: false })
      const passed = await find(shelf, sink)
      assert.equal(passed?.place, 20)
      assert.equal(passed?.succeededAt, null)
      assert.equal(passed?.standing, "later")
    })

    it("counts failures in a row and since when, until something is carried", async () => {
      const { shelf } = await open()
      const sink = await begun(shelf)
      const fence = await lease(shelf, sink, "a")
      assert.equal(await trouble(shelf, { sink, fence }), true)
      assert.equal(
        await trouble(shelf, { sink, fence, at: later(5), due: later(9), standing: "held", told: true }),
        true,
      )
      assert.equal(await trouble(shelf, { sink, fence: fence + 1 }), false)
      const troubled = {
        standing: "held",
        failures: 2,
        due: later(9),
        said: "it answered 503",
        troubledSince: NOW,
        told: true,
        failedAt: later(5),
      }
      assert.deepEqual(await find(shelf, sink), { sink, ...NEW, ...troubled })
      await step(shelf, { sink, from: 7, to: 8, fence })
      const well = { place: 8, reached: 8, succeededAt: NOW, failedAt: later(5) }
      assert.deepEqual(await find(shelf, sink), { sink, ...NEW, ...well })
    })

    it("puts a cursor back, never forward, and remembers the furthest that it was", async () => {
      const { shelf } = await open()
      const sink = await begun(shelf)
      const fence = await lease(shelf, sink, "a")
      await trouble(shelf, { sink, fence })
      const replay = (to: number) => shelf.transact((tx) => tx.sinkProgress.replay(sink, to))
      assert.equal(await replay(8), undefined)
      assert.equal(await replay(2), 7)
      const back = await find(shelf, sink)
      assert.deepEqual([back?.place, back?.reached, back?.due], [2, 7, null])
      assert.equal(await step(shelf, { sink, from: 7, to: 9, fence }), false)
      assert.equal(await step(shelf, { sink, from: 2, to: 4, fence }), true)
      assert.equal((await find(shelf, sink))?.reached, 7)
      assert.equal(await shelf.transact((tx) => tx.sinkProgress.replay(id("sink"), 0)), undefined)
    })

    it("has a sink tried at once", async () => {
      const { shelf } = await open()
      const sink = await begun(shelf)
      await trouble(shelf, { sink, fence: await lease(shelf, sink, "a") })
      await shelf.transact((tx) => tx.sinkProgress.wake(sink))
      assert.equal((await find(shelf, sink))?.due, null)
    })

    it("counts by the hour, and forgets what is old, or all of a sink", async () => {
      const { shelf } = await open()
      const sink = await begun(shelf)
      const count = (hour: number, late: number) =>
        shelf.transact((tx) => tx.sinkProgress.count(sink, later(hour), { entries: 10, late }))
      await atOnce(() => count(0, 1))
      await count(3_600_000, 0)
      const pace = (from: number) => shelf.snapshot((tx) => tx.sinkProgress.pace(later(from)))
      assert.deepEqual(await pace(0), new Map([[sink, { entries: 210, late: 20 }]]))
      assert.deepEqual(await pace(1), new Map([[sink, { entries: 10, late: 0 }]]))
      assert.equal(await shelf.transact((tx) => tx.sinkProgress.prune(later(1))), 1)
      assert.deepEqual(await pace(0), new Map([[sink, { entries: 10, late: 0 }]]))
      await shelf.transact((tx) => tx.sinkProgress.forget(sink))
      assert.deepEqual(await pace(0), new Map())
      assert.equal(await find(shelf, sink), undefined)
    })

    it("is each organisation's own", async () => {
      const { shelf, stranger } = await open()
      const sink = await begun(shelf)
      const fence = await lease(stranger, sink, "a")
      assert.equal(await find(stranger, sink), undefined)
      assert.equal(await step(stranger, { sink, from: 7, to: 9, fence }), false)
      assert.equal(await stranger.transact((tx) => tx.sinkProgress.replay(sink, 0)), undefined)
      await stranger.transact((tx) => tx.sinkProgress.forget(sink))
      assert.deepEqual(await find(shelf, sink), { sink, ...NEW })
    })
  })
}

async function begun(shelf: Shelf, sink: Id<"sink"> = id("sink")): Promise<Id<"sink">> {
  await shelf.transact((tx) => tx.sinkProgress.begin(sink, 7))
  return sink
}

async function lease(shelf: Shelf, sink: Id<"sink">, holder: string): Promise<number> {
  const fence = await shelf.transact(({ leases }) => leases.acquire(sinkLease(sink), holder, 60_000, NOW))
  return fence ?? assert.fail("the lease is held by another")
}

function step(shelf: Shelf, differs: Partial<SinkStep> & Pick<SinkStep, "sink" | "from" | "to" | "fence">) {
  return shelf.transact((tx) => tx.sinkProgress.step({ at: NOW, carried: true, ...differs }))
}

function trouble(shelf: Shelf, differs: Partial<SinkTrouble> & Pick<SinkTrouble, "sink" | "fence">) {
  const usual = { standing: "later", at: NOW, due: later(5), said: "it answered 503", told: false } as const
  return shelf.transact((tx) => tx.sinkProgress.trouble({ ...usual, ...differs }))
}

function find(shelf: Shelf, sink: Id<"sink">): Promise<SinkProgress | undefined> {
  return shelf.snapshot((tx) => tx.sinkProgress.find(sink))
}
