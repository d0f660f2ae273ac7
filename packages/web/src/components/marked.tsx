import type { ReactNode } from "react"
import { markedParts } from "../words/match-marks.ts"
import { SaidPart } from "./said.tsx"

/** Shows text of an agent or a scan as data, with what was looked for marked in it. */
export function Marked({ text, words }: { text: string; words: readonly string[] }): ReactNode {
  return (
    <bdi>
      {markedParts(text, words).map((part, place) =>
        part.marked ? (
          // oxlint-disable-next-line react/no-array-index-key -- parts of one string have no other name
          <mark key={place} className="rounded-sm bg-accent-wash text-accent">
            <SaidPart text={part.text} />
          </mark>
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- parts of one string have no other name
          <SaidPart key={place} text={part.text} />
        ),
      )}
    </bdi>
  )
}
