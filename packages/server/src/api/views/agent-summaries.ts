import type { AgentSummary } from "@tabard/api"
import { isScored, type Transaction } from "@tabard/control"
import { type Agent, isShadow, type Settings } from "@tabard/core"
import { describedBy, statedPurpose } from "./described-view.ts"
import { type Names, namesOf } from "./names.ts"
import { reporterNames } from "./reporter-names.ts"
import { keptRisks, riskSummary } from "./risk-views.ts"
import { newestOf, placeOf } from "./seen-places.ts"

type Reads = Pick<Transaction, "facts" | "observations" | "organisation" | "reporters" | "risks" | "users">

/** Shows agents as rows of the inventory, with as many questions to the store for a thousand as for one. */
export async function agentSummaries(
  tx: Reads,
  agents: readonly Agent[],
  now: Date,
): Promise<readonly AgentSummary[]> {
  const ids = agents.map(({ id }) => id)
  const names = await namesOf(tx, { people: agents.map(({ owner }) => owner) })
  const judging = { names, settings: await tx.organisation.settings(), now }
  const facts = Map.groupBy(await tx.facts.of(ids), ({ subject }) => subject)
  const links = await tx.observations.linksOf(ids)
  const seen = Map.groupBy(await tx.observations.of(ids), ({ subject }) => subject)
  const newest = new Map([...seen].map(([id, own]) => [id, newestOf(own)]))
  const reporterOf = await reporterNames(
    tx,
    [...newest.values()].flatMap((one) => one?.reporter ?? []),
  )
  const risks = await keptRisks(tx, agents)
  const lastSeen = await tx.observations.lastSeen(ids)
  const vanished = await tx.observations.vanished(ids)
  const held = [...new Set([...links.values()].flatMap(({ credentials }) => credentials))]
  const plaintext = await tx.observations.plaintextAmong(held)
  return agents.map((agent) => {
    const uses = links.get(agent.id) ?? { servers: [], credentials: [] }
    const said = facts.get(agent.id) ?? []
    const risk = risks.get(agent.id)
    const sighting = newest.get(agent.id)
    return {
      ...standingOf(agent, judging),
      ...describedBy(said),
      purpose: agent.mandate?.purpose ?? statedPurpose(said),
      risk: risk ? riskSummary(risk) : null,
      sides: risk?.sides ?? null,
      servers: uses.servers.length,
      credentials: uses.credentials.length,
      plaintextCredentials: uses.credentials.filter((id) => plaintext.has(id)).length,
      place: placeOf(sighting),
      reporterName: sighting ? reporterOf(sighting.reporter).name : null,
      lastSeen: timeOf(lastSeen, agent),
      vanishedAt: timeOf(vanished, agent),
    }
  })
}

function timeOf(times: ReadonlyMap<string, Date>, { id }: Agent): string | null {
  return times.get(id)?.toISOString() ?? null
}

/** What an agent's standing is judged by. */
interface Judging {
  readonly names: Names
  readonly settings: Settings
  readonly now: Date
}

function standingOf(
  agent: Agent,
  { names, settings, now }: Judging,
): Pick<AgentSummary, "id" | "state" | "owner" | "tier" | "orphaned" | "shadow" | "expiresAt"> {
  const { id, state, owner, mandate } = agent
  return {
    id,
    state,
    owner: owner && names.person(owner),
    orphaned: isScored(agent) && (owner === null || !names.isActive(owner)),
    shadow: isShadow(agent, settings.graceDays, now),
    tier: mandate?.tier ?? null,
    expiresAt: mandate?.expiresAt.toISOString() ?? null,
  }
}
