import { setTimeout as wait } from "node:timers/promises"

/** Work that is done again and again until it is disposed of, which waits for the round that runs. */
export interface Repeating extends AsyncDisposable {
  /** Runs a round now, or after the one that runs. */
  nudge(): void
}

/**
 * Does `work` every `ms` milliseconds, one round at a time. A round that fails is told to `onFault`, and the next comes
 * all the same.
 */
export function repeat(
  ms: number,
  work: () => Promise<unknown>,
  onFault: (error: unknown) => void,
): Repeating {
  const stop = new AbortController()
  let wake = Promise.withResolvers<void>()

  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await work().catch(onFault)
      await Promise.race([
        wake.promise,
        wait(ms, undefined, { signal: stop.signal, ref: false }).catch(() => undefined),
      ])
      wake = Promise.withResolvers<void>()
    }
  }
  const running = run()
  return {
    nudge: () => wake.resolve(),
    async [Symbol.asyncDispose]() {
      stop.abort()
      wake.resolve()
      await running
    },
  }
}
