import type { ScanProgress, ScanReport } from "@tabard/scan"
import type { Config } from "../config.ts"

/** What the thread that scans is to read, and what it makes fingerprints under. */
export interface ScanQuestion {
  readonly places: NonNullable<Config["scan"]>
  /** The organisation's own, in base64. */
  readonly fingerprintKey: string
  readonly now: string
}

/** What it says: how far it is, any number of times, and at its end what it saw. */
export type ScanWord =
  | { readonly kind: "progress"; readonly progress: ScanProgress }
  | { readonly kind: "report"; readonly report: ScanReport }
