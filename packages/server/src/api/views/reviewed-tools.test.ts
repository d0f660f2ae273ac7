import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId, systemClock, type ToolVersion, type Upstream, type UpstreamLaunch } from "@tabard/core"
import { reviewedTools } from "./reviewed-tools.ts"

const FILES = upstream({
  transport: "stdio",
  command: "npx",
  args: ["-y", "@modelcontextprotocol/server-filesystem@2026.1.1", "/srv"],
  roots: [],
})
const DOCS = upstream({ transport: "http", url: "https://docs.example/mcp" })
const toolsOf = reviewedTools([FILES, DOCS], [tool(FILES, "read_file"), tool(DOCS, "search")])

describe("the tools of a server that a scan saw", () => {
  it("are those that were reviewed of the same package, whatever its version and arguments", () => {
    for (const args of [
      ["@modelcontextprotocol/server-filesystem"],
      ["-y", "@modelcontextprotocol/server-filesystem@latest", "/home/ann"],
    ])
      assert.deepEqual(toolsOf({ command: "/usr/bin/npx", args, url: null }), [
        { name: "read_file", effects: ["read"] },
      ])
  })

  it("are those that were reviewed at the same address", () => {
    const seen = { command: null, args: [] }
    assert.deepEqual(toolsOf({ ...seen, url: "https://docs.example/mcp" }), [
      { name: "search", effects: ["read"] },
    ])
    assert.equal(toolsOf({ ...seen, url: "https://docs.example/other" }), null)
  })

  it("are unknown of another package, a bare launcher and nothing at all", () => {
    for (const args of [["-y"], ["@modelcontextprotocol/server-memory"], ["server-filesystem"]])
      assert.equal(toolsOf({ command: "npx", args, url: null }), null)
    assert.equal(toolsOf({ command: null, args: [], url: null }), null)
  })
})

function upstream(launch: UpstreamLaunch): Upstream {
  return {
    id: newId("server", systemClock),
    name: "one",
    launch,
    registeredBy: newId("user", systemClock),
    registeredAt: systemClock.now(),
  }
}

function tool(server: Upstream, name: string): ToolVersion {
  return {
    id: newId("toolVersion", systemClock),
    server: server.id,
    name,
    digest: "d",
    definition: {},
    effects: ["read"],
    roles: {},
    pinnedAt: systemClock.now(),
  }
}
