import type { ReactNode } from "react"
import { grouped } from "../words/count.ts"

/** A filter that is on or off, with how much it will show. */
export function Chip(props: {
  on: boolean
  count: number | undefined
  onToggle: () => void
  children: ReactNode
}): ReactNode {
  return (
    <button
      type="button"
      aria-pressed={props.on}
      onClick={props.onToggle}
      className="inline-flex h-7 shrink-0 items-center gap-1.5 rounded-full border px-2.5 text-small font-medium text-soft transition-colors duration-100 hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-wash aria-pressed:text-accent max-md:h-8"
    >
      {props.children}
      {props.count !== undefined && <span className="font-normal opacity-90">{grouped(props.count)}</span>}
    </button>
  )
}
