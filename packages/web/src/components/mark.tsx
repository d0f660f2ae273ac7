import type { ReactNode } from "react"
import { Icon, type IconName } from "./icon.tsx"

const TONES = {
  calm: "text-soft",
  faint: "text-faint",
  permit: "text-permit",
  ask: "text-ask",
  deny: "text-deny",
  low: "text-low",
  medium: "text-medium",
  high: "text-high",
  critical: "text-critical",
} as const

/** A tone of the palette that a mark can have. */
export type Tone = keyof typeof TONES

/** A word with its drawing: what matters is never told by colour alone. */
export function Mark(props: { icon: IconName; tone: Tone; children: ReactNode; title?: string }): ReactNode {
  return (
    <span className={`inline-flex min-w-0 items-center gap-1.5 ${TONES[props.tone]}`} title={props.title}>
      <Icon name={props.icon} className="size-3.5" />
      <span className="truncate">{props.children}</span>
    </span>
  )
}
