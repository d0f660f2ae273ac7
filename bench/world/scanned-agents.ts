import type { ScanReport } from "@tabard/scan"

const SERVERS = 3
const CREDENTIALS = 2

/** A scan of a machine with so many agents, each with three servers and two credentials of its own. */
export function scanOf(agents: number): ScanReport {
  const numbers = Array.from({ length: agents }, (_, n) => n)
  return {
    schema: "tabard.scan/1",
    startedAt: "2026-11-01T12:00:00.000Z",
    finishedAt: "2026-11-01T12:00:01.000Z",
    host: "fleet",
    roots: ["/srv"],
    agents: numbers.map(agentOf),
    mcpServers: numbers.flatMap((n) => Array.from({ length: SERVERS }, (_, s) => serverOf(n, s))),
    credentials: numbers.flatMap((n) => Array.from({ length: CREDENTIALS }, (_, c) => credentialOf(n, c))),
    findings: [],
    unreadable: [],
    coverage: {
      clientsKnown: 55,
      clientsChecked: 55,
      filesRead: agents,
      filesSkipped: 0,
      knowledge: { version: "1", date: "2026-11-01" },
    },
  }
}

function agentOf(n: number): ScanReport["agents"][number] {
  const path = placeOf(n)
  return {
    key: `agent:${n}`,
    name: "Cursor",
    category: "local",
    client: "cursor",
    framework: null,
    locations: [{ path, line: null }],
    autonomy: {
      level: "partial",
      effective: [{ setting: "autoRun", value: "allowlist", source: path }],
    },
    mcpServers: Array.from({ length: SERVERS }, (_, s) => `mcp-server:${n}-${s}`),
    credentials: Array.from({ length: CREDENTIALS }, (_, c) => `credential:${n}-${c}`),
    confidence: "high",
    evidence: [{ path, line: null, what: "configuration of Cursor" }],
  }
}

function serverOf(n: number, s: number): ScanReport["mcpServers"][number] {
  return {
    key: `mcp-server:${n}-${s}`,
    name: `server-${s}`,
    transport: "stdio",
    command: "npx",
    args: ["-y", `@modelcontextprotocol/server-${s}@1.0.${n}`],
    url: null,
    enabled: true,
    catalogue: null,
    system: "github",
    capabilities: ["read", "write"],
    flags: [],
    locations: [{ path: placeOf(n), line: 3 + s }],
  }
}

function credentialOf(n: number, c: number): ScanReport["credentials"][number] {
  return {
    key: `credential:${n}-${c}`,
    kind: "github-token",
    provider: "github",
    storedAs: "plaintext",
    fingerprint: `hmac-${n}-${c}`,
    locations: [{ path: placeOf(n), line: 9 + c }],
  }
}

function placeOf(n: number): string {
  return `/srv/home/person-${n}/.cursor/mcp.json`
}
