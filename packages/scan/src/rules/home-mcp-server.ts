import type { ScanRule } from "./rule.ts"
import { serverRule } from "./server-rule.ts"

/** A server that is given every file of a person, keys and configurations among them. */
export const homeMcpServer: ScanRule = serverRule({
  id: "home-mcp-server",
  severity: "high",
  title: "MCP server granted the home directory or root",
  remediation: "Give it the one folder that its work is in.",
  controls: ["SP800-53r5:AC-6", "CIS-v8.1:3.3", "OWASP-ASI-2026:ASI02"],
  flag: "home-or-root",
  says: "is given a whole home directory or the root of the file system",
})
