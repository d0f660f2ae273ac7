import type { Clock } from "@tabard/core"
import { type AttemptBounds, Attempts } from "../../http/attempts.ts"

/** What one address, and everybody together, may begin: more than an office does, less than fills a disk. */
const BOUNDS: AttemptBounds = {
  perAddress: { burst: 300, perSecond: 5 },
  everybody: { burst: 6000, perSecond: 100 },
  own: 20,
  addresses: 20_000,
}

/**
 * Answers how long an address has to wait before it may begin another request of a client or a device; 0 where it may now.
 * Each is kept until a person answers it, and whoever begins one has proven nothing.
 */
export function begunRequests(clock: Clock): (address: string) => number {
  const begun = new Attempts(BOUNDS, clock)
  return (address) => {
    const attempt = begun.begin(address)
    return attempt.allowed ? 0 : Math.max(1, Math.ceil(attempt.retryAfterMs / 1000))
  }
}
