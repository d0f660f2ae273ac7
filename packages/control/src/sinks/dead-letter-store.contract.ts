import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Id, newId } from "@tabard/core"
import { id, later, type OpenShelves } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { DeadLetter, Refusal } from "./dead-letter-store.ts"

/** What every DeadLetterStore promises. */
export function deadLetterStoreContract(name: string, open: OpenShelves): void {
  describe(`dead letters kept in ${name}`, () => {
    it("keeps what was refused, and answers the newest first, a page at a time", async () => {
      const { shelf } = await open()
      const sink = id("sink")
      const [older, newer] = [refusal(sink, 3), refusal(sink, 4, { note: "a note", type: "log.checkpoint" })]
      await keep(shelf, older, newer, refusal(id("sink"), 9))
      assert.deepEqual(await list(shelf, sink), [letter(newer), letter(older)])
      const behind = await shelf.snapshot((tx) => tx.deadLetters.list({ sink, after: newer.id, limit: 1 }))
      assert.deepEqual(behind, [letter(older)])
      assert.equal((await shelf.snapshot((tx) => tx.deadLetters.count())).get(sink), 2)
    })

    it("counts what is refused again under its key, and has it wait for a person anew", async () => {
      const { shelf } = await open()
      const sink = id("sink")
      const first = refusal(sink, 3)
      await keep(shelf, first)
      assert.equal(await askAgain(shelf, sink, [first.id]), 1)
      assert.equal(await askAgain(shelf, sink, [first.id]), 0)
      await keep(shelf, { ...refusal(sink, 3), reason: "still no", at: later(8) })
      assert.deepEqual(await list(shelf, sink), [
        { ...letter(first), reason: "still no", at: later(8), tries: 2 },
      ])
    })

    it("answers what is to be tried again in the order of the record", async () => {
      const { shelf } = await open()
      const sink = id("sink")
      const [third, first, second] = [refusal(sink, 30), refusal(sink, 1), refusal(sink, 2)]
      await keep(shelf, third, first, second, refusal(id("sink"), 1))
      assert.deepEqual(await shelf.snapshot((tx) => tx.deadLetters.waiting(sink, 10)), [])
      assert.deepEqual(await shelf.snapshot((tx) => tx.deadLetters.sinksWaiting()), [])
      assert.equal(await askAgain(shelf, sink, [second.id]), 1)
      assert.equal(await askAgain(shelf, sink, "all"), 2)
      const waiting = await shelf.snapshot((tx) => tx.deadLetters.waiting(sink, 2))
      assert.deepEqual(
        waiting,
        [first, second].map(letter).map((one) => ({ ...one, again: true })),
      )
      assert.deepEqual(await shelf.snapshot((tx) => tx.deadLetters.sinksWaiting()), [sink])
    })

    it("forgets what was taken after all, or all of a sink, and nothing of another's", async () => {
      const { shelf } = await open()
      const [sink, another] = [id("sink"), id("sink")]
      const [one, two, others] = [refusal(sink, 1), refusal(sink, 2), refusal(another, 1)]
      await keep(shelf, one, two, others)
      await shelf.transact((tx) => tx.deadLetters.settle(sink, [one.key, "unknown"]))
      assert.deepEqual(await list(shelf, sink), [letter(two)])
      await shelf.transact((tx) => tx.deadLetters.forget(sink))
      assert.deepEqual(await list(shelf, sink), [])
      assert.deepEqual(await list(shelf, another), [letter(others)])
    })

    it("is each organisation's own", async () => {
      const { shelf, stranger } = await open()
      const sink = id("sink")
      const one = refusal(sink, 1)
      await keep(shelf, one)
      assert.deepEqual(await list(stranger, sink), [])
      assert.equal(await askAgain(stranger, sink, "all"), 0)
      await stranger.transact((tx) => tx.deadLetters.forget(sink))
      assert.deepEqual(await stranger.snapshot((tx) => tx.deadLetters.count()), new Map())
      assert.deepEqual(await list(shelf, sink), [letter(one)])
    })
  })
}

function refusal(sink: Id<"sink">, place: number, differs: Partial<Refusal> = {}): Refusal {
  return {
    id: newId("deadLetter", { now: () => later(place) }),
    sink,
    key: `log/${place}`,
    type: "call.decided",
    place,
    note: null,
    reason: "a field is too long",
    at: later(place),
    ...differs,
  }
}

function letter(of: Refusal): DeadLetter {
  return { ...of, tries: 1, again: false }
}

function keep(shelf: Shelf, ...refusals: readonly Refusal[]): Promise<void> {
  return shelf.transact((tx) => tx.deadLetters.keep(refusals))
}

function askAgain(shelf: Shelf, sink: Id<"sink">, which: readonly Id<"deadLetter">[] | "all") {
  return shelf.transact((tx) => tx.deadLetters.askAgain(sink, which))
}

function list(shelf: Shelf, sink: Id<"sink">): Promise<readonly DeadLetter[]> {
  return shelf.snapshot((tx) => tx.deadLetters.list({ sink, limit: 100 }))
}
