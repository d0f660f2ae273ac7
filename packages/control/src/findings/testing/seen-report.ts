import type { ScanReport, SeenAgent, SeenCredential, SeenFinding } from "@tabard/scan"
import { seenAgent as agentOf, scanReport, seenCredential, seenServer } from "../../testing/scan-report.ts"

/** A scan of Ann's laptop: Cursor, its GitHub server, and the token in its configuration. */
export function seenReport(differs: Partial<ScanReport> = {}): ScanReport {
  const mcpServers = [seenServer("server-1", { system: "GitHub" })]
  return scanReport({ mcpServers, credentials: [CREDENTIAL], ...differs })
}

/** Ann's Cursor, different in what is named. */
export function seenAgent(differs: Partial<SeenAgent> = {}): SeenAgent {
  return agentOf("agent-1", differs)
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

/** Its token, as it was seen. */
export const CREDENTIAL: SeenCredential = seenCredential("cred-1", {
  kind: "github-pat-classic",
  fingerprint: "hmac-1",
})
