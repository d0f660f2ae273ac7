import type { ScanRule } from "./rule.ts"
import { serverRule } from "./server-rule.ts"

/** A server made by somebody of whom the catalogue knows nothing; it matters more where each start fetches it anew. */
export const unknownPublisherMcpServer: ScanRule = serverRule({
  id: "unknown-publisher-mcp-server",
  severity: "low",
  title: "MCP server from an unknown publisher",
  remediation:
    "Find out who publishes it and read its code before it runs again, or use the vendor's own server.",
  controls: ["SP800-53r5:CM-7(5)", "SP800-53r5:SA-9", "OWASP-ASI-2026:ASI04", "CIS-v8.1:2.5"],
  flag: "unknown-publisher",
  says: "comes from a publisher that is not in the catalogue",
  severityOf: ({ flags }) => (flags.includes("unpinned") ? "medium" : "low"),
})
