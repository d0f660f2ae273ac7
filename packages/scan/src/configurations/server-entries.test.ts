import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { serverEntries } from "./server-entries.ts"

const SERVERS = { role: "servers" } as const

describe("finding the servers of a configuration", () => {
  it("takes a list: by name, else by host, else by its place", () => {
    const mcpServers = [
      { name: "notes", command: "npx" },
      { url: "https://docs.example/mcp" },
      { command: "npx" },
      "https://plain.example/mcp",
      { note: "starts nothing" },
    ]
    assert.deepEqual(names({ mcpServers }), ["notes", "docs.example", "mcpServers[2]", "plain.example"])
  })

  it("takes an address or a program that stands inside `transport`", () => {
    const transport = { type: "streamable-http", url: "https://docs.example/mcp" }
    const [entry = assert.fail()] = serverEntries({ mcpServers: [{ name: "docs", transport }] }, SERVERS)
    assert.deepEqual(entry.fields, {
      name: "docs",
      url: transport.url,
      type: "streamable-http",
      transport: "streamable-http",
    })
    assert.deepEqual(names({ mcpServers: { plain: { command: "npx", transport: "stdio" } } }), ["plain"])
  })

  it("finds them where the editor's settings are one word with dots, and inside a development container", () => {
    const servers = [{ name: "notes", command: "npx" }]
    for (const settings of [{ "mcp.servers": servers }, { mcp: { servers } }])
      for (const value of [settings, { settings }, { customizations: { vscode: { settings } } }])
        assert.deepEqual(
          serverEntries(value, { role: "settings" }).map(({ name }) => name),
          ["notes"],
          JSON.stringify(value),
        )
  })

  it("takes an address by its other names, but not beside a program", () => {
    for (const name of ["baseUrl", "base_url", "link"]) {
      const [entry = assert.fail()] = serverEntries(
        { mcpServers: { a: { [name]: "https://a.test/mcp" } } },
        SERVERS,
      )
      assert.equal(entry.fields["url"], "https://a.test/mcp")
    }
    const [entry = assert.fail()] = serverEntries(
      { mcpServers: { a: { command: "npx", link: "https://a.test/docs" } } },
      SERVERS,
    )
    assert.equal(entry.fields["url"], undefined)
    assert.deepEqual(names({ mcpServers: { a: { link: "see the handbook" } } }), [])
  })

  it("finds those of an experiment", () => {
    const modelContextProtocolServers = [{ name: "notes", transport: { type: "stdio", command: "npx" } }]
    assert.deepEqual(names({ experimental: { modelContextProtocolServers } }), ["notes"])
  })

  it("leaves out what starts nothing, comments and rows that are no server", () => {
    const mcpServers = {
      _comment: { command: "no" },
      empty: {},
      none: null,
      text: "x",
      on: { command: "npx" },
    }
    assert.deepEqual(names({ mcpServers }), ["on"])
  })
})

function names(value: unknown): readonly string[] {
  return serverEntries(value, SERVERS).map(({ name }) => name)
}
