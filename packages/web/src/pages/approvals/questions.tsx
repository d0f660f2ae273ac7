import type { ApprovalView, VerdictInput } from "@tabard/api"
import { getRouteApi } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useVerdict } from "../../data/approvals-query.ts"
import { QuestionCard } from "./question-card.tsx"
import { Queue } from "./queue.tsx"
import { useArmed } from "./use-armed.ts"
import { VerdictButtons } from "./verdict-buttons.tsx"

const route = getRouteApi("/approvals")

/** The card of one question beside the queue; an answer brings the next one at once. */
export function Questions({
  pending,
  nothing,
}: {
  pending: readonly ApprovalView[]
  nothing: ReactNode
}): ReactNode {
  const { question: asked } = route.useSearch()
  const navigate = route.useNavigate()
  const { mutate, error } = useVerdict()
  const current = pending.find((question) => question.id === asked) ?? pending[0]
  const show = (question: string | undefined): void =>
    void navigate({ search: question ? { question } : {}, replace: true })
  const answer = (verdict: VerdictInput["verdict"]): void => {
    if (!current?.mayAnswer) return
    show(after(pending, current)?.id)
    mutate({ id: current.id, verdict })
  }
  const armed = useArmed(current?.mayAnswer ? current.id : undefined, answer)
  return (
    <div className="space-y-3">
      {error && (
        <div className="max-w-3xl">
          <ProblemNote error={error} />
        </div>
      )}
      {!current && nothing}
      {current && (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,48rem)_minmax(0,20rem)] lg:gap-8">
          <QuestionCard key={current.id} question={current}>
            <VerdictButtons question={current} armed={armed} onVerdict={answer} />
          </QuestionCard>
          {pending.length > 1 && <Queue pending={pending} current={current.id} onShow={show} />}
        </div>
      )}
    </div>
  )
}

function after(pending: readonly ApprovalView[], current: ApprovalView): ApprovalView | undefined {
  const place = pending.indexOf(current)
  return pending[place + 1] ?? pending[place - 1]
}
