import type { ReporterView } from "@tabard/api"
import {
  enrolmentCodeHash,
  enrolReporter,
  offerReporterEnrolment,
  revokeReporter,
  type ScanRecord,
} from "@tabard/control"
import { Problem, type Reporter, type ReporterActivity } from "@tabard/core"
import { z } from "zod"
import { verifyEnrolmentProof } from "../../oauth/enrolment-proof.ts"
import { given } from "../given.ts"
import type { Handlers } from "../handler.ts"
import { idPlace, type ListOrder, pageOf, TIME_PLACE } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { type Names, namesOf } from "../views/names.ts"
import { scanView } from "../views/overview-view.ts"

type ReporterOperations =
  | "listReporters"
  | "offerReporterEnrolment"
  | "revokeReporter"
  | "enrolReporter"
  | "listScans"

/** The machines that push what they scan, and the scans that there were. */
export function reporterHandlers(services: ApiServices): Pick<Handlers, ReporterOperations> {
  const { shelf, publicUrl, clock } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  return {
    listReporters: (_, asked) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(REPORTERS, asked, (from) => tx.reporters.list(from))
        const names = await namesOf(tx, { people: items.map(({ enrolledBy }) => enrolledBy) })
        return { items: items.map((reporter) => reporterView(reporter, names)), next }
      }),
    listScans: (_, { reporter, own, ...asked }) =>
      shelf.snapshot(async ({ observations }) => {
        const { items, next } = await pageOf(SCANS, asked, (from) =>
          observations.listScans({ ...given({ reporter, own }), ...from }),
        )
        return { items: items.map(scanView), next }
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

type KnownReporter = Reporter & ReporterActivity

const REPORTERS: ListOrder<KnownReporter, Pick<Reporter, "id" | "enrolledAt">> = {
  list: "reporters",
  placeOf: ({ id, enrolledAt }) => ({ id, enrolledAt }),
  place: z.object({ id: idPlace("reporter"), enrolledAt: TIME_PLACE }),
}

const SCANS: ListOrder<ScanRecord, Pick<ScanRecord, "id" | "finishedAt">> = {
  list: "scans",
  placeOf: ({ id, finishedAt }) => ({ id, finishedAt }),
  place: z.object({ id: idPlace("scan"), finishedAt: TIME_PLACE }),
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

function reporterView(reporter: KnownReporter, names: Names): ReporterView {
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
