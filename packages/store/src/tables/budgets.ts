import type { Id } from "@tabard/core"
import type { Owned } from "./registry.ts"

export interface BudgetCountRow extends Owned {
  subject: string
  budget: string
  opened: string
  used: number
  ends_at: number
}

export interface BudgetReservationRow extends Owned {
  call: Id<"call">
  subject: string
  budget: string
  opened: string
  amount: number
  state: "reserved" | "spent" | "returned"
  ends_at: number
}
