import assert from "node:assert/strict"
import { describe, it, type TestContext } from "node:test"
import { foundIn, scanHome } from "./fixtures/found-in.ts"

describe("an MCP server", () => {
  it("without an exact version is found", async (t) => {
    assert.deepEqual(await foundOf(t, npx("@modelcontextprotocol/server-memory")), [
      "unpinned-mcp-server medium",
    ])
  })

  it("over plain HTTP is found", async (t) => {
    assert.deepEqual(await foundOf(t, { httpUrl: "http://mcp.linear.app/mcp" }), [
      "plain-http-mcp-server high",
    ])
  })

  it("from an unknown publisher is found, the more where each start fetches it anew", async (t) => {
    assert.deepEqual(await foundOf(t, npx("somebodys-mcp@1.4.2")), ["unknown-publisher-mcp-server low"])
    assert.deepEqual(await foundOf(t, { httpUrl: "https://mcp.some-startup.example/mcp" }), [
      "unknown-publisher-mcp-server low",
    ])
    assert.deepEqual(await foundOf(t, npx("somebodys-mcp@latest")), [
      "unknown-publisher-mcp-server medium",
      "unpinned-mcp-server medium",
    ])
  })

  it("behind a bridge is judged by where the bridge leads", async (t) => {
    const bridged = { command: "npx", args: ["mcp-remote@0.1.9", "https://mcp.some-startup.example/mcp"] }
    assert.deepEqual(await foundOf(t, bridged), ["unknown-publisher-mcp-server low"])
    const known = { command: "npx", args: ["mcp-remote@0.1.9", "https://mcp.linear.app/sse"] }
    assert.deepEqual(await foundOf(t, known), [])
  })

  it("that is given a home or everything is found", async (t) => {
    for (const folder of ["/home/ada", "~", "/"])
      assert.ok(
        (await foundOf(t, npx("@modelcontextprotocol/server-filesystem@2026.1.14", folder))).includes(
          "home-mcp-server high",
        ),
        folder,
      )
  })

  const quiet: Readonly<Record<string, unknown>> = {
    "pinned and given one folder": npx("@modelcontextprotocol/server-filesystem@2026.1.14", "/home/ada/work"),
    "an image by its digest": {
      command: "docker",
      args: ["run", "-i", "--rm", `ghcr.io/github/github-mcp-server@sha256:${"0f".repeat(32)}`],
    },
    "a vendor's own address": { httpUrl: "https://mcp.notion.com/mcp" },
    "code of the project": { command: "uv", args: ["run", "server.py"] },
    "on this machine over http": { httpUrl: "http://127.0.0.1:3845/mcp" },
    "of this network": { httpUrl: "https://mcp.acme.internal/mcp" },
    "switched off": { ...npx("somebodys-mcp", "/"), disabled: true },
  }
  for (const [what, server] of Object.entries(quiet))
    it(`is not found where it is ${what}`, async (t) => {
      assert.deepEqual(await foundOf(t, server), [])
    })
})

function npx(...args: readonly string[]): Readonly<Record<string, unknown>> {
  return { command: "npx", args: ["-y", ...args] }
}

async function foundOf(t: TestContext, server: unknown): Promise<readonly string[]> {
  const general = { defaultApprovalMode: "default" }
  return foundIn(await scanHome(t, { ".gemini/settings.json": { general, mcpServers: { server } } }))
}
