import type { Id } from "../ids.ts"
import type { PublicJwk } from "./instance.ts"

/** A machine that was enrolled to report what it scans. The private half of its key never leaves it. */
export interface Reporter {
  readonly id: Id<"reporter">
  /** What the person who let it in calls it, e.g. the machine's name. */
  readonly name: string
  readonly jwk: PublicJwk
  /** The key's thumbprint (RFC 7638), by which its reports are known. */
  readonly thumbprint: string
  /** Who made the code that it enrolled by. */
  readonly enrolledBy: Id<"user">
  readonly enrolledAt: Date
  readonly revoked: { readonly by: Id<"user">; readonly at: Date } | null
}

/** What a reporter has sent so far. */
export interface ReporterActivity {
  readonly reports: number
  readonly lastReport: {
    readonly scan: Id<"scan">
    readonly at: Date
    readonly agents: number
    readonly unreadable: number
  } | null
  readonly refused: number
  readonly lastRefusal: { readonly at: Date; readonly why: string } | null
}
