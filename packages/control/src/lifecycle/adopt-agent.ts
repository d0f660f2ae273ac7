import { type Agent, type Mandate, nextState, Problem, type TierName } from "@tabard/core"
import { type RecordContext, recordEvent } from "../audit/event.ts"
import { type Caller, isSteward } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import { type RiskStores, rescoreAgents } from "../risk/rescore-agents.ts"
import type { Transact } from "../transaction.ts"

export interface AdoptAgentDeps extends RecordContext {
  readonly transact: Transact<"users" | "outbox" | keyof RiskStores>
}

/** What a person takes upon themselves. */
export interface AdoptionRequest {
  readonly agent: string
  readonly name?: string | undefined
  readonly purpose: string
  readonly tier: TierName
  readonly expiresAt: Date
  readonly acceptOwnership: boolean
}

/** The longest an agent may live on one adoption. */
const MAX_LIFE_MS = 366 * 24 * 3600 * 1000

/**
 * Gives a discovered agent its accountable owner, purpose, tier and end. Who adopts also owns, because nobody can be
 * made an owner without their own word.
 *
 * A tier that may change things waits, proposed, for a second person. Where a single administrator is all there is,
 * nobody else could look at it: that is allowed, and said of the agent for as long as it lives.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, owner_must_accept, not_allowed, body_invalid
 */
export async function adoptAgent(deps: AdoptAgentDeps, by: Caller, request: AdoptionRequest): Promise<Agent> {
  assertMayAdopt(by, request)
  assertLifetime(request.expiresAt, deps.clock.now())

  return deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, request.agent)
    const mandate = await mandateOf(deps, tx, by, request)
    await propose(tx, agent, by, mandate)
    await declareName(deps, tx, by, { agent, name: request.name })
    await rescoreAgents(deps, tx, [agent.id])

    const common = { actor: { kind: "user", id: by.id }, agent: agent.id, owner: by.id } as const
    const data = { tier: mandate.tier, purpose: mandate.purpose, expiresAt: mandate.expiresAt.toISOString() }
    await recordEvent(deps, tx.outbox, { ...common, type: "agent.proposed", data })
    const proposed: Agent = { ...agent, state: "proposed", owner: by.id, mandate }
    if (mandate.oversight === "two-person") return proposed

    await activate(tx, agent)
    await recordEvent(deps, tx.outbox, {
      ...common,
      type: "agent.activated",
      data: { oversight: mandate.oversight },
    })
    return { ...proposed, state: "active" }
  })
}

/**
 * Lets a proposed agent act: the second person's word.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, not_allowed
 */
export async function activateAgent(deps: AdoptAgentDeps, by: Caller, id: string): Promise<Agent> {
  if (!isSteward(by)) throw new Problem("not_allowed", "security and administrators review adoptions")

  return deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    const { mandate, owner } = agent
    if (!mandate || !owner) throw conflict(agent, "propose it first")
    if (by.id === owner || by.id === mandate.proposedBy) {
      throw new Problem("not_allowed", "somebody other than the owner and the proposer reviews an adoption")
    }
    const approved = { ...mandate, approvedBy: by.id }
    if (!(await tx.agents.assign(agent.id, owner, approved)))
      throw conflict(agent, "only a proposed one can be activated")
    await activate(tx, agent)
    const data = { oversight: mandate.oversight, proposedBy: mandate.proposedBy }
    const common = { actor: { kind: "user", id: by.id }, agent: agent.id, owner } as const
    await recordEvent(deps, tx.outbox, { ...common, type: "agent.activated", data })
    return { ...agent, state: "active", mandate: approved }
  })
}

function assertMayAdopt(by: Caller, request: AdoptionRequest): void {
  if (!isSteward(by)) throw new Problem("not_allowed", "security and administrators adopt agents")
  if (!request.acceptOwnership) {
    throw new Problem(
      "owner_must_accept",
      "say that you accept to answer for this agent: without an owner it gets no token",
    )
  }
}

function assertLifetime(expiresAt: Date, now: Date): void {
  const life = expiresAt.getTime() - now.getTime()
  if (life > 0 && life <= MAX_LIFE_MS) return
  throw new Problem("body_invalid", "expiresAt must lie ahead, and no more than a year")
}

type AdoptionStores = Parameters<Parameters<AdoptAgentDeps["transact"]>[0]>[0]

async function mandateOf(
  { clock }: RecordContext,
  { users }: AdoptionStores,
  by: Caller,
  { purpose, tier, expiresAt }: AdoptionRequest,
): Promise<Mandate> {
  const alone = by.role === "administrator" && !(await hasOtherSteward(users, by))
  const oversight = alone ? "sole-administrator" : tier === "read-only" ? "not-required" : "two-person"
  return { purpose, tier, expiresAt, proposedBy: by.id, acceptedAt: clock.now(), oversight, approvedBy: null }
}

/** Whoever may review an adoption counts: while there is one, nobody is alone. */
async function hasOtherSteward(users: AdoptionStores["users"], { id }: Caller): Promise<boolean> {
  return (await users.list()).some((user) => user.active && user.id !== id && isSteward(user))
}

async function propose(
  { agents }: AdoptionStores,
  agent: Agent,
  by: Caller,
  mandate: Mandate,
): Promise<void> {
  const adoptable = nextState(agent.state, "propose") !== undefined
  const taken =
    adoptable &&
    (await agents.assign(agent.id, by.id, mandate)) &&
    (await agents.move(agent.id, ["discovered"], "proposed"))
  if (!taken) throw conflict(agent, "only a discovered one can be adopted")
}

async function activate({ agents, organisation }: AdoptionStores, agent: Agent): Promise<void> {
  if (!(await agents.move(agent.id, ["proposed"], "active")))
    throw conflict(agent, "only a proposed one can be activated")
  await organisation.bumpVersion()
}

function conflict(agent: Agent, next: string): Problem {
  return new Problem("agent_state_conflict", `the agent is ${agent.state}: ${next}`)
}

async function declareName(
  { clock }: RecordContext,
  { facts }: AdoptionStores,
  by: Caller,
  { agent, name }: { agent: Agent; name: string | undefined },
): Promise<void> {
  if (name === undefined) return
  await facts.put({
    subject: agent.id,
    name: "name",
    kind: "declared",
    source: by.id,
    value: name,
    at: clock.now(),
  })
}
