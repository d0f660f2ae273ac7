import type { AgentDeclaration } from "./declaration.ts"
import type { Standards } from "./standards.ts"

/** A permission that a server holds: `to` may act for `from`, which so hands work to it. */
export interface HeldDelegation {
  readonly from: string
  readonly to: string
}

/** What the rules look at: every declaration at once, for some duties are kept apart across files. */
export interface Vetted {
  readonly declarations: readonly AgentDeclaration[]
  readonly standards: Standards
  /** People by their address or id in small letters, and whether they are active; null where no directory was handed in. */
  readonly people: ReadonlyMap<string, boolean> | null
  readonly now: Date
  /** Permissions of one agent to act for another that a server holds, besides what manifests say. */
  readonly delegations?: readonly HeldDelegation[] | undefined
}
