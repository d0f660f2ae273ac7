import assert from "node:assert/strict"
import { mkdir, mkdtemp, readdir, rm, stat, truncate, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, describe, it } from "node:test"
import { fileTileStore } from "./file-tile-store.ts"
import { MalformedRecord } from "./log-errors.ts"
import { listed, tileStoreContract } from "./tile-store.contract.ts"

const made: string[] = []
after(() => Promise.all(made.map((directory) => rm(directory, { recursive: true }))))

tileStoreContract("files", async () => fileTileStore(join(await newDirectory(), "log")))

describe("a log in a directory", () => {
  it("can be served by a web server as it is, and read by nobody else on the machine", async () => {
    const directory = join(await newDirectory(), "log")
    const store = fileTileStore(directory)
    await store.write("tile/0/x001/067", Uint8Array.of(1))
    await store.writeCheckpoint(Uint8Array.of(2))

    assert.equal((await stat(join(directory, "tile/0/x001/067"))).mode & 0o777, 0o600)
    assert.equal((await stat(directory)).mode & 0o777, 0o700)
    assert.equal((await stat(join(directory, "checkpoint"))).size, 1)
  })

  it("leaves nothing half-written behind, also where a write was refused", async () => {
    const directory = await newDirectory()
    const store = fileTileStore(directory)
    await store.write("tile/0/000", Uint8Array.of(1))
    await assert.rejects(store.write("tile/0/000", Uint8Array.of(2)))

    assert.deepEqual(await readdir(join(directory, ".writing")), [])
  })

  it("does not read a file that is longer than any of a log", async () => {
    const directory = await newDirectory()
    await writeFile(join(directory, "checkpoint"), "")
    await truncate(join(directory, "checkpoint"), 20_000_000)

    await assert.rejects(fileTileStore(directory).readCheckpoint(), MalformedRecord)
  })

  it("does not guess at a minimum index that is not one number", async () => {
    const directory = await newDirectory()
    for (const text of ["", "12", "-1\n", "007\n", "9999999999999999\n", "1\n2\n", `1${" ".repeat(99)}\n`]) {
      await writeFile(join(directory, "minimum-index"), text)
      await assert.rejects(fileTileStore(directory).readMinimumIndex(), MalformedRecord, text)
    }
  })

  it("says what stands in its way, rather than that nothing is kept", async () => {
    const directory = await newDirectory()
    await mkdir(join(directory, "checkpoint"))
    await writeFile(join(directory, "tile"), "")
    const store = fileTileStore(directory)

    await assert.rejects(store.readCheckpoint(), { code: "EISDIR" })
    await assert.rejects(listed(store), { code: "ENOTDIR" })
    await assert.rejects(store.write("tile/0/000", Uint8Array.of(1)), { code: "ENOTDIR" })
    assert.equal(await store.read("tile/0/000"), undefined)
  })
})

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "tabard-log-"))
  made.push(directory)
  return directory
}
