import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { AutonomyLevel } from "@tabard/core"
import type { Seen } from "../correlate/correlate.ts"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import type { SeenAgent, SeenCredential, SeenMcpServer } from "../report.ts"
import { runRules } from "./run-rules.ts"

describe("the rules that need only what was seen", () => {
  it("speak of a credential in plain text, as gravely as its kind is", () => {
    const credentials = [
      credential("github-pat-classic"),
      credential("stripe-test"),
      credential("generic-secret"),
    ]
    assert.deepEqual(found({ credentials }), [
      "plaintext-credential critical github-pat-classic",
      "plaintext-credential high generic-secret",
      "plaintext-credential low stripe-test",
    ])
  })

  it("are silent about a credential that is only referred to", () => {
    const credentials = (["env-reference", "keychain", "helper"] as const).map((storedAs) => ({
      ...credential("x"),
      storedAs,
    }))
    assert.deepEqual(found({ credentials }), [])
  })

  it("speak of an enabled server without an exact version", () => {
    assert.deepEqual(found({ mcpServers: [server(["unpinned"], true)] }), [
      "unpinned-mcp-server medium server",
    ])
  })

  it("are silent about a server that is pinned, remote or switched off", () => {
    assert.deepEqual(found({ mcpServers: [server([], true), server(["unpinned"], false)] }), [])
  })

  it("speak of an agent that asks nobody, whether it was told so or does so by default", () => {
    for (const level of ["unrestricted", "client_default_unrestricted"] as const) {
      assert.deepEqual(found({ agents: [agent(level)] }), ["unrestricted-autonomy high agent"])
    }
  })

  it("are silent about an agent that asks for something, or of which nothing is known", () => {
    for (const level of ["none", "not_stated", "restricted", "partial", "broad"] as const) {
      assert.deepEqual(found({ agents: [agent(level)] }), [])
    }
  })

  it("name a remedy, and controls by framework and id", () => {
    const seen = {
      agents: [agent("unrestricted")],
      mcpServers: [server(["unpinned"], true)],
      credentials: [credential("x")],
    }
    for (const finding of runRules(seen, loadKnowledge())) {
      assert.ok(finding.remediation.length > 20 && finding.evidence.length > 0, finding.rule)
      assert.ok(
        finding.controls.length > 0 && finding.controls.every((id) => /^[\w.-]+:[\w():. /-]+$/.test(id)),
        finding.rule,
      )
    }
  })
})

function found(seen: Partial<Seen>): readonly string[] {
  const all = { agents: [], mcpServers: [], credentials: [], ...seen }
  return runRules(all, loadKnowledge()).map(({ rule, severity, subject }) => `${rule} ${severity} ${subject}`)
}

function credential(kind: string): SeenCredential {
  const locations = [{ path: "/x", line: 1 }]
  return { key: kind, kind, provider: null, storedAs: "plaintext", fingerprint: null, locations }
}

function server(flags: readonly string[], enabled: boolean): SeenMcpServer {
  const nothing = { command: "npx", args: [], url: null, catalogue: null, system: null, capabilities: [] }
  return {
    key: "server",
    name: "s",
    transport: "stdio",
    ...nothing,
    enabled,
    flags,
    locations: [{ path: "/x", line: 1 }],
  }
}

function agent(level: AutonomyLevel): SeenAgent {
  return {
    key: "agent",
    name: "A",
    category: "local",
    client: "codex",
    framework: null,
    locations: [{ path: "/x", line: null }],
    autonomy: { level, effective: [{ setting: "mode", value: "free", source: "/x" }] },
    mcpServers: [],
    credentials: [],
    confidence: "high",
    evidence: [],
  }
}
