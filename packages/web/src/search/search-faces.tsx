import type { ReactNode } from "react"
import { EmptyFace, FailedFace, SkeletonLines } from "../components/faces.tsx"
import { Said } from "../components/said.tsx"
import { count } from "../words/count.ts"
import type { EntriesRead } from "./use-entries.ts"

/** What a search says beneath its lines: that it reads, that it failed, or that there is nothing, and what was looked through. */
export function SearchFaces({ reading }: { reading: EntriesRead }): ReactNode {
  const { text, groups, isReading, error, retry } = reading
  const found = groups.reduce((sum, { entries }) => sum + entries.length, 0)
  if (error) return <FailedFace what="The search" error={error} since={0} retry={retry} />
  if (found === 0 && isReading) return <Reading />
  if (found === 0 && text !== "") return <Nothing text={text} />
  return (
    <p role="status" className="sr-only">
      {isReading ? "Searching" : `${count(found, "line")} to choose from`}
    </p>
  )
}

function Reading(): ReactNode {
  return (
    <div role="status">
      <span className="sr-only">Searching</span>
      <SkeletonLines lines={4} />
    </div>
  )
}

function Nothing({ text }: { text: string }): ReactNode {
  return (
    <div role="status">
      <EmptyFace
        title="Nothing found"
        next={
          <p className="text-small text-faint">
            An id, or how one begins, finds what it names: an agent, a decision, a question, a finding, an
            event.
          </p>
        }
      >
        No agent, person, team, server, tool, system, machine, rule or decision has words that begin like “
        <Said text={text} />
        ”.
      </EmptyFace>
    </div>
  )
}
