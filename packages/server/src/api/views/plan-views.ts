import type { DepartureView, PlanStepView } from "@tabard/api"
import { isId, type Plan, type PlanStep, type StepWish } from "@tabard/core"
import type { Names } from "./names.ts"

/** The most steps that are shown. */
export const STEPS_SHOWN = 1000

/** A step, done or only meant. */
export type ShownStep = StepWish & Partial<Pick<PlanStep, "done">>

/** Shows when and by whom a plan was begun, and how it ended. */
export function planView(plan: Plan, names: Names): NonNullable<DepartureView["plan"]> {
  const { id, startedAt, startedBy, ended } = plan
  return {
    id,
    startedAt: startedAt.toISOString(),
    startedBy: startedBy && names.person(startedBy),
    ended: ended && { how: ended.how, at: ended.at.toISOString() },
  }
}

/** Shows one step of a plan. */
export function stepView(step: ShownStep, names: Names): PlanStepView {
  const { does, to, agent, due, done = null } = step
  const { user, as } = step.with
  return {
    does,
    to,
    agent: agent && names.agent(agent),
    asks: isId("user", user)
      ? { person: names.person(user), as: typeof as === "string" ? as : "asked" }
      : null,
    due: due.toISOString(),
    done: done && { at: done.at.toISOString(), outcome: done.outcome },
  }
}
