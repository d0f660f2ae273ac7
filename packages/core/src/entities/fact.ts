import type { Json } from "../json.ts"

/** Where a value comes from, weakest first: what was seen, what its owner says, what a person here insists on. */
export const FACT_SOURCES = ["observed", "declared", "overridden"] as const

/** One kind of source. */
export type FactKind = (typeof FACT_SOURCES)[number]

/** One statement about a subject. Statements are kept apart; the effective value is computed from them. */
export interface Fact {
  /** The id of the agent, server or credential that is spoken of. */
  readonly subject: string
  readonly name: string
  readonly kind: FactKind
  /** Who says so: a scanner's name, a user's id. */
  readonly source: string
  readonly value: Json
  readonly at: Date
}

/** Answers what holds for each name: the strongest kind wins, within a kind the newest word, then the source's name. */
export function effectiveFacts(facts: readonly Fact[]): ReadonlyMap<string, Fact> {
  const effective = new Map<string, Fact>()
  for (const fact of facts) {
    const standing = effective.get(fact.name)
    if (!standing || outranks(fact, standing)) effective.set(fact.name, fact)
  }
  return effective
}

function outranks(a: Fact, b: Fact): boolean {
  const strength = FACT_SOURCES.indexOf(a.kind) - FACT_SOURCES.indexOf(b.kind)
  if (strength !== 0) return strength > 0
  const age = a.at.getTime() - b.at.getTime()
  return age === 0 ? a.source > b.source : age > 0
}
