import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { setTimeout as passes } from "node:timers/promises"
import { atOnce, NOW, type OpenShelves } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"

/** What every LeaseStore promises. Time passes for real here, as a database may go by its own. */
export function leaseStoreContract(name: string, open: OpenShelves): void {
  describe(`leases kept in ${name}`, () => {
    it("has one holder of many who ask at once", async () => {
      const { shelf } = await open()
      const fences = await atOnce((turn) => acquire(shelf, `holder ${turn}`))
      assert.equal(fences.filter((fence) => fence !== undefined).length, 1)
    })

    it("is not given to anybody else while it is held, and keeps its number when renewed", async () => {
      const { shelf } = await open()
      const fence = await acquire(shelf, "a")
      assert.ok(fence)
      assert.equal(await acquire(shelf, "b"), undefined)
      assert.equal(await acquire(shelf, "a"), fence)
    })

    it("gives each new holder a higher number, after its end and after it was given back", async () => {
      const { shelf } = await open()
      const began = Date.now()
      const clock = () => new Date(NOW.getTime() + Date.now() - began)
      const take = (holder: string, ms: number) =>
        shelf.transact(({ leases }) => leases.acquire("job", holder, ms, clock()))
      const first = (await take("a", 40)) ?? 0
      await passes(60)
      const second = (await take("b", 60_000)) ?? 0
      assert.ok(second > first)
      await release(shelf, "b")
      const third = (await take("a", 60_000)) ?? 0
      assert.ok(third > second)
    })

    it("is one of many: giving one job back keeps another", async () => {
      const { shelf } = await open()
      await acquire(shelf, "a")
      await shelf.transact(({ leases }) => leases.acquire("another", "a", 60_000, NOW))
      await shelf.transact(({ leases }) => leases.release("another", "a"))
      assert.equal(await acquire(shelf, "b"), undefined)
    })

    it("is given back only by its holder", async () => {
      const { shelf } = await open()
      await acquire(shelf, "a")
      await release(shelf, "b")
      assert.equal(await acquire(shelf, "b"), undefined)
      await release(shelf, "a")
      assert.ok(await acquire(shelf, "b"))
    })

    it("knows the newest number of a job from any older one", async () => {
      const { shelf } = await open()
      const holds = (job: string, fence: number) => shelf.snapshot(({ leases }) => leases.holds(job, fence))
      const old = (await acquire(shelf, "a")) ?? 0
      assert.equal(await holds("job", old), true)
      await release(shelf, "a")
      const newest = (await acquire(shelf, "b")) ?? 0
      assert.equal(await holds("job", old), false)
      assert.equal(await holds("job", newest), true)
      assert.equal(await holds("another", newest), false)
    })

    it("is each organisation's own", async () => {
      const { shelf, stranger } = await open()
      const mine = (await acquire(shelf, "a")) ?? 0
      assert.equal(await stranger.snapshot(({ leases }) => leases.holds("job", mine)), false)
      assert.ok(await acquire(stranger, "b"))
      await release(stranger, "a")
      assert.equal(await acquire(shelf, "b"), undefined)
    })
  })
}

function acquire(shelf: Shelf, holder: string): Promise<number | undefined> {
  return shelf.transact(({ leases }) => leases.acquire("job", holder, 60_000, NOW))
}

function release(shelf: Shelf, holder: string): Promise<void> {
  return shelf.transact(({ leases }) => leases.release("job", holder))
}
