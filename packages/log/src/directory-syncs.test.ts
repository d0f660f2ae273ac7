import assert from "node:assert/strict"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import { DirectorySyncs } from "./directory-syncs.ts"

describe("syncing directories", () => {
  it("serves everybody who asks at once by one sync, and whoever asks later by another", async () => {
    const syncs = new DirectorySyncs()
    const [first, beside] = [syncs.sync(tmpdir()), syncs.sync(tmpdir())]
    assert.equal(first, beside)
    await new Promise(setImmediate)
    const later = syncs.sync(tmpdir())
    assert.notEqual(later, first)
    await Promise.all([first, later])
    assert.notEqual(syncs.sync(tmpdir()), later)
  })

  it("tells whoever asked that it failed, and goes on", async () => {
    const syncs = new DirectorySyncs()
    const directory = await mkdtemp(join(tmpdir(), "tabard-syncs-"))
    await rm(directory, { recursive: true })
    const failing = [syncs.sync(directory), syncs.sync(directory)]
    for (const one of failing) await assert.rejects(one, { code: "ENOENT" })
    await syncs.sync(tmpdir())
  })
})
