import type { ScanReport, SeenAgent, SeenCredential, SeenFinding, SeenMcpServer } from "@tabard/scan"

/** A scan of Ann's laptop: Cursor, its GitHub server, and the token in its configuration. */
export function seenReport(differs: Partial<ScanReport> = {}): ScanReport {
  return {
    schema: "tabard.scan/1",
    startedAt: "2026-11-01T12:00:00.000Z",
    finishedAt: "2026-11-01T12:00:01.000Z",
    host: "laptop",
    roots: ["/home/ann"],
    agents: [seenAgent()],
    mcpServers: [SERVER],
    credentials: [CREDENTIAL],
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

/** Ann's Cursor, different in what is named. */
export function seenAgent(differs: Partial<SeenAgent> = {}): SeenAgent {
  return {
    key: "agent-1",
    name: "Cursor",
    category: "local",
    client: "cursor",
    framework: null,
    locations: [{ path: MCP, line: null }],
    autonomy: { level: "partial", effective: [] },
    mcpServers: [SERVER.key],
    credentials: [CREDENTIAL.key],
    confidence: "high",
    evidence: [],
    ...differs,
  }
}

/** A token in plain text, found in Cursor's configuration. */
export function plaintext(differs: Partial<SeenFinding> = {}): SeenFinding {
  return {
    rule: "plaintext-credential",
    severity: "high",
    subject: CREDENTIAL.key,
    message: "A credential stands in plain text in a file.",
    remediation: "Replace it at its provider.",
    controls: [],
    evidence: [{ path: MCP, line: 7, what: "credential in plain text" }],
    ...differs,
  }
}

/** The file in which all of it stands. */
export const MCP = "/home/ann/.cursor/mcp.json"

const SERVER: SeenMcpServer = {
  key: "server-1",
  name: "github",
  transport: "stdio",
  command: "npx",
  args: [],
  url: null,
  enabled: true,
  catalogue: null,
  system: "GitHub",
  capabilities: ["read"],
  flags: [],
  locations: [{ path: MCP, line: 3 }],
}

/** Its token, as it was seen. */
export const CREDENTIAL: SeenCredential = {
  key: "cred-1",
  kind: "github-pat-classic",
  provider: "github",
  storedAs: "plaintext",
  fingerprint: "hmac-1",
  locations: [{ path: MCP, line: 7 }],
}
