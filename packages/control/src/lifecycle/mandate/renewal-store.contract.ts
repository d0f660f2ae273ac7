import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Renewal } from "@tabard/core"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../../shelves.contract.ts"
import type { Warning } from "./renewal-store.ts"

/** What every RenewalStore and WarningStore promises. */
export function renewalStoreContract(name: string, open: OpenShelves): void {
  describe(`renewals kept in ${name}`, () => {
    it("keeps the newest that was asked for an agent, and answers those of many", async () => {
      const { shelf, stranger } = await open()
      const [one, other] = [renewal(), renewal()]
      const newest = { ...one, expiresAt: later(9000), askedBy: id("user"), askedAt: later(1) }
      await shelf.transact(async ({ renewals }) => {
        for (const each of [one, other, newest]) await renewals.ask(each)
      })
      const all = [one.agent, other.agent, id("agent")]
      const of = await shelf.snapshot(({ renewals }) => renewals.of(all))
      assert.deepEqual(of, [newest, other].toSorted(byAgent))
      assert.deepEqual(await shelf.snapshot(({ renewals }) => renewals.of([])), [])
      assert.deepEqual(await stranger.snapshot(({ renewals }) => renewals.of(all)), [])
    })

    it("gives what waits to exactly one of many takers", async () => {
      const { shelf, stranger } = await open()
      const one = renewal()
      await shelf.transact(({ renewals }) => renewals.ask(one))
      assert.equal(await stranger.transact(({ renewals }) => renewals.take(one.agent)), undefined)
      const taken = await atOnce(() => shelf.transact(({ renewals }) => renewals.take(one.agent)))
      assert.deepEqual(
        taken.filter((each) => each !== undefined),
        [one],
      )
    })
  })

  describe(`warnings kept in ${name}`, () => {
    it("keeps what was said of an end once, however often it is said at once", async () => {
      const { shelf, stranger } = await open()
      const one = warning()
      const add = (of: typeof shelf, each: Warning) => of.transact(({ warnings }) => warnings.add(each))
      assert.equal(won(await atOnce(() => add(shelf, { ...one, at: later(1) }))), 1)
      for (const other of [
        { ...one, days: 7 },
        { ...one, due: later(86_400_001) },
        { ...one, cause: "inactivity" as const },
        { ...one, agent: id("agent") },
      ])
        assert.equal(await add(shelf, other), true)
      assert.equal(await add(stranger, { ...one, at: later(7) }), true)
      const first = (of: typeof shelf, end: Warning) => of.snapshot(({ warnings }) => warnings.first(end))
      assert.deepEqual(await first(shelf, one), NOW)
      assert.deepEqual(await first(stranger, one), later(7))
      assert.equal(await first(shelf, { ...one, due: later(5) }), undefined)
    })

    it("drops what was said of ends that are past", async () => {
      const { shelf, stranger } = await open()
      const one = warning()
      await shelf.transact(async ({ warnings }) => {
        await warnings.add(one)
        await warnings.add({ ...one, due: later(5) })
      })
      const prune = (of: typeof shelf) => of.transact(({ warnings }) => warnings.prune(later(6)))
      assert.equal(await prune(stranger), 0)
      assert.equal(await prune(shelf), 1)
      assert.equal(await shelf.transact(({ warnings }) => warnings.add(one)), false)
    })
  })
}

function renewal(): Renewal {
  return { agent: id("agent"), expiresAt: later(1000), askedBy: id("user"), askedAt: NOW }
}

function warning(): Warning {
  return { agent: id("agent"), cause: "expiry", due: later(86_400_000), days: 1, at: NOW }
}

function byAgent(one: Renewal, other: Renewal): number {
  return one.agent < other.agent ? -1 : 1
}
