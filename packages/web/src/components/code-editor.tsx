import { type KeyboardEvent, type ReactNode, type RefObject, useId } from "react"
import type { LineProblem } from "../words/problem-lines.ts"

/** As high as a line of the text, in pixels: the numbers beside it keep step. */
const LINE_PX = 20
const PADDING_PX = 8

/** A text of many lines that is written by hand: its lines are numbered, and those that are wrong are marked. */
export interface CodeEditorProps {
  readonly label: string
  readonly hint?: ReactNode
  readonly value: string
  readonly onChange: (value: string) => void
  readonly problems?: readonly LineProblem[]
  /** How many lines are there at least. */
  readonly lines?: number
  readonly maxLength: number
  readonly field?: RefObject<HTMLTextAreaElement | null>
  readonly onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void
}

/** Shows such a text to be written. */
export function CodeEditor(props: CodeEditorProps): ReactNode {
  const { label, hint, value, problems = [], lines = 12, field, maxLength, onChange, onKeyDown } = props
  const id = useId()
  const many = Math.max(lines, value.split("\n").length)
  const wrong = new Set(problems.map(({ line }) => line))
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block font-medium">
        {label}
      </label>
      <div className="max-h-[70vh] overflow-y-auto rounded-md border border-edge focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent">
        <div className="relative flex bg-ground font-mono text-small">
          <LineNumbers many={many} wrong={wrong} />
          <Bars wrong={wrong} />
          <textarea
            ref={field}
            id={id}
            aria-describedby={hint ? `${id}-hint` : undefined}
            aria-invalid={wrong.size > 0 || undefined}
            value={value}
            rows={many}
            wrap="off"
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            maxLength={maxLength}
            onChange={(event) => onChange(event.target.value)}
            onKeyDown={onKeyDown}
            className="relative min-w-0 flex-1 resize-none overflow-x-auto overflow-y-hidden bg-transparent px-2.5 py-2 leading-5 outline-none max-md:text-lead max-md:leading-5"
          />
        </div>
      </div>
      {hint && (
        <p id={`${id}-hint`} className="text-small text-faint">
          {hint}
        </p>
      )}
    </div>
  )
}

function LineNumbers({ many, wrong }: { many: number; wrong: ReadonlySet<number> }): ReactNode {
  return (
    <div
      aria-hidden="true"
      className="sticky left-0 z-10 shrink-0 border-r bg-panel px-2 py-2 text-right leading-5 text-faint select-none"
    >
      {Array.from({ length: many }, (_, at) => (
        <div key={at} className={wrong.has(at + 1) ? "font-semibold text-deny" : ""}>
          {at + 1}
        </div>
      ))}
    </div>
  )
}

/** What lies under the lines that are wrong. */
function Bars({ wrong }: { wrong: ReadonlySet<number> }): ReactNode {
  return [...wrong].map((line) => (
    <div
      key={line}
      aria-hidden="true"
      className="pointer-events-none absolute inset-x-0 bg-deny-wash"
      style={{ top: PADDING_PX + (line - 1) * LINE_PX, height: LINE_PX }}
    />
  ))
}
