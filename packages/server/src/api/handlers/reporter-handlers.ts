import type { ReporterView } from "@tabard/api"
import {
  enrolmentCodeHash,
  enrolReporter,
  offerReporterEnrolment,
  revokeReporter,
  type ScanRecord,
} from "@tabard/control"
import { Problem, type Reporter, type ReporterActivity } from "@tabard/core"
import { verifyEnrolmentProof } from "../../oauth/enrolment-proof.ts"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { type Names, namesOf } from "../views/names.ts"
import { scanView } from "../views/overview-view.ts"

type ReporterOperations =
  | "listReporters"
  | "offerReporterEnrolment"
  | "revokeReporter"
  | "enrolReporter"
  | "listScans"

/** How many of the newest a list holds. */
const NEWEST = 1000
const NEWEST_SCANS = 200

/** The machines that push what they scan, and the scans that there were. */
export function reporterHandlers(services: ApiServices): Pick<Handlers, ReporterOperations> {
  const { shelf, publicUrl, clock } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  return {
    listReporters: () =>
      shelf.snapshot(async (tx) => {
        const [found, names] = [await tx.reporters.list(NEWEST), await namesOf(tx, [])]
        return { items: found.map((reporter) => reporterView(reporter, names)), next: null }
      }),
    listScans: () =>
      shelf.snapshot(async ({ observations }) => {
        const newest = await observations.listScans(NEWEST_SCANS)
        return { items: withOwn(newest, await observations.newestOwnScan()).map(scanView), next: null }
      }),
    offerReporterEnrolment: async ({ user }, { name }) => {
      requireFingerprintKey(services)
      const { code, expiresAt } = await offerReporterEnrolment(deps, user, name)
      return { code, expiresAt: expiresAt.toISOString() }
    },
    revokeReporter: async ({ user }, { id, reason }) => {
      await revokeReporter(deps, user, { reporter: id, reason })
      return {}
    },
    enrolReporter: async (_, { code, proof }) => {
      const fingerprintKey = requireFingerprintKey(services)
      const key = await verifyEnrolmentProof(proof, { code, origin: publicUrl, now: clock.now() })
      const { id, name } = await enrolReporter(deps, { ...key, codeHash: enrolmentCodeHash(code) })
      return { reporter: id, name, reports: `${publicUrl}/api/v1/reports`, fingerprintKey }
    },
  }
}

/** Many machines push more scans than a list holds; the last one made here is told all the same. */
function withOwn(newest: readonly ScanRecord[], own: ScanRecord | undefined): readonly ScanRecord[] {
  return !own || newest.some(({ id }) => id === own.id) ? newest : [...newest, own]
}

/** In the spelling that this server's own scans use it in, so that both know a secret by one fingerprint. */
function requireFingerprintKey({ fingerprintKey }: ApiServices): string {
  if (!fingerprintKey) {
    throw new Problem(
      "reporters_unavailable",
      "this process does not play the role scanner, and so holds no fingerprint key: ask one that does",
    )
  }
  return Buffer.from(fingerprintKey).toString("base64")
}

function reporterView(reporter: Reporter & ReporterActivity, names: Names): ReporterView {
  const { id, name, enrolledAt, enrolledBy, revoked, reports, lastReport, refused, lastRefusal } = reporter
  return {
    id,
    name,
    enrolledAt: enrolledAt.toISOString(),
    enrolledBy: names.person(enrolledBy).name,
    revokedAt: revoked?.at.toISOString() ?? null,
    reports,
    lastReport: lastReport && { ...lastReport, at: lastReport.at.toISOString() },
    refused,
    lastRefusal: lastRefusal && { ...lastRefusal, at: lastRefusal.at.toISOString() },
  }
}
