import { EFFECTS, type Effect } from "@tabard/core"
import type { ReactNode } from "react"
import type { IconName } from "../../components/icon.tsx"
import { Mark } from "../../components/mark.tsx"
import { Said } from "../../components/said.tsx"
import { EFFECT_WORDS } from "../../words/event-words.ts"

const ICONS: Readonly<Record<Effect, IconName>> = { permit: "active", ask: "proposed", deny: "ended" }

/** What was decided, by icon, word and colour; an effect of a newer program by its name. */
export function EffectMark({ effect }: { effect: string }): ReactNode {
  const known = EFFECTS.find((one) => one === effect)
  if (!known) return <Said text={effect} />
  return (
    <Mark icon={ICONS[known]} tone={known}>
      {EFFECT_WORDS[known]}
    </Mark>
  )
}
