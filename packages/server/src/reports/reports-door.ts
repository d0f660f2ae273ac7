import { admitReport, recordReport, refuseReport, requireReporter, TooSoon } from "@tabard/control"
import { Problem, type Reporter } from "@tabard/core"
import { Hono } from "hono"
import { type ApiServices, recordContext } from "../api/services.ts"
import { readBounded, TooLarge } from "../gateway/read-bounded.ts"
import { problemJson } from "../http/problem-json.ts"
import { replayGuard } from "../oauth/replay-guard.ts"
import { claimInThread } from "./claim-in-thread.ts"
import { assertDigest, type ReportProof, takeReportProof, verifyReportProof } from "./report-proof.ts"

/** The largest report that is read: some 20,000 agents. */
export const MAX_REPORT_BYTES: number = 16 * 1024 * 1024

/** How many reports this process reads and records at once, whoever sends them: each is held in memory whole. */
const MOST_AT_ONCE = 2

/** When to come back where that many are being taken. */
const BUSY_MS = 15_000

/** Where reporters push. A report is answered for once it is in the inventory, and not before. */
export function reportsDoor(services: ApiServices): Hono {
  const seats = { taken: 0 }
  const door = new Hono()
  door.post("/", async ({ req }) => {
    try {
      return Response.json(await takeReport(services, seats, req.raw))
    } catch (error) {
      if (!(error instanceof TooSoon)) throw error
      return tooSoon(error, services.clock.now())
    }
  })
  return door
}

/** What a reporter is told of a report that was taken. */
interface TakenReport {
  readonly scan: string
  readonly discovered: number
  /** In how many texts a secret had to be taken out. */
  readonly scrubbed: number
}

/** Who it is comes before what they say: nothing of the body is read for a stranger, or for somebody who sends too often. */
async function takeReport(
  services: ApiServices,
  seats: { taken: number },
  request: Request,
): Promise<TakenReport> {
  const { shelf, clock, publicUrl } = services
  const proof = await verifyReportProof(request.headers.get("authorization") ?? undefined, {
    url: `${publicUrl}/api/v1/reports`,
    now: clock.now(),
  })
  const reporter = await requireReporter(shelf, proof.thumbprint)
  await takeReportProof(replayGuard(shelf), proof)
  if (seats.taken >= MOST_AT_ONCE) throw busy(clock.now())
  seats.taken++
  try {
    await admitReport({ ...shelf, clock }, reporter)
    return await recordIt(services, reporter, { proof, request })
  } finally {
    seats.taken--
  }
}

async function recordIt(
  services: ApiServices,
  reporter: Reporter,
  { proof, request }: { proof: ReportProof; request: Request },
): Promise<TakenReport> {
  const deps = { ...recordContext(services), door: "reports", transact: services.shelf.transact } as const
  try {
    const body = await readReport(request, proof)
    const { report, scrubbed } = await claimInThread({ body, name: reporter.name, now: services.clock.now() })
    // It may have been revoked while it was sending.
    await requireReporter(services.shelf, proof.thumbprint)
    const { scan, discovered } = await recordReport(deps, reporter, report)
    return { scan, discovered: discovered.length, scrubbed }
  } catch (error) {
    await refuseReport(deps, reporter, error instanceof Problem ? error.code : "internal_error")
    throw error
  }
}

async function readReport(request: Request, proof: ReportProof): Promise<string> {
  const { headers } = request
  if (!headers.get("content-type")?.startsWith("application/json"))
    throw new Problem("report_invalid", "send the report as application/json")
  if (headers.has("content-encoding"))
    throw new Problem("report_invalid", "send the report as it is, without content-encoding")
  const body = await readBody(request)
  assertDigest(proof, body)
  return body
}

async function readBody({ body }: Request): Promise<string> {
  try {
    return await readBounded(body, MAX_REPORT_BYTES)
  } catch (cause) {
    if (cause instanceof TooLarge)
      throw new Problem("body_too_large", `the report is larger than ${MAX_REPORT_BYTES} bytes`, { cause })
    throw new Problem("report_invalid", "the report could not be read to its end as UTF-8 text", { cause })
  }
}

function busy(now: Date): TooSoon {
  const words = "this server is taking as many reports as it can; come back shortly"
  return new TooSoon(words, new Date(now.getTime() + BUSY_MS))
}

function tooSoon({ code, message, after }: TooSoon, now: Date): Response {
  const seconds = Math.max(1, Math.ceil((after.getTime() - now.getTime()) / 1000))
  return problemJson(429, code, message, { "retry-after": String(seconds) })
}
