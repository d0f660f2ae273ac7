import type { Id } from "@tabard/core"
import { runPlan } from "../plans/run-plan.ts"
import type { RetirementDeps } from "./retirement-deps.ts"
import { retirementWork } from "./retirement-work.ts"

/** Does whatever of a retirement can be done now; it ends with the certificate, once every credential is settled. */
export function runRetirement(deps: RetirementDeps, plan: Id<"plan">): Promise<void> {
  return runPlan(deps, retirementWork(deps), plan)
}
