import type { Id, Reporter, ReporterActivity } from "@tabard/core"
import type { ObservedKind } from "../registry/observation-store.ts"

/** A one-time code that lets one machine be enrolled; only the code's hash is kept. */
export interface ReporterEnrolment {
  readonly codeHash: string
  readonly name: string
  readonly createdBy: Id<"user">
  readonly expiresAt: Date
}

/** How often a reporter may send: one report each `every` milliseconds, and `burst` of them at once after a rest. */
export interface ReportPace {
  readonly every: number
  readonly burst: number
}

/** What a reporter asks for when it begins to send. */
export interface ReportTurn {
  readonly now: Date
  /** When the turn is over although nobody said so: its process may have been killed. */
  readonly until: Date
  readonly pace: ReportPace
}

/** What came of asking: the turn, or when to ask again. */
export type ReportAdmission = { readonly kind: "admitted" } | { readonly kind: "wait"; readonly until: Date }

/** Keeps enrolled reporters. Each sentence below is a test in reporter-store.contract.ts. */
export interface ReporterStore {
  /** Rejects where the code's hash is taken. */
  offerEnrolment(enrolment: ReporterEnrolment): Promise<void>

  /** Takes an enrolment that has not expired: of any number of takers exactly one gets it, and it is gone. */
  takeEnrolment(codeHash: string, now: Date): Promise<ReporterEnrolment | undefined>

  /** Answers false, and keeps nothing, where the key's thumbprint is known in this organisation, also as a revoked one. */
  insert(reporter: Reporter): Promise<boolean>

  /** Answers the live reporter that holds the key of this thumbprint; a revoked one is nobody. */
  holderOf(thumbprint: string): Promise<Reporter | undefined>

  /** Answers the reporters of these ids, revoked ones too; one that is not here is left out. */
  of(ids: readonly Id<"reporter">[]): Promise<readonly Reporter[]>

  /** Answers reporters and what they sent, revoked ones too, the last enrolled first, those behind `after`. */
  list(page: {
    readonly after?: Pick<Reporter, "id" | "enrolledAt">
    readonly limit: number
  }): Promise<readonly (Reporter & ReporterActivity)[]>

  /** Revokes one live reporter and answers it as it then is; undefined where it is not there or revoked already. */
  revoke(id: Id<"reporter">, revoked: { by: Id<"user">; at: Date }): Promise<Reporter | undefined>

  /**
   * Gives a live reporter its turn to send. Of any number who ask at once exactly one gets it, nobody gets one before
   * it is over, nor faster than the pace. Undefined where there is no such live reporter.
   */
  admit(id: Id<"reporter">, turn: ReportTurn): Promise<ReportAdmission | undefined>

  /** Ends the turn, counts the report that was taken in it, and puts those that come next off by so many milliseconds. */
  finish(
    id: Id<"reporter">,
    report: NonNullable<ReporterActivity["lastReport"]>,
    putOff: number,
  ): Promise<void>

  /**
   * Ends the turn, and counts what was refused in it. Answers true where nobody was told of a refusal of this reporter
   * since `toldBefore`: of any number at once exactly one hears true, and is to tell.
   */
  refuse(
    id: Id<"reporter">,
    refusal: { readonly at: Date; readonly why: string; readonly toldBefore: Date },
  ): Promise<boolean>

  /** Answers the keys of this kind under which a reporter has ever seen something. */
  seenKeys(id: Id<"reporter">, kind: ObservedKind): Promise<readonly string[]>
}
