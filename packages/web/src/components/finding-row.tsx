import type { FindingView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { FindingSubject } from "./finding-subject.tsx"
import { Moment } from "./moment.tsx"
import { rowLook } from "./row-look.ts"
import { Said } from "./said.tsx"
import { SeverityMark } from "./severity-mark.tsx"

/** One finding as a row: how bad, what, about whom, since when; it opens the finding beside its list. */
export function FindingRow(props: {
  finding: FindingView
  search: Readonly<Record<string, string>>
  isOpen?: boolean
}): ReactNode {
  const { finding, search, isOpen = false } = props
  return (
    <Link
      to="/findings"
      search={{ ...search, finding: finding.id }}
      replace={isOpen}
      data-row=""
      className={`@container block px-3 ${rowLook(isOpen)}`}
    >
      <span className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 @xl:grid-cols-[5.5rem_minmax(0,1fr)_auto] @max-xl:[&>:first-child]:col-span-2">
        <SeverityMark severity={finding.severity} />
        <span className="min-w-0">
          <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{finding.title}</span>
            <FindingSubject subject={finding.subject} />
          </span>
          <span className="block text-small wrap-anywhere text-faint">
            <Said text={finding.message} />
          </span>
        </span>
        <span className="text-small text-faint">
          <Moment at={finding.openedAt} short />
        </span>
      </span>
    </Link>
  )
}
