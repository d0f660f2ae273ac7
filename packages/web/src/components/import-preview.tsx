import type { ReactNode } from "react"
import { count } from "../words/count.ts"
import type { IconName } from "./icon.tsx"
import { Mark, type Tone } from "./mark.tsx"
import { Said } from "./said.tsx"

type LineDoes = "enter" | "change" | "nothing" | "refused"

/** What an import does with one line of a file. */
export interface ImportedLine {
  readonly line: number
  readonly name: string
  readonly does: LineDoes
  readonly says: readonly string[]
}

const LOOKS: Readonly<Record<LineDoes, { words: string; icon: IconName; tone: Tone }>> = {
  refused: { words: "Refused", icon: "warning", tone: "deny" },
  enter: { words: "Enters", icon: "plus", tone: "permit" },
  change: { words: "Changes", icon: "proposed", tone: "ask" },
  nothing: { words: "Nothing", icon: "check", tone: "faint" },
}
const ORDER: readonly LineDoes[] = ["refused", "enter", "change", "nothing"]
const SHOWN = 200

/** What an import does, or would do, line by line; what is refused stands first. */
export function ImportPreview(props: {
  /** All of it in one sentence. */
  sum: string
  lines: readonly ImportedLine[]
  ignoredColumns: readonly string[]
}): ReactNode {
  const lines = props.lines.toSorted((a, b) => ORDER.indexOf(a.does) - ORDER.indexOf(b.does))
  const refused = lines.filter(({ does }) => does === "refused").length
  return (
    <div className="space-y-2">
      <p role="status">
        {props.sum}
        {refused > 0 && (
          <span className="text-deny"> {count(refused, "line")} cannot be taken in, so none is.</span>
        )}
      </p>
      {props.ignoredColumns.length > 0 && (
        <p className="text-small text-ask">
          Passed over, since nobody knows them: <Said text={props.ignoredColumns.join(", ")} />
        </p>
      )}
      <ul className="max-h-64 overflow-y-auto rounded-md border" tabIndex={0} aria-label="Line by line">
        {lines.slice(0, SHOWN).map((line) => (
          <li
            key={line.line}
            className="grid grid-cols-[2.5rem_5.5rem_minmax(0,1fr)] items-start gap-x-2 border-b px-3 py-1.5 last:border-b-0"
          >
            <span className="text-faint">{line.line}</span>
            <Mark icon={LOOKS[line.does].icon} tone={LOOKS[line.does].tone}>
              {LOOKS[line.does].words}
            </Mark>
            <span className="min-w-0">
              <span className="block truncate">
                <Said text={line.name} />
              </span>
              {line.says.map((words) => (
                <span key={words} className="block text-small wrap-anywhere text-faint">
                  <Said text={words} />
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {lines.length > SHOWN && (
        <p className="text-small text-faint">and {count(lines.length - SHOWN, "more line", "more lines")}</p>
      )}
    </div>
  )
}
