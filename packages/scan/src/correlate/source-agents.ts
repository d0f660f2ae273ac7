import type { SeenAgent } from "../report.ts"
import type { SourceAgent, SourceObservation } from "../sources/source-reader.ts"
import { serverKey } from "./server-key.ts"
import { stableKey } from "./stable-key.ts"

/** Answers the agents that source files declare. Those that are alike in one file are told apart by their order. */
export function sourceAgents(sources: readonly SourceObservation[]): readonly SeenAgent[] {
  return sources.flatMap(({ path, agents }) => {
    const alike = Map.groupBy(agents, ({ framework, name }) => JSON.stringify([framework, name]))
    return [...alike.values()].flatMap((same) => same.map((agent, at) => seenAgent(agent, path, at)))
  })
}

function seenAgent(agent: SourceAgent, path: string, at: number): SeenAgent {
  const { framework, name, category, line, what, level, settings, confidence } = agent
  // The first keeps its key when another like it comes.
  const order = at === 0 ? [] : [at]
  return {
    key: stableKey("agent", ["source", framework, path, name, ...order]),
    name,
    category,
    client: null,
    framework,
    locations: [{ path, line }],
    autonomy: {
      level,
      effective: settings.map(({ setting, value }) => ({ setting, value, source: path })),
    },
    mcpServers: [...new Set(agent.servers.map((server) => serverKey(server, path)))].toSorted(),
    credentials: [...new Set(agent.credentials.map(({ key }) => key))].toSorted(),
    confidence,
    evidence: [{ path, line, what }],
  }
}
