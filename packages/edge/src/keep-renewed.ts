import { setTimeout as wait } from "node:timers/promises"
import { type Now, Refused, type TokenSource } from "@tabard/client"

/** What keeping a token renewed needs. */
export interface RenewalDeps {
  readonly tokens: TokenSource
  readonly now: Now
  readonly signal: AbortSignal
  /** Hears once that the issuer gives no token any more; then nothing more is asked. */
  readonly onRefused: (refused: Refused) => void
}

/** How long to wait after a try that nobody answered, in milliseconds. */
const RETRY_MS = 5_000

/**
 * Renews a token before it ends until it is told to stop, so that no call waits for one, and so that an agent which does
 * nothing hears that it was stopped.
 */
export async function keepRenewed({ tokens, now, signal, onRefused }: RenewalDeps): Promise<void> {
  while (!signal.aborted) {
    const pause = await tokens.token().then(
      ({ renewAt }) => renewAt.getTime() - now().getTime(),
      (error: unknown) => (isFinal(error) ? error : RETRY_MS),
    )
    if (typeof pause !== "number") return onRefused(pause)
    await wait(Math.max(pause, 0), undefined, { signal }).catch(() => undefined)
  }
}

/** Answers whether the issuer has spoken of this agent, and not of its own state. */
export function isFinal(error: unknown): error is Refused {
  return error instanceof Refused && error.status >= 400 && error.status < 500 && error.status !== 429
}
