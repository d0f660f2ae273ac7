import type { FindingRule } from "@tabard/core"
import type { Seen } from "../correlate/correlate.ts"
import type { KnowledgePack } from "../knowledge/knowledge-pack.ts"

/** What the rules of a scan look at: what was seen, whose home it was seen in, and what is known beforehand. */
export interface Sight extends Seen {
  readonly pack: KnowledgePack
  /** The home directory that was read, or null where none was. */
  readonly home: string | null
}

/** A rule that needs only what was seen, and so serves the command line without a server. */
export type ScanRule = FindingRule<Sight>
