import type { Id, JsonObject, Plan, PlanEnd, PlanKind, SettledHow, Settlement } from "@tabard/core"
import type { JsonText } from "../columns.ts"
import type { Owned } from "./registry.ts"

export interface RenewalRow extends Owned {
  agent: Id<"agent">
  expires_at: number
  asked_by: Id<"user">
  asked_at: number
}

export interface LifecycleWarningRow extends Owned {
  agent: Id<"agent">
  cause: "expiry" | "inactivity"
  due_at: number
  days: number
  warned_at: number
}

export interface SuccessorRow extends Owned {
  subject: Id<"agent"> | Id<"user">
  user: Id<"user">
  named_by: Id<"user">
  named_at: number
}

export interface PlanRow extends Owned {
  id: Id<"plan">
  kind: PlanKind
  subject: Plan["subject"]
  started_by: Id<"user"> | null
  started_at: number
  laid_at: number | null
  ended_how: PlanEnd | null
  ended_at: number | null
}

export interface PlanStepRow extends Owned {
  plan: Id<"plan">
  position: number
  does: string
  done_to: string
  agent: Id<"agent"> | null
  needs: JsonText<JsonObject>
  due_at: number
  done_at: number | null
  outcome: string | null
}

export interface SettlementRow extends Owned {
  agent: Id<"agent">
  credential: Settlement["credential"]
  how: SettledHow
  settled_by: Id<"user"> | null
  outcome: string | null
  settled_at: number
}
