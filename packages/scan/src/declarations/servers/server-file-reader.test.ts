import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { SourceRead } from "../../sources/source-reader.ts"
import { readDeclared } from "../read-declared.fixture.ts"
import { serverFileReader } from "./server-file-reader.ts"

const NOTES = { command: "npx", args: ["-y", "notes-mcp@1.0.0"] }

describe("a file of MCP servers that is no known client's", () => {
  for (const path of [
    "mcp.json",
    "agent/backend/mcp_config.json",
    ".rulesync/mcp.json",
    "config/mcp-servers.json",
    "tools/mcpServers.json",
    "assistant/mcp_servers_config.json",
    "desktop-mcp.json",
    ".config/mcphub/servers.json",
  ])
    it(`tells its servers, and no agent: ${path}`, async () => {
      const read = await readIn(path, { mcpServers: { notes: NOTES } })
      assert.deepEqual([names(read), read.agents], [["notes"], []])
    })

  it("may call the map `servers`, where there is no other", async () => {
    assert.deepEqual(names(await readIn("mcp.json", { servers: { notes: NOTES } })), ["notes"])
    const both = {
      servers: [{ name: "again", url: "https://notes.example/mcp" }],
      mcpServers: { notes: NOTES },
    }
    assert.deepEqual(names(await readIn("mcp.json", both)), ["notes"])
  })

  it("is LibreChat's too, whose keys lie beside its servers", async () => {
    const key = ["q7Wn2xRk", "9TzLb4Vd", "6HsJc1Yp"].join("")
    const text = `endpoints:\n  custom:\n    - name: m\n      apiKey: ${key}\nmcpServers:\n  notes:\n    command: npx\n`
    const read = await readDeclared(serverFileReader, "librechat.yaml", text)
    assert.deepEqual(names(read), ["notes"])
    assert.deepEqual(
      read.credentials.map(({ storedAs }) => storedAs),
      ["plaintext"],
    )
    assert.ok(!JSON.stringify(read).includes(key))
  })

  it("is none where the file only describes what such a map looks like, or shows it", async () => {
    const schema = {
      properties: { mcpServers: { type: "object", properties: { command: { type: "string" } } } },
    }
    assert.deepEqual(names(await readIn("schemas/mcp.json", schema)), [])
    for (const path of [
      "docs/mcp.json",
      "tests/mcp.json",
      "server.json",
      "mcp.example.json",
      "sample_mcp_config.json",
    ])
      assert.deepEqual(names(await readIn(path, { mcpServers: { notes: NOTES } })), [], path)
  })
})

function readIn(path: string, value: object): Promise<SourceRead> {
  return readDeclared(serverFileReader, path, JSON.stringify(value))
}

function names({ servers }: SourceRead): readonly string[] {
  return servers.map(({ name }) => name)
}
