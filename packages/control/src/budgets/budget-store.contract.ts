import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id } from "@tabard/core"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { CountKey, Settlement, Wanted } from "./budget-store.ts"

/** What every BudgetStore promises. */
export function budgetStoreContract(name: string, open: OpenShelves): void {
  describe(`budgets kept in ${name}`, () => {
    it("answers a time by which windows are told that does not go back", async () => {
      const { shelf } = await open()
      const first = await shelf.transact(({ budgets }) => budgets.time(NOW))
      const second = await shelf.transact(({ budgets }) => budgets.time(NOW))
      assert.ok(second.getTime() >= first.getTime())
    })

    it("reserves for as many of twenty calls at once as fit together", async () => {
      const { shelf } = await open()
      assert.equal(won(await atOnce(() => reserve(shelf, id("call"), { amount: 3, atMost: 20 }))), 6)
      assert.equal(await used(shelf), 18)
      assert.equal(await reserve(shelf, id("call"), { amount: 3, atMost: 20 }), false)
      assert.equal(await reserve(shelf, id("call"), { amount: 2, atMost: 20 }), true)
    })

    it("refuses what is more than all of it, at first as later, and takes nothing that is nothing", async () => {
      const { shelf } = await open()
      assert.equal(await reserve(shelf, id("call"), { amount: 4, atMost: 3 }), false)
      assert.equal(await used(shelf), 0)
      assert.equal(await reserve(shelf, id("call"), { amount: 0, atMost: 0 }), true)
      assert.equal(await reserve(shelf, id("call"), { amount: 1, atMost: 0 }), false)
    })

    it("counts exactly to what a double holds", async () => {
      const { shelf } = await open()
      const atMost = Number.MAX_SAFE_INTEGER
      assert.equal(await reserve(shelf, id("call"), { amount: atMost - 1, atMost }), true)
      assert.equal(await reserve(shelf, id("call"), { amount: 2, atMost }), false)
      assert.equal(await reserve(shelf, id("call"), { amount: 1, atMost }), true)
      assert.equal(await used(shelf), atMost)
    })

    it("reserves once for a call, asked again one after another or at once", async () => {
      const { shelf } = await open()
      const call = id("call")
      assert.equal(won(await atOnce(() => reserve(shelf, call, {}))), 20)
      assert.equal(await used(shelf), 1)
      assert.equal(await reserve(shelf, call, { window: "later" }), true)
      assert.equal(
        await used(shelf, { window: "later" }),
        0,
        "it is reserved in the window of the first asking",
      )
    })

    it("keeps counts apart by subject, budget and window", async () => {
      const { shelf } = await open()
      const call = id("call")
      const others = [{ subject: "agt_2" }, { budget: "spend/day/EUR" }, { window: "later" }]
      assert.equal(await reserve(shelf, call, {}), true)
      for (const other of others) assert.equal(await used(shelf, other), 0)
      for (const other of others)
        assert.equal(await reserve(shelf, id("call"), { ...other, atMost: 1 }), true)
      assert.equal(await used(shelf), 1)
      const counts = [{}, { subject: "agt_3" }, { window: "later" }].map(key)
      assert.deepEqual(await shelf.snapshot(({ budgets }) => budgets.used(counts)), [1, 0, 1])
      assert.deepEqual(await shelf.snapshot(({ budgets }) => budgets.used([])), [])
    })

    it("leaves out what a call itself has reserved, where that is asked", async () => {
      const { shelf } = await open()
      const [mine, other] = [id("call"), id("call")]
      await reserve(shelf, mine, { amount: 5 })
      await reserve(shelf, other, { amount: 2 })
      const left = (call: Id<"call">) => shelf.snapshot(({ budgets }) => budgets.used([key({})], call))
      assert.deepEqual(await left(mine), [2])
      await settle(shelf, mine, "spent")
      assert.deepEqual(await left(mine), [2])
      await settle(shelf, other, "returned")
      assert.deepEqual([await left(mine), await left(other)], [[0], [5]])
    })

    it("gives back once what was returned, and never what was spent", async () => {
      const { shelf } = await open()
      const [returned, spent] = [id("call"), id("call")]
      for (const call of [returned, spent]) {
        await reserve(shelf, call, { amount: 2 })
        await reserve(shelf, call, { amount: 1, subject: "agt_2" })
      }
      const settled = await atOnce(() => settle(shelf, returned, "returned"))
      assert.equal(settled.filter((many) => many === 2).length, 1)
      assert.equal(settled.filter((many) => many === 0).length, 19)
      assert.deepEqual([await used(shelf), await used(shelf, { subject: "agt_2" })], [2, 1])
      assert.equal(await settle(shelf, spent, "spent"), 2)
      assert.equal(await settle(shelf, spent, "returned"), 0)
      assert.equal(await settle(shelf, id("call"), "returned"), 0)
      assert.deepEqual([await used(shelf), await used(shelf, { subject: "agt_2" })], [2, 1])
    })

    it("lets a call whose reservation was returned reserve anew", async () => {
      const { shelf } = await open()
      const call = id("call")
      await reserve(shelf, call, { atMost: 1 })
      await settle(shelf, call, "returned")
      assert.equal(await reserve(shelf, id("call"), { atMost: 1 }), true)
      assert.equal(await reserve(shelf, call, { atMost: 1 }), false)
      assert.equal(await reserve(shelf, call, { atMost: 2 }), true)
      assert.equal(await used(shelf), 2)
    })

    it("forgets a reservation whose transaction failed", async () => {
      const { shelf } = await open()
      const call = id("call")
      const failing = shelf.transact(async ({ budgets }) => {
        await budgets.reserve(call, wanted({}))
        throw new Error("the power went")
      })
      await assert.rejects(failing)
      assert.equal(await used(shelf), 0)
      assert.equal(await settle(shelf, call, "returned"), 0)
    })

    it("drops counts whose window is long over, and no others", async () => {
      const { shelf } = await open()
      const [old, live] = [id("call"), id("call")]
      await reserve(shelf, old, { endsAt: later(-1) })
      await reserve(shelf, live, { window: "later", endsAt: later(1) })
      assert.equal(await shelf.transact(({ budgets }) => budgets.prune(NOW)), 1)
      assert.deepEqual([await used(shelf), await used(shelf, { window: "later" })], [0, 1])
      assert.equal(await settle(shelf, old, "returned"), 0)
    })

    it("shows nothing to another organisation, and lets it count nothing", async () => {
      const { shelf, stranger } = await open()
      const call = id("call")
      await reserve(shelf, call, { atMost: 1 })
      assert.equal(await used(stranger), 0)
      assert.equal(await settle(stranger, call, "returned"), 0)
      assert.equal(await stranger.transact(({ budgets }) => budgets.prune(later(3_600_001))), 0)
      assert.equal(await reserve(stranger, call, { atMost: 1 }), true)
      assert.equal(await used(shelf), 1)
    })
  })
}

function reserve(shelf: Shelf, call: Id<"call">, differs: Partial<Wanted>): Promise<boolean> {
  return shelf.transact(({ budgets }) => budgets.reserve(call, wanted(differs)))
}

function settle(shelf: Shelf, call: Id<"call">, how: Settlement): Promise<number> {
  return shelf.transact(({ budgets }) => budgets.settle(call, how))
}

async function used(shelf: Shelf, differs: Partial<CountKey> = {}): Promise<number> {
  const [one] = await shelf.snapshot(({ budgets }) => budgets.used([key(differs)]))
  return one ?? -1
}

function key(differs: Partial<CountKey>): CountKey {
  return { subject: "agt_1", budget: "calls/hour", window: NOW.toISOString(), ...differs }
}

function wanted(differs: Partial<Wanted>): Wanted {
  return { ...key({}), amount: 1, atMost: 100, endsAt: later(3_600_000), ...differs }
}
