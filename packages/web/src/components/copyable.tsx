import { type ReactNode, useEffect, useState } from "react"
import { plainText } from "../words/plain-text.ts"
import { Icon } from "./icon.tsx"

const SHOWN_MS = 1500

/** Shows something that people carry elsewhere, with a button that copies all of it. */
export function Copyable({
  text,
  shown = text,
  what,
}: {
  text: string
  shown?: string
  what: string
}): ReactNode {
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1">
      <code className="min-w-0 truncate font-mono text-small" title={plainText(text)}>
        {plainText(shown)}
      </code>
      <CopyButton text={text} what={what} />
    </span>
  )
}

/** Shows a command or a key in full, in a box of its own, to be copied. */
export function CopyableBlock({ text, what }: { text: string; what: string }): ReactNode {
  return (
    <div className="flex items-start gap-2 rounded-md border bg-panel py-2 pr-2 pl-3">
      <code className="min-w-0 flex-1 py-0.5 font-mono text-small wrap-anywhere whitespace-pre-wrap">
        {plainText(text)}
      </code>
      <CopyButton text={text} what={what} />
    </div>
  )
}

function CopyButton({ text, what }: { text: string; what: string }): ReactNode {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle")
  useEffect(() => {
    if (state === "idle") return
    const timer = setTimeout(() => setState("idle"), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [state])
  const copy = (): void =>
    void navigator.clipboard.writeText(text).then(
      () => setState("copied"),
      () => setState("refused"),
    )
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={`Copy ${what}`}
      title={state === "refused" ? "The browser refused: select the text and copy it" : `Copy ${what}`}
      className="grid size-6 shrink-0 place-items-center rounded text-faint hover:bg-hover hover:text-ink"
    >
      <Icon name={ICONS[state]} className={state === "copied" ? "size-3.5 text-permit" : "size-3.5"} />
      <span role="status" className="sr-only">
        {state === "copied" ? "Copied" : ""}
      </span>
    </button>
  )
}

const ICONS = { idle: "copy", copied: "check", refused: "cross" } as const
