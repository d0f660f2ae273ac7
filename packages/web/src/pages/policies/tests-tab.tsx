import type { PolicyTestView } from "@tabard/api"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { EmptyFace, SkeletonRows } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Section } from "../../components/page.tsx"
import { usePolicyTest } from "../../data/policy-test-query.ts"
import { useIsSteward } from "../../shell/signed-in-context.ts"
import { count } from "../../words/count.ts"
import { CaseRows, CaseSum } from "./case-rows.tsx"
import { CASES } from "./document-words.ts"
import { PolicyDocument } from "./policy-document.tsx"

const ROW = 61

/** What the kept cases come to by what is in force now, and the document in which they are kept. */
export function TestsTab(): ReactNode {
  const mayWrite = useIsSteward()
  const test = usePolicyTest({})
  return (
    <div className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-2">
      <Section
        title="What the cases come to"
        className="min-w-0"
        beside={test.data && <AskAgain test={test.data} busy={test.isFetching} onAsk={test.refetch} />}
      >
        <Loaded
          reading={readingOf(test)}
          what="What the cases come to"
          loading={<SkeletonRows rows={5} height={ROW} />}
          isEmpty={({ cases }) => cases.length === 0}
          empty={
            <EmptyFace title="No cases are kept yet">
              A case is a question about a call, and what the answer has to be. What is in force is held to it
              here, and a draft before it is in force.
            </EmptyFace>
          }
          partial={() => null}
        >
          {(read) => (
            <>
              <CaseSum test={read} />
              <CaseRows cases={read.cases} />
            </>
          )}
        </Loaded>
      </Section>
      <PolicyDocument place={{ kind: "cases", subject: "own" }} words={CASES} mayWrite={mayWrite} />
    </div>
  )
}

function AskAgain(props: { test: PolicyTestView; busy: boolean; onAsk: () => unknown }): ReactNode {
  const { length } = props.test.cases
  if (length === 0) return null
  return (
    <Button size="small" busy={props.busy} onClick={() => void props.onAsk()}>
      Ask {count(length, "case")} again
    </Button>
  )
}
