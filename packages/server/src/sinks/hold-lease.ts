import { setTimeout as wait } from "node:timers/promises"
import type { LeaseDeps } from "@tabard/control"

/** How long a lease lasts without being renewed: another replica goes on within seconds. */
const LEASE_MS = 10_000

const RENEW_EVERY_MS = 3_000

/**
 * Does work that may take long under a lease that is renewed meanwhile; answers undefined where another process holds it.
 * The signal tells the work to stop: because `stop` does, or because the lease was lost.
 */
export async function holdLease<Result>(
  { transact, clock, holder }: LeaseDeps,
  { job, stop }: { readonly job: string; readonly stop: AbortSignal },
  work: (fence: number, signal: AbortSignal) => Promise<Result>,
): Promise<Result | undefined> {
  const acquire = (): Promise<number | undefined> =>
    transact(({ leases }) => leases.acquire(job, holder, LEASE_MS, clock.now()))
  const fence = await acquire()
  if (fence === undefined) return undefined
  const over = new AbortController()
  const lost = new AbortController()
  const renewing = renewUntil(over.signal, async () => {
    if ((await acquire().catch(() => undefined)) !== fence) lost.abort(new Error("the lease was lost"))
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
