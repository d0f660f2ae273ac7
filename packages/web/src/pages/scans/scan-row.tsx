import type { ScanView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Mark } from "../../components/mark.tsx"
import { Moment } from "../../components/moment.tsx"
import { rowLook } from "../../components/row-look.ts"
import { Said } from "../../components/said.tsx"
import { count, grouped } from "../../words/count.ts"
import { changeWords, tookWords } from "./scan-words.ts"
import type { ScansSearch } from "./scans-search.ts"

/** How a scan's line is laid out: by the width that the list has, not the screen. */
export const SCAN_GRID =
  "grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-0.5 px-3 @2xl:grid-cols-[minmax(0,0.8fr)_minmax(0,1.7fr)_8.5rem_5.5rem_4rem] @2xl:items-center"

/** One scan as a row: who read what, what it brought, what it could not read, how long and when. */
export function ScanRow(props: { scan: ScanView; reporter: string; search: ScansSearch }): ReactNode {
  const { scan, reporter, search } = props
  const isOpen = search.scan === scan.id
  return (
    <Link
      to="/scans"
      search={{ scan: scan.id }}
      replace={search.scan !== undefined}
      data-row=""
      className={`${rowLook(isOpen)} ${SCAN_GRID}`}
    >
      <span className="min-w-0">
        <span className="block truncate font-medium">
          <Said text={reporter} />
        </span>
        <code className="block truncate font-mono text-small text-faint">
          <Said text={scan.roots.join(", ")} />
        </code>
      </span>
      <span className="min-w-0 @max-2xl:order-3 @max-2xl:col-span-2">
        <span className="block">{changeWords(scan)}</span>
        {scan.result && (
          <span className="block truncate text-small text-faint">
            {count(scan.result.agents, "agent")}, {count(scan.result.servers, "server")},{" "}
            {count(scan.result.credentials, "credential")} in {grouped(scan.filesRead)} files
          </span>
        )}
      </span>
      <span className="flex min-w-0 @max-2xl:order-4 @max-2xl:text-small">
        {scan.unreadable.length === 0 ? (
          <span className="text-faint">All was read</span>
        ) : (
          <Mark icon="warning" tone="ask">
            {count(scan.unreadable.length, "place")} not read
          </Mark>
        )}
      </span>
      <span className="text-small text-faint @max-2xl:hidden">{tookWords(scan)}</span>
      <span className="text-right text-small text-faint">
        <Moment at={scan.finishedAt} short />
      </span>
    </Link>
  )
}
