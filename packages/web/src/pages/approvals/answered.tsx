import type { ApprovalView } from "@tabard/api"
import type { ReactNode } from "react"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import type { IconName } from "../../components/icon.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Mark, type Tone } from "../../components/mark.tsx"
import { Moment } from "../../components/moment.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { useApprovals } from "../../data/approvals-query.ts"
import { listed } from "../../words/count.ts"
import { subjectWords, targetOf } from "./question-words.ts"

const LOOKS: Readonly<Record<ApprovalView["state"], { icon: IconName; tone: Tone; word: string }>> = {
  pending: { icon: "proposed", tone: "calm", word: "Waiting" },
  approved: { icon: "active", tone: "permit", word: "Approved" },
  denied: { icon: "ended", tone: "deny", word: "Denied" },
  expired: { icon: "proposed", tone: "faint", word: "Expired" },
  cancelled: { icon: "dismissed", tone: "faint", word: "Withdrawn" },
}

/** What was asked before, and how it was answered. */
export function Answered(): ReactNode {
  return (
    <Section title="Answered" className="mt-10 max-w-[70rem]">
      <Frame>
        <Loaded
          reading={readingOf(useApprovals())}
          what="The answered questions"
          loading={<SkeletonLines lines={4} />}
          isEmpty={(page) => answeredOf(page.items).length === 0}
          empty={
            <EmptyFace title="Nothing has been answered yet">
              Every answer stays here, with who gave it.
            </EmptyFace>
          }
          partial={() => null}
        >
          {(page) => (
            <ol>
              {answeredOf(page.items).map((question) => (
                <AnsweredRow key={question.id} question={question} />
              ))}
            </ol>
          )}
        </Loaded>
      </Frame>
    </Section>
  )
}

function AnsweredRow({ question }: { question: ApprovalView }): ReactNode {
  const { word, ...look } = LOOKS[question.state]
  const target = targetOf(question)
  return (
    <li className="grid min-h-9 grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-x-3 border-b px-3 py-1.5 last:border-b-0 md:grid-cols-[6.5rem_minmax(0,1fr)_16rem]">
      <Mark {...look}>{word}</Mark>
      <span className="min-w-0 truncate">
        <Said text={`${question.agent.name}: ${subjectWords(question)}`} />{" "}
        {target !== undefined && (
          <span className="font-mono text-small text-faint">
            <Said text={target} />
          </span>
        )}
      </span>
      <span className="truncate text-small text-faint max-md:col-start-2 md:text-right">
        {question.answeredBy && (
          <>
            by <Said text={answeredBy(question)} />{" "}
          </>
        )}
        {question.answeredAt !== null && <Moment at={question.answeredAt} />}
        {question.state === "approved" && (question.spent ? ", used" : ", not used")}
      </span>
    </li>
  )
}

/** Everybody who agreed, or the one who did not. */
function answeredBy({ state, agreed, answeredBy: last }: ApprovalView): string {
  return state === "approved" && agreed.length > 1
    ? listed(agreed.map(({ by }) => by.name))
    : (last?.name ?? "")
}

function answeredOf(questions: readonly ApprovalView[]): readonly ApprovalView[] {
  return questions.filter((question) => question.state !== "pending")
}
