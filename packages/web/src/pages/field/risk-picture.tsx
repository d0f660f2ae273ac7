import { lazy, type ReactNode, Suspense } from "react"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { NoAgentsYet } from "../../components/no-agents-yet.tsx"
import { Section } from "../../components/page.tsx"
import { useRiskPicture } from "../../data/risk-picture-query.ts"
import { count } from "../../words/count.ts"
import { FieldKey } from "./field-key.tsx"
import { FieldTable } from "./field-table.tsx"

const Field = lazy(() => import("./field.tsx").then(({ Field: component }) => ({ default: component })))

/** Where the agents stand between what they can reach and what they do unasked. */
export function RiskPicture(): ReactNode {
  return (
    <Section title="Who reaches how much, how freely" beside={<FieldKey />}>
      <Loaded
        reading={readingOf(useRiskPicture())}
        what="The picture"
        loading={<FieldSkeleton />}
        isEmpty={({ agents }) => agents.length === 0}
        empty={
          <NoAgentsYet>
            As soon as a scan has seen one, it stands here between access and autonomy.
          </NoAgentsYet>
        }
        partial={({ left }) =>
          left > 0 ? `The riskiest are shown; ${count(left, "agent")} with less risk are not.` : null
        }
      >
        {({ agents }) => (
          <>
            <Suspense fallback={<FieldSkeleton />}>
              <Field agents={agents} />
            </Suspense>
            <FieldTable agents={agents} />
          </>
        )}
      </Loaded>
    </Section>
  )
}

function FieldSkeleton(): ReactNode {
  return <div aria-hidden="true" className="skeleton h-80" />
}
