import assert from "node:assert/strict"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import { holdWatchLock } from "./watch-lock.ts"

describe("the lock of a standing watch", () => {
  it("is held by one, and free again once that one is done", async () => {
    await using folder = await temporaryFolder()
    const first = await holdWatchLock(folder.path)
    await assert.rejects(holdWatchLock(folder.path), /another tabard scan --every runs on this machine/)
    await first[Symbol.asyncDispose]()
    const second = await holdWatchLock(folder.path)
    await second[Symbol.asyncDispose]()
  })

  it("is taken over from a process that was killed", async () => {
    await using folder = await temporaryFolder()
    await writeFile(join(folder.path, "watch.sock"), "")
    const lock = await holdWatchLock(folder.path)
    await lock[Symbol.asyncDispose]()
  })

  it("is held also where the folder's name is longer than a socket's may be", async () => {
    await using folder = await temporaryFolder()
    const deep = join(folder.path, "d".repeat(120))
    const first = await holdWatchLock(deep)
    await assert.rejects(holdWatchLock(deep), /another/)
    await first[Symbol.asyncDispose]()
  })
})

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "tabard-watch-"))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}
