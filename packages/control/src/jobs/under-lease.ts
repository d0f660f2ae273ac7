import type { Clock } from "@tabard/core"
import type { Transact } from "../transaction.ts"

export interface LeaseDeps {
  readonly transact: Transact<"leases">
  readonly clock: Clock
  /** Names this process among replicas. */
  readonly holder: string
}

/** How long a lease lasts without being renewed: another replica takes over within seconds. */
const LEASE_MS = 10_000

/** Runs one round of a job if this process leads it; answers undefined where another does. */
export async function underLease<Result>(
  { transact, clock, holder }: LeaseDeps,
  job: string,
  work: (fence: number) => Promise<Result>,
): Promise<Result | undefined> {
  const fence = await transact(({ leases }) => leases.acquire(job, holder, LEASE_MS, clock.now()))
  return fence === undefined ? undefined : work(fence)
}
