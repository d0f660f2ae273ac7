import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, later, NOW, type OpenShelves, won } from "../../shelves.contract.ts"
import type { Shelf } from "../../transaction.ts"
import { LOG_LEASE, type LogState } from "./log-state-store.ts"

/** What every LogStateStore promises. */
export function logStateStoreContract(name: string, open: OpenShelves): void {
  describe(`the state of a log kept in ${name}`, () => {
    it("is made as given where there is none yet, and answered as it is to everybody after", async () => {
      const { shelf } = await open()
      const ensured = await atOnce((turn) =>
        shelf.transact(({ logState }) => logState.ensure({ ...EMPTY, root: `root ${turn}` })),
      )
      assert.equal(new Set(ensured.map(({ root }) => root)).size, 1)
      assert.deepEqual(await ensure(shelf), ensured[0])
    })

    it("is moved by exactly one of many who saw the same", async () => {
      const { shelf } = await open()
      await ensure(shelf)
      const fence = await lead(shelf, "a")
      const moved = await atOnce((turn) => advance(shelf, EMPTY, grown(turn + 1), fence))
      assert.equal(won(moved), 1)
      assert.deepEqual(await ensure(shelf), grown(moved.indexOf(true) + 1))
    })

    it("is not moved by who saw another state, in whatever it differs", async () => {
      const { shelf } = await open()
      const from: LogState = {
        generation: 1,
        base: 0,
        origin: "o",
        sequenced: 3,
        integrated: 2,
        root: "r",
        published: 1,
        checkpoint: "c",
      }
      await shelf.transact(({ logState }) => logState.ensure(from))
      const fence = await lead(shelf, "a")
      const others: readonly Partial<LogState>[] = [
        { generation: 2 },
        { base: 1 },
        { origin: "p" },
        { sequenced: 4 },
        { integrated: 3 },
        { root: "s" },
        { published: 2 },
        { checkpoint: "d" },
        { checkpoint: null },
      ]
      for (const other of others)
        assert.equal(await advance(shelf, { ...from, ...other }, from, fence), false)
      for (const log of [{ origin: "p" }, { generation: 2 }, { base: 1 }])
        assert.equal(await advance(shelf, from, { ...from, ...log }, fence), false)
      assert.equal(await advance(shelf, { ...from, origin: "p" }, { ...from, origin: "p" }, fence), false)
      assert.deepEqual(await ensure(shelf), from)
      assert.equal(await advance(shelf, from, { ...from, sequenced: 4, checkpoint: null }, fence), true)
    })

    it("is not moved under a fencing number that is not the newest, or of another job", async () => {
      const { shelf } = await open()
      await ensure(shelf)
      assert.equal(await advance(shelf, EMPTY, grown(1), 1), false)
      const old = await lead(shelf, "a")
      await shelf.transact(({ leases }) => leases.release(LOG_LEASE, "a"))
      const newest = await lead(shelf, "b")
      await shelf.transact(({ leases }) => leases.acquire("another", "a", 1_000, NOW))
      assert.equal(await advance(shelf, EMPTY, grown(1), old), false)
      assert.equal(await advance(shelf, EMPTY, grown(1), newest + 1), false)
      assert.equal(await advance(shelf, EMPTY, grown(1), newest), true)
    })

    it("is moved to the beginning of the next log by exactly one of many who saw the same, under the newest number", async () => {
      const { shelf } = await open()
      await ensure(shelf)
      const fence = await lead(shelf, "a")
      const rotate = (to: LogState, under = fence) =>
        shelf.transact(({ logState }) => logState.rotate(EMPTY, to, under))
      const next: LogState = { ...EMPTY, generation: 2, origin: "example.test/log/2" }
      assert.equal(await rotate(next, fence + 1), false)
      assert.equal(await rotate({ ...next, generation: 1 }), false)
      assert.equal(await rotate({ ...next, generation: 3 }), false)
      assert.equal(won(await atOnce(() => rotate(next))), 1)
      assert.deepEqual(await ensure(shelf), next)
    })

    it("never says that more is published than integrated, or integrated than sequenced", async () => {
      const { shelf } = await open()
      await ensure(shelf)
      const fence = await lead(shelf, "a")
      await assert.rejects(advance(shelf, EMPTY, { ...EMPTY, integrated: 1 }, fence))
      await assert.rejects(
        advance(shelf, EMPTY, { ...EMPTY, sequenced: 2, integrated: 1, published: 2 }, fence),
      )
      assert.deepEqual(await ensure(shelf), EMPTY)
    })

    it("is each organisation's own", async () => {
      const { shelf, stranger } = await open()
      await ensure(shelf)
      await lead(shelf, "a")
      await ensure(stranger)
      const fence = await lead(stranger, "b")
      assert.equal(await advance(stranger, EMPTY, grown(1), fence), true)
      assert.deepEqual(await ensure(shelf), EMPTY)
    })
  })
}

const EMPTY: LogState = {
  generation: 1,
  base: 0,
  origin: "example.test/log",
  sequenced: 0,
  integrated: 0,
  root: "empty",
  published: 0,
  checkpoint: null,
}

function grown(to: number): LogState {
  return {
    ...EMPTY,
    sequenced: to,
    integrated: to,
    root: `root ${to}`,
    published: to,
    checkpoint: `note ${to}`,
  }
}

function ensure(shelf: Shelf): Promise<LogState> {
  return shelf.transact(({ logState }) => logState.ensure(EMPTY))
}

function advance(shelf: Shelf, from: LogState, to: LogState, fence: number): Promise<boolean> {
  return shelf.transact(({ logState }) => logState.advance(from, to, fence))
}

async function lead(shelf: Shelf, holder: string): Promise<number> {
  const fence = await shelf.transact(({ leases }) => leases.acquire(LOG_LEASE, holder, 60_000, later(0)))
  assert.ok(fence)
  return fence
}
