import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { OutgoingSet, SignalStream, StreamProgress } from "./signal-stream-store.ts"

/** What every SignalStreamStore promises. */
export function signalStreamStoreContract(name: string, open: OpenShelves): void {
  describe(`signal streams kept in ${name}`, () => {
    it("finds a stream whole, lists the oldest first, and rejects an id that is taken", async () => {
      const { shelf } = await open()
      const newer = stream({ madeAt: later(1), delivery: { method: "poll" }, sealed: null, everybody: false })
      const older = stream({ receiver: id("apiToken"), reason: "it rests", status: "paused" })
      await insert(shelf, newer)
      await insert(shelf, older)
      assert.deepEqual(await find(shelf, newer), newer)
      assert.deepEqual(await shelf.snapshot((tx) => tx.signalStreams.list()), [older, newer])
      await assert.rejects(insert(shelf, newer))
    })

    it("changes a stream for exactly one of those who saw the same, and raises its revision", async () => {
      const { shelf } = await open()
      const one = stream()
      await insert(shelf, one)
      const changed = await atOnce((turn) =>
        shelf.transact((tx) => tx.signalStreams.change(one, { ...one, name: `name ${turn}` })),
      )
      assert.equal(won(changed), 1)
      assert.deepEqual(await find(shelf, one), { ...one, name: `name ${changed.indexOf(true)}`, revision: 2 })
    })

    it("removes a stream once, with its header, its subjects and what waits in it", async () => {
      const { shelf } = await open()
      const one = stream()
      await insert(shelf, one)
      await shelf.transact((tx) => tx.signalSets.addAll([set(one)]))
      await shelf.transact((tx) => tx.signalStreams.putSubject(one.id, "a", true))
      const removed = await atOnce(() => shelf.transact((tx) => tx.signalStreams.remove(one.id, NOW)))
      assert.equal(won(removed), 1)
      assert.equal(await find(shelf, one), undefined)
      assert.deepEqual(await shelf.snapshot((tx) => tx.signalStreams.list()), [])
      assert.equal(await shelf.snapshot((tx) => tx.signalSets.countWaiting(one.id)), 0)
      assert.equal((await shelf.snapshot((tx) => tx.signalStreams.subjects(one.id, ["a"]))).many, 0)
      assert.equal(await shelf.transact((tx) => tx.signalStreams.change(one, one)), false)
    })

    it("moves a place for exactly one of those who saw it", async () => {
      const { shelf } = await open()
      const one = stream()
      await insert(shelf, one, 7)
      assert.equal((await progress(shelf, one))?.place, 7)
      const moved = await atOnce(() => shelf.transact((tx) => tx.signalStreams.step(one.id, 7, 9)))
      assert.equal(won(moved), 1)
      assert.equal((await progress(shelf, one))?.place, 9)
    })

    it("is taken up by one, and by others once its time is over, it was settled or woken", async () => {
      const { shelf } = await open()
      const one = stream()
      await insert(shelf, one)
      const claim = (now: number) =>
        shelf.transact((tx) => tx.signalStreams.claim(one.id, later(now), later(now + 10)))
      assert.equal(won(await atOnce(() => claim(0))), 1)
      assert.deepEqual([await claim(9), await claim(10)], [false, true])
      await shelf.transact((tx) => tx.signalStreams.settle(one.id, { kind: "delivered", at: later(11) }))
      assert.equal(await claim(11), true)
      await shelf.transact((tx) => tx.signalStreams.wake(one.id))
      assert.equal(await claim(12), true)
    })

    it("counts failures in a row, says why and since when, and forgets them once something was delivered", async () => {
      const { shelf } = await open()
      const one = stream()
      await insert(shelf, one)
      const failed = { kind: "failed", due: later(5), said: "it answered 503" } as const
      for (const [at, told] of [
        [later(1), false],
        [later(2), true],
      ] as const)
        await shelf.transact((tx) => tx.signalStreams.settle(one.id, { ...failed, at, told }))
      await shelf.transact((tx) => tx.signalStreams.count(one.id, { dropped: 2, refused: 1 }))
      const troubled = await progress(shelf, one)
      assert.deepEqual(troubled, {
        stream: one.id,
        place: 0,
        due: later(5),
        failures: 2,
        said: "it answered 503",
        deliveredAt: null,
        failedAt: later(2),
        dropped: 2,
        refused: 1,
        waiting: 0,
        waitingSince: null,
        troubledSince: later(1),
        told: true,
      })
      await shelf.transact((tx) => tx.signalStreams.settle(one.id, { kind: "delivered", at: later(6) }))
      const well = await progress(shelf, one)
      const places = await shelf.snapshot((tx) => tx.signalStreams.places())
      const untroubled = { troubledSince: null, told: false }
      assert.deepEqual(places, [{ stream: one.id, place: 0, due: null, failures: 0, ...untroubled }])
      assert.deepEqual(well, {
        ...troubled,
        ...untroubled,
        due: null,
        failures: 0,
        said: null,
        deliveredAt: later(6),
      })
    })

    it("gives the turn to verify to one within its time", async () => {
      const { shelf } = await open()
      const one = stream()
      await insert(shelf, one)
      const take = (now: number) =>
        shelf.transact((tx) => tx.signalStreams.takeVerification(one.id, later(now), later(now - 10)))
      assert.equal(won(await atOnce(() => take(0))), 1)
      assert.deepEqual([await take(9), await take(10)], [false, true])
    })

    it("keeps what was last said of a subject", async () => {
      const { shelf } = await open()
      const one = stream()
      await insert(shelf, one)
      const put = (subject: string, told: boolean) =>
        shelf.transact((tx) => tx.signalStreams.putSubject(one.id, subject, told))
      await put("a", true)
      await put("b", true)
      await put("a", false)
      const said = await shelf.snapshot((tx) => tx.signalStreams.subjects(one.id, ["a", "b", "c"]))
      assert.deepEqual([...said.told].toSorted(), [
        ["a", false],
        ["b", true],
      ])
      assert.equal(said.many, 2)
    })

    it("is each organisation's own", async () => {
      const { shelf, stranger } = await open()
      const one = stream()
      await insert(shelf, one)
      await shelf.transact((tx) => tx.signalSets.addAll([set(one)]))
      assert.equal(await find(stranger, one), undefined)
      assert.deepEqual(await stranger.snapshot((tx) => tx.signalStreams.progress()), [])
      assert.equal(await stranger.transact((tx) => tx.signalStreams.change(one, one)), false)
      assert.equal(await stranger.transact((tx) => tx.signalStreams.claim(one.id, NOW, later(1))), false)
      assert.equal(await stranger.transact((tx) => tx.signalStreams.step(one.id, 0, 1)), false)
      assert.equal(await stranger.transact((tx) => tx.signalStreams.remove(one.id, NOW)), false)
      assert.deepEqual(await find(shelf, one), one)
    })
  })
}

