import { effectiveFacts, type Fact, type Id } from "@tabard/core"
import type { LookedAt, ReadLabel } from "@tabard/policy"
import type { Transaction } from "../transaction.ts"

/** What policies look at in an agent besides its mandate. */
export interface Description {
  readonly category: string
  /** The worst that the agent's risk may be, from 0 to 100. */
  readonly risk: number
  /** Where it runs, as its owner says. */
  readonly environment: string
}

/** How an agent is described, and each agent that it acts for, nearest first. */
export interface Described extends Description {
  /** The tools that it was rehearsed with under the bounds of now, by their definition. */
  readonly rehearsed?: Readonly<Record<string, string>>
  readonly actedFor: readonly Description[]
  /** What its run has read so far; absent where nobody knows, or no policy asks. */
  readonly read?: readonly ReadLabel[]
}

/** The worst that an agent may be, which is what one counts as that nobody has scored: no policy trusts what is not known. */
export const UNKNOWN: Description = { category: "production", risk: 100, environment: "default" }

/**
 * Answers what policies look at in the first of these agents, and in each that it acts for, the worst where it is not known. What they do
 * not look at is not read.
 */
export async function describedBy(
  { facts, risks }: Pick<Transaction, "facts" | "risks">,
  ids: readonly Id<"agent">[],
  { asksFacts, asksRisk }: Pick<LookedAt, "asksFacts" | "asksRisk"> = ALL,
): Promise<Described> {
  const known = Map.groupBy(asksFacts ? await facts.of(ids) : [], ({ subject }) => subject)
  const latest = asksRisk ? await risks.latest(ids) : NONE_SCORED
  const [own = UNKNOWN, ...actedFor] = ids.map((id) => {
    const effective = effectiveFacts(known.get(id) ?? [])
    return {
      category: textOf(effective.get("category")) ?? UNKNOWN.category,
      environment: environmentIn(effective),
      // What is unknown of an agent must not open a door, so the upper end of the interval counts.
      risk: latest.get(id)?.high ?? UNKNOWN.risk,
    }
  })
  return { ...own, actedFor }
}

const ALL = { asksFacts: true, asksRisk: true }

const NONE_SCORED: Awaited<ReturnType<Transaction["risks"]["latest"]>> = new Map()

/** Answers where an agent runs, as its owner says; one of which nobody says so is in an environment of its own name. */
export function environmentIn(facts: ReadonlyMap<string, Fact>): string {
  const said = textOf(facts.get("environment"))
  return said === undefined || said === "unknown" ? UNKNOWN.environment : said
}

function textOf(fact: Fact | undefined): string | undefined {
  return typeof fact?.value === "string" ? fact.value : undefined
}
