import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { SEVERITIES } from "@tabard/core"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import type { SeenAgent } from "../report.ts"
import { foundIn, scanHome } from "./fixtures/found-in.ts"
import type { Sight } from "./rule.ts"
import { runRules } from "./run-rules.ts"
import { SCAN_RULES } from "./scan-rules.ts"

describe("the rules that need only what was seen", () => {
  it("have names of their own, and yield to none that is not there", () => {
    const ids = SCAN_RULES.map(({ id }) => id)
    assert.equal(new Set(ids).size, ids.length)
    for (const { id, sharpens = [] } of SCAN_RULES) {
      assert.match(id, /^[a-z]+(?:-[a-z]+)+$/)
      for (const duller of sharpens) assert.ok(ids.includes(duller) && duller !== id, `${id}: ${duller}`)
    }
  })

  it("each say in one sentence what to do, and which controls it speaks to", () => {
    for (const { id, title, remediation, severity, controls } of SCAN_RULES) {
      assert.match(remediation, /^[A-Z][^.!?]{20,180}\.$/, id)
      assert.match(title, /^[A-Z][^.]{8,90}$/, id)
      assert.ok(SEVERITIES.includes(severity), id)
      assert.ok(controls.length > 0 && controls.every((name) => /^[\w.-]+:[\w():. /-]+$/.test(name)), id)
    }
  })

  it("are silent about a home in which everything is as it should be", async (t) => {
    const report = await scanHome(t, WELL_KEPT)
    assert.deepEqual(foundIn(report), [])
    assert.ok(report.agents.length >= 6 && report.mcpServers.length >= 8, `${report.agents.length} agents`)
  })

  it("take time for what there is, and not for each with each", () => {
    const [some, twice] = [looksAt(1_000), looksAt(2_000)]
    assert.ok(twice.found > 2_000 && twice.found === 2 * some.found)
    assert.ok(twice.looks < 2.5 * some.looks, `${some.looks} looks, and ${twice.looks} at twice as many`)
  })

  it("tell the worst first", async (t) => {
    const servers = {
      a: { command: "npx", args: ["somebodys-mcp"] },
      b: { url: "http://mcp.linear.app/mcp", type: "http" },
    }
    const { findings } = await scanHome(t, { ...WELL_KEPT, ".cursor/mcp.json": { mcpServers: servers } })
    const ranks = findings.map(({ severity }) => SEVERITIES.indexOf(severity))
    assert.ok(ranks.length > 2)
    assert.deepEqual(
      ranks,
      ranks.toSorted((a, b) => a - b),
    )
  })
})

/** How often the rules look at anything of so many agents, and how much they find. */
function looksAt(count: number): { readonly looks: number; readonly found: number } {
  let looks = 0
  const watched = <Thing extends object>(things: readonly Thing[]): readonly Thing[] =>
    things.map(
      (thing) =>
        new Proxy(thing, {
          get(target, name) {
            looks++
            return Reflect.get(target, name)
          },
        }),
    )
  const { agents, mcpServers, credentials, ...sight } = manyAgents(count)
  const all = { agents: watched(agents), mcpServers: watched(mcpServers), credentials: watched(credentials) }
  const { length: found } = runRules({ ...sight, ...all })
  return { looks, found }
}

/** Agents that ask nobody, each with a server and a key of its own. */
function manyAgents(count: number): Sight {
  const each = <Thing>(make: (name: string, locations: SeenAgent["locations"]) => Thing): readonly Thing[] =>
    Array.from({ length: count }, (_, at) => make(`n${at}`, [{ path: `/home/ada/${at}/.mcp.json`, line: 1 }]))
  return {
    pack: loadKnowledge(),
    home: "/home/ada",
    agents: each((key, locations) => ({
      key,
      name: key,
      category: "local",
      client: "claude-code",
      framework: null,
      locations,
      autonomy: { level: "unrestricted", effective: [] },
      mcpServers: [key],
      credentials: [key],
      confidence: "high",
      evidence: [],
    })),
    mcpServers: each((key, locations) => ({
      key,
      name: key,
      transport: "stdio",
      command: "npx",
      args: ["x", "/home/ada"],
      url: null,
      enabled: true,
      catalogue: null,
      system: "GitHub",
      capabilities: ["write"],
      flags: ["unpinned"],
      locations,
    })),
    credentials: each((key, locations) => ({
      key,
      kind: "github-pat-classic",
      provider: null,
      storedAs: "plaintext",
      fingerprint: key,
      locations,
    })),
  }
}

/** Six clients as a careful person keeps them: asked, pinned, by reference, each folder named. */
const WELL_KEPT = {
  ".claude/settings.json": {
    permissions: { defaultMode: "default", allow: ["Read(./**)", "Bash(npm test)"], deny: ["Read(./.env)"] },
    apiKeyHelper: "secret-tool lookup service anthropic",
  },
  ".claude.json": {
    mcpServers: {
      github: {
        type: "http",
        url: "https://api.githubcopilot.com/mcp/",
        headers: { Authorization: `Bearer \${GITHUB_MCP_TOKEN}` },
      },
      context7: { type: "http", url: "https://mcp.context7.com/mcp" },
    },
  },
  ".codex/config.toml": [
    'approval_policy = "on-request"',
    'sandbox_mode = "workspace-write"',
    "[mcp_servers.files]",
    'command = "npx"',
    'args = ["-y", "@modelcontextprotocol/server-filesystem@2026.1.14", "/home/ada/work/notes"]',
    "[mcp_servers.docs]",
    'url = "https://learn.microsoft.com/api/mcp"',
    "[mcp_servers.own]",
    'command = "uv"',
    'args = ["run", "--project", "/home/ada/work/tools", "server.py"]',
    'env_vars = ["TOOLS_TOKEN"]',
  ].join("\n"),
  ".cursor/mcp.json": {
    mcpServers: {
      figma: { url: "http://127.0.0.1:3845/mcp" },
      linear: { url: "https://mcp.linear.app/mcp" },
      old: { command: "npx", args: ["somebodys-mcp"], disabled: true },
    },
  },
  ".gemini/settings.json": {
    general: { defaultApprovalMode: "default" },
    mcpServers: {
      memory: {
        command: "docker",
        args: ["run", "-i", "--rm", "-v", "memory:/data", `mcp/memory@sha256:${"1a".repeat(32)}`],
      },
    },
  },
  ".config/Claude/claude_desktop_config.json": {
    mcpServers: {
      time: {
        command: "uvx",
        args: ["mcp-server-time==2026.1.26"],
        env: { LOCAL_TIMEZONE: "Europe/Berlin" },
      },
    },
  },
  ".config/opencode/opencode.json": { permission: { bash: "ask", edit: "ask", webfetch: "ask" } },
}
