import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { TamperedLog } from "./log-errors.ts"
import { emptyLog, integrate } from "./log-writer.ts"
import { memoryTileStore } from "./memory-tile-store.ts"
import { sha256 } from "./node-crypto.ts"
import { readEntry } from "./read-entry.ts"

describe("reading one entry", () => {
  it("answers it from its bundle, full or partial, and says where that is gone", async () => {
    const tiles = memoryTileStore()
    const entries = Array.from({ length: 300 }, (_, place) => new TextEncoder().encode(`entry ${place}`))
    await integrate({ tiles, sha256 }, emptyLog(sha256), entries)
    for (const index of [0, 255, 256, 299])
      assert.deepEqual(await readEntry(tiles, index, 300), entries[index])
    await tiles.remove("tile/entries/000")
    await assert.rejects(readEntry(tiles, 3, 300), TamperedLog)
  })
})
