import type { Severity } from "@tabard/core"
import type { SeenMcpServer } from "../report.ts"
import type { ScanRule } from "./rule.ts"

/** A rule about servers that are flagged, each by itself; one that is switched off harms nobody. */
interface ServerRule extends Omit<ScanRule, "judge"> {
  readonly flag: string
  /** What is wrong, read on after "The MCP server <name>". */
  readonly says: string
  readonly severityOf?: (server: SeenMcpServer) => Severity
}

/** Answers the rule that speaks of every enabled server with a flag. */
export function serverRule({ flag, says, severityOf, ...rule }: ServerRule): ScanRule {
  return {
    ...rule,
    judge: ({ mcpServers }) =>
      mcpServers
        .filter(({ enabled, flags }) => enabled && flags.includes(flag))
        .map((server) => ({
          subject: server.key,
          ...(severityOf ? { severity: severityOf(server) } : {}),
          message: `The MCP server ${server.name} ${says}.`,
          evidence: server.locations.map((location) => ({ ...location, what: `server that ${says}` })),
        })),
  }
}
