import { z } from "zod"

/** A machine that pushes what it scans, and what came of it. */
export interface ReporterView {
  readonly id: string
  readonly name: string
  readonly enrolledAt: string
  readonly enrolledBy: string
  readonly revokedAt: string | null
  readonly reports: number
  readonly lastReport: {
    readonly scan: string
    readonly at: string
    readonly agents: number
    readonly unreadable: number
  } | null
  readonly refused: number
  readonly lastRefusal: { readonly at: string; readonly why: string } | null
}

export const ReporterView: z.ZodType<ReporterView> = z.object({
  id: z.string(),
  name: z.string(),
  enrolledAt: z.string(),
  enrolledBy: z.string(),
  revokedAt: z.string().nullable(),
  reports: z.number(),
  lastReport: z
    .object({ scan: z.string(), at: z.string(), agents: z.number(), unreadable: z.number() })
    .nullable(),
  refused: z.number(),
  lastRefusal: z.object({ at: z.string(), why: z.string() }).nullable(),
})

/** What an enrolled reporter keeps beside its key, in a file of its user's alone. */
export interface EnrolledReporter {
  readonly reporter: string
  readonly name: string
  /** Where reports are sent. */
  readonly reports: string
  /** What fingerprints are made under, so that the same secret is known again on another machine. */
  readonly fingerprintKey: string
}

export const EnrolledReporter: z.ZodType<EnrolledReporter> = z.object({
  reporter: z.string(),
  name: z.string(),
  reports: z.string(),
  fingerprintKey: z.string(),
})
