import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, later, NOW, type OpenShelves, won } from "../../shelves.contract.ts"
import type { Shelf } from "../../transaction.ts"
import type { LogCheckpoint } from "./log-checkpoint-store.ts"

const MINUTE = 60_000

/** What every LogCheckpointStore promises. */
export function logCheckpointStoreContract(name: string, open: OpenShelves): void {
  describe(`checkpoints kept in ${name}`, () => {
    it("are answered as they were kept, by log and size, and the newest of the newest log", async () => {
      const { shelf } = await open()
      assert.equal(await newest(shelf), undefined)
      const [one, two] = [checkpoint(0), checkpoint(7, { cosignedAt: later(5) })]
      for (const each of [one, two]) assert.equal(await add(shelf, each), true)
      assert.deepEqual(await find(shelf, 1, 7), two)
      assert.equal(await find(shelf, 1, 8), undefined)
      assert.equal(await find(shelf, 2, 7), undefined)
      assert.deepEqual(await newest(shelf), two)
      const next = checkpoint(1, { generation: 2 })
      await add(shelf, next)
      assert.deepEqual(await newest(shelf), next)
      assert.deepEqual(await newest(shelf, 1), two)
      assert.equal(await newest(shelf, 3), undefined)
    })

    it("are each larger than those before: of one size exactly one is kept, whoever signs at once", async () => {
      const { shelf } = await open()
      const kept = await atOnce((turn) => add(shelf, checkpoint(5, { root: `root ${turn}` })))
      assert.equal(won(kept), 1)
      assert.equal((await find(shelf, 1, 5))?.root, `root ${kept.indexOf(true)}`)
      assert.equal(await add(shelf, checkpoint(4)), false)
      assert.equal(await add(shelf, checkpoint(4, { generation: 2 })), true)
    })

    it("are listed newest first, below a size, and no more than asked", async () => {
      const { shelf } = await open()
      const all = [1, 2, 3].map((size) => checkpoint(size, { publishedAt: later(size * 60 * MINUTE) }))
      for (const each of all) await add(shelf, each)
      await add(shelf, checkpoint(9, { generation: 2 }))
      assert.deepEqual(await list(shelf, { limit: 10 }), all.toReversed())
      assert.deepEqual(await list(shelf, { limit: 1 }), all.slice(2))
      assert.deepEqual(await list(shelf, { below: 3, limit: 10 }), all.slice(0, 2).toReversed())
      await assert.rejects(list(shelf, { limit: 0 }))
    })

    it("are thinned to the first of each hour, the first cosigned of each hour, and the newest of either", async () => {
      const { shelf } = await open()
      const at = (size: number, minutes: number, cosigned = false): LogCheckpoint =>
        checkpoint(size, {
          publishedAt: later(minutes * MINUTE),
          cosignedAt: cosigned ? later(minutes * MINUTE) : null,
        })
      for (const each of [at(1, 0), at(2, 10), at(3, 20, true), at(4, 30, true), at(5, 40)])
        await add(shelf, each)
      assert.deepEqual(await sizes(shelf), [5, 4, 3, 1])
      await add(shelf, at(6, 70, true))
      assert.deepEqual(await sizes(shelf), [6, 3, 1])
      await add(shelf, at(7, 80))
      await add(shelf, at(8, 130))
      assert.deepEqual(await sizes(shelf), [8, 6, 3, 1])
      assert.equal((await newestCosigned(shelf))?.size, 6)
    })

    it("take a note with more cosignatures from exactly one of many who saw the same", async () => {
      const { shelf } = await open()
      const seen = checkpoint(3)
      await add(shelf, seen)
      assert.equal(await newestCosigned(shelf), undefined)
      const cosigned = await atOnce((turn) => cosign(shelf, seen, `cosigned ${turn}`))
      assert.equal(won(cosigned), 1)
      const note = `cosigned ${cosigned.indexOf(true)}`
      assert.deepEqual(await newestCosigned(shelf), { ...seen, note, cosignedAt: later(9) })
      assert.equal(await cosign(shelf, { ...seen, size: 4 }, "none"), false)
    })

    it("are each organisation's own", async () => {
      const { shelf, stranger } = await open()
      const one = checkpoint(3)
      await add(shelf, one)
      assert.equal(await newest(stranger), undefined)
      assert.equal(await find(stranger, 1, 3), undefined)
      assert.deepEqual(await list(stranger, { limit: 9 }), [])
      assert.equal(await cosign(stranger, one, "theirs"), false)
      assert.equal(await add(stranger, checkpoint(2)), true)
      assert.deepEqual(await find(shelf, 1, 3), one)
    })
  })
}

function checkpoint(size: number, differs: Partial<LogCheckpoint> = {}): LogCheckpoint {
  return {
    generation: 1,
    size,
    root: `root ${size}`,
    note: `note ${size}`,
    publishedAt: NOW,
    cosignedAt: null,
    ...differs,
  }
}

function add(shelf: Shelf, one: LogCheckpoint): Promise<boolean> {
  return shelf.transact(({ logCheckpoints }) => logCheckpoints.add(one))
}

function find(shelf: Shelf, generation: number, size: number): Promise<LogCheckpoint | undefined> {
  return shelf.snapshot(({ logCheckpoints }) => logCheckpoints.find(generation, size))
}

function newest(shelf: Shelf, generation?: number): Promise<LogCheckpoint | undefined> {
  return shelf.snapshot(({ logCheckpoints }) => logCheckpoints.newest(generation))
}

function newestCosigned(shelf: Shelf): Promise<LogCheckpoint | undefined> {
  return shelf.snapshot(({ logCheckpoints }) => logCheckpoints.newestCosigned())
}

function list(shelf: Shelf, page: { below?: number; limit: number }): Promise<readonly LogCheckpoint[]> {
  return shelf.snapshot(({ logCheckpoints }) => logCheckpoints.list(1, page))
}

async function sizes(shelf: Shelf): Promise<readonly number[]> {
  return (await list(shelf, { limit: 100 })).map(({ size }) => size)
}

function cosign(shelf: Shelf, seen: LogCheckpoint, note: string): Promise<boolean> {
  return shelf.transact(({ logCheckpoints }) => logCheckpoints.cosign(seen, note, later(9)))
}
