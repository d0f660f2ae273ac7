import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Problem } from "@tabard/core"
import {
  emptyLog,
  integrate,
  memoryTileStore,
  parseBundle,
  parseTilePath,
  publish,
  type TileStore,
} from "@tabard/log"
import { ed25519Signer, sha256 } from "@tabard/log/node"
import { LogFiles } from "./log-files.ts"

const signer = ed25519Signer("audit.example.test/acme/1", new Uint8Array(32).fill(1))

describe("the files of a log as they are shown", () => {
  it("are those of the published tree and no others, also as it grows", async () => {
    const { tiles, files, grow } = newLog()
    assert.equal(await read(files, "tile/0/000.p/3"), undefined)
    await grow(3)
    assert.equal((await read(files, "tile/0/000.p/3"))?.length, 3 * 32)
    assert.equal(await read(files, "tile/0/000.p/4"), undefined)
    assert.equal(await read(files, "tile/1/000.p/1"), undefined)
    await integrate({ tiles, sha256 }, await headOf(tiles, 3), entries(3, 10))
    assert.ok(await tiles.read("tile/0/000.p/10"))
    assert.equal(await read(files, "tile/0/000.p/10"), undefined, "written, and not signed yet")
    await grow(256)
    assert.equal((await read(files, "tile/0/000"))?.length, 256 * 32)
    assert.equal((await read(files, "tile/1/000.p/1"))?.length, 32)
    assert.equal(await read(files, "tile/0/001.p/1"), undefined)
  })

  it("leave nobody without a partial tile whose full one took its place", async () => {
    const { tiles, files, grow } = newLog()
    await grow(5)
    const [hashes, bundle] = [await read(files, "tile/0/000.p/5"), await read(files, "tile/entries/000.p/5")]
    await grow(300)
    for (const path of ["tile/0/000", "tile/entries/000"]) await tiles.removePartials(path)
    assert.equal(await tiles.read("tile/0/000.p/5"), undefined)
    assert.deepEqual(await read(files, "tile/0/000.p/5"), hashes)
    assert.deepEqual(await read(files, "tile/entries/000.p/5"), bundle)
    await tiles.remove("tile/0/001.p/20")
    assert.equal((await read(files, "tile/0/001.p/20"))?.length, 20 * 32, "of the partial one that is there")
    assert.equal(parseBundle((await read(files, "tile/entries/001.p/9")) ?? new Uint8Array(), 9).length, 9)
  })

  it("end where the log was pruned, and begin again with what the rest is proven by", async () => {
    const { files, grow } = newLog()
    await grow(1_000)
    for (const path of ["tile/0/000", "tile/0/001", "tile/0/001.p/7", "tile/entries/001"]) {
      await assert.rejects(
        read(files, path, 512),
        (error) => error instanceof Problem && error.code === "log_pruned",
      )
    }
    for (const path of ["tile/0/002", "tile/entries/002", "tile/1/000.p/3"])
      assert.ok(await read(files, path, 512))
  })

  it("are not shown where the full tile is lost as well", async () => {
    const { tiles, files, grow } = newLog()
    await grow(300)
    await tiles.remove("tile/0/000")
    assert.equal(await read(files, "tile/0/000"), undefined)
    assert.equal(await read(files, "tile/0/000.p/9"), undefined)
  })
})

function read(files: LogFiles, path: string, minimum = 0): Promise<Uint8Array | undefined> {
  const address = parseTilePath(path)
  assert.ok(address, path)
  return files.read(address, minimum)
}

function newLog(): { tiles: TileStore; files: LogFiles; grow: (to: number) => Promise<void> } {
  const tiles = memoryTileStore()
  let head = emptyLog(sha256)
  return {
    tiles,
    files: new LogFiles(tiles),
    grow: async (to) => {
      head = await integrate({ tiles, sha256 }, head, entries(head.size, to))
      await publish({ tiles, sha256, signer }, head)
    },
  }
}

async function headOf(tiles: TileStore, size: number): ReturnType<typeof integrate> {
  return integrate({ tiles, sha256 }, emptyLog(sha256), entries(0, size))
}

function entries(from: number, to: number): Uint8Array[] {
  return Array.from({ length: to - from }, (_, n) => new TextEncoder().encode(`entry ${from + n}`))
}
