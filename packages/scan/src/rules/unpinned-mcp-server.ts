import type { SeenFinding, SeenMcpServer } from "../report.ts"
import type { Rule } from "./rule.ts"

/** A server whose code may be another tomorrow, under the same name. */
export const unpinnedMcpServer: Rule = ({ mcpServers }) =>
  mcpServers.filter(({ enabled, flags }) => enabled && flags.includes("unpinned")).map(findingOf)

function findingOf(server: SeenMcpServer): SeenFinding {
  return {
    rule: "unpinned-mcp-server",
    severity: "medium",
    subject: server.key,
    message: `The MCP server ${server.name} is started without an exact version.`,
    remediation: "Name the exact version, image digest or commit that you reviewed.",
    controls: ["OWASP-ASI-2026:ASI04", "OWASP-LLM-2025:LLM03:2025", "SP800-53r5:SR-3"],
    evidence: server.locations.map((location) => ({ ...location, what: "server without an exact version" })),
  }
}
