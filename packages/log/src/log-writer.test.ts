import assert from "node:assert/strict"
import { describe, it } from "node:test"
import * as fc from "fast-check"
import { MalformedRecord, TamperedLog } from "./log-errors.ts"
import { emptyLog, integrate } from "./log-writer.ts"
import { memoryTileStore } from "./memory-tile-store.ts"
import { ed25519Signer, sha256 } from "./node-crypto.ts"
import { placeCheckpoint, publish, readPublished, signHead } from "./publish-checkpoint.ts"
import { listed } from "./tile-store.contract.ts"
import type { TileStore } from "./tile-store.ts"
import { tilePath, tilesForGrowth } from "./tiles.ts"
import type { TreeHead } from "./tree-head.ts"

const SIGNER = ed25519Signer("example.test/log", new Uint8Array(32).fill(1))

describe("integrating entries", () => {
  it("for any batches, gives the same head and the same files", async () => {
    const batches = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(batches, async (widths) => {
        const size = widths.reduce((sum, width) => sum + width, 0)
        const atOnce = await grown([size])
        const inBatches = await grown(widths)

        assert.deepEqual(inBatches.head, atOnce.head)
        assert.deepEqual(await filesOf(inBatches.tiles, size), await filesOf(atOnce.tiles, size))
      }),
      { numRuns: 40 },
    )
  })

  it("writes the files of the growth, and no others", async () => {
    const { tiles, head } = await grown([250])
    const before = new Set(await listed(tiles))
    await integrate({ tiles, sha256 }, head, entriesOf(250, 300))

    const written = (await listed(tiles)).filter((path) => !before.has(path))
    assert.deepEqual(new Set(written), new Set([...tilesForGrowth(250, 550)].map(tilePath)))
  })

  it("stopped after any of its writes, gives the same files when it is run again", async () => {
    const whole = await grown([250, 300])
    const files = [...tilesForGrowth(250, 550)].length
    for (let writes = 0; writes < files; writes++) {
      const { tiles, head } = await grown([250])
      const stopping = integrate({ tiles: stoppingAfter(writes, tiles), sha256 }, head, entriesOf(250, 300))
      await assert.rejects(stopping, /the power went/)

      assert.deepEqual(await integrate({ tiles, sha256 }, head, entriesOf(250, 300)), whole.head)
      assert.deepEqual(await filesOf(tiles, 550), await filesOf(whole.tiles, 550))
    }
  })

  it("refuses to write another history where one is", async () => {
    const { tiles } = await grown([3])
    await assert.rejects(integrate({ tiles, sha256 }, emptyLog(sha256), entriesOf(7, 3)), TamperedLog)
  })

  it("refuses to go on from files that are not those of the head", async () => {
    for (const path of ["tile/entries/001.p/44", "tile/0/001.p/44", "tile/1/000.p/1"]) {
      const { tiles, head } = await grown([300])
      const bytes = (await tiles.read(path)) ?? assert.fail()
      for (const bad of [undefined, bytes.subarray(1), bytes.with(9, (bytes[9] ?? 0) ^ 1)]) {
        const changed = { ...tiles, read: async (at: string) => (at === path ? bad : tiles.read(at)) }
        await assert.rejects(integrate({ tiles: changed, sha256 }, head, []), isRefusal, path)
      }
    }
  })

  it("refuses an entry that is too long, and writes nothing", async () => {
    const { tiles, head } = await grown([0])
    await assert.rejects(integrate({ tiles, sha256 }, head, [new Uint8Array(65_536)]), MalformedRecord)
    assert.deepEqual(await listed(tiles), [])
  })
})

describe("publishing a checkpoint", () => {
  it("puts it in the place of the last one, also the same one again", async () => {
    const { tiles, head } = await grown([0])
    await publish({ tiles, sha256, signer: SIGNER }, head)
    const next = await integrate({ tiles, sha256 }, head, entriesOf(0, 300))
    const note = await publish({ tiles, sha256, signer: SIGNER }, next)

    assert.deepEqual(await tiles.readCheckpoint(), note)
    assert.deepEqual(await publish({ tiles, sha256, signer: SIGNER }, next), note)
  })

  it("refuses a head that is behind what was published", async () => {
    const { tiles, head } = await grown([0])
    const next = await integrate({ tiles, sha256 }, head, entriesOf(0, 3))
    await publish({ tiles, sha256, signer: SIGNER }, next)

    await assert.rejects(publish({ tiles, sha256, signer: SIGNER }, head), /behind its log/)
  })

  it("refuses a second history, of the same size or a larger one", async () => {
    const { tiles, head } = await grown([3])
    const note = await publish({ tiles, sha256, signer: SIGNER }, head)
    for (const size of [3, 5, 300]) {
      const other = await integrate(
        { tiles: memoryTileStore(), sha256 },
        emptyLog(sha256),
        entriesOf(7, size),
      )
      const forked = memoryTileStore()
      await integrate({ tiles: forked, sha256 }, emptyLog(sha256), entriesOf(7, size))
      await forked.writeCheckpoint(note)
      await assert.rejects(publish({ tiles: forked, sha256, signer: SIGNER }, other), TamperedLog)
    }
  })

  it("refuses a head that the files do not give, also where it would be the first", async () => {
    const { tiles } = await grown([3])
    const { head } = await grown([4])
    await assert.rejects(publish({ tiles, sha256, signer: SIGNER }, head), TamperedLog)
    assert.equal(await tiles.readCheckpoint(), undefined)
  })

  it("puts a note that was signed before in its place, and never in that of a larger one", async () => {
    const { tiles, head } = await grown([3])
    const note = await signHead({ tiles, sha256, signer: SIGNER }, head)
    assert.equal(await tiles.readCheckpoint(), undefined)
    assert.equal(await readPublished(tiles), undefined)
    await assert.rejects(placeCheckpoint({ tiles: memoryTileStore(), sha256 }, note), isRefusal)
    await placeCheckpoint({ tiles, sha256 }, note)
    assert.deepEqual(await tiles.readCheckpoint(), note)
    assert.equal((await readPublished(tiles))?.size, 3)

    const larger = await integrate({ tiles, sha256 }, head, entriesOf(3, 2))
    await publish({ tiles, sha256, signer: SIGNER }, larger)
    await assert.rejects(placeCheckpoint({ tiles, sha256 }, note), /behind its log/)
  })

  it("refuses a place where another log is kept", async () => {
    const { tiles, head } = await grown([3])
    await publish({ tiles, sha256, signer: SIGNER }, head)
    const signer = ed25519Signer("example.test/other", new Uint8Array(32).fill(1))

    await assert.rejects(publish({ tiles, sha256, signer }, head), TamperedLog)
  })
})

async function grown(widths: readonly number[]): Promise<{ tiles: TileStore; head: TreeHead }> {
  const tiles = memoryTileStore()
  let head = emptyLog(sha256)
  for (const width of widths) head = await integrate({ tiles, sha256 }, head, entriesOf(head.size, width))
  return { tiles, head }
}

function entriesOf(first: number, count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, place) => new TextEncoder().encode(`entry ${first + place}`))
}

async function filesOf(tiles: TileStore, size: number): Promise<readonly (Uint8Array | undefined)[]> {
  return Promise.all([...tilesForGrowth(0, size)].map((address) => tiles.read(tilePath(address))))
}

function stoppingAfter(writes: number, tiles: TileStore): TileStore {
  let left = writes
  return {
    ...tiles,
    write: async (path, bytes) => {
      if (left-- <= 0) throw new Error("the power went")
      await tiles.write(path, bytes)
    },
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof TamperedLog || error instanceof MalformedRecord
}
