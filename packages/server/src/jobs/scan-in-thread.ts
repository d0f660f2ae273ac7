import { Worker } from "node:worker_threads"
import type { Clock } from "@tabard/core"
import type { ScanProgress, ScanReport } from "@tabard/scan"
import type { ScanQuestion, ScanWord } from "./scan-protocol.ts"

/** The thread's file has the ending of this one: the published package holds JavaScript. */
const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "./scan-thread.ts" : "./scan-thread.js",
  import.meta.url,
)

/** What the largest homes and repositories take, several times over. */
const MAX_HEAP_MB = 2048

/** How a scan is followed and stopped. */
export interface ScanFollowing {
  readonly clock: Clock
  readonly onProgress: (progress: ScanProgress) => void
  readonly signal: AbortSignal
}

/**
 * Answers what a scan of these places saw, made in a thread of its own: decisions go on meanwhile, and a file that was
 * made to take all memory takes the scan with it and nothing else. Rejects where `signal` is aborted, and where the thread
 * dies before it has answered.
 */
export async function scanInThread(
  question: Omit<ScanQuestion, "now">,
  { clock, onProgress, signal }: ScanFollowing,
): Promise<ScanReport> {
  signal.throwIfAborted()
  const asked: ScanQuestion = { ...question, now: clock.now().toISOString() }
  const thread = new Worker(THREAD, {
    workerData: asked,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  })
  const { promise, resolve, reject } = Promise.withResolvers<ScanReport>()
  const stop = (): void => reject(signal.reason)
  signal.addEventListener("abort", stop, { once: true })
  thread.on("message", (word: ScanWord) => {
    if (word.kind === "progress") onProgress(word.progress)
    else resolve({ ...word.report, finishedAt: clock.now().toISOString() })
  })
  thread.once("error", reject)
  thread.once("exit", () => reject(new Error("the thread that scans ended before it answered")))
  try {
    return await promise
  } finally {
    signal.removeEventListener("abort", stop)
    await thread.terminate()
  }
}
