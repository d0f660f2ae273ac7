import type { ClaimedReport } from "./claim-report.ts"

/** What the thread is given: what was sent, by whom, and the time. */
export interface ClaimQuestion {
  readonly body: string
  readonly name: string
  readonly now: Date
}

/** What it answers: what is believed, or why nothing is. */
export type ClaimAnswer =
  | { readonly kind: "claimed"; readonly claimed: ClaimedReport }
  | { readonly kind: "refused"; readonly why: string }
