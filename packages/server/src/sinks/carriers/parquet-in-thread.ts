import { once } from "node:events"
import { Worker } from "node:worker_threads"
import { type JsonObject, writeLossless } from "@tabard/core"

/** The thread's file has the ending of this one: the published package holds JavaScript. */
const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "./parquet-thread.ts" : "./parquet-thread.js",
  import.meta.url,
)

/** What the largest portion takes, several times over. */
const MAX_HEAP_MB = 512

/** Answers rows as a Parquet file, made in a thread of its own: decisions go on meanwhile. */
export async function parquetInThread(rows: readonly JsonObject[], signal: AbortSignal): Promise<Uint8Array> {
  // As text, since a number that was kept as it was written is none of what threads hand each other.
  const workerData: readonly string[] = rows.map(writeLossless)
  const thread = new Worker(THREAD, {
    workerData,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  })
  try {
    const [bytes]: unknown[] = await once(thread, "message", { signal })
    if (bytes instanceof Uint8Array) return bytes
    throw new Error("the thread that makes Parquet answers with bytes")
  } finally {
    await thread.terminate()
  }
}
