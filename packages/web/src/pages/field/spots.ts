import type { RiskPictureAgent } from "@tabard/api"
import type { Category, RiskBand } from "@tabard/core"

/** Agents of one category that stand in one place of the picture. */
export interface Spot {
  readonly key: string
  readonly category: Category | null
  readonly access: number
  readonly autonomy: number
  /** The riskiest first. */
  readonly agents: readonly [RiskPictureAgent, ...RiskPictureAgent[]]
  readonly band: RiskBand
  /** How many of them nobody answers for. */
  readonly orphaned: number
}

/** A page stays fast and can be read with this many. */
const MOST_SPOTS = 260
/** The formula counts in quarters; where too many spots would stand, neighbours are drawn as one. */
const STEPS = [0.25, 0.5, 1] as const

/** Gathers agents that stand in the same place into spots, the riskiest first, and never more than can be read. */
export function spotsOf(agents: readonly RiskPictureAgent[]): readonly Spot[] {
  const drawn = STEPS.map((step) => gathered(agents, step))
  return drawn.find((spots) => spots.length <= MOST_SPOTS) ?? drawn.at(-1) ?? []
}

function gathered(agents: readonly RiskPictureAgent[], step: number): readonly Spot[] {
  const places = Map.groupBy(agents, (agent) =>
    [agent.category, nearest(agent.access, step), nearest(agent.autonomy, step)].join(" "),
  )
  return [...places]
    .flatMap(([key, all]) => spotOf(key, all, step))
    .toSorted((a, b) => scoreOf(b) - scoreOf(a))
}

function spotOf(key: string, all: readonly RiskPictureAgent[], step: number): readonly Spot[] {
  const [first, ...others] = all.toSorted((a, b) => b.score - a.score)
  if (!first) return []
  return [
    {
      key,
      category: first.category,
      access: nearest(first.access, step),
      autonomy: nearest(first.autonomy, step),
      agents: [first, ...others],
      band: first.band,
      orphaned: all.filter(({ orphaned }) => orphaned).length,
    },
  ]
}

function scoreOf({ agents: [first] }: Spot): number {
  return first.score
}

function nearest(value: number, step: number): number {
  return Math.round(value / step) * step
}
