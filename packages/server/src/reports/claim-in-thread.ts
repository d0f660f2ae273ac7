import { once } from "node:events"
import { Worker } from "node:worker_threads"
import { Problem } from "@tabard/core"
import type { ClaimAnswer, ClaimQuestion } from "./claim-protocol.ts"
import type { ClaimedReport } from "./claim-report.ts"

/** The thread's file has the ending of this one: the published package holds JavaScript. */
const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "./claim-thread.ts" : "./claim-thread.js",
  import.meta.url,
)

/** A report of the largest size takes some seconds; what takes longer was made to. */
const PATIENCE_MS = 60_000

/** The memory that reading the largest report takes, three times over. */
const MAX_HEAP_MB = 768

/**
 * Answers what is believed of a report, read in a thread of its own: decisions go on meanwhile, and a report that was made
 * to take all time or memory takes its own thread with it and nothing else.
 *
 * @throws {Problem} report_invalid
 */
export async function claimInThread(question: ClaimQuestion): Promise<ClaimedReport> {
  const thread = new Worker(THREAD, {
    workerData: question,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  })
  try {
    const answer = await firstWord(thread)
    if (answer.kind === "claimed") return answer.claimed
    throw new Problem("report_invalid", answer.why)
  } finally {
    await thread.terminate()
  }
}

async function firstWord(thread: Worker): Promise<ClaimAnswer> {
  try {
    const [answer]: ClaimAnswer[] = await once(thread, "message", {
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (answer) return answer
  } catch (cause) {
    if (!isItsFault(cause)) throw cause
    throw new Problem("report_invalid", "the report takes too long or too much memory to read", { cause })
  }
  throw new Error("a thread that reads a report says what came of it")
}

function isItsFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error.name === "AbortError" || ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY")
}
