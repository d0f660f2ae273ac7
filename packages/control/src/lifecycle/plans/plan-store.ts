import type { Id, Plan, PlanEnd, PlanKind, PlanStep, StepWish } from "@tabard/core"

/** Keeps plans and their steps. Each sentence below is a test in plan-store.contract.ts. */
export interface PlanStore {
  /** Begins a plan without steps. Answers false where one of this kind for this subject goes on: of many at once, one answers true. */
  start(plan: Plan): Promise<boolean>

  /** Answers undefined where there is no such plan here. */
  find(id: Id<"plan">): Promise<Plan | undefined>

  /** Answers the newest plan of a kind for a subject, ended or not. */
  latest(kind: PlanKind, subject: Plan["subject"]): Promise<Plan | undefined>

  /** Writes a plan's steps, once: answers false, and writes none, where it has them, or ended. */
  lay(id: Id<"plan">, steps: readonly StepWish[], at: Date): Promise<boolean>

  /** Answers a plan's steps in their order. */
  steps(id: Id<"plan">): Promise<readonly PlanStep[]>

  /** Answers whether a step is undone, and its plan goes on. */
  isOpen(step: Pick<PlanStep, "plan" | "position">): Promise<boolean>

  /**
   * Marks a step as done with what came of it. Answers false, and changes nothing, where it is done or its plan ended:
   * of any number of calls, at once or one after another, exactly one answers true.
   */
  finish(step: Pick<PlanStep, "plan" | "position">, outcome: string, at: Date): Promise<boolean>

  /** Has an undone step wait until `due`. */
  postpone(step: Pick<PlanStep, "plan" | "position">, due: Date): Promise<void>

  /** Ends a plan; exactly one caller answers true. One is done only where it has its steps and none is undone. */
  end(id: Id<"plan">, how: PlanEnd, at: Date): Promise<boolean>

  /** Answers people who are switched off, and for whom no departure was begun that was not called off. */
  leftWithout(limit: number): Promise<readonly Id<"user">[]>

  /** Answers plans that go on with something to do at `now`: their steps to be written, a step that is due, or nothing left. */
  due(now: Date, limit: number): Promise<readonly Plan[]>
}
