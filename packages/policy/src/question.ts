import type { Id, Json } from "@tabard/core"
import type { Door } from "./schema.ts"

/** The agent that acts, or one that it acts for. */
export interface AgentFacts {
  readonly id: Id<"agent">
  readonly owner?: Id<"user">
  readonly tier: string
  readonly blueprint?: string
  readonly category: string
  /** 0 to 100. */
  readonly risk: number
}

/** The bounded run that the call belongs to. */
export interface TaskFacts {
  readonly id: Id<"task">
  readonly agent: Id<"agent">
}

/** The person served. */
export interface UserFacts {
  readonly id: Id<"user">
  readonly active: boolean
  readonly teams?: readonly string[]
}

/** Everyone on whose behalf the call is made. Each is asked, and the least of their answers counts. */
export interface Links {
  readonly user?: UserFacts
  readonly task?: TaskFacts
  /** The acting agent first, then each agent that it acts for. */
  readonly agents: readonly [AgentFacts, ...AgentFacts[]]
}

/** Where a consequential value came from; what a registered door did not see is "unknown". */
export type Provenance = "request" | "record" | "delegated" | "stranger" | "unknown"

/** What an enforcement point, and the decision point itself, know about the circumstances. */
export interface SessionFacts {
  readonly now: Date
  readonly door: string
  readonly env: string
  /** How the token is bound: "dpop", "mtls" or "none". */
  readonly bound: string
  readonly ip?: string
  readonly posture?: readonly string[]
  readonly prov?: Partial<Record<"target" | "amount" | "content" | "code", readonly Provenance[]>>
  /** What the run has read so far; everything there is to read where it is not known. */
  readonly read?: readonly string[]
  /** Filled by the decision point alone, from reserved budgets. `spend` is a decimal of at most four places. */
  readonly left: { readonly calls: number; readonly spend: string }
  /** Filled by the decision point alone, from approvals whose hash matches exactly: the routes that have agreed. */
  readonly approved?: readonly string[]
}

/** A tool, called with arguments under the definition that the caller saw. */
export interface ToolCall {
  readonly tool: string
  readonly digest: string
  readonly arguments: Json
  /** Where the door resolved links: the path on disk, by the path as it was given. */
  readonly realPaths?: Readonly<Record<string, string>>
}

/** One thing that someone wants to do. */
export interface Question {
  readonly organisation: string
  readonly action: ToolCall | { readonly door: Door }
  /** The server that the tool belongs to, or for which the door opens. */
  readonly server: { readonly id: Id<"server">; readonly system?: string }
  readonly links: Links
  readonly session: SessionFacts
}
