/** Keeps who leads a job. Each sentence below is a test in lease-store.contract.ts. */
export interface LeaseStore {
  /**
   * Takes or renews the lease on a job for `ms` milliseconds and answers its fencing number; answers undefined
   * while somebody else holds it. Time is the database's on PostgreSQL. Each new holder gets a higher number than
   * any before; renewing keeps it.
   */
  acquire(job: string, holder: string, ms: number, now: Date): Promise<number | undefined>

  /** Answers whether this fencing number is the newest of the job: a write under an older one must not happen. */
  holds(job: string, fence: number): Promise<boolean>

  /** Gives the lease back, if this holder has it. */
  release(job: string, holder: string): Promise<void>
}
