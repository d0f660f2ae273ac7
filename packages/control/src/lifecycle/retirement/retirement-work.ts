import { type Agent, isId, type Plan, type PlanStep } from "@tabard/core"
import type { Actor, RecordContext } from "../../audit/event/audit-event.ts"
import { recordEvent } from "../../audit/event/record-event.ts"
import { endWithin } from "../../clients/end-client-grants.ts"
import { endTrustOf } from "../../federation/remove-trust-rule.ts"
import { byHandOf } from "../../policies/own-address.ts"
import { endTask } from "../../tasks/end-task.ts"
import { withdrawWithin } from "../../tokens/withdraw-delegation.ts"
import type { Transaction } from "../../transaction.ts"
import { withdrawPending } from "../open-offer.ts"
import type { PlanWork, StepCome } from "../plans/run-plan.ts"
import { certifyRetired, prepareCertificate } from "./certify-retirement.ts"
import { gatherHolding, planRetirement, type RetirementStep } from "./plan-retirement.ts"
import { probeKey, probeToken, settleProbed, tellProbed } from "./probe-ours.ts"
import type { RetirementDeps } from "./retirement-deps.ts"

/** A step of a retirement, with what it is of and whose it is. */
export interface RetiringStep extends PlanStep {
  readonly of: Plan
  readonly retiring: Agent
  readonly actor: Actor
  /** What was found before the transaction. */
  readonly found: unknown
}

type Take = (deps: RecordContext, tx: Transaction, step: RetiringStep) => Promise<StepCome>

const OVER: StepCome = { outcome: "over already" }

/** How soon it is looked again whether somebody has settled a credential: whoever does has it looked at once. */
const LOOK_AGAIN_MS = 24 * 60 * 60_000

/** What each step does. A new kind does not compile until it has a line here. */
const TAKE: Readonly<Record<RetirementStep, Take>> = {
  "close-task": closeTask,
  "end-client": endClient,
  "end-trust-rules": endTrust,
  "end-delegation": endDelegation,
  "revoke-key": revokeKey,
  "end-enrolments": endEnrolments,
  "end-questions": endQuestions,
  "end-policies": endPolicies,
  "probe-token": tellProbed,
  "probe-key": settleProbed,
  "settle-credential": awaitSettled,
  certify: certifyRetired,
}

/** How an agent is ended, with what tries its keys and signs its certificate. */
export function retirementWork(deps: RetirementDeps): PlanWork {
  return {
    async lay(context, tx, { subject }) {
      const agent = isId("agent", subject) ? await tx.agents.find(subject) : undefined
      return agent ? planRetirement(await gatherHolding(context, tx, agent)) : []
    },
    async prepare({ does, to, of }) {
      if (does === "probe-key") return probeKey(deps, to)
      if (does === "probe-token") return probeToken(deps, to)
      return does === "certify" ? prepareCertificate(deps, of) : undefined
    },
    async take(context, tx, step) {
      const take = Object.entries(TAKE).find(([does]) => does === step.does)?.[1]
      const retiring = step.agent === null ? undefined : await tx.agents.find(step.agent)
      if (!take || !retiring) return { outcome: "not known to this program" }
      return take(context, tx, { ...step, retiring, actor: actorOf(step.of) })
    },
    // What is retiring never comes back.
    isCalledOff: async () => false,
    about: ({ subject }) => ({ ...(isId("agent", subject) && { agent: subject }), data: {} }),
  }
}

function actorOf({ startedBy }: Plan): Actor {
  return startedBy ? { kind: "user", id: startedBy } : { kind: "system", id: "retirement" }
}

async function closeTask(
  deps: RecordContext,
  tx: Transaction,
  { to, actor, retiring }: RetiringStep,
): Promise<StepCome> {
  const task = isId("task", to) ? await tx.tasks.find(to) : undefined
  if (!task) return OVER
  const end = { task, actor, owner: retiring.owner, event: "task.closed" } as const
  return (await endTask(deps, tx, end)) ? { outcome: "closed" } : OVER
}

async function endClient(
  deps: RecordContext,
  tx: Transaction,
  { to, actor }: RetiringStep,
): Promise<StepCome> {
  const grant = isId("instance", to) ? await tx.clientGrants.ofInstance(to) : undefined
  if (!grant) return OVER
  const ended = await endWithin(deps, tx, { grant, actor })
  return ended ? { outcome: "signed out" } : OVER
}

async function endTrust(
  deps: RecordContext,
  tx: Transaction,
  { retiring, actor }: RetiringStep,
): Promise<StepCome> {
  await endTrustOf(deps, tx, { agent: retiring, actor, reason: "the agent was retired" })
  await tx.organisation.bumpVersion()
  return { outcome: "ended" }
}

async function endDelegation(
  deps: RecordContext,
  tx: Transaction,
  { to, actor }: RetiringStep,
): Promise<StepCome> {
  const delegation = isId("delegation", to) ? await tx.delegations.find(to) : undefined
  const tokens = delegation && (await withdrawWithin(deps, tx, { delegation, actor }))
  return tokens === undefined ? OVER : { outcome: "withdrawn" }
}

async function revokeKey(
  deps: RecordContext,
  tx: Transaction,
  { to, retiring, actor }: RetiringStep,
): Promise<StepCome> {
  if (!isId("instance", to) || !(await tx.instances.revoke(to, deps.clock.now()))) return OVER
  const about = { actor, agent: retiring.id, owner: retiring.owner, instance: to }
  await recordEvent(deps, tx.outbox, { type: "instance.revoked", ...about })
  return { outcome: "revoked" }
}

/** Whatever was enrolled or offered since the steps were written goes with it. */
async function endEnrolments(
  deps: RecordContext,
  tx: Transaction,
  { retiring }: RetiringStep,
): Promise<StepCome> {
  await tx.instances.revokeAll(retiring.id, deps.clock.now())
  return { outcome: "ended" }
}

async function endQuestions(
  deps: RecordContext,
  tx: Transaction,
  { retiring, actor }: RetiringStep,
): Promise<StepCome> {
  await withdrawPending(deps, tx, { agent: retiring, actor, why: "the agent was retired" })
  await tx.renewals.take(retiring.id)
  await tx.successors.forget(retiring.id)
  return { outcome: "ended" }
}

async function endPolicies(
  { clock }: RecordContext,
  tx: Transaction,
  { retiring }: RetiringStep,
): Promise<StepCome> {
  await tx.policies.remove("intent", retiring.id, clock.now())
  await tx.policies.remove("intent", byHandOf(retiring.id), clock.now())
  await tx.organisation.bumpVersion()
  return { outcome: "ended" }
}

async function awaitSettled(
  { clock }: RecordContext,
  { settlements }: Transaction,
  { to, retiring }: RetiringStep,
): Promise<StepCome> {
  const settled = (await settlements.of(retiring.id)).find(({ credential }) => credential === to)
  if (settled) return { outcome: settled.how }
  return { notBefore: new Date(clock.now().getTime() + LOOK_AGAIN_MS) }
}
