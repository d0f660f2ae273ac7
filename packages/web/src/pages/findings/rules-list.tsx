import type { RuleView } from "@tabard/api"
import { bySeverity } from "@tabard/core"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { SkeletonRows } from "../../components/faces.tsx"
import { Icon } from "../../components/icon.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { SeverityMark } from "../../components/severity-mark.tsx"
import { useRules } from "../../data/findings-query.ts"

/** Every rule with how many of its findings stand; those that found something first. */
export function RulesList(): ReactNode {
  return (
    <Loaded
      reading={readingOf(useRules())}
      what="The rules"
      loading={<SkeletonRows rows={10} height={ROW} />}
      isEmpty={() => false}
      empty={null}
      partial={() => null}
    >
      {({ items }) => (
        <ul aria-label="Rules" className="@container border-t">
          {items.toSorted(standingFirst).map((rule) => (
            <li key={rule.id} className="border-b">
              <RuleRow rule={rule} />
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  )
}

const ROW = 53
const GRID =
  "grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 px-3 py-2 @xl:grid-cols-[5.5rem_minmax(0,1fr)_auto] @max-xl:[&>:first-child]:col-span-2"

function RuleRow({ rule }: { rule: RuleView }): ReactNode {
  if (rule.open + rule.accepted === 0) {
    return (
      <p className={`${GRID} text-faint`}>
        <SeverityMark severity={rule.severity} />
        <span>{rule.title}</span>
        <span className="flex items-center gap-1 text-small">
          <Icon name="check" className="size-3 text-permit" />
          none
        </span>
      </p>
    )
  }
  return (
    <Link
      to="/findings"
      search={{ rule: rule.id, ...(rule.open === 0 && { state: "accepted" as const }) }}
      data-row=""
      className={`${GRID} -outline-offset-2 hover:bg-panel`}
    >
      <SeverityMark severity={rule.severity} />
      <span className="min-w-0">
        <span className="block font-medium">{rule.title}</span>
        <span className="block text-small text-faint">{rule.remediation}</span>
      </span>
      <span className="text-right">
        <span className="block font-medium">{rule.open} open</span>
        {rule.accepted > 0 && <span className="block text-small text-faint">{rule.accepted} accepted</span>}
      </span>
    </Link>
  )
}

function standingFirst(a: RuleView, b: RuleView): number {
  return (
    Number(b.open + b.accepted > 0) - Number(a.open + a.accepted > 0) ||
    bySeverity(a.severity, b.severity) ||
    b.open - a.open
  )
}
