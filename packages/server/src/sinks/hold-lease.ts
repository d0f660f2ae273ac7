import { setTimeout as wait } from "node:timers/promises"
import type { HeldLease } from "@tabard/control"

/** How often a lease is asked for while work goes on: well before its end. */
const RENEW_EVERY_MS = 2_500

/**
 * Does work that may take long under a lease that is renewed meanwhile; answers undefined where another process holds it.
 * The signal tells the work to stop: because `stop` does, or because the lease was lost.
 */
export async function holdLease<Result>(
  lease: HeldLease,
  stop: AbortSignal,
  work: (fence: number, signal: AbortSignal) => Promise<Result>,
): Promise<Result | undefined> {
  const fence = await lease.fence()
  if (fence === undefined) return undefined
  const over = new AbortController()
  const lost = new AbortController()
  const renewing = renewUntil(over.signal, async () => {
    const now = await lease.fence().catch(() => undefined)
    if (now !== fence) lost.abort(new Error("the lease was lost"))
  })
  try {
    return await work(fence, AbortSignal.any([stop, lost.signal]))
  } finally {
    over.abort()
    await renewing
  }
}

async function renewUntil(over: AbortSignal, renew: () => Promise<void>): Promise<void> {
  while (!over.aborted) {
    await wait(RENEW_EVERY_MS, undefined, { signal: over, ref: false }).catch(() => undefined)
    if (!over.aborted) await renew()
  }
}
