import type { ScanReport, SeenAgent, SeenCredential, SeenMcpServer } from "@tabard/scan"

/** An agent of one's own, as a scan of a home directory sees it. */
export function seenAgent(key: string, differences: Partial<SeenAgent> = {}): SeenAgent {
  return {
    key,
    name: "Cursor",
    category: "local",
    client: "cursor",
    framework: null,
    locations: [{ path: "/home/ann/.cursor/mcp.json", line: null }],
    autonomy: { level: "partial", effective: [] },
    mcpServers: ["server-1"],
    credentials: ["cred-1"],
    confidence: "high",
    evidence: [],
    ...differences,
  }
}

/** A server in that agent's configuration. */
export function seenServer(key: string, differences: Partial<SeenMcpServer> = {}): SeenMcpServer {
  return {
    key,
    name: "github",
    transport: "stdio",
    command: "npx",
    args: [],
    url: null,
    enabled: true,
    catalogue: null,
    system: "github",
    capabilities: ["read"],
    flags: [],
    locations: [{ path: "/home/ann/.cursor/mcp.json", line: 3 }],
    ...differences,
  }
}

/** A credential in that agent's configuration. */
export function seenCredential(key: string, differences: Partial<SeenCredential> = {}): SeenCredential {
  return {
    key,
    kind: "github-token",
    provider: "github",
    storedAs: "plaintext",
    fingerprint: `hmac-${key}`,
    locations: [{ path: "/home/ann/.cursor/mcp.json", line: 7 }],
    ...differences,
  }
}

/** A scan of /home/ann that saw one agent with one server and one credential, different in what is named. */
export function scanReport(differences: Partial<ScanReport> = {}): ScanReport {
  return {
    schema: "tabard.scan/1",
    startedAt: "2026-11-01T12:00:00.000Z",
    finishedAt: "2026-11-01T12:00:01.000Z",
    host: "laptop",
    roots: ["/home/ann"],
    agents: [seenAgent("agent-1")],
    mcpServers: [seenServer("server-1")],
    credentials: [seenCredential("cred-1")],
    findings: [],
    unreadable: [],
    coverage: {
      clientsKnown: 1,
      clientsChecked: 1,
      filesRead: 1,
      filesSkipped: 0,
      knowledge: { version: "1", date: "2026-11-01" },
    },
    ...differences,
  }
}

/** A later scan of the same places that saw nothing any more. */
export function nothingSeen(differences: Partial<ScanReport> = {}): ScanReport {
  const finishedAt = "2099-01-01T00:00:00.000Z"
  return scanReport({ finishedAt, agents: [], mcpServers: [], credentials: [], ...differences })
}
