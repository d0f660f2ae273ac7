import type { AgentSummary } from "@tabard/api"
import type { AgentState, Category } from "@tabard/core"

/** How many living agents of each category stand in each state. */
export interface StandingCounts {
  readonly most: number
  /** The states in which anybody stands. */
  readonly states: readonly AgentState[]
  count(category: Category, state: AgentState): number
  /** How many of a category nobody answers for. */
  orphaned(category: Category): number
}

const SHOWN: readonly AgentState[] = [
  "discovered",
  "proposed",
  "active",
  "suspended",
  "quarantined",
  "retiring",
]

/** Counts agents by category and state; what is retired or dismissed is no agent any more. */
export function standingCounts(agents: readonly AgentSummary[]): StandingCounts {
  const living = agents.filter(({ state }) => SHOWN.includes(state))
  const counts = Map.groupBy(living, ({ category, state }) => `${category} ${state}`)
  const states = new Set(living.map(({ state }) => state))
  return {
    most: Math.max(0, ...[...counts.values()].map(({ length }) => length)),
    states: SHOWN.filter((state) => states.has(state)),
    count: (category, state) => counts.get(`${category} ${state}`)?.length ?? 0,
    orphaned: (category) => living.filter((agent) => agent.category === category && agent.orphaned).length,
  }
}
