import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../../shelves.contract.ts"
import type { Shelf } from "../../transaction.ts"
import type { LogGeneration, LogRotation } from "./log-generation-store.ts"

/** What every LogGenerationStore promises. */
export function logGenerationStoreContract(name: string, open: OpenShelves): void {
  describe(`the logs of an organisation kept in ${name}`, () => {
    it("begin with one, whoever keeps it first", async () => {
      const { shelf } = await open()
      assert.deepEqual(await list(shelf), [])
      const made = await atOnce((turn) =>
        shelf.transact(({ logs }) => logs.ensureFirst(log(1, 0, { verifierKey: `key ${turn}` }))),
      )
      assert.equal(new Set(made.map(({ verifierKey }) => verifierKey)).size, 1)
      assert.deepEqual(await list(shelf), made.slice(0, 1))
    })

    it("follow each other, and the one before ends with its last checkpoint", async () => {
      const { shelf } = await open()
      const [first, second, third] = [log(1, 0), log(2, 5), log(3, 5)]
      await ensureFirst(shelf, first)
      await follow(shelf, second, "last of 1")
      await follow(shelf, third, null)
      assert.deepEqual(await list(shelf), [
        third,
        { ...second, ended: { at: third.startedAt, checkpoint: null } },
        { ...first, ended: { at: second.startedAt, checkpoint: "last of 1" } },
      ])
      assert.deepEqual((await list(shelf))[2], await ensureFirst(shelf, log(1, 0)))
    })

    it("reject one that does not follow the newest, and one that begins before it", async () => {
      const { shelf } = await open()
      await assert.rejects(follow(shelf, log(2, 5), "note"))
      await ensureFirst(shelf, log(1, 0))
      await assert.rejects(follow(shelf, log(3, 5), "note"))
      await follow(shelf, log(2, 5), "note")
      await assert.rejects(follow(shelf, log(2, 6), "note"))
      await assert.rejects(follow(shelf, log(3, 4), "note"))
      assert.equal((await list(shelf)).length, 2)
    })

    it("have one that follows of any number that are to follow at once", async () => {
      const { shelf } = await open()
      await ensureFirst(shelf, log(1, 0))
      const settled = await atOnce((turn) =>
        follow(shelf, log(2, turn), "note").then(
          () => true,
          () => false,
        ),
      )
      assert.equal(won(settled), 1)
      assert.equal((await list(shelf)).length, 2)
    })

    it("hold each place in the last log that began at it or before", async () => {
      const { shelf } = await open()
      assert.equal(await holding(shelf, 0), undefined)
      await ensureFirst(shelf, log(1, 0))
      await follow(shelf, log(2, 5), "note")
      assert.equal((await holding(shelf, 4))?.number, 1)
      assert.equal((await holding(shelf, 5))?.number, 2)
      assert.equal((await holding(shelf, 99))?.number, 2)
    })

    it("have one wish for the next that waits, until it is settled", async () => {
      const { shelf, stranger } = await open()
      const wishes = Array.from({ length: 20 }, (_, turn) => wish({ reason: `reason ${turn}` }))
      const asked = await atOnce((turn) => ask(shelf, wishes[turn] ?? wish()))
      assert.equal(won(asked), 1)
      assert.deepEqual(await waiting(shelf), wishes[asked.indexOf(true)])
      assert.equal(await waiting(stranger), undefined)
      await stranger.transact(({ logs }) => logs.settle())
      assert.ok(await waiting(shelf))
      const first = wish({ abandon: true, reason: "it is behind" })
      assert.equal(won(await atOnce((turn) => ask(shelf, { ...first, reason: `abandon ${turn}` }))), 1)
      assert.equal((await waiting(shelf))?.abandon, true)
      assert.equal(await ask(shelf, wish()), false)
      await shelf.transact(({ logs }) => logs.settle())
      assert.equal(await waiting(shelf), undefined)
      const abandoning = wish({ abandon: true, via: id("apiToken") })
      assert.equal(await ask(shelf, abandoning), true)
      assert.deepEqual(await waiting(shelf), abandoning)
    })

    it("say up to where partial tiles are collected, each for itself, and never less than before", async () => {
      const { shelf, stranger } = await open()
      await ensureFirst(shelf, log(1, 0))
      await follow(shelf, log(2, 5), "note")
      const collected = (number: number) => shelf.snapshot(({ logs }) => logs.collected(number))
      assert.deepEqual([await collected(1), await collected(9)], [0, 0])
      for (const upTo of [512, 256]) await shelf.transact(({ logs }) => logs.collect(1, upTo))
      await stranger.transact(({ logs }) => logs.collect(2, 256))
      assert.deepEqual([await collected(1), await collected(2)], [512, 0])
    })

    it("are each organisation's own", async () => {
      const { shelf, stranger } = await open()
      await ensureFirst(shelf, log(1, 0))
      assert.deepEqual(await list(stranger), [])
      assert.equal(await holding(stranger, 0), undefined)
      await assert.rejects(follow(stranger, log(2, 0), "note"))
      await ensureFirst(stranger, log(1, 0))
      await follow(stranger, log(2, 0), "note")
      assert.equal((await list(shelf)).length, 1)
    })
  })
}

function log(number: number, base: number, differs: Partial<LogGeneration> = {}): LogGeneration {
  return {
    number,
    origin: `audit.example.test/acme/${number}`,
    base,
    verifierKey: `key of ${number}`,
    startedAt: later(number),
    ended: null,
    ...differs,
  }
}

function wish(differs: Partial<LogRotation> = {}): LogRotation {
  return { askedBy: id("user"), via: null, reason: "a new key", abandon: false, askedAt: NOW, ...differs }
}

function ensureFirst(shelf: Shelf, first: LogGeneration): Promise<LogGeneration> {
  return shelf.transact(({ logs }) => logs.ensureFirst(first))
}

function follow(shelf: Shelf, next: LogGeneration, lastCheckpoint: string | null): Promise<void> {
  return shelf.transact(({ logs }) => logs.follow(next, lastCheckpoint))
}

function list(shelf: Shelf): Promise<readonly LogGeneration[]> {
  return shelf.snapshot(({ logs }) => logs.list())
}

function holding(shelf: Shelf, place: number): Promise<LogGeneration | undefined> {
  return shelf.snapshot(({ logs }) => logs.holding(place))
}

function ask(shelf: Shelf, rotation: LogRotation): Promise<boolean> {
  return shelf.transact(({ logs }) => logs.ask(rotation))
}

function waiting(shelf: Shelf): Promise<LogRotation | undefined> {
  return shelf.snapshot(({ logs }) => logs.asked())
}
