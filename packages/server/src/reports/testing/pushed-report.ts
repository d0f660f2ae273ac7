import type { ScanReport, SeenAgent, SeenCredential, SeenMcpServer } from "@tabard/scan"

/** A report of these agents and, unless said otherwise, nothing else. */
export function reportOf(agents: readonly SeenAgent[], differs: Partial<ScanReport> = {}): ScanReport {
  return {
    schema: "tabard.scan/1",
    startedAt: "2026-11-01T11:59:00.000Z",
    finishedAt: "2026-11-01T11:59:01.000Z",
    host: "build-7",
    roots: ["/home/ann"],
    agents,
    mcpServers: [],
    credentials: [],
    findings: [],
    unreadable: [],
    coverage: {
      clientsKnown: 1,
      clientsChecked: 1,
      filesRead: 1,
      filesSkipped: 0,
      knowledge: { version: "1", date: "2026-11-01" },
    },
    ...differs,
  }
}

/** An agent as a scan sees one. */
export function sawAgent(key: string, differs: Partial<SeenAgent> = {}): SeenAgent {
  return {
    key,
    name: "Cursor",
    category: "local",
    client: "cursor",
    framework: null,
    locations: [{ path: "/home/ann/.cursor/mcp.json", line: null }],
    autonomy: { level: "partial", effective: [] },
    mcpServers: [],
    credentials: [],
    confidence: "high",
    evidence: [],
    ...differs,
  }
}

/** An MCP server as a scan sees one. */
export function sawServer(key: string, differs: Partial<SeenMcpServer> = {}): SeenMcpServer {
  return {
    key,
    name: "github",
    transport: "stdio",
    command: "npx",
    args: [],
    url: null,
    enabled: true,
    catalogue: null,
    system: null,
    capabilities: [],
    flags: [],
    locations: [{ path: "/home/ann/.cursor/mcp.json", line: 3 }],
    ...differs,
  }
}

/** A credential as a scan sees one. */
export function sawCredential(key: string, differs: Partial<SeenCredential> = {}): SeenCredential {
  return {
    key,
    kind: "github-pat-classic",
    provider: "github",
    storedAs: "env-reference",
    fingerprint: null,
    locations: [{ path: "/home/ann/.cursor/mcp.json", line: 7 }],
    ...differs,
  }
}
