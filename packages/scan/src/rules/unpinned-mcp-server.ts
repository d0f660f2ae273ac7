import type { ScanRule } from "./rule.ts"

/** A server whose code may be another tomorrow, under the same name. */
export const unpinnedMcpServer: ScanRule = {
  id: "unpinned-mcp-server",
  severity: "medium",
  title: "MCP server without an exact version",
  remediation: "Name the exact version, image digest or commit that you reviewed.",
  controls: ["OWASP-ASI-2026:ASI04", "OWASP-LLM-2025:LLM03:2025", "SP800-53r5:SR-3"],
  judge: ({ mcpServers }) =>
    mcpServers
      .filter(({ enabled, flags }) => enabled && flags.includes("unpinned"))
      .map(({ key, name, locations }) => ({
        subject: key,
        message: `The MCP server ${name} is started without an exact version.`,
        evidence: locations.map((location) => ({ ...location, what: "server without an exact version" })),
      })),
}
