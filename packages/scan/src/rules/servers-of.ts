import type { FindingEvidence } from "@tabard/core"
import type { SeenAgent, SeenMcpServer } from "../report.ts"
import type { Sight } from "./rule.ts"

/** Answers the function that answers the enabled servers of an agent. */
export function enabledServers({ mcpServers }: Sight): (agent: SeenAgent) => readonly SeenMcpServer[] {
  const enabled = new Map(mcpServers.filter((server) => server.enabled).map((server) => [server.key, server]))
  return (agent) => agent.mcpServers.flatMap((key) => enabled.get(key) ?? [])
}

/** Answers where servers were seen, as evidence of what each of them does. */
export function serversAsEvidence(
  servers: readonly SeenMcpServer[],
  does: string,
): readonly FindingEvidence[] {
  return servers.flatMap(({ name, locations }) =>
    locations.slice(0, 1).map((location) => ({ ...location, what: `server ${name}: ${does}` })),
  )
}
