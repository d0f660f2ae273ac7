import type { ReactNode } from "react"
import { problemWords } from "../words/problem-words.ts"
import { Icon } from "./icon.tsx"
import { Said } from "./said.tsx"

/** Says beside a form why it was refused; nothing where it was not. */
export function ProblemNote({ error }: { error: unknown }): ReactNode {
  if (!error) return null
  return (
    <div role="alert" className="flex items-start gap-2 rounded-md bg-deny-wash px-3 py-2 text-deny">
      <Icon name="warning" className="mt-0.5 size-4" />
      <p className="min-w-0 break-words whitespace-pre-wrap">
        <Said text={problemWords(error)} />
      </p>
    </div>
  )
}
