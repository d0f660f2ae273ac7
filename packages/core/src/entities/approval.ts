import type { Id } from "../ids.ts"
import type { JsonObject } from "../json.ts"

/** Where a question to people stands. */
export type ApprovalState =
  | { readonly kind: "pending" }
  | { readonly kind: "approved"; readonly by: Id<"user">; readonly at: Date }
  | { readonly kind: "denied"; readonly by: Id<"user">; readonly at: Date }
  | { readonly kind: "expired"; readonly at: Date }
  | { readonly kind: "cancelled"; readonly at: Date; readonly why: string }

/** What exactly is asked about. The hash stands for all of it. */
export interface ApprovalQuestion {
  readonly agent: Id<"agent">
  readonly instance: Id<"instance">
  readonly task: Id<"task"> | null
  readonly server: Id<"server">
  readonly tool: string
  readonly toolDigest: string
  readonly arguments: JsonObject
  /** The links of the question, the person served first. */
  readonly chain: readonly string[]
  readonly resource: string
}

/** A question to people about one exact action; spent once, by one call. */
export interface Approval {
  readonly id: Id<"approval">
  /** 128 random bits: what the asking agent holds to come back with. */
  readonly handle: string
  readonly question: ApprovalQuestion
  /** Hash of the question. */
  readonly actionHash: string
  readonly nonce: string
  /** Hash of the question and the nonce: what an answer is bound to. */
  readonly bindingHash: string
  /** Why it is asked, from the policies that asked. */
  readonly say: readonly string[]
  readonly policies: readonly string[]
  /** The routes that must be satisfied, e.g. `owner`. */
  readonly routes: readonly string[]
  readonly approvers: readonly Id<"user">[]
  readonly state: ApprovalState
  readonly createdAt: Date
  /** Until when it may be answered and, once approved, spent. */
  readonly expiresAt: Date
  readonly spentBy: Id<"call"> | null
}
