import { CATEGORIES } from "@tabard/core"
import type { ReactNode } from "react"
import { categoryWords } from "../../words/agent-words.ts"
import { markPath } from "./mark-path.ts"

const MARK = 4.5

/** What the shapes of the picture stand for. */
export function FieldKey(): ReactNode {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-small text-soft" aria-label="What the marks stand for">
      {[...CATEGORIES, null].map((category) => (
        <li key={category} className="flex items-center gap-1.5">
          <Sample d={markPath(category, MARK)} className="fill-soft" />
          {categoryWords(category).label}
        </li>
      ))}
      <li className="flex items-center gap-1.5">
        <Sample d={markPath("local", MARK + 1)} className="fill-none stroke-soft" />
        No owner
      </li>
    </ul>
  )
}

function Sample(props: { d: string; className: string }): ReactNode {
  return (
    <svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">
      <path {...props} strokeWidth="1.25" />
    </svg>
  )
}
