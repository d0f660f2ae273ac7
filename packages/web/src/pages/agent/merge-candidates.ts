import type { AgentSummary } from "@tabard/api"
import type { AgentState } from "@tabard/core"
import { filterAgents } from "../agents/filter-agents.ts"

/** Nobody may have taken on what is merged away. */
const UNADOPTED: readonly AgentState[] = ["discovered", "proposed", "dismissed"]
const SHOWN = 30

/** Answers the agents that can be merged into another one, as far as the words find them. */
export function candidates(
  agents: readonly AgentSummary[],
  into: string,
  words: string,
): readonly AgentSummary[] {
  const open = agents.filter(({ id, state }) => id !== into && UNADOPTED.includes(state))
  return UNADOPTED.flatMap((state) => filterAgents(open, { state, q: words })).slice(0, SHOWN)
}