/** What every SignalSetStore promises. */
export function signalSetStoreContract(name: string, open: OpenShelves): void {
  describe(`signals on their way kept in ${name}`, () => {
    it("answers what is about the stream itself first, then each in the order in which it came", async () => {
      const { shelf } = await open()
      const one = stream()
      await insert(shelf, one)
      const sets = Array.from({ length: 12 }, () => set(one))
      const control = set(one, { control: true })
      await shelf.transact((tx) => tx.signalSets.addAll([...sets, control]))
      const waiting = (limit: number, only?: boolean) =>
        shelf.snapshot((tx) =>
          tx.signalSets.waiting(one.id, { limit, ...(only !== undefined && { control: only }) }),
        )
      assert.deepEqual(await waiting(20), [control, ...sets])
      assert.deepEqual(await waiting(2), [control, ...sets.slice(0, 1)])
      assert.deepEqual(await waiting(20, true), [control])
      assert.equal((await progress(shelf, one))?.waiting, 13)
      assert.deepEqual((await progress(shelf, one))?.waitingSince, NOW)
      await assert.rejects(shelf.transact((tx) => tx.signalSets.addAll([control])))
    })

    it("forgets what a receiver has, once, and no other stream's", async () => {
      const { shelf, stranger } = await open()
      const [one, other] = [stream(), stream()]
      const [mine, theirs, control] = [set(one), set(other), set(one, { control: true })]
      await insert(shelf, one)
      await insert(shelf, other)
      await shelf.transact((tx) => tx.signalSets.addAll([mine, theirs, control]))
      assert.equal(await stranger.transact((tx) => tx.signalSets.drop(one.id, [mine.jti])), 0)
      const drop = () => shelf.transact((tx) => tx.signalSets.drop(one.id, [mine.jti, theirs.jti, "no id"]))
      assert.deepEqual([await drop(), await drop()], [1, 0])
      assert.equal(await shelf.snapshot((tx) => tx.signalSets.countWaiting(other.id)), 1)
      assert.equal(await shelf.transact((tx) => tx.signalSets.clear(one.id)), 0)
      assert.equal(await shelf.transact((tx) => tx.signalSets.clear(other.id)), 1)
      assert.equal(await shelf.snapshot((tx) => tx.signalSets.countWaiting(one.id)), 1)
    })
  })
}

function stream(differs: Partial<SignalStream> = {}): SignalStream {
  return {
    id: id("signalStream"),
    name: "The SIEM",
    receiver: null,
    audience: "https://receiver.example",
    delivery: { method: "push", url: "https://receiver.example/events" },
    requested: ["urn:one", "urn:two"],
    types: ["session-revoked"],
    form: "uri",
    everybody: true,
    sealed: Uint8Array.of(1, 2, 3),
    status: "enabled",
    reason: null,
    revision: 1,
    madeBy: id("user"),
    madeAt: NOW,
    ...differs,
  }
}

function set({ id: of }: SignalStream, differs: Partial<OutgoingSet> = {}): OutgoingSet {
  return {
    jti: id("signal"),
    stream: of,
    claims: { iat: 1, aud: "x" },
    control: false,
    madeAt: NOW,
    ...differs,
  }
}

function insert(shelf: Shelf, one: SignalStream, place = 0): Promise<void> {
  return shelf.transact((tx) => tx.signalStreams.insert(one, place))
}

function find(shelf: Shelf, one: SignalStream): Promise<SignalStream | undefined> {
  return shelf.snapshot((tx) => tx.signalStreams.find(one.id))
}

async function progress(shelf: Shelf, one: SignalStream): Promise<StreamProgress | undefined> {
  return (await shelf.snapshot((tx) => tx.signalStreams.progress())).find(({ stream: of }) => of === one.id)
}
