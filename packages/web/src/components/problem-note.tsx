import { type ReactNode, useEffect, useRef } from "react"
import { problemWords } from "../words/problem-words.ts"
import { Icon } from "./icon.tsx"
import { Said } from "./said.tsx"

/** Says beside a form why it was refused, where the person sees it; nothing where it was not. */
export function ProblemNote({ error }: { error: unknown }): ReactNode {
  const note = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (error) note.current?.scrollIntoView({ block: "nearest" })
  }, [error])
  if (!error) return null
  return (
    <div
      ref={note}
      role="alert"
      className="flex scroll-my-16 items-start gap-2 rounded-md bg-deny-wash px-3 py-2 text-deny"
    >
      <Icon name="warning" className="mt-0.5 size-4" />
      <p className="min-w-0 break-words whitespace-pre-wrap">
        <Said text={problemWords(error)} />
      </p>
    </div>
  )
}
