import type { LeaseDeps } from "./under-lease.ts"

/**
 * A lease that a process asks for again and again: renewed well before its end, and not at each asking. Whoever writes
 * under its number has the store compare it, so that a number that is not the newest any more changes nothing.
 */
export class HeldLease implements AsyncDisposable {
  readonly #deps: LeaseDeps
  readonly #job: string
  readonly #ms: number
  #answered: { readonly fence: number | undefined; readonly at: number } | undefined

  constructor(deps: LeaseDeps, { job, ms }: { readonly job: string; readonly ms: number }) {
    this.#deps = deps
    this.#job = job
    this.#ms = ms
  }

  /** Answers the fencing number, or undefined while another process leads. */
  async fence(): Promise<number | undefined> {
    const { transact, clock, holder } = this.#deps
    const now = clock.now()
    const age = this.#answered && Math.abs(now.getTime() - this.#answered.at)
    if (age === undefined || age >= this.#ms / 4) {
      const fence = await transact(({ leases }) => leases.acquire(this.#job, holder, this.#ms, now))
      this.#answered = { fence, at: now.getTime() }
    }
    return this.#answered?.fence
  }

  /** Has the next asking go to the store: somebody else has gone on. */
  forget(): void {
    this.#answered = undefined
  }

  /** Gives the lease back: whoever starts next leads at once, and need not wait for its end. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { transact, holder } = this.#deps
    await transact(({ leases }) => leases.release(this.#job, holder))
    this.#answered = undefined
  }
}
