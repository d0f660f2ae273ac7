import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { IdempotencyStore, Retaking, WriteAttempt } from "./idempotency-store.ts"

const NOTHING_OLD: Retaking = { keptSince: later(-1000), aliveSince: later(-1000) }

/** What every IdempotencyStore promises. */
export function idempotencyStoreContract(name: string, open: OpenShelves): void {
  describe(`keys of writes kept in ${name}`, () => {
    it("lets exactly one of many take a key, and says who holds it", async () => {
      const { shelf } = await open()
      const taken = await atOnce((turn) => begin(shelf, attempt({ run: String(turn) })))
      assert.equal(won(taken), 1)
      const held = await find(shelf)
      assert.deepEqual(held, { ...attempt({ run: String(taken.indexOf(true)) }), state: { kind: "started" } })
    })

    it("keeps principals apart", async () => {
      const { shelf } = await open()
      assert.ok(await begin(shelf, attempt()))
      assert.ok(await begin(shelf, attempt({ principal: "another" })))
      assert.equal(await shelf.snapshot(({ idempotency }) => idempotency.count("ann")), 1)
      assert.equal(await shelf.snapshot(({ idempotency }) => idempotency.count("nobody")), 0)
    })

    it("lets a key be taken again that was taken long ago, or whose taker is gone without having done anything", async () => {
      const { shelf } = await open()
      await begin(shelf, attempt())
      const again = attempt({ run: "again", request: "other", startedAt: later(5) })
      const gone: Retaking = { keptSince: later(-1000), aliveSince: later(1) }
      await act(shelf, "run")
      assert.equal(await begin(shelf, again, gone), false, "something was done under it")
      assert.equal(await begin(shelf, again, { keptSince: later(1), aliveSince: later(1) }), true)
      assert.deepEqual(await find(shelf), { ...again, state: { kind: "started" } })
      const third = attempt({ run: "third", startedAt: later(9) })
      assert.equal(await begin(shelf, third, { keptSince: NOW, aliveSince: later(6) }), true)
    })

    it("lets a run act as long as it holds the key, and no longer", async () => {
      const { shelf } = await open()
      await begin(shelf, attempt())
      assert.equal(await act(shelf, "another"), false)
      assert.equal(await act(shelf, "run"), true)
      assert.equal(await act(shelf, "run"), true, "a write may be of several parts")
      assert.deepEqual((await find(shelf))?.state, { kind: "acted" })
    })

    it("keeps the answer of the run that holds the key", async () => {
      const { shelf } = await open()
      await begin(shelf, attempt())
      await shelf.transact(({ idempotency }) => idempotency.answer(attempt(), "another", `{"a":0}`))
      assert.deepEqual((await find(shelf))?.state, { kind: "started" })
      await shelf.transact(({ idempotency }) => idempotency.answer(attempt(), "run", `{"a":1}`))
      assert.deepEqual((await find(shelf))?.state, { kind: "answered", answer: `{"a":1}` })
      assert.equal(await act(shelf, "run"), false, "what was answered is done")
    })

    it("frees the key of a run that has done nothing, and of no other", async () => {
      const { shelf } = await open()
      await begin(shelf, attempt())
      await release(shelf, "another")
      assert.ok(await find(shelf))
      await release(shelf, "run")
      assert.equal(await find(shelf), undefined)
      await begin(shelf, attempt())
      await act(shelf, "run")
      await release(shelf, "run")
      assert.deepEqual((await find(shelf))?.state, { kind: "acted" })
    })

    it("drops what was taken before, and answers how many", async () => {
      const { shelf } = await open()
      await begin(shelf, attempt({ startedAt: later(-5) }))
      await begin(shelf, attempt({ key: "newer" }))
      assert.equal(await shelf.transact(({ idempotency }) => idempotency.prune(NOW)), 1)
      assert.equal(await find(shelf), undefined)
    })

    it("shows nothing to another organisation, and lets it take and change nothing", async () => {
      const { shelf, stranger } = await open()
      await begin(shelf, attempt())
      assert.equal(await find(stranger), undefined)
      assert.equal(await act(stranger, "run"), false)
      assert.equal(await begin(stranger, attempt({ run: "theirs" })), true)
      await release(stranger, "run")
      assert.equal(await stranger.transact(({ idempotency }) => idempotency.prune(later(1e9))), 1)
      assert.equal((await find(shelf))?.run, "run")
    })
  })
}

function attempt(differs: Partial<WriteAttempt> = {}): WriteAttempt {
  return { principal: "ann", key: "k", request: "hash", run: "run", startedAt: NOW, ...differs }
}

function begin(shelf: Shelf, one: WriteAttempt, retaking = NOTHING_OLD): Promise<boolean> {
  return shelf.transact(({ idempotency }) => idempotency.begin(one, retaking))
}

function find(shelf: Shelf): ReturnType<IdempotencyStore["find"]> {
  return shelf.snapshot(({ idempotency }) => idempotency.find(attempt()))
}

function act(shelf: Shelf, run: string): Promise<boolean> {
  return shelf.transact(({ idempotency }) => idempotency.act(attempt(), run))
}

function release(shelf: Shelf, run: string): Promise<void> {
  return shelf.transact(({ idempotency }) => idempotency.release(attempt(), run))
}
