import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Observation } from "@tabard/control"
import { newId, systemClock } from "@tabard/core"
import { newestOf, placeOf } from "./seen-places.ts"

describe("the place of an agent", () => {
  it("is the folder around the first file that the newest observation names", () => {
    const older = seen("/home/ann/old/.mcp.json", 1)
    const newer = seen("/tmp/notes/.cursor/mcp.json", 2)
    assert.equal(placeOf(newestOf([older, newer])), "/tmp/notes")
    assert.equal(placeOf(newestOf([newer, older])), "/tmp/notes")
  })

  it("stays as the scan wrote it", () => {
    assert.equal(placeOf(seen("~/.claude.json", 1)), "~")
    assert.equal(placeOf(seen("~/.config/Code/User/mcp.json", 1)), "~/.config/Code/User")
    assert.equal(placeOf(seen("/agent.json", 1)), "/")
  })

  it("is not known of what no scan saw anywhere", () => {
    assert.equal(placeOf(newestOf([])), null)
    assert.equal(placeOf({ ...seen("", 1), body: { locations: "none" } }), null)
  })
})

function seen(path: string, second: number): Observation {
  const at = new Date(second * 1000)
  return {
    reporter: "laptop",
    machine: null,
    kind: "agent",
    key: path,
    subject: "agt_1",
    scan: newId("scan", systemClock),
    body: { locations: [{ path, line: null }] },
    firstSeen: at,
    lastSeen: at,
    digest: null,
    vanishedAt: null,
  }
}
