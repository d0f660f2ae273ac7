import type { AskedAgentView, ClientRequestView } from "@tabard/api"
import { agentStanding, matchesOf, requireActiveAgent, type Transaction } from "@tabard/control"
import { type Agent, Problem, type User } from "@tabard/core"
import type { ClientRequest } from "../../oauth/people/client-request.ts"
import { type Names, namesOf } from "./names.ts"

type Stores = Pick<Transaction, "agents" | "clientGrants" | "clients" | "facts" | "servers" | "users">

/** Who looks at what, and when. */
interface Looking {
  readonly user: User
  readonly request: ClientRequest
  /** The gateway's own resource. */
  readonly resource: string
  readonly now: Date
}

/** The most people who are named as those who can adopt an agent. */
const MOST_ADOPTERS = 3

/** Answers what a client asks of this person, and what would follow from their yes as it stands now. */
export async function clientRequestView(tx: Stores, looking: Looking): Promise<ClientRequestView> {
  const { user, request, now } = looking
  const grant = await tx.clientGrants.find(user.id, request.client.id)
  const agent = grant && (await agentStanding(tx, grant))
  const rule = !agent || agent.state === "discovered" ? await ruleFor(tx, request) : undefined
  const { state, why } = await standing(tx, agent, now)
  return {
    ...askedView(request),
    server: await serverName(tx, looking),
    state: rule ? "ready" : state,
    why,
    rule: rule ? { tier: rule.tier, days: rule.days, purpose: rule.purpose } : null,
    ...(await peopleView(tx, agent)),
  }
}

/** What does not depend on who looks. */
function askedView(
  request: ClientRequest,
): Omit<ClientRequestView, "server" | "state" | "why" | "rule" | "agent" | "adopters"> {
  const { id, way, client, redirectUri, scope, message, expiresAt } = request
  const led = redirectUri && leadsTo(redirectUri)
  return { id, way, client, leadsTo: led, scope, message, expiresAt: expiresAt.toISOString() }
}

async function peopleView(
  tx: Stores,
  agent: Agent | undefined,
): Promise<Pick<ClientRequestView, "agent" | "adopters">> {
  const adopters = await adoptersOf(tx)
  const people = [agent?.owner ?? null, ...adopters.map(({ id }) => id)]
  const names = await namesOf(tx, { agents: agent ? [agent.id] : [], people })
  return {
    agent: agent ? agentView(agent, names) : null,
    adopters: adopters.map(({ id }) => names.person(id)),
  }
}

async function standing(
  tx: Stores,
  agent: Agent | undefined,
  now: Date,
): Promise<Pick<ClientRequestView, "state" | "why">> {
  if (!agent) return { state: "new", why: null }
  try {
    await requireActiveAgent(tx, agent.id, now)
    return { state: "ready", why: null }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { state: "waiting", why: error.message }
  }
}

/** As it would be adopted: an administrator's own rule is no word for themselves, and one who left has none. */
async function ruleFor({ clients, users }: Stores, { client }: ClientRequest) {
  const rule = await clients.ruleFor(matchesOf(client))
  const maker = rule && (await users.find(rule.createdBy))
  return maker?.active && maker.role === "administrator" ? rule : undefined
}

async function adoptersOf({ users }: Stores): Promise<readonly User[]> {
  const stewards = (await users.list()).filter(
    ({ active, role }) => active && (role === "administrator" || role === "security"),
  )
  return stewards.slice(0, MOST_ADOPTERS)
}

function agentView({ id, state, owner, mandate }: Agent, names: Names): AskedAgentView {
  return {
    ...names.agent(id),
    state,
    owner: owner && names.person(owner),
    tier: mandate?.tier ?? null,
    purpose: mandate?.purpose ?? null,
    expiresAt: mandate?.expiresAt.toISOString() ?? null,
  }
}

/** A program of the person's own machine, a site, or an application that the machine knows by its scheme. */
function leadsTo(uri: string): string {
  const { protocol, host } = new URL(uri)
  return host || protocol.slice(0, -1)
}

async function serverName({ servers }: Stores, { request, resource }: Looking): Promise<string | null> {
  if (request.resource === resource) return null
  const named = request.resource.slice(resource.length + 1)
  const found = await servers.findByName(named)
  return found?.name ?? named
}
