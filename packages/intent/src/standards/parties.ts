import type { AgentDeclaration, DeclaredUse } from "./declaration.ts"
import { mayReach } from "./reach.ts"
import type { Separation } from "./standards.ts"
import type { HeldDelegation } from "./vetted.ts"

/** How one agent comes to work that another is given: the agents from the first to the last, both named. */
export type Chain = readonly string[]

/** Answers every agent that work of this one can end with, each by the shortest way to it; the agent itself is the first. */
export function chainsFrom(
  agent: string,
  delegates: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, Chain> {
  const chains = new Map<string, Chain>([[agent, [agent]]])
  for (const [last, chain] of chains)
    for (const next of delegates.get(last) ?? []) if (!chains.has(next)) chains.set(next, [...chain, next])
  return chains
}

/** Answers to whom each agent may hand work; two files of one agent add up, and so does what a server holds. */
export function delegatesOf(
  declarations: readonly AgentDeclaration[],
  held: readonly HeldDelegation[] = [],
): ReadonlyMap<string, ReadonlySet<string>> {
  const delegates = new Map<string, Set<string>>()
  for (const { agent, manifest } of declarations) {
    const own = delegates.get(agent) ?? new Set()
    for (const other of manifest.delegatesTo ?? []) own.add(other)
    delegates.set(agent, own)
  }
  for (const { from, to } of held) delegates.set(from, new Set([...(delegates.get(from) ?? []), to]))
  return delegates
}

/** One set of a separation that somebody reaches, and by what. */
export interface Reached {
  readonly set: number
  readonly by: AgentDeclaration
  readonly use: DeclaredUse
}

/** Answers which sets of a separation some declarations reach, the first use of each. */
export function reachedBy(
  declarations: readonly AgentDeclaration[],
  { sets }: Separation,
): readonly Reached[] {
  const uses = declarations.flatMap((by) =>
    [...by.uses, ...(by.byHand?.uses ?? [])].map((use) => ({ by, use })),
  )
  return sets.flatMap((members, set) => {
    const first = uses.find(({ use }) => mayReach(use, members))
    return first ? [{ set, ...first }] : []
  })
}
