import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { wasRead } from "./was-read.ts"

describe("whether a scan read a place", () => {
  const scan = (unreadable: readonly string[], roots = ["/home/ann", "C:\\Users\\ann"]) => ({
    roots,
    unreadable: unreadable.map((path) => ({ path, reason: "permission denied" })),
  })

  it("is so beneath what it was to read, and at it", () => {
    assert.equal(wasRead(scan([]), "/home/ann/.cursor/mcp.json"), true)
    assert.equal(wasRead(scan([]), "/home/ann"), true)
    assert.equal(wasRead(scan([]), "C:\\Users\\ann\\AppData\\mcp.json"), true)
    assert.equal(wasRead(scan([], ["/"]), "/srv/agents/mcp.json"), true)
  })

  it("is not so elsewhere, whatever begins with the same letters", () => {
    for (const path of ["/home/anna/.cursor/mcp.json", "/srv/x", "C:\\Users\\annabel\\x"])
      assert.equal(wasRead(scan([]), path), false, path)
  })

  it("is not so where the place, or a folder above it, could not be read", () => {
    for (const missed of [
      "/home/ann/.cursor/mcp.json",
      "/home/ann/.cursor",
      "/home/ann/.cursor/",
      "/home/ann",
    ])
      assert.equal(wasRead(scan([missed]), "/home/ann/.cursor/mcp.json"), false, missed)
    assert.equal(wasRead(scan(["C:\\Users\\ann\\AppData"]), "C:\\Users\\ann\\AppData\\mcp.json"), false)
  })

  it("is so where all users of a machine share the place, as each reading of a home looks there", () => {
    assert.equal(wasRead(scan([]), "/etc/claude-code/managed-settings.json"), true)
    assert.equal(wasRead(scan([]), "C:\\ProgramData\\ClaudeCode\\managed-settings.json"), true)
    assert.equal(wasRead(scan(["/etc/claude-code"]), "/etc/claude-code/managed-settings.json"), false)
  })

  it("is so for evidence that names no file, as it comes with its subject", () => {
    assert.equal(wasRead(scan([]), "default of Cursor"), true)
  })

  it("does not suffer from a neighbour that could not be read", () => {
    assert.equal(
      wasRead(scan(["/home/ann/.cursor/mcp.json.bak", "/home/ann/.cur"]), "/home/ann/.cursor/mcp.json"),
      true,
    )
  })
})
