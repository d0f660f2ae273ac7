import { type Clock, Problem, type Reporter } from "@tabard/core"
import type { Snapshot, Transact } from "../transaction.ts"
import type { ReportPace } from "./reporter-store.ts"

/** What admitting a report needs. */
export interface AdmitReportDeps {
  readonly transact: Transact<"reporters">
  readonly clock: Clock
}

/** Twelve an hour for a standing watch with room to spare, and six at once for a person who tries things out. */
export const REPORT_PACE: ReportPace = { every: 5 * 60 * 1000, burst: 6 }

/** How long a report may take to arrive and be recorded; after a crash the next one waits as long. */
const TURN_MS = 2 * 60 * 1000

/** A request that came too soon, and when to come back. */
export class TooSoon extends Problem {
  readonly after: Date

  constructor(message: string, after: Date) {
    super("too_many_requests", message)
    this.after = after
  }
}

/**
 * Answers the live reporter that holds the key of this thumbprint.
 *
 * @throws {Problem} reporter_unknown
 */
export async function requireReporter(
  { snapshot }: { readonly snapshot: Snapshot<"reporters"> },
  thumbprint: string,
): Promise<Reporter> {
  const reporter = await snapshot(({ reporters }) => reporters.holderOf(thumbprint))
  return reporter ?? stranger()
}

/**
 * Gives a reporter its turn: one report at a time, and no faster than the pace, on any number of replicas. A turn that was
 * given ends with recordReport or refuseReport.
 *
 * @throws {Problem} reporter_unknown
 * @throws {TooSoon}
 */
export async function admitReport({ transact, clock }: AdmitReportDeps, reporter: Reporter): Promise<void> {
  const now = clock.now()
  const until = new Date(now.getTime() + TURN_MS)
  const answer = await transact(({ reporters }) =>
    reporters.admit(reporter.id, { now, until, pace: REPORT_PACE }),
  )
  if (!answer) stranger()
  if (answer.kind === "wait") {
    throw new TooSoon("this reporter's last report is still being taken, or it sends too often", answer.until)
  }
}

function stranger(): never {
  throw new Problem(
    "reporter_unknown",
    "this machine is not enrolled here (any more); enrol it with a new code: tabard reporters enroll",
  )
}
