import type { ScanRule } from "./rule.ts"
import { serverRule } from "./server-rule.ts"

/** A server whose answers, and the credentials sent to it, anybody on the way can read and change. */
export const plainHttpMcpServer: ScanRule = serverRule({
  id: "plain-http-mcp-server",
  severity: "high",
  title: "MCP server over plain HTTP",
  remediation: "Reach it over https, and replace whatever credential was sent to it in the open.",
  controls: ["SP800-53r5:SC-8", "SP800-207:T2", "OWASP-ASI-2026:ASI07"],
  flag: "plain-http",
  says: "is reached over plain HTTP",
})
