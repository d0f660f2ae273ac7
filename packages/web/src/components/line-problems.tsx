import type { ReactNode, RefObject } from "react"
import { capital } from "../words/capital.ts"
import { type LineProblem, offsetOf } from "../words/problem-lines.ts"
import { Icon } from "./icon.tsx"
import { Said } from "./said.tsx"

/** What is wrong with a text, line by line; each leads to its place. */
export function LineProblems(props: {
  problems: readonly (LineProblem & { readonly next?: string })[]
  field: RefObject<HTMLTextAreaElement | null>
}): ReactNode {
  if (props.problems.length === 0) return null
  return (
    <ul aria-label="Problems" className="rounded-md bg-deny-wash px-1 py-1 text-deny">
      {props.problems.map((problem) => (
        <li key={`${problem.line}:${problem.column}:${problem.message}`}>
          <button
            type="button"
            onClick={() => goTo(props.field.current, problem)}
            className="flex w-full items-start gap-2 rounded px-2 py-1 text-left hover:underline"
          >
            <Icon name="warning" className="mt-0.5 size-4" />
            <span className="min-w-0 wrap-anywhere">
              <span className="font-medium">
                Line {problem.line}, column {problem.column}:
              </span>{" "}
              <Said text={problem.message} />
              {problem.next && (
                <span className="block text-ink">
                  <Said text={capital(problem.next)} />
                </span>
              )}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function goTo(field: HTMLTextAreaElement | null, problem: LineProblem): void {
  if (!field) return
  const at = offsetOf(field.value, problem)
  field.focus()
  field.setSelectionRange(at, at)
}
