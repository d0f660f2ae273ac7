import type { AgentSummary } from "@tabard/api"
import type { AutonomyLevel, Category } from "@tabard/core"

/** How many agents of a category act how freely. */
export interface Spread {
  readonly most: number
  count(category: Category, level: AutonomyLevel): number
}

/** Counts the living agents by category and autonomy. */
export function spreadOf(agents: readonly AgentSummary[]): Spread {
  const counts = new Map<string, number>()
  for (const { category, autonomy, state } of agents) {
    if (state === "retired" || state === "dismissed") continue
    const key = `${category} ${autonomy}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return {
    most: Math.max(0, ...counts.values()),
    count: (category, level) => counts.get(`${category} ${level}`) ?? 0,
  }
}
