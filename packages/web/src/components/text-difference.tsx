import type { PolicyComparisonView } from "@tabard/api"
import type { ReactNode } from "react"
import { count } from "../words/count.ts"
import { foldDifference } from "../words/fold-difference.ts"
import { Said } from "./said.tsx"

const LOOKS = {
  same: { sign: " ", word: "", look: "text-soft" },
  added: { sign: "+", word: "added: ", look: "bg-permit-wash text-permit" },
  removed: { sign: "−", word: "taken away: ", look: "bg-deny-wash text-deny" },
} as const

/** Shows what is otherwise in a text, line by line; what stayed the same is folded but for what stands around. */
export function TextDifference({ lines, label }: PolicyComparisonView & { label: string }): ReactNode {
  if (lines.every(({ kind }) => kind === "same")) return <p className="text-soft">Nothing is otherwise.</p>
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className="relative max-h-96 overflow-auto rounded-md border bg-panel py-1 font-mono text-small [font-variant-ligatures:none] -outline-offset-2"
    >
      {foldDifference(lines).map((part, at) =>
        part.kind === "folded" ? (
          // oxlint-disable-next-line react/no-array-index-key -- lines of one text have no other name
          <div key={at} className="py-0.5 pl-7 font-sans text-faint">
            {count(part.lines, "line")} as before
          </div>
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- lines of one text have no other name
          <div key={at} className={`flex gap-2 px-3 ${LOOKS[part.kind].look}`}>
            <span aria-hidden="true" className="w-2 shrink-0 select-none">
              {LOOKS[part.kind].sign}
            </span>
            <span className="sr-only">{LOOKS[part.kind].word}</span>
            <span className="min-w-0 wrap-anywhere whitespace-pre-wrap">
              <Said text={part.text} />
            </span>
          </div>
        ),
      )}
    </div>
  )
}
