import type { AgentSummary, PersonView } from "@tabard/api"
import type { AgentState, RiskBand, TierName } from "@tabard/core"
import type { AgentsSearch, CategoryAsked } from "./agents-search.ts"

const ENDED: ReadonlySet<AgentState> = new Set(["retired", "dismissed"])

/** Answers the agents that the address asks for. Those that are gone show only where their state is asked for. */
export function filterAgents(agents: readonly AgentSummary[], search: AgentsSearch): readonly AgentSummary[] {
  const words = (search.q ?? "").toLowerCase().split(/\s+/).filter(Boolean)
  return agents.filter((agent) => isAskedFor(agent, search) && words.every((word) => speaksOf(agent, word)))
}

/** Counts the agents behind each chip. */
export function countChips(agents: readonly AgentSummary[]): {
  readonly states: ReadonlyMap<AgentState, number>
  readonly categories: ReadonlyMap<CategoryAsked, number>
  readonly bands: ReadonlyMap<RiskBand, number>
  readonly owners: readonly (PersonView & { readonly agents: number })[]
  readonly orphaned: number
  readonly plaintext: number
  readonly shadow: number
  readonly vanished: number
  readonly tiers: ReadonlyMap<TierName, number>
} {
  const living = agents.filter((agent) => !ENDED.has(agent.state))
  return {
    states: tally(agents.map((agent) => agent.state)),
    categories: tally(living.map(categoryAsked)),
    bands: tally(living.flatMap(({ risk }) => (risk ? [risk.band] : []))),
    owners: ownersOf(living),
    orphaned: living.filter(isOrphaned).length,
    plaintext: living.filter(holdsPlaintext).length,
    shadow: living.filter(({ shadow }) => shadow).length,
    vanished: living.filter(({ vanishedAt }) => vanishedAt !== null).length,
    tiers: tally(living.flatMap(({ tier }) => tier ?? [])),
  }
}

function isAskedFor(agent: AgentSummary, search: AgentsSearch): boolean {
  if (search.state ? agent.state !== search.state : ENDED.has(agent.state)) return false
  return WISHES.every((isMet) => isMet(agent, search))
}

const WISHES: readonly ((agent: AgentSummary, search: AgentsSearch) => boolean)[] = [
  (agent, { category }) => !category || categoryAsked(agent) === category,
  (agent, { tier }) => !tier || agent.tier === tier,
  (agent, { band }) => !band || agent.risk?.band === band,
  (agent, { owner }) => !owner || agent.owner?.id === owner,
  (agent, { orphaned }) => !orphaned || isOrphaned(agent),
  (agent, { vanished }) => !vanished || agent.vanishedAt !== null,
  (agent, { shadow }) => !shadow || agent.shadow,
  (agent, { plaintext }) => !plaintext || holdsPlaintext(agent),
]

function ownersOf(agents: readonly AgentSummary[]): readonly (PersonView & { readonly agents: number })[] {
  const owned = Map.groupBy(
    agents.flatMap(({ owner }) => owner ?? []),
    ({ id }) => id,
  )
  return [...owned.values()]
    .flatMap(([owner, ...others]) => (owner ? [{ ...owner, agents: others.length + 1 }] : []))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en"))
}

function categoryAsked({ category }: AgentSummary): CategoryAsked {
  return category ?? "unknown"
}

function isOrphaned(agent: AgentSummary): boolean {
  return agent.orphaned
}

function holdsPlaintext(agent: AgentSummary): boolean {
  return agent.plaintextCredentials > 0
}

function speaksOf(agent: AgentSummary, word: string): boolean {
  const { name, client, owner, purpose, place, reporterName, id } = agent
  return [name, client, owner?.name, purpose, place, reporterName, id].some((text) =>
    text?.toLowerCase().includes(word),
  )
}

function tally<Key>(keys: readonly Key[]): ReadonlyMap<Key, number> {
  const counts = new Map<Key, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}
