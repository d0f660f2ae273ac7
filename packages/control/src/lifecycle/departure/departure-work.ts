import { type Agent, isId, type Plan, type PlanStep, type StepWish } from "@tabard/core"
import type { RecordContext } from "../../audit/event/audit-event.ts"
import { recordEvent } from "../../audit/event/record-event.ts"
import { endWithin } from "../../clients/end-client-grants.ts"
import { endTask } from "../../tasks/end-task.ts"
import type { Transaction } from "../../transaction.ts"
import type { PlanWork, StepCome } from "../plans/run-plan.ts"
import { gatherEstate } from "./gather-estate.ts"
import { handOver } from "./hand-over.ts"
import { type DepartureStep, planDeparture } from "./plan-departure.ts"
import { suspendLeft } from "./suspend-left.ts"

/** A step of a departure, with whose it is. */
export interface LeavingStep extends PlanStep {
  readonly of: Plan
}

type Take = (deps: RecordContext, tx: Transaction, step: LeavingStep) => Promise<StepCome>

const BY = { kind: "system", id: "departure" } as const

/** What was over before its turn came. */
const OVER: StepCome = { outcome: "over already" }

/** What each step does. A new kind does not compile until it has a line here. */
const TAKE: Readonly<Record<DepartureStep, Take>> = {
  "revoke-api-token": revokeApiToken,
  "end-client": endClient,
  "revoke-served-tokens": revokeServed,
  "close-task": closeTask,
  "withdraw-question": withdrawQuestion,
  "withdraw-offer": withdrawOffer,
  "end-helping": endHelping,
  "hand-over": handOver,
  suspend: suspendLeft,
}

/** What follows from a person's leaving: each step is done once, and asks first whether it is still to be done. */
export const DEPARTURE: PlanWork = {
  async lay(deps, tx, { subject }): Promise<readonly StepWish[]> {
    const person = isId("user", subject) ? await tx.users.find(subject) : undefined
    return person ? planDeparture(await gatherEstate(deps, tx, person)) : []
  },
  async take(deps, tx, step) {
    const take = Object.entries(TAKE).find(([does]) => does === step.does)?.[1]
    return take ? take(deps, tx, step) : { outcome: "not known to this program" }
  },
  async isCalledOff(tx, { subject }) {
    return isId("user", subject) && (await tx.users.find(subject))?.active === true
  },
  about: ({ subject }) => ({ data: isId("user", subject) ? { user: subject } : {} }),
}

async function revokeApiToken(
  deps: RecordContext,
  tx: Transaction,
  { to, of }: LeavingStep,
): Promise<StepCome> {
  const at = deps.clock.now()
  if (!isId("apiToken", to) || !isId("user", of.subject)) return OVER
  const revoked = await tx.apiTokens.revoke(to, { by: of.startedBy ?? of.subject, at })
  if (!revoked) return OVER
  const data = { apiToken: to, purpose: revoked.purpose, reason: "its maker left" }
  await recordEvent(deps, tx.outbox, { type: "api-token.revoked", actor: BY, data })
  return { outcome: "revoked" }
}

async function endClient(deps: RecordContext, tx: Transaction, { to, of }: LeavingStep): Promise<StepCome> {
  const grant = isId("clientGrant", to) ? await tx.clientGrants.byId(to) : undefined
  if (!grant || !isId("user", of.subject)) return OVER
  const actor = { kind: "user", id: of.startedBy ?? of.subject } as const
  const ended = await endWithin(deps, tx, { grant, actor })
  return ended ? { outcome: "signed out" } : OVER
}

async function revokeServed(deps: RecordContext, tx: Transaction, { to }: LeavingStep): Promise<StepCome> {
  if (!isId("user", to)) return OVER
  const tokens = await tx.tokens.revokeServing(to, deps.clock.now())
  if (tokens === 0) return OVER
  await tx.organisation.bumpVersion()
  const why = "the person whom they served left"
  await recordEvent(deps, tx.outbox, {
    type: "token.revoked",
    actor: BY,
    onBehalfOf: to,
    data: { tokens, why },
  })
  return { outcome: `${tokens} revoked` }
}

async function closeTask(deps: RecordContext, tx: Transaction, { to }: LeavingStep): Promise<StepCome> {
  const task = isId("task", to) ? await tx.tasks.find(to) : undefined
  if (!task) return OVER
  const owner = (await tx.agents.find(task.agent))?.owner ?? null
  const closed = await endTask(deps, tx, { task, actor: BY, owner, event: "task.closed" })
  if (!closed) return OVER
  await tx.organisation.bumpVersion()
  return { outcome: "closed" }
}

async function withdrawQuestion(
  deps: RecordContext,
  tx: Transaction,
  { to, agent }: LeavingStep,
): Promise<StepCome> {
  const why = "who was to answer it left"
  const state = { kind: "cancelled", at: deps.clock.now(), why } as const
  if (!isId("approval", to) || !(await tx.approvals.resolve(to, state, state.at))) return OVER
  const about = { type: "approval.cancelled", actor: BY, approval: to, data: { why } } as const
  await recordEvent(deps, tx.outbox, { ...about, ...(agent && { agent }) })
  return { outcome: "withdrawn" }
}

async function withdrawOffer(
  deps: RecordContext,
  tx: Transaction,
  { to, agent }: LeavingStep,
): Promise<StepCome> {
  const offer = isId("offer", to) ? await tx.offers.find(to) : undefined
  if (!offer || !agent || !(await tx.offers.end(offer.id, "withdrawn", deps.clock.now()))) return OVER
  const data = { offer: offer.id, to: offer.to, why: "who was asked left" }
  await recordEvent(deps, tx.outbox, { type: "ownership.withdrawn", actor: BY, agent, data })
  return { outcome: "withdrawn" }
}

async function endHelping(
  deps: RecordContext,
  tx: Transaction,
  { agent, of }: LeavingStep,
): Promise<StepCome> {
  if (!agent || !isId("user", of.subject) || !(await tx.maintainers.remove(agent, of.subject))) return OVER
  const owner: Agent["owner"] = (await tx.agents.find(agent))?.owner ?? null
  const data = { user: of.subject }
  await recordEvent(deps, tx.outbox, { type: "maintainer.removed", actor: BY, agent, owner, data })
  return { outcome: "ended" }
}
