import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { describe, it, type TestContext } from "node:test"
import { expandPlace } from "./expand-place.ts"

describe("a place with names that are not known beforehand", () => {
  it("is one path without a star, whether or not it is there", async (t) => {
    const root = folder(t, [])
    assert.deepEqual(await expanded(root, "a/b.json"), [join(root, "a/b.json")])
  })

  it("is every name that a star may stand for, in order", async (t) => {
    const root = folder(t, ["a/2/mcp.json", "a/1/mcp.json", "a/1/x.json", "b/3/mcp.json"])
    const found = await expanded(root, "a/*/mcp.json")
    assert.deepEqual(found, [join(root, "a/1/mcp.json"), join(root, "a/2/mcp.json")])
    assert.deepEqual(await expanded(root, "a/1/*.json"), [
      join(root, "a/1/mcp.json"),
      join(root, "a/1/x.json"),
    ])
  })

  it("is every folder beneath that two stars may stand for, but none that a link leads to", async (t) => {
    const root = folder(t, ["a/1/2/.mcp.json"])
    symlinkSync(join(root, "a"), join(root, "a/1/loop"))
    const found = await expanded(root, "a/**/.mcp.json")
    assert.ok(found.includes(join(root, "a/1/2/.mcp.json")))
    assert.ok(found.every((path) => !path.includes("loop")))
  })

  it("tells of a folder that cannot be listed, and goes on", async (t) => {
    const told: string[] = []
    const root = folder(t, [])
    const found = await expandPlace(root, ["none", "*", "x"], (where) => told.push(where))
    assert.deepEqual([found, told], [[], [join(root, "none")]])
  })
})

function expanded(root: string, place: string): Promise<readonly string[]> {
  return expandPlace(root, place.split("/"), (where) => assert.fail(where))
}

function folder(t: TestContext, files: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), "tabard-expand-"))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), "{}")
  }
  return root
}
