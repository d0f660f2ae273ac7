import type { Id, JsonObject, NotificationKind } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import type { RecipientStores } from "./recipients.ts"

/** That people are to be told of something that an event says. */
export interface Telling {
  readonly kind: NotificationKind
  readonly to: readonly Id<"user">[]
  readonly agent?: Id<"agent"> | null
  readonly subject?: string
  readonly details?: JsonObject
  /** When, where it is not at once. */
  readonly due?: Date
}

/** The stores that are asked who is to be told of what. */
export type TellingStores = RecipientStores &
  Pick<Transaction, "approvals" | "findings" | "observations" | "offers">
