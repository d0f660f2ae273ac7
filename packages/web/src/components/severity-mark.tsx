import type { Severity } from "@tabard/core"
import type { ReactNode } from "react"
import { SEVERITY_WORDS } from "../words/finding-words.ts"
import type { IconName } from "./icon.tsx"
import { Mark } from "./mark.tsx"

const ICONS: Readonly<Record<Severity, IconName>> = {
  critical: "stop",
  high: "warning",
  medium: "medium",
  low: "discovered",
}

/** Shows how much a finding matters, by drawing, word and colour. */
export function SeverityMark({ severity }: { severity: Severity }): ReactNode {
  return (
    <Mark icon={ICONS[severity]} tone={severity}>
      {SEVERITY_WORDS[severity]}
    </Mark>
  )
}
