import type { ReactNode } from "react"
import { textParts } from "../words/plain-text.ts"

/** Shows text of an agent or a scan as data: its direction stays inside, and what would hide is named. */
export function Said({ text }: { text: string }): ReactNode {
  return (
    <bdi>
      <SaidPart text={text} />
    </bdi>
  )
}

/** Shows a stretch of such a text, where what stands around it keeps the direction of the whole inside. */
export function SaidPart({ text }: { text: string }): ReactNode {
  return textParts(text).map((part, place) =>
    part.kind === "text" ? (
      part.text
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- parts of one string have no other name
      <span key={place} className="rounded-sm bg-deny-wash whitespace-nowrap px-0.5 font-mono text-deny">
        {part.text}
      </span>
    ),
  )
}
