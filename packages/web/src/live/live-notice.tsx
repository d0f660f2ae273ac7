import type { ReactNode } from "react"
import { useNow } from "../data/clock-context.ts"
import { ASK_EVERY_MS, useLiveness } from "../data/liveness.ts"
import { exactTime, relativeTime } from "../words/time.ts"

const REFRESH_MS = 15_000

/** Says, where changes are not heard, that the page asks instead, and since when; otherwise nothing. */
export function LiveNotice(): ReactNode {
  const liveness = useLiveness()
  return (
    <p role="status" className="mr-1 min-w-0 truncate text-small text-ask empty:hidden">
      {liveness.kind === "away" && <Away since={liveness.since} />}
    </p>
  )
}

function Away({ since }: { since: number }): ReactNode {
  const now = useNow(REFRESH_MS)
  const at = new Date(since).toISOString()
  return (
    <span title={since > 0 ? `Changes were last heard at ${exactTime(at)}` : "No change was heard yet"}>
      Not live<span className="max-sm:hidden">; asking every {ASK_EVERY_MS / 1000} s</span>
      {since > 0 && <span className="max-lg:hidden">. Last heard {relativeTime(at, now)}</span>}
    </span>
  )
}
