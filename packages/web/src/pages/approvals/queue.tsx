import type { ApprovalView } from "@tabard/api"
import type { ReactNode } from "react"
import { rowLook } from "../../components/row-look.ts"
import { Said } from "../../components/said.tsx"
import { count } from "../../words/count.ts"
import { Countdown } from "./countdown.tsx"
import { subjectTitle } from "./question-words.ts"

/** Everything that waits, in the order in which it expires. */
export function Queue(props: {
  pending: readonly ApprovalView[]
  current: string
  onShow: (question: string) => void
}): ReactNode {
  return (
    <section aria-label="Waiting questions" className="lg:sticky lg:top-16">
      <h2 className="mb-2 text-small text-faint">{count(props.pending.length, "question")} waiting</h2>
      <ol className="border-t">
        {props.pending.map((question) => (
          <li key={question.id} className="border-b">
            <button
              type="button"
              data-row=""
              aria-current={question.id === props.current}
              onClick={() => props.onShow(question.id)}
              onFocus={(event) => event.currentTarget.matches(":focus-visible") && props.onShow(question.id)}
              className={`flex min-h-11 w-full items-center gap-3 px-3 text-left ${rowLook(question.id === props.current)}`}
            >
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">
                  <Said text={subjectTitle(question)} />
                </span>
                <span className="block truncate text-small text-faint">
                  <Said text={askedBy(question)} />
                </span>
              </span>
              <Countdown until={question.expiresAt} />
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Two questions of one agent are told apart by its words, where it says some. */
function askedBy({ agent, token }: ApprovalView): string {
  return token?.message ? `${agent.name}: ${token.message}` : agent.name
}
