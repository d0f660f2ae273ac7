import type { ReactNode } from "react"
import { useNow } from "../../data/clock-context.ts"
import { exactTime, timeLeft } from "../../words/time.ts"

const SOON_MS = 60_000

/** Shows how long a question still waits. */
export function Countdown({ until }: { until: string }): ReactNode {
  const now = useNow(1000)
  const soon = new Date(until).getTime() - now < SOON_MS
  return (
    <time
      dateTime={until}
      title={`Expires ${exactTime(until)}`}
      className={`shrink-0 text-small ${soon ? "font-medium text-deny" : "text-faint"}`}
    >
      {timeLeft(until, now)}
      <span className="sr-only"> left</span>
    </time>
  )
}
