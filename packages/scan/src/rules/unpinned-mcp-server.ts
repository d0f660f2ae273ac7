import type { ScanRule } from "./rule.ts"
import { serverRule } from "./server-rule.ts"

/** A server whose code may be another tomorrow, under the same name. */
export const unpinnedMcpServer: ScanRule = serverRule({
  id: "unpinned-mcp-server",
  severity: "medium",
  title: "MCP server without an exact version",
  remediation: "Name the exact version, image digest or commit that you reviewed.",
  controls: ["OWASP-ASI-2026:ASI04", "OWASP-LLM-2025:LLM03:2025", "SP800-53r5:SI-7"],
  flag: "unpinned",
  says: "is started without an exact version",
})
