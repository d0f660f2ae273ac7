import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { Channel } from "./channel-store.ts"

/** What every ChannelStore promises. */
export function channelStoreContract(name: string, open: OpenShelves): void {
  describe(`channels kept in ${name}`, () => {
    it("finds a channel whole, and lists the oldest first", async () => {
      const { shelf } = await open()
      const [newer, older] = [channel({ madeAt: later(1), kind: "slack" }), channel()]
      await insert(shelf, newer)
      await insert(shelf, older)
      assert.deepEqual(await find(shelf, newer), newer)
      assert.deepEqual(await list(shelf), [older, newer])
      await assert.rejects(insert(shelf, newer))
    })

    it("replaces what is sealed for exactly one of those who saw the same", async () => {
      const { shelf } = await open()
      const one = channel()
      await insert(shelf, one)
      const resealed = await atOnce((turn) =>
        shelf.transact(({ channels }) => channels.reseal(one.id, one.sealed, Uint8Array.of(turn + 100))),
      )
      assert.equal(won(resealed), 1)
      assert.deepEqual((await find(shelf, one))?.sealed, Uint8Array.of(resealed.indexOf(true) + 100))
    })

    it("removes a channel once, and answers it nowhere any more", async () => {
      const { shelf } = await open()
      const one = channel()
      await insert(shelf, one)
      const removed = await atOnce(() => shelf.transact(({ channels }) => channels.remove(one.id, NOW)))
      assert.equal(won(removed), 1)
      assert.equal(await find(shelf, one), undefined)
      assert.deepEqual(await list(shelf), [])
      assert.equal(
        await shelf.transact(({ channels }) => channels.reseal(one.id, one.sealed, Uint8Array.of(9))),
        false,
      )
    })

    it("counts failures in a row, rests, and forgets both when it works", async () => {
      const { shelf } = await open()
      const fail = () => shelf.transact(({ channels }) => channels.failed("email", later(1), "it is slow"))
      const health = () => shelf.snapshot(({ channels }) => channels.health())
      assert.deepEqual(await health(), [])
      assert.deepEqual(
        (await atOnce(fail)).toSorted((a, b) => a - b),
        Array.from({ length: 20 }, (_, n) => n + 1),
      )
      await shelf.transact(({ channels }) => channels.rest("email", later(9)))
      const failed = {
        channel: "email",
        failures: 20,
        restsUntil: later(9),
        failedAt: later(1),
        said: "it is slow",
      }
      assert.deepEqual(await health(), [{ ...failed, workedAt: null }])
      await shelf.transact(({ channels }) => channels.worked("email", later(10)))
      assert.deepEqual(await health(), [{ ...failed, failures: 0, restsUntil: null, workedAt: later(10) }])
    })

    it("is each organisation's own", async () => {
      const { shelf, stranger } = await open()
      const one = channel()
      await insert(shelf, one)
      await shelf.transact(({ channels }) => channels.failed(one.id, NOW, "x"))
      assert.equal(await find(stranger, one), undefined)
      assert.deepEqual(await list(stranger), [])
      assert.deepEqual(await stranger.snapshot(({ channels }) => channels.health()), [])
      assert.equal(await stranger.transact(({ channels }) => channels.remove(one.id, NOW)), false)
      assert.equal(await stranger.transact(({ channels }) => channels.failed(one.id, NOW, "x")), 1)
      assert.deepEqual(await find(shelf, one), one)
    })
  })
}

function channel(differs: Partial<Channel> = {}): Channel {
  return {
    id: id("channel"),
    kind: "webhook",
    name: "On call",
    shown: "https://hooks.example/…",
    sealed: Uint8Array.of(1, 2, 3),
    kinds: ["agent-stopped", "finding-opened"],
    madeBy: id("user"),
    madeAt: NOW,
    ...differs,
  }
}

function insert(shelf: Shelf, one: Channel): Promise<void> {
  return shelf.transact(({ channels }) => channels.insert(one))
}

function find(shelf: Shelf, one: Channel): Promise<Channel | undefined> {
  return shelf.snapshot(({ channels }) => channels.find(one.id))
}

function list(shelf: Shelf): Promise<readonly Channel[]> {
  return shelf.snapshot(({ channels }) => channels.list())
}
