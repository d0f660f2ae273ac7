import type { AgentDeclaration } from "./declaration.ts"
import type { Standards } from "./standards.ts"

/** What the rules look at: every declaration at once, for some duties are kept apart across files. */
export interface Vetted {
  readonly declarations: readonly AgentDeclaration[]
  readonly standards: Standards
  /** People by their address or id in small letters, and whether they are active; null where no directory was handed in. */
  readonly people: ReadonlyMap<string, boolean> | null
  readonly now: Date
}
