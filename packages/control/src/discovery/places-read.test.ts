import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { placesRead, type Reading } from "./places-read.ts"

describe("whether a scan read a place to its end", () => {
  it("is so beneath each root through which the earlier scan came to it", () => {
    assert.equal(isRead("/home/ann/.cursor/mcp.json", reading(), reading()), true)
    assert.equal(isRead("/home/ann", reading(), reading()), true)
    assert.equal(
      isRead("/srv/app/x.py", reading({ roots: ["/srv/app/"] }), reading({ roots: ["/srv/app"] })),
      true,
    )
  })

  it("is not so outside the roots, nor beside one whose name begins alike", () => {
    assert.equal(isRead("/etc/claude-code/managed.json", reading(), reading()), false)
    assert.equal(isRead("/home/anna/.cursor/mcp.json", reading(), reading()), false)
    assert.equal(isRead("/home/ann/x", reading({ roots: ["/srv"] }), reading()), false)
  })

  it("is not so where the earlier scan walked a folder that this one did not", () => {
    const then = reading({ roots: ["/home/ann", "/home/ann/code"] })
    assert.equal(isRead("/home/ann/code/.mcp.json", reading(), then), false)
    assert.equal(isRead("/home/ann/.cursor/mcp.json", reading(), then), true)
  })

  it("is not so where it, a folder around it or something in it was unreadable", () => {
    for (const path of [
      "/home/ann/.cursor/mcp.json",
      "/home/ann/.cursor",
      "/home/ann",
      "/home/ann/.cursor/mcp.json/x",
    ]) {
      const now = reading({ unreadable: [{ path, reason: "EACCES" }] })
      assert.equal(isRead("/home/ann/.cursor/mcp.json", now, reading()), false, path)
    }
    const elsewhere = reading({ unreadable: [{ path: "/home/ann/.codex", reason: "EACCES" }] })
    assert.equal(isRead("/home/ann/.cursor/mcp.json", elsewhere, reading()), true)
  })

  it("is so only where all of its places were read, and of no place at all it is not", () => {
    const now = reading({ unreadable: [{ path: "/home/ann/b", reason: "EACCES" }] })
    assert.equal(placesRead(now)(["/home/ann/a", "/home/ann/b"], reading()), false)
    assert.equal(placesRead(now)([], reading()), false)
  })

  it("is not so where the scan knew older clients than the earlier one", () => {
    assert.equal(isRead("/home/ann/x", reading({ coverage: knowing("2026-01-01") }), reading()), false)
    assert.equal(isRead("/home/ann/x", reading({ coverage: knowing("2027-01-01") }), reading()), true)
  })

  it("is told with Windows paths too", () => {
    const there = reading({ roots: ["C:\\Users\\ann"] })
    assert.equal(isRead("C:\\Users\\ann\\.cursor\\mcp.json", there, there), true)
    assert.equal(isRead("C:\\Users\\anna\\.cursor\\mcp.json", there, there), false)
  })
})

function isRead(path: string, now: Reading, then: Reading): boolean {
  return placesRead(now)([path], then)
}

function knowing(date: string): Reading["coverage"] {
  return { filesRead: 1, knowledge: { version: "1", date } }
}

function reading(differs: Partial<Reading> = {}): Reading {
  return { roots: ["/home/ann"], unreadable: [], coverage: knowing("2026-11-01"), ...differs }
}
