import {
  type Agent,
  type Category,
  type JsonObject,
  nextState,
  Problem,
  type Terms,
  type TierName,
} from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type AssessStores, reassessAgents } from "../findings/reassess-agents.ts"
import { requireTier } from "../policies/tiers-in-force.ts"
import { type Caller, isSteward } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import { requirePerson } from "../registry/require-person.ts"
import type { Transact } from "../transaction.ts"
import { assertLifetime } from "./mandate/lifetime.ts"
import { openOffer, withdrawPending } from "./open-offer.ts"
import { activate, activateIfAgreed, conflict, takeOn } from "./take-on.ts"

export interface AdoptAgentDeps extends RecordContext {
  readonly transact: Transact<"offers" | "outbox" | "users" | keyof AssessStores>
}

/** What a person takes upon themselves. */
export interface AdoptionRequest {
  readonly agent: string
  readonly name?: string | undefined
  readonly purpose: string
  readonly tier: TierName
  readonly expiresAt: Date
  /** Whoever adopts for themselves says so. */
  readonly acceptOwnership: boolean
  /** Who is to own it; whoever adopts it where nobody is named. */
  readonly owner?: string | undefined
  /** What the person who is asked is told. */
  readonly note?: string | undefined
  /** The category as a person confirms it; what was seen stays beside it. */
  readonly category?: Category | undefined
}

/**
 * Proposes a discovered agent with owner, purpose, tier and end. Who adopts for themselves owns it at once; anybody else
 * is asked, because nobody can be made an owner without their own word, and until they accept it is nobody's.
 *
 * A tier that may change things waits, proposed, for a second person. Where a single administrator is all there is,
 * nobody else could look at it: that is allowed, and said of the agent for as long as it lives.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, owner_must_accept, person_not_found, not_allowed, body_invalid
 */
export async function adoptAgent(deps: AdoptAgentDeps, by: Caller, request: AdoptionRequest): Promise<Agent> {
  assertMayAdopt(by, request)
  assertLifetime(request.expiresAt, deps.clock.now())

  return deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, request.agent)
    assertAdoptable(agent)
    await requireTier(tx, request.tier)
    await assertNobodyElses(tx, agent, request.owner ?? by.id)
    await declare(deps, tx, by, { agent, request })
    const adopted = isForOneself(by, request)
      ? await adoptOneself(deps, tx, by, { agent, request })
      : await adoptForAnother(deps, tx, by, { agent, request })
    await reassessAgents(deps, tx, [agent.id])
    return adopted
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
    if (!mandate || !owner)
      throw conflict(agent, "it has no mandate yet: adopt it, or wait until its owner accepts")
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

type AdoptionStores = Parameters<Parameters<AdoptAgentDeps["transact"]>[0]>[0]

/** What is adopted, and how. */
interface Adoption {
  readonly agent: Agent
  readonly request: AdoptionRequest
}

async function adoptOneself(
  deps: AdoptAgentDeps,
  tx: AdoptionStores,
  by: Caller,
  { agent, request }: Adoption,
): Promise<Agent> {
  const actor = { kind: "user", id: by.id } as const
  await withdrawPending(deps, tx, { agent, actor, why: "the agent was adopted" })
  const taken = await takeOn(deps, tx, { agent, owner: by.id, terms: termsOf(by, request) })
  const common = { actor, agent: agent.id, owner: by.id }
  await recordEvent(deps, tx.outbox, { ...common, type: "agent.proposed", data: proposalOf(request) })
  return activateIfAgreed(deps, tx, taken)
}

async function adoptForAnother(
  deps: AdoptAgentDeps,
  tx: AdoptionStores,
  by: Caller,
  { agent, request }: Adoption,
): Promise<Agent> {
  const { id: to } = await requirePerson(tx.users, request.owner ?? by.id)
  if (agent.state === "discovered" && !(await tx.agents.move(agent.id, ["discovered"], "proposed"))) {
    throw conflict(agent, "somebody was quicker")
  }
  await tx.organisation.bumpVersion()
  const common = { actor: { kind: "user", id: by.id }, agent: agent.id, owner: agent.owner } as const
  await recordEvent(deps, tx.outbox, { ...common, type: "agent.proposed", data: proposalOf(request) })
  await openOffer(deps, tx, { agent, by, to, note: request.note ?? null, terms: termsOf(by, request) })
  return { ...agent, state: "proposed" }
}

function termsOf({ id }: Caller, { purpose, tier, expiresAt }: AdoptionRequest): Terms {
  return { purpose, tier, expiresAt, proposedBy: id }
}

function proposalOf({ purpose, tier, expiresAt }: AdoptionRequest): JsonObject {
  return { tier, purpose, expiresAt: expiresAt.toISOString() }
}

function isForOneself(by: Caller, { owner }: AdoptionRequest): boolean {
  return owner === undefined || owner === by.id
}

function assertMayAdopt(by: Caller, request: AdoptionRequest): void {
  if (!isSteward(by)) throw new Problem("not_allowed", "security and administrators adopt agents")
  const forOneself = isForOneself(by, request)
  if (forOneself && !request.acceptOwnership) {
    throw new Problem(
      "owner_must_accept",
      "say that you accept to answer for this agent: without an owner it gets no token",
    )
  }
  if (!forOneself && request.acceptOwnership) {
    throw new Problem("owner_must_accept", "nobody can accept for somebody else: they are asked themselves")
  }
}

/** What was proposed, and then accepted by nobody, may be proposed anew. */
function assertAdoptable(agent: Agent): void {
  const open = nextState(agent.state, "propose") !== undefined
  if (open || (agent.state === "proposed" && agent.mandate === null)) return
  throw conflict(agent, "only a discovered one, or one whose proposal nobody accepted, can be adopted")
}

/** An owner is not put aside by somebody else's adoption: they hand over, or the terms are offered to them. */
async function assertNobodyElses({ users }: AdoptionStores, agent: Agent, owner: string): Promise<void> {
  if (agent.owner === null || agent.owner === owner) return
  const present = await users.find(agent.owner)
  if (!present?.active) return
  throw new Problem(
    "agent_state_conflict",
    `${present.name} answers for this agent: adopt it for them, or have it handed over first`,
  )
}

async function declare(
  { clock }: RecordContext,
  { facts }: AdoptionStores,
  by: Caller,
  { agent, request: { name, category } }: Adoption,
): Promise<void> {
  for (const [fact, value] of Object.entries({ name, category })) {
    if (value === undefined) continue
    await facts.put({
      subject: agent.id,
      name: fact,
      kind: "declared",
      source: by.id,
      value,
      at: clock.now(),
    })
  }
}
