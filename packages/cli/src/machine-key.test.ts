import assert from "node:assert/strict"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import { machineKey } from "./machine-key.ts"

describe("a machine's key", () => {
  it("is the same at each use", async (t) => {
    const folder = await folderFor(t)
    const [first, second] = [
      await machineKey(join(folder, "a", "key")),
      await machineKey(join(folder, "a", "key")),
    ]
    assert.equal(first.reveal(), second.reveal())
    assert.ok(first.reveal().length >= 43)
  })

  it("that cannot be made is told with what to do about it", async (t) => {
    const folder = await folderFor(t)
    await writeFile(join(folder, "file"), "")
    await assert.rejects(
      machineKey(join(folder, "file", "key")),
      /cannot be made or read: let XDG_CONFIG_HOME name/,
    )
  })
})

async function folderFor(t: { after: (end: () => Promise<void>) => void }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tabard-key-"))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}
