import type { TileReader } from "@tabard/log"

/** One log as proofs are made from it. */
export interface ProvableLog {
  readonly origin: string
  /** The place in the record of its first entry. */
  readonly base: number
  /** Its newest checkpoint, with every signature that it has; null before the first. */
  readonly checkpoint: Uint8Array | null
  readonly verifierKey: string
  /** Its files; null where another process keeps them. */
  readonly tiles: TileReader | null
}
