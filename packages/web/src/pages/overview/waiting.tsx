import type { ApprovalView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { useApprovals } from "../../data/approvals-query.ts"
import { Countdown } from "../approvals/countdown.tsx"
import { questionWords } from "../approvals/question-words.ts"

const SHOWN = 5

/** The questions that wait, and for whom. */
export function Waiting(): ReactNode {
  return (
    <Section title="Waiting for you">
      <Frame>
        <Loaded
          reading={readingOf(useApprovals("pending"))}
          what="The questions"
          loading={<SkeletonLines lines={3} />}
          isEmpty={(page) => page.items.length === 0}
          empty={
            <EmptyFace title="Nothing waits for you">
              A question shows here when an agent wants to do what its policies leave to a person.
            </EmptyFace>
          }
          partial={() => null}
        >
          {(page) => (
            <ul>
              {[...page.items]
                .toSorted(yoursFirst)
                .slice(0, SHOWN)
                .map((question) => (
                  <li key={question.id} className="border-b last:border-b-0">
                    <QuestionRow question={question} />
                  </li>
                ))}
              {page.items.length > SHOWN && <MoreRow more={page.items.length - SHOWN} />}
            </ul>
          )}
        </Loaded>
      </Frame>
    </Section>
  )
}

function QuestionRow({ question }: { question: ApprovalView }): ReactNode {
  return (
    <Link
      to="/approvals"
      search={{ question: question.id }}
      data-row=""
      className="flex min-h-11 items-center gap-3 px-3 py-1.5 -outline-offset-2 hover:bg-panel"
    >
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          <Said text={questionWords(question)} />
        </span>
        <span className="block truncate text-small text-faint">
          {question.mayAnswer ? "You may answer" : "Others may answer"} · <Said text={question.resource} />
        </span>
      </span>
      <Countdown until={question.expiresAt} />
    </Link>
  )
}

function MoreRow({ more }: { more: number }): ReactNode {
  return (
    <li>
      <Link to="/approvals" search={{}} className="block px-3 py-2 text-accent hover:bg-panel">
        {more} more
      </Link>
    </li>
  )
}

function yoursFirst(a: ApprovalView, b: ApprovalView): number {
  return Number(b.mayAnswer) - Number(a.mayAnswer) || a.expiresAt.localeCompare(b.expiresAt)
}
