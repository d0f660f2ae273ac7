import type { Clock } from "@tabard/core"
import { type AttemptBounds, Attempts } from "../../http/attempts.ts"

/** What one address or install, and everybody together, may begin: more than an office does, less than fills a disk. */
const BOUNDS: AttemptBounds = {
  perAddress: { burst: 300, perSecond: 5 },
  everybody: { burst: 6000, perSecond: 100 },
  own: 20,
  addresses: 20_000,
}

/**
 * Answers how long an address has to wait before it may begin another request of a client or a device, or an install
 * before it asks a person again; 0 where it may now. Each is kept until a person answers it.
 */
export function begunRequests(clock: Clock): (who: string) => number {
  const begun = new Attempts(BOUNDS, clock)
  return (who) => {
    const attempt = begun.begin(who)
    return attempt.allowed ? 0 : Math.max(1, Math.ceil(attempt.retryAfterMs / 1000))
  }
}
