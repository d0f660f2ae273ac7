import { type PushAnswer, pushReport, type ReporterCredentials } from "@tabard/client"
import { type Clock, visibleText } from "@tabard/core"
import { type ScanReport } from "@tabard/scan"
import type { Delivery, ScanDeps } from "./scan.ts"
import { SCAN_EXIT } from "./scan.ts"
import type { UnsentReports } from "./unsent-reports.ts"

/** What sending reports needs. */
export interface PushDeps {
  readonly credentials: ReporterCredentials
  readonly unsent: UnsentReports
  readonly stderr: ScanDeps["stderr"]
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** Codes of a refusal that no later try will change: what is refused so is not kept. */
const HOPELESS: readonly string[] = ["report_invalid", "body_too_large"]

/**
 * Sends the reports that waited, the oldest first, and then this one; says on stderr what came of it. What could not be
 * sent is kept, and goes with the next.
 */
export async function pushScan(deps: PushDeps, report: ScanReport): Promise<Delivery> {
  const body = JSON.stringify(report)
  for (const name of await deps.unsent.waiting()) {
    const answer = await send(deps, await deps.unsent.read(name))
    if (!isOver(answer)) return keep(deps, { report, body, answer })
    say(deps, answer, "An earlier report")
    await deps.unsent.drop(name)
  }
  const answer = await send(deps, body)
  if (!isOver(answer)) return keep(deps, { report, body, answer })
  say(deps, answer, "The report")
  return { code: answer.kind === "taken" ? SCAN_EXIT.done : SCAN_EXIT.refused, afterSeconds: null }
}

function send({ credentials, clock, signal }: PushDeps, body: string): Promise<PushAnswer> {
  return pushReport(credentials, body, { signal, now: () => clock.now() })
}

function isOver(answer: PushAnswer): boolean {
  return answer.kind === "taken" || (answer.kind === "refused" && HOPELESS.includes(answer.code))
}

async function keep(
  deps: PushDeps,
  { report, body, answer }: { report: ScanReport; body: string; answer: PushAnswer },
): Promise<Delivery> {
  await deps.unsent.keep(report, body)
  say(deps, answer, "The report")
  return answer.kind === "later"
    ? { code: SCAN_EXIT.notDelivered, afterSeconds: answer.afterSeconds }
    : { code: SCAN_EXIT.refused, afterSeconds: null }
}

function say({ stderr, credentials }: PushDeps, answer: PushAnswer, what: string): void {
  stderr.write(`${visibleText(sentence(answer, what, new URL(credentials.reports).origin))}\n`)
}

function sentence(answer: PushAnswer, what: string, origin: string): string {
  switch (answer.kind) {
    case "taken":
      return `${what} is recorded at ${origin}: ${news(answer)}`
    case "later":
      return `${what} is kept and goes with the next run: ${answer.why}${when(answer)}`
    case "refused":
      return isOver(answer)
        ? `${what} was refused by ${origin}, and is not kept: ${answer.why}`
        : `${what} was refused by ${origin}, and is kept: ${answer.why}`
  }
}

function news({ discovered, scrubbed }: PushAnswer & { kind: "taken" }): string {
  const found = `${discovered} new agent${discovered === 1 ? "" : "s"}`
  return scrubbed === 0 ? found : `${found}; it took a secret out of ${scrubbed} of its texts`
}

function when({ afterSeconds }: PushAnswer & { kind: "later" }): string {
  return afterSeconds === null ? "" : ` (come back in ${afterSeconds} s)`
}
