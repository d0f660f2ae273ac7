import type { RiskLine } from "@tabard/api"
import { createContext, type ReactNode, useContext, useEffect, useState } from "react"
import { useClock } from "../../data/clock-context.ts"
import { useRiskLines } from "../../data/risk-lines-query.ts"
import { count } from "../../words/count.ts"
import { LINE, riskLinePath } from "./risk-line-shape.ts"

/** As many rows as are asked about together. */
const GROUP = 50

/** Whoever scrolls past asks for nothing. */
const PAUSE_MS = 150

const Lines = createContext<ReadonlyMap<string, RiskLine>>(new Map())

/** Reads the lines of the rows in sight, once the list stands still, for the cells within. */
export function RiskLinesInSight(props: {
  rows: readonly { readonly id: string }[]
  /** The first and the last row in sight. */
  from: number
  to: number
  children: ReactNode
}): ReactNode {
  const { rows, from, to } = props
  const first = useSettled(Math.floor(from / GROUP))
  const last = useSettled(Math.floor(to / GROUP))
  const groups = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) =>
    rows.slice((first + at) * GROUP, (first + at + 1) * GROUP).map(({ id }) => id),
  )
  const lines = useRiskLines(groups.filter((ids) => ids.length > 0))
  return <Lines value={lines}>{props.children}</Lines>
}

/** How one agent's score went in sixty days; nothing until it was read. */
export function RiskLineMark({ agent }: { agent: string }): ReactNode {
  const line = useContext(Lines).get(agent)
  const now = useClock()()
  if (!line || line.points.length === 0) return null
  const changes = line.points.length - 1
  return (
    <svg
      width={LINE.width}
      height={LINE.height}
      viewBox={`0 0 ${LINE.width} ${LINE.height}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.25"
      className="ml-auto shrink-0 max-md:hidden"
      role="img"
      aria-label={changes === 0 ? "No change in 60 days" : `${count(changes, "change")} in 60 days`}
    >
      <path d={riskLinePath(line.points, now)} />
    </svg>
  )
}

function useSettled(value: number): number {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
