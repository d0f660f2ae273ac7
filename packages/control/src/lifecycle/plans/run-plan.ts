import { type Id, newId, type Plan, type PlanStep, type StepWish } from "@tabard/core"
import type { AuditEvent, RecordContext } from "../../audit/event/audit-event.ts"
import { recordEvent } from "../../audit/event/record-event.ts"
import type { Transact, Transaction } from "../../transaction.ts"

export interface RunPlanDeps extends RecordContext {
  readonly transact: Transact
  /** Hears of a step that failed by a fault of ours, for the operator's log. The others go on. */
  readonly onFault: (error: unknown) => void
}

/** What came of a step: it is done, or it is to be looked at again. */
export type StepCome = { readonly outcome: string } | { readonly notBefore: Date }

/** A step with the plan that it is of. */
export interface OpenStep extends PlanStep {
  readonly of: Plan
}

/** What the steps of one kind of plan are, and what each does; within the transaction that marks it as done. */
export interface PlanWork {
  lay(deps: RecordContext, tx: Transaction, plan: Plan): Promise<readonly StepWish[]>
  /** Finds out, outside of any transaction, what taking a step needs to know; may be asked again. */
  prepare?(step: OpenStep): Promise<unknown>
  take(deps: RecordContext, tx: Transaction, step: OpenStep & { readonly found: unknown }): Promise<StepCome>
  /** Answers whether what the plan is for is over: then it is called off. */
  isCalledOff(tx: Transaction, plan: Plan): Promise<boolean>
  /** What its events name: the agent or the person that it is about. */
  about(plan: Plan): Pick<AuditEvent, "agent"> & { readonly data: { readonly user?: Id<"user"> } }
}

/** How long a step that failed is left alone. */
const AGAIN_MS = 60_000

/** Begins a plan within the transaction that makes it needed; nothing where one goes on. */
export async function startPlan(
  { clock }: RecordContext,
  { plans }: Pick<Transaction, "plans">,
  plan: Pick<Plan, "kind" | "subject" | "startedBy">,
): Promise<Plan | undefined> {
  const id = newId("plan", clock)
  const begun: Plan = { ...plan, id, startedAt: clock.now(), laidAt: null, ended: null }
  return (await plans.start(begun)) ? begun : undefined
}

/**
 * Does whatever of a plan can be done now: its steps are written once, each is taken in a transaction of its own that
 * marks it as done with its event, and the last one ends the plan. Killed at any line, the next run goes on there.
 */
export async function runPlan(deps: RunPlanDeps, work: PlanWork, id: Id<"plan">): Promise<void> {
  const plan = await openPlan(deps, work, id)
  if (!plan) return
  const steps = await deps.transact(({ plans }) => plans.steps(id))
  for (const step of steps.filter(({ done }) => done === null)) {
    if (step.due > deps.clock.now()) continue
    try {
      await takeStep(deps, work, { ...step, of: plan })
    } catch (error) {
      deps.onFault(error)
      const later = new Date(deps.clock.now().getTime() + AGAIN_MS)
      await deps.transact(({ plans }) => plans.postpone(step, later))
    }
  }
  await deps.transact(async (tx) => {
    if (await tx.plans.end(id, "done", deps.clock.now())) await tell(deps, tx, plan, work, "done")
  })
}

/** Calls a plan off within a transaction: what was done stays done. Answers false where none goes on. */
export async function callOff(
  deps: RecordContext,
  tx: Pick<Transaction, "outbox" | "plans">,
  plan: Plan,
  work: Pick<PlanWork, "about">,
): Promise<boolean> {
  if (!(await tx.plans.end(plan.id, "cancelled", deps.clock.now()))) return false
  await tell(deps, tx, plan, work, "cancelled")
  return true
}

/** Answers a plan that goes on, with its steps written; undefined where it ended, or was called off just now. */
async function openPlan(deps: RunPlanDeps, work: PlanWork, id: Id<"plan">): Promise<Plan | undefined> {
  return deps.transact(async (tx) => {
    const plan = await tx.plans.find(id)
    if (!plan || plan.ended) return undefined
    if (await work.isCalledOff(tx, plan)) {
      await callOff(deps, tx, plan, work)
      return undefined
    }
    if (plan.laidAt === null) await layPlan(deps, tx, plan, work)
    return plan
  })
}

/** Writes the steps of a plan that has none, with the event that it has begun. */
export async function layPlan(
  deps: RecordContext,
  tx: Transaction,
  plan: Plan,
  work: PlanWork,
): Promise<void> {
  const steps = await work.lay(deps, tx, plan)
  if (!(await tx.plans.lay(plan.id, steps, deps.clock.now()))) return
  const agents = new Set(steps.flatMap(({ agent }) => agent ?? [])).size
  const about = work.about(plan)
  await recordEvent(deps, tx.outbox, {
    type: "plan.started",
    actor: { kind: "system", id: plan.kind },
    ...about,
    data: { ...about.data, plan: plan.id, kind: plan.kind, by: plan.startedBy, steps: steps.length, agents },
  })
}

async function takeStep(deps: RunPlanDeps, work: PlanWork, step: OpenStep): Promise<void> {
  const found = await work.prepare?.(step)
  await deps.transact(async (tx) => {
    // Another run may have taken it while this one found out what it has to know.
    if (!(await tx.plans.isOpen(step))) return
    const come = await work.take(deps, tx, { ...step, found })
    if ("notBefore" in come) return tx.plans.postpone(step, come.notBefore)
    if (!(await tx.plans.finish(step, come.outcome, deps.clock.now())))
      throw new Error(`step ${step.position} of ${step.plan} was open, and was not taken`)
    const about = work.about(step.of)
    await recordEvent(deps, tx.outbox, {
      type: "plan.step-done",
      actor: { kind: "system", id: step.of.kind },
      ...about,
      ...(step.agent && { agent: step.agent }),
      data: {
        ...about.data,
        plan: step.plan,
        kind: step.of.kind,
        step: step.position,
        does: step.does,
        what: step.to,
        outcome: come.outcome,
      },
    })
  })
}

async function tell(
  deps: RecordContext,
  { outbox }: Pick<Transaction, "outbox">,
  plan: Plan,
  ...[work, how]: [Pick<PlanWork, "about">, "done" | "cancelled"]
): Promise<void> {
  const about = work.about(plan)
  await recordEvent(deps, outbox, {
    type: "plan.ended",
    actor: { kind: "system", id: plan.kind },
    ...about,
    data: { ...about.data, plan: plan.id, kind: plan.kind, how },
  })
}
