import type { EffectClass } from "../effect-class.ts"
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
export type ApprovalQuestion = CallQuestion | TokenQuestion

/** Who asks, and what it is about, whatever is asked for. */
interface AnyQuestion {
  readonly agent: Id<"agent">
  readonly instance: Id<"instance">
  readonly task: Id<"task"> | null
  /** The links of the question, the person served first. */
  readonly chain: readonly string[]
  readonly resource: string
}

/** Whether a tool may be called, once, with exactly this. */
export interface CallQuestion extends AnyQuestion {
  readonly kind: "call"
  readonly server: Id<"server">
  readonly tool: string
  readonly toolDigest: string
  readonly arguments: JsonObject
}

/** Whether an agent may have one token by which it acts for the person who is asked. The resource is what it is for. */
export interface TokenQuestion extends AnyQuestion {
  readonly kind: "token"
  readonly token: TokenAskedFor
}

/** What a token would be good for, beyond task and resource. */
export interface TokenAskedFor {
  /** The one person who is asked, and whom the token would name. */
  readonly served: Id<"user">
  /** The effect classes that it would be good for; all that the intent allows where none is named. */
  readonly scope: readonly EffectClass[] | null
  readonly calls: number | null
  /** The one agent that may exchange it. */
  readonly mayAct: Id<"agent"> | null
  /** What the person is shown where the agent runs as well, so that they know which question this is. */
  readonly message: string | null
}

/** A person's yes, and when they gave it. */
export interface Agreed {
  readonly by: Id<"user">
  readonly at: Date
  /** The routes by which they were asked as they gave it. */
  readonly routes: readonly string[]
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
  /** The routes that must be satisfied, each of them, e.g. `owner`; none where one person is asked by name. */
  readonly routes: readonly string[]
  /** Everybody who was asked; who may answer is judged anew when they do. */
  readonly approvers: readonly Id<"user">[]
  /** Who has agreed so far, in that order. */
  readonly agreed: readonly Agreed[]
  readonly state: ApprovalState
  readonly createdAt: Date
  /** Until when it may be answered and, once approved, spent. */
  readonly expiresAt: Date
  readonly spentBy: Id<"call"> | null
}
