import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Files, foundIn, scanHome, scanRoot } from "./fixtures/found-in.ts"

const FREE = { permissions: { defaultMode: "bypassPermissions" } }
const ASKS = { permissions: { defaultMode: "default" } }
const AUTO = { permissions: { defaultMode: "auto" } }
const GITHUB = { type: "http", url: "https://api.githubcopilot.com/mcp/" }
const DOCS = { type: "http", url: "https://mcp.context7.com/mcp" }
const FETCH = { command: "uvx", args: ["mcp-server-fetch@2026.1.1"] }

describe("unrestricted autonomy", () => {
  it("is found where a client was told to ask nobody", async (t) => {
    assert.deepEqual(foundIn(await scanHome(t, claude(FREE))), ["unrestricted-autonomy high"])
  })

  it("is not found where its person is asked, or nothing is known", async (t) => {
    assert.deepEqual(foundIn(await scanHome(t, claude(ASKS))), [])
    assert.deepEqual(
      foundIn(await scanHome(t, { ".codex/config.toml": 'approval_policy = "untrusted"' })),
      [],
    )
  })
})

describe("unrestricted autonomy together with write access", () => {
  it("is found where it can change a system, and speaks instead of the duller rule", async (t) => {
    const report = await scanHome(
      t,
      claude(FREE, { cluster: { command: "npx", args: ["kubernetes-mcp-server@0.0.50"] } }),
    )
    assert.deepEqual(foundIn(report), ["unrestricted-write critical"])
    assert.match(report.findings[0]?.message ?? "", /can change Kubernetes cluster\.$/)
  })

  it("is not found where its servers only read", async (t) => {
    assert.deepEqual(foundIn(await scanHome(t, claude(FREE, { docs: DOCS }))), ["unrestricted-autonomy high"])
  })

  it("is not found where somebody is asked before each write", async (t) => {
    const cluster = { command: "npx", args: ["kubernetes-mcp-server@0.0.50"] }
    assert.deepEqual(foundIn(await scanHome(t, claude(ASKS, { cluster }))), [])
  })
})

describe("untrusted input together with private data and an outbound channel", () => {
  const rule = "untrusted-input-to-outbound"

  it("is found where one server is all three and most acts run unasked", async (t) => {
    assert.ok(foundIn(await scanHome(t, claude(AUTO, { github: GITHUB }))).includes(`${rule} high`))
  })

  it("is found in what a client reads itself and any address that it may call", async (t) => {
    assert.deepEqual(foundIn(await scanHome(t, claude(AUTO, { fetch: FETCH }))), [`${rule} high`])
  })

  it("matters less where nobody chose that most acts run unasked", async (t) => {
    assert.deepEqual(foundIn(await scanHome(t, claude({}, { fetch: FETCH }))), [`${rule} medium`])
  })

  it("is worse where nobody is asked at all", async (t) => {
    assert.ok(foundIn(await scanHome(t, claude(FREE, { fetch: FETCH }))).includes(`${rule} critical`))
  })

  it("is found where only the server that sends was approved beforehand", async (t) => {
    const server = { command: "npx", args: ["@modelcontextprotocol/server-slack@2025.4.25"], trust: true }
    const report = await scanHome(t, {
      ".gemini/settings.json": { general: { defaultApprovalMode: "default" }, mcpServers: { server } },
    })
    assert.deepEqual(foundIn(report), [`${rule} high`])
  })

  it("is not found where a person sees each act, or where one of the three is missing", async (t) => {
    assert.deepEqual(foundIn(await scanHome(t, claude(ASKS, { github: GITHUB, fetch: FETCH }))), [])
    assert.deepEqual(foundIn(await scanHome(t, claude(AUTO, { docs: DOCS }))), [])
  })
})

describe("an agent that may change its own configuration", () => {
  const rule = "agent-changes-itself medium"
  const files = {
    command: "npx",
    args: ["@modelcontextprotocol/server-filesystem@2026.1.14", "HOME/.claude"],
  }

  it("is found where a server is given the folder that holds it", async (t) => {
    assert.deepEqual(foundIn(await scanHome(t, claude(ASKS, { files }))), [rule])
  })

  it("is found where its settings lie in a project that it edits unasked", async (t) => {
    const report = await scanRoot(t, { "shop/.claude/settings.json": FREE })
    assert.deepEqual(foundIn(report), [rule, "unrestricted-autonomy high"])
  })

  it("is not found where the server is given the work alone", async (t) => {
    const work = { ...files, args: [files.args[0], "HOME/work"] }
    assert.deepEqual(foundIn(await scanHome(t, claude(ASKS, { work }))), [])
  })

  it("is not found where nobody said how freely it acts", async (t) => {
    assert.deepEqual(foundIn(await scanRoot(t, { "shop/.claude/settings.json": { model: "x" } })), [])
  })

  it("is not found where a project's settings make it ask", async (t) => {
    assert.deepEqual(foundIn(await scanRoot(t, { "shop/.claude/settings.json": ASKS })), [])
  })
})

function claude(settings: unknown, mcpServers: unknown = {}): Files {
  return { ".claude/settings.json": settings, ".claude.json": { mcpServers } }
}
