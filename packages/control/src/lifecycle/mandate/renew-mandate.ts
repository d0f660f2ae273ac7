import { type Agent, type AgentState, type Mandate, Problem, type Renewal } from "@tabard/core"
import type { RecordContext } from "../../audit/event/audit-event.ts"
import { recordEvent } from "../../audit/event/record-event.ts"
import { type AssessStores, reassessAgents } from "../../findings/reassess-agents.ts"
import { type Caller, isSteward } from "../../registry/caller.ts"
import { findAgent } from "../../registry/find-agent.ts"
import type { Transact, Transaction } from "../../transaction.ts"
import { assertLifetime } from "./lifetime.ts"
import { oversightOf } from "./oversight-of.ts"

/** The stores that a renewal touches. */
type RenewalStores = "outbox" | "renewals" | "users" | keyof AssessStores

export interface RenewMandateDeps extends RecordContext {
  readonly transact: Transact<RenewalStores>
}

type Stores = Pick<Transaction, RenewalStores>

/** What stands can go on; what was never agreed to is adopted, and what ends has ended. */
const RENEWABLE: readonly AgentState[] = ["active", "suspended", "quarantined"]

/**
 * Lets an agent go on beyond its end, on the same terms, on the word of its owner. Where the tier asks for a second
 * person, it waits for one, and the end stays as it is until then. An agent that is off stays off: somebody resumes it.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, body_invalid, not_allowed
 */
export async function renewMandate(
  deps: RenewMandateDeps,
  by: Caller,
  { agent: id, expiresAt }: { agent: string; expiresAt: Date },
): Promise<void> {
  const now = deps.clock.now()
  assertLifetime(expiresAt, now)
  await deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    if (by.id !== agent.owner) throw new Problem("not_allowed", "its owner renews the mandate of an agent")
    const mandate = standing(agent)
    if (expiresAt <= mandate.expiresAt)
      throw new Problem("body_invalid", "expiresAt must lie behind the end that the mandate has now")
    const wanted = { owner: by.id, proposer: by.id, tier: mandate.tier }
    const { oversight } = await oversightOf(tx, wanted)
    const renewal: Renewal = { agent: agent.id, expiresAt, askedBy: by.id, askedAt: now }
    if (oversight === "two-person") return ask(deps, tx, agent, renewal)
    await tx.renewals.take(agent.id)
    await renew(deps, tx, by, { agent, renewal, mandate: { ...mandate, oversight, approvedBy: null } })
  })
}

/**
 * Agrees, as the second person, to a renewal that waits.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, body_invalid, not_allowed
 */
export async function agreeToRenewal(deps: RenewMandateDeps, by: Caller, id: string): Promise<void> {
  if (!isSteward(by)) throw new Problem("not_allowed", "security and administrators review renewals")
  await deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    const renewal = await taken(tx, agent)
    if (by.id === renewal.askedBy || by.id === agent.owner)
      throw new Problem("not_allowed", "somebody other than the owner reviews a renewal")
    if (renewal.askedBy !== agent.owner)
      throw conflict("who asked for it does not own the agent any more: its owner asks anew")
    assertLifetime(renewal.expiresAt, deps.clock.now())
    const mandate: Mandate = { ...standing(agent), oversight: "two-person", approvedBy: by.id }
    await renew(deps, tx, by, { agent, renewal, mandate })
  })
}

/**
 * Declines a renewal that waits, or takes one's own back: the mandate ends when it would have.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, not_allowed
 */
export async function declineRenewal(
  deps: RenewMandateDeps,
  by: Caller,
  { agent: id, reason }: { agent: string; reason: string },
): Promise<void> {
  await deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    const renewal = await taken(tx, agent)
    if (!isSteward(by) && by.id !== renewal.askedBy)
      throw new Problem("not_allowed", "its owner, security and administrators decline a renewal")
    const common = { actor: { kind: "user", id: by.id }, agent: agent.id, owner: agent.owner } as const
    await recordEvent(deps, tx.outbox, { ...common, type: "agent.renewal-declined", data: { reason } })
  })
}

async function ask(deps: RecordContext, tx: Stores, agent: Agent, renewal: Renewal): Promise<void> {
  await tx.renewals.ask(renewal)
  await recordEvent(deps, tx.outbox, {
    type: "agent.renewal-asked",
    actor: { kind: "user", id: renewal.askedBy },
    agent: agent.id,
    owner: agent.owner,
    data: { expiresAt: renewal.expiresAt.toISOString() },
  })
}

async function taken({ renewals }: Stores, { id }: Agent): Promise<Renewal> {
  const renewal = await renewals.take(id)
  if (!renewal) throw conflict("no renewal of it waits")
  return renewal
}

async function renew(
  deps: RecordContext,
  tx: Stores,
  by: Caller,
  { agent, renewal, mandate }: { agent: Agent; renewal: Renewal; mandate: Mandate },
): Promise<void> {
  const { askedBy: owner, askedAt, expiresAt } = renewal
  const renewed: Mandate = { ...mandate, expiresAt, proposedBy: owner, acceptedAt: askedAt }
  if (!(await tx.agents.renew(agent.id, { owner, ends: mandate.expiresAt }, renewed)))
    throw conflict("it was changed meanwhile: look again")
  await tx.organisation.bumpVersion()
  const before = mandate.expiresAt.toISOString()
  await recordEvent(deps, tx.outbox, {
    type: "agent.renewed",
    actor: { kind: "user", id: by.id },
    agent: agent.id,
    owner,
    data: { expiresAt: expiresAt.toISOString(), before, oversight: mandate.oversight, askedBy: owner },
  })
  await reassessAgents(deps, tx, [agent.id])
}

function standing({ state, mandate }: Agent): Mandate {
  if (mandate && RENEWABLE.includes(state)) return mandate
  throw conflict(`it is ${state}: only the mandate of an adopted agent can be renewed`)
}

function conflict(why: string): Problem {
  return new Problem("agent_state_conflict", why)
}
