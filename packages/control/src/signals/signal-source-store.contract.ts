import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { SignalSource, SourceNews } from "./signal-source-store.ts"

/** What every SignalSourceStore promises. */
export function signalSourceStoreContract(name: string, open: OpenShelves): void {
  describe(`sources of signals kept in ${name}`, () => {
    it("finds a source whole, lists the oldest first, and rejects an id that is taken", async () => {
      const { shelf } = await open()
      const polled = source({
        delivery: { method: "poll", url: "https://idp.example/poll" },
        madeAt: later(1),
      })
      const pushing = source({ sealed: null, state: "paused" })
      await insert(shelf, polled)
      await insert(shelf, pushing)
      assert.deepEqual(await find(shelf, polled), polled)
      assert.deepEqual(await shelf.snapshot((tx) => tx.signalSources.list()), [pushing, polled])
      await assert.rejects(insert(shelf, polled))
    })

    it("changes and removes a source for exactly one of those who saw the same", async () => {
      const { shelf } = await open()
      const one = source()
      await insert(shelf, one)
      const changed = await atOnce(() =>
        shelf.transact((tx) => tx.signalSources.change(one, { ...one, state: "paused" })),
      )
      assert.equal(won(changed), 1)
      assert.deepEqual(await find(shelf, one), { ...one, state: "paused", revision: 2 })
      const removed = await atOnce(() => shelf.transact((tx) => tx.signalSources.remove(one.id, NOW)))
      assert.equal(won(removed), 1)
      assert.equal(await find(shelf, one), undefined)
      assert.equal(await shelf.transact((tx) => tx.signalSources.change(one, one)), false)
    })

    it("is asked by one at a time, and left alone after a failure", async () => {
      const { shelf } = await open()
      const one = source()
      await insert(shelf, one)
      const claim = (now: number) =>
        shelf.transact((tx) => tx.signalSources.claim(one.id, later(now), later(now + 10)))
      assert.equal(won(await atOnce(() => claim(0))), 1)
      await hear(shelf, one, { kind: "answered", at: later(1) })
      assert.equal(await claim(1), true)
      await hear(shelf, one, {
        kind: "failed",
        at: later(2),
        due: later(50),
        said: "it answered 500",
        told: false,
      })
      assert.deepEqual([await claim(49), await claim(50)], [false, true])
    })

    it("counts what it said, what was refused and how often it failed, until it answers", async () => {
      const { shelf } = await open()
      const one = source()
      await insert(shelf, one)
      await hear(shelf, one, { kind: "received", at: later(1) })
      await hear(shelf, one, { kind: "refused", at: later(2), said: "it is not signed" })
      const failed = { kind: "failed", due: later(9), said: "it answered 500" } as const
      await hear(shelf, one, { ...failed, at: later(3), told: false })
      await hear(shelf, one, { ...failed, at: later(4), told: true })
      const known = { source: one.id, receivedAt: later(1), received: 1, refusedAt: later(2), refused: 1 }
      const progress = () => shelf.snapshot((tx) => tx.signalSources.progress())
      assert.deepEqual(await progress(), [
        {
          ...known,
          due: later(9),
          failures: 2,
          said: "it answered 500",
          troubledSince: later(3),
          told: true,
        },
      ])
      await hear(shelf, one, { kind: "answered", at: later(10) })
      assert.deepEqual(await progress(), [
        { ...known, due: null, failures: 0, said: null, troubledSince: null, told: false },
      ])
    })

    it("is each organisation's own", async () => {
      const { shelf, stranger } = await open()
      const one = source()
      await insert(shelf, one)
      assert.equal(await find(stranger, one), undefined)
      assert.deepEqual(await stranger.snapshot((tx) => tx.signalSources.progress()), [])
      assert.equal(await stranger.transact((tx) => tx.signalSources.change(one, one)), false)
      assert.equal(await stranger.transact((tx) => tx.signalSources.claim(one.id, NOW, later(1))), false)
      assert.equal(await stranger.transact((tx) => tx.signalSources.remove(one.id, NOW)), false)
      await hear(stranger, one, { kind: "received", at: NOW })
      assert.equal((await shelf.snapshot((tx) => tx.signalSources.progress()))[0]?.received, 0)
    })
  })
}

function source(differs: Partial<SignalSource> = {}): SignalSource {
  return {
    id: id("signalSource"),
    name: "The provider",
    issuer: "https://idp.example",
    audience: "us",
    jwksUri: "https://idp.example/jwks",
    delivery: { method: "push", tokenHash: "a hash" },
    sealed: Uint8Array.of(4, 5),
    state: "running",
    revision: 1,
    madeBy: id("user"),
    madeAt: NOW,
    ...differs,
  }
}

function insert(shelf: Shelf, one: SignalSource): Promise<void> {
  return shelf.transact((tx) => tx.signalSources.insert(one))
}

function find(shelf: Shelf, one: SignalSource): Promise<SignalSource | undefined> {
  return shelf.snapshot((tx) => tx.signalSources.find(one.id))
}

function hear(shelf: Shelf, one: SignalSource, news: SourceNews): Promise<void> {
  return shelf.transact((tx) => tx.signalSources.hear(one.id, news))
}
