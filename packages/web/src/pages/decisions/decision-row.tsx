import type { DecisionView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Moment } from "../../components/moment.tsx"
import { rowLook } from "../../components/row-look.ts"
import { Said } from "../../components/said.tsx"
import { CODE_WORDS } from "../../words/decision-words.ts"
import { EffectMark } from "../audit/effect-mark.tsx"
import type { DecisionsSearch } from "./decisions-search.ts"

/** One decision as a row: the answer, about whom and what, and why; it opens beside its list. */
export function DecisionRow(props: {
  decision: DecisionView
  search: DecisionsSearch
  isOpen: boolean
}): ReactNode {
  const { decision, search, isOpen } = props
  return (
    <Link
      to="/decisions"
      search={{ ...search, decision: decision.id }}
      replace={isOpen}
      data-row=""
      className={`@container block px-3 ${rowLook(isOpen)}`}
    >
      <span className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 @xl:grid-cols-[6.5rem_minmax(0,1fr)_auto] @max-xl:[&>:first-child]:col-span-2">
        <EffectMark effect={decision.effect} />
        <span className="min-w-0">
          <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
            <span className="font-medium">
              <Said text={decision.agent.name} />
            </span>
            <code className="min-w-0 font-mono text-small wrap-anywhere text-soft">
              <Said text={decision.tool} />
            </code>
          </span>
          <span className="block truncate text-small text-faint">
            {decision.onBehalfOf && (
              <>
                for <Said text={decision.onBehalfOf.name} /> ·{" "}
              </>
            )}
            <Said text={CODE_WORDS[decision.code] ?? decision.code} />
          </span>
        </span>
        <span className="text-small leading-5 text-faint">
          <Moment at={decision.at} short />
        </span>
      </span>
    </Link>
  )
}
