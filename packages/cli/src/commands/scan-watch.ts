import { visibleText } from "@tabard/core"
import { type ScanReport } from "@tabard/scan"
import { reportChanges } from "./report-changes.ts"
import { type Delivery, SCAN_EXIT, type ScanDeps, scanOnce } from "./scan.ts"
import type { ScanArguments } from "./scan-arguments.ts"

/** What a standing watch needs besides what a scan needs. */
export interface WatchDeps extends ScanDeps {
  /** Waits so long, or until the watch is stopped. */
  pause(ms: number): Promise<void>
  /** Answers a number from 0 to below 1. */
  random(): number
}

/** What a watch was asked. */
export type WatchArguments = Pick<ScanArguments, "paths" | "quiet"> & { readonly every: number }

/** By how much a pause is longer or shorter, so that a thousand machines do not come at one moment. */
const JITTER = 0.1

/** How many times longer the pauses get while nothing succeeds, at most. */
const MOST_BACKING_OFF = 8

/**
 * Scans again and again until it is stopped, and says what changed since the scan before. A scan that fails and a server
 * that does not answer are told on stderr and end nothing; while they last, the pauses get longer. Answers 130.
 */
export async function watchScans(asked: WatchArguments, deps: WatchDeps): Promise<number> {
  let last: ScanReport | undefined
  let failures = 0
  while (!deps.signal.aborted) {
    const round = await watchRound(asked, deps, last)
    last = round.seen ?? last
    failures = round.failed ? failures + 1 : 0
    if (!deps.signal.aborted)
      await deps.pause(nextPause(asked.every, { failures, ...round, random: deps.random() }))
  }
  return SCAN_EXIT.interrupted
}

/** How one round of a watch went. */
interface Round {
  readonly seen: ScanReport | undefined
  readonly failed: boolean
  readonly afterSeconds: number | null
}

async function watchRound(
  asked: WatchArguments,
  deps: WatchDeps,
  last: ScanReport | undefined,
): Promise<Round> {
  let seen: ScanReport | undefined
  try {
    seen = await scanOnce(asked, deps)
    if (!seen) return { seen, failed: false, afterSeconds: null }
    if (!asked.quiet) deps.stdout.write(reportChanges(last, seen))
    const { code, afterSeconds }: Delivery = (await deps.push?.(seen)) ?? { code: 0, afterSeconds: null }
    return { seen, failed: code !== SCAN_EXIT.done, afterSeconds }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    deps.stderr.write(`This round failed, the next one comes all the same: ${visibleText(words)}\n`)
    return { seen, failed: true, afterSeconds: null }
  }
}

/** How long to wait before the next round: never less than a busy server asked for, nor more than a day. */
export function nextPause(
  every: number,
  { failures, afterSeconds, random }: { failures: number; afterSeconds: number | null; random: number },
): number {
  const backing = Math.min(2 ** Math.max(0, failures - 1), MOST_BACKING_OFF)
  const jittered = every * backing * (1 - JITTER + 2 * JITTER * random)
  return Math.min(Math.max(jittered, (afterSeconds ?? 0) * 1000), DAY_MS)
}

const DAY_MS = 24 * 60 * 60 * 1000
