import { type ReactNode, useState } from "react"
import { count } from "../words/count.ts"
import { Button } from "./button.tsx"
import { Said } from "./said.tsx"

const LINES_SHOWN = 14
const CHARACTERS_SHOWN = 1600

/** Shows text exactly, in mono; what is long is folded, and says how long it is. */
export function ExactText({ text, label }: { text: string; label: string }): ReactNode {
  const [open, setOpen] = useState(false)
  const short = shortened(text)
  return (
    <div className="overflow-hidden rounded-md border bg-panel">
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className="max-h-96 overflow-auto px-3 py-2 font-mono text-small break-words whitespace-pre-wrap -outline-offset-2"
      >
        <Said text={open ? text : short} />
      </pre>
      {short !== text && (
        <div className="border-t px-1 py-1">
          <Button look="quiet" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open
              ? "Show less"
              : `Show all ${count(text.split("\n").length, "line")}, ${count(text.length, "character")}`}
          </Button>
        </div>
      )}
    </div>
  )
}

/** Shows a value as the JSON it is. */
export function ExactJson({ value, label }: { value: unknown; label: string }): ReactNode {
  return <ExactText text={JSON.stringify(value, null, 2) ?? "null"} label={label} />
}

function shortened(text: string): string {
  const lines = text.split("\n")
  const few = lines.slice(0, LINES_SHOWN).join("\n").slice(0, CHARACTERS_SHOWN)
  return few.length < text.length ? `${few}…` : text
}
