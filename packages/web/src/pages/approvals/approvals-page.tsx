import type { ApprovalView } from "@tabard/api"
import type { ReactNode } from "react"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Frame, Page } from "../../components/page.tsx"
import { useApprovals } from "../../data/approvals-query.ts"
import { Answered } from "./answered.tsx"
import { Questions } from "./questions.tsx"

/** The questions that agents have to people, one at a time. */
export function ApprovalsPage(): ReactNode {
  return (
    <Page title="Approvals">
      <Loaded
        reading={readingOf(useApprovals("pending"))}
        what="The questions"
        loading={
          <Frame className="max-w-3xl">
            <SkeletonLines lines={9} />
          </Frame>
        }
        isEmpty={() => false}
        empty={null}
        partial={(page) => (page.next === null ? null : "More questions wait than are shown here.")}
      >
        {(page) => <Questions pending={inOrder(page.items)} nothing={<NothingWaits />} />}
      </Loaded>
      <Answered />
    </Page>
  )
}

function NothingWaits(): ReactNode {
  return (
    <Frame className="max-w-3xl">
      <EmptyFace title="Nothing waits for an answer">
        When an agent wants to do what its policies leave to a person, the question shows here and the call
        waits.
      </EmptyFace>
    </Frame>
  )
}

// What may be answered comes first, and of it what expires first.
function inOrder(questions: readonly ApprovalView[]): readonly ApprovalView[] {
  return questions.toSorted(
    (a, b) => Number(b.mayAnswer) - Number(a.mayAnswer) || a.expiresAt.localeCompare(b.expiresAt),
  )
}
