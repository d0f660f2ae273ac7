import { type Agent, type Id, isId, Problem, type SettledHow } from "@tabard/core"
import type { RecordContext } from "../../audit/event/audit-event.ts"
import { recordEvent } from "../../audit/event/record-event.ts"
import { assertAnswersFor, type Caller } from "../../registry/caller.ts"
import { findAgent } from "../../registry/find-agent.ts"
import type { Transaction } from "../../transaction.ts"
import { cannotMove } from "../move-agent.ts"
import type { RetirementDeps } from "./retirement-deps.ts"
import { runRetirement } from "./run-retirement.ts"

/** A person's word on a credential that somebody else issued. */
export interface Attestation {
  readonly agent: string
  readonly credential: string
  readonly note: string
}

/** A person's word on all that is not settled. */
export interface Exception {
  readonly agent: string
  readonly reason: string
}

/**
 * Attests, in a person's own name, that a credential works no longer: where it is gone from every place in which it was
 * seen. One that still lies somewhere may still work, and is taken away first.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, credential_not_found, not_allowed
 */
export async function attestCredential(
  deps: RetirementDeps,
  by: Caller,
  { agent: id, credential, note }: Attestation,
): Promise<void> {
  const plan = await deps.transact(async (tx) => {
    const agent = await retiringOf(tx, by, id)
    const open = await unsettled(tx, agent)
    const known = isId("credential", credential) && open.credentials.includes(credential)
    if (!known)
      throw new Problem("credential_not_found", "no such credential of this agent waits to be settled")
    await assertGone(tx, credential)
    await settle(deps, tx, by, { agent, credentials: [credential], how: "attested", note })
    return open.plan
  })
  await runRetirement(deps, plan)
}

/**
 * Signs, in a person's own name, that a retiring agent is retired although it is unknown whether credentials of others
 * still work: each of them, and who signed, are in the certificate.
 *
 * @throws {Problem} agent_not_found, agent_state_conflict, not_allowed
 */
export async function signException(
  deps: RetirementDeps,
  by: Caller,
  { agent: id, reason }: Exception,
): Promise<void> {
  const plan = await deps.transact(async (tx) => {
    const agent = await retiringOf(tx, by, id)
    const open = await unsettled(tx, agent)
    await settle(deps, tx, by, { agent, credentials: open.credentials, how: "excepted", note: reason })
    return open.plan
  })
  await runRetirement(deps, plan)
}

async function retiringOf(tx: Pick<Transaction, "agents">, by: Caller, id: string): Promise<Agent> {
  const agent = await findAgent(tx.agents, id)
  assertAnswersFor(by, agent.owner)
  if (agent.state !== "retiring") throw cannotMove(agent, "finish")
  return agent
}

/** The plan of a retirement, and what of it waits to be settled. */
async function unsettled(
  { plans }: Pick<Transaction, "plans">,
  agent: Agent,
): Promise<{ readonly plan: Id<"plan">; readonly credentials: readonly Id<"credential">[] }> {
  const plan = await plans.latest("retirement", agent.id)
  if (!plan) throw cannotMove(agent, "finish")
  const waiting = (await plans.steps(plan.id)).filter(
    ({ does, done }) => does === "settle-credential" && !done,
  )
  return { plan: plan.id, credentials: waiting.flatMap(({ to }) => (isId("credential", to) ? [to] : [])) }
}

async function assertGone(
  { observations }: Pick<Transaction, "observations">,
  id: Id<"credential">,
): Promise<void> {
  if ((await observations.vanished([id])).has(id)) return
  const [seen] = await observations.findCredentials([id])
  const where = seen?.locations[0]
  throw new Problem(
    "agent_state_conflict",
    `it was still there when somebody looked last${where ? `, in ${where}` : ""}: take it away and scan again, or sign the exception`,
  )
}

interface Settling {
  readonly agent: Agent
  readonly credentials: readonly Id<"credential">[]
  readonly how: SettledHow
  readonly note: string
}

async function settle(
  deps: RecordContext,
  tx: Pick<Transaction, "outbox" | "plans" | "settlements">,
  by: Caller,
  { agent, credentials, how, note }: Settling,
): Promise<void> {
  const at = deps.clock.now()
  for (const credential of credentials) {
    const settlement = { agent: agent.id, credential, how, by: by.id, outcome: null, at }
    if (!(await tx.settlements.settle(settlement))) continue
    await recordEvent(deps, tx.outbox, {
      type: "credential.settled",
      actor: { kind: "user", id: by.id },
      agent: agent.id,
      owner: agent.owner,
      resource: credential,
      data: { credential, how, note },
    })
  }
  await lookNow(tx, agent, at)
}

/** What waited for this word is looked at at once. */
async function lookNow({ plans }: Pick<Transaction, "plans">, { id }: Agent, at: Date): Promise<void> {
  const plan = await plans.latest("retirement", id)
  const open = plan ? (await plans.steps(plan.id)).filter(({ done }) => done === null) : []
  for (const step of open) await plans.postpone(step, at)
}
