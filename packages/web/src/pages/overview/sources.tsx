import type { ScanProgress } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { useNow } from "../../data/clock-context.ts"
import { useOwnScan, useReporters } from "../../data/sources-query.ts"
import { count } from "../../words/count.ts"
import { reporterStanding } from "../sources/reporter-standing.ts"
import { ScanState } from "./scan-state.tsx"

const REFRESH_MS = 60_000

/** Where all this comes from: what this server read last, and how the machines that report stand. */
export function Sources({ scan }: { scan: ScanProgress }): ReactNode {
  return (
    <div>
      <ScanState title="Sources" scan={scan} last={useOwnScan()} />
      <p className="mt-1.5 flex flex-wrap gap-x-3">
        <Machines />
        <Link to="/sources" className="text-accent hover:underline">
          All sources
        </Link>
      </p>
    </div>
  )
}

function Machines(): ReactNode {
  const now = useNow(REFRESH_MS)
  const reporters = useReporters().data?.items ?? []
  const standings = reporters.map((reporter) => reporterStanding(reporter, now).words)
  const [reporting, silent] = (["Reporting", "Silent"] as const).map(
    (words) => standings.filter((one) => one === words).length,
  )
  if (!reporting && !silent) return null
  return (
    <span>
      {count(reporting ?? 0, "machine reports", "machines report")}
      {silent !== undefined && silent > 0 && <span className="text-high">, {silent} silent for a week</span>}.
    </span>
  )
}
