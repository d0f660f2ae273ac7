import type { ApprovalView } from "@tabard/api"
import type { ReactNode } from "react"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { capital } from "../../words/capital.ts"
import { listed } from "../../words/count.ts"
import { progressWords } from "./question-words.ts"

/** Who is asked, how many of them have agreed, and who that was. */
export function PutTo({ question }: { question: ApprovalView }): ReactNode {
  const { asked, agreed } = question
  return (
    <>
      {asked.map((one) => (
        <p key={one.who} className="flex flex-wrap gap-x-3">
          <span className="min-w-0">
            <Said text={capital(one.who)} />
          </span>
          {isSeveral(question) && <span className="whitespace-nowrap text-faint">{progressWords(one)}</span>}
        </p>
      ))}
      {agreed.map(({ by, at }) => (
        <p key={by.id} className="mt-0.5 text-small text-soft">
          <Said text={by.name} /> agreed <Moment at={at} />
        </p>
      ))}
      {agreed.length === 0 && <Approvers question={question} />}
    </>
  )
}

/** The few are named; of many it is said how many they are. */
function Approvers({ question: { approvers, approversCount } }: { question: ApprovalView }): ReactNode {
  const named = approvers.slice(0, NAMED).map(({ name }) => name)
  const others = approversCount - named.length
  if (named.length === 0) return null
  const all = others > 0 ? [...named, `${others} more`] : named
  return (
    <p className="mt-0.5 text-small text-faint">
      <Said text={listed(all)} />
    </p>
  )
}

const NAMED = 3

function isSeveral({ asked }: ApprovalView): boolean {
  return asked.length > 1 || asked.some(({ needed }) => needed > 1)
}
