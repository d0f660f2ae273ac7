import type { ReactNode } from "react"
import { useNow } from "../data/clock-context.ts"
import { exactTime, relativeTime, shortRelativeTime } from "../words/time.ts"

const REFRESH_MS = 15_000

/** Shows how long ago something was, with the exact time on hover. */
export function Moment({ at, short = false }: { at: string; short?: boolean }): ReactNode {
  const now = useNow(REFRESH_MS, at)
  return (
    <time dateTime={at} title={exactTime(at)}>
      {short ? shortRelativeTime(at, now) : relativeTime(at, now)}
    </time>
  )
}
