import type { AgentDetail, FactView } from "@tabard/api"
import { explainManifest, findAgent, nextOwner, spiffeId, type Transaction } from "@tabard/control"
import { type Agent, effectiveFacts, isId, type Organisation } from "@tabard/core"
import type { ApiServices } from "../services.ts"
import { agentSummaries } from "./agent-summaries.ts"
import { describedFurther } from "./described-view.ts"
import { successorOf } from "./directory-views.ts"

import { agentFindings } from "./finding-views.ts"

import { instanceViews } from "./instance-view.ts"
import { namesOf, peopleIn } from "./names.ts"
import { offerViews } from "./offer-view.ts"
import { plainJson } from "./plain-json.ts"
import { riskView } from "./risk-views.ts"
import { sightingViews } from "./sighting-views.ts"
import { taskView } from "./task-view.ts"
import { tokenViews } from "./token-views.ts"

/** The stores that a detail is read from. */
type DetailReads = Pick<
  Transaction,
  | "agents"
  | "clientGrants"
  | "correlations"
  | "delegations"
  | "facts"
  | "findings"
  | "instances"
  | "maintainers"
  | "observations"
  | "offers"
  | "organisation"
  | "policies"
  | "renewals"
  | "reporters"
  | "risks"
  | "servers"
  | "successors"
  | "tasks"
  | "teams"
  | "tokens"
  | "trustRules"
  | "users"
>

/** When and where an agent is looked at. */
interface Looking {
  readonly organisation: Organisation
  readonly now: Date
}

/** How many of an agent's latest tasks are shown. */
const TASKS_SHOWN = 50

/** Shows everything that a person needs to answer for one agent. */
async function agentDetail(tx: DetailReads, looking: Looking, id: string): Promise<AgentDetail> {
  const agent = await findAgent(tx.agents, await standsFor(tx, id))
  const [summary] = await agentSummaries(tx, [agent], looking.now)
  if (!summary) throw new Error("an agent that was found has a summary")
  return {
    ...summary,
    risk: await riskView(tx, agent),
    findings: await agentFindings(tx, agent.id, looking.now),
    ...(await describe(tx, agent)),
    ...(await identity(tx, agent, looking)),
    ...(await answering(tx, agent, looking)),
    mandate: agent.mandate && {
      acceptedAt: agent.mandate.acceptedAt.toISOString(),
      oversight: agent.mandate.oversight,
    },
    renewal: await renewalOf(tx, agent),
    manifest: await manifestOf(tx, agent),
    tasks: await tasksOf(tx, agent, looking),
  }
}

/** Answers the agent that an id stands for: where it was merged into another, that one. */
async function standsFor({ agents }: Pick<DetailReads, "agents">, id: string): Promise<string> {
  return isId("agent", id) ? ((await agents.mergedInto([id])).get(id) ?? id) : id
}

/** Who answers for an agent, or is asked to, and who helps. */
async function answering(
  tx: DetailReads,
  agent: Agent,
  { now }: Looking,
): Promise<Pick<AgentDetail, "offer" | "maintainers" | "maintainingTeams" | "successor" | "suggestedOwner">> {
  const ids = [agent.id]
  const helping = (await tx.maintainers.of(ids)).map(({ user }) => user)
  const names = await namesOf(tx, { people: helping })
  const [offer = null] = await offerViews(tx, await tx.offers.pendingOf(ids, now), now)
  const teams = new Map((await tx.teams.list()).map(({ id, name }) => [id, { id, name }]))
  return {
    offer,
    maintainers: helping.map((user) => names.person(user)),
    maintainingTeams: (await tx.maintainers.teamsOf(ids)).flatMap(({ team }) => teams.get(team) ?? []),
    successor: await successorOf(tx, agent.id),
    suggestedOwner: await suggestedOwner(tx, agent),
  }
}

/** Who to ask first to own what was a leaver's. */
async function suggestedOwner(
  { users }: DetailReads,
  { owner }: Agent,
): Promise<AgentDetail["suggestedOwner"]> {
  const left = owner && (await users.find(owner))
  if (!left || left.active) return null
  const next = nextOwner(left, new Map((await users.list()).map((user) => [user.id, user])))
  return next ? { id: next.id, name: next.name } : null
}

async function describe(
  tx: DetailReads,
  { id }: Agent,
): Promise<
  Pick<
    AgentDetail,
    "systems" | "lastReview" | "facts" | "seen" | "alsoKnownAs" | "usesServers" | "holdsCredentials"
  >
> {
  const uses = (await tx.observations.linksOf([id])).get(id) ?? { servers: [], credentials: [] }
  return {
    ...describedFurther(await tx.facts.of([id])),
    facts: await factsOf(tx, id),
    seen: await sightingViews(tx, id),
    alsoKnownAs: (await tx.agents.aliasesOf([id])).get(id) ?? [],
    usesServers: await tx.observations.findServers(uses.servers),
    holdsCredentials: await tx.observations.findCredentials(uses.credentials),
  }
}

async function factsOf(tx: DetailReads, subject: string): Promise<readonly FactView[]> {
  const all = await tx.facts.of([subject])
  const names = await namesOf(tx, { people: peopleIn(all.map(({ source }) => source)) })
  const effective = new Set(effectiveFacts(all).values())
  // That a scanner had nothing to say under a name is not worth a line.
  return all
    .filter(({ value }) => value !== null)
    .map((fact) => ({
      name: fact.name,
      kind: fact.kind,
      source: isId("user", fact.source) ? names.person(fact.source).name : fact.source,
      value: plainJson(fact.value),
      at: fact.at.toISOString(),
      effective: effective.has(fact),
    }))
}

async function identity(
  tx: DetailReads,
  { id }: Agent,
  { organisation, now }: Looking,
): Promise<Pick<AgentDetail, "identity" | "instances" | "tokens">> {
  return {
    identity: spiffeId(organisation.trustDomain, id),
    instances: await instanceViews(tx, id, now),
    tokens: await tokenViews(tx, await tx.tokens.live(id, now), now),
  }
}

async function renewalOf(tx: DetailReads, { id }: Agent): Promise<AgentDetail["renewal"]> {
  const [renewal] = await tx.renewals.of([id])
  if (!renewal) return null
  const { expiresAt, askedBy, askedAt } = renewal
  const names = await namesOf(tx, { people: [askedBy] })
  return {
    expiresAt: expiresAt.toISOString(),
    askedBy: names.person(askedBy),
    askedAt: askedAt.toISOString(),
  }
}

async function manifestOf(tx: DetailReads, { id }: Agent): Promise<AgentDetail["manifest"]> {
  const set = await tx.policies.current("intent", id)
  if (!set?.source) return null
  const sentences = await explainManifest(tx, id, set.source)
  return { text: set.source, version: set.version, sentences, policies: set.policies }
}

async function tasksOf(tx: DetailReads, { id }: Agent, { now }: Looking): Promise<AgentDetail["tasks"]> {
  const tasks = await tx.tasks.of(id, TASKS_SHOWN)
  const names = await namesOf(tx, { people: tasks.map(({ onBehalfOf }) => onBehalfOf) })
  return tasks.map((task) => taskView(task, names, now))
}

/** Shows an agent as it is now. */
export function readDetail(
  { shelf, organisation, clock }: Pick<ApiServices, "shelf" | "organisation" | "clock">,
  id: string,
): Promise<AgentDetail> {
  return shelf.snapshot((tx) => agentDetail(tx, { organisation, now: clock.now() }, id))
}
