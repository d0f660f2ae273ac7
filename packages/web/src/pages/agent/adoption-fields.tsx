import type { ReactNode } from "react"
import { CheckField, TextAreaField, TextField } from "../../components/field.tsx"
import { useClock } from "../../data/clock-context.ts"
import { dateFieldAfter } from "../../words/time.ts"
import type { AdoptionDraft } from "./adoption-draft.ts"
import { TierChoice } from "./tier-choice.tsx"

/** What a person says when they take an agent upon themselves. */
export function AdoptionFields(props: {
  draft: AdoptionDraft
  onChange: (part: Partial<AdoptionDraft>) => void
}): ReactNode {
  const { draft, onChange } = props
  const clock = useClock()
  return (
    <>
      <TextField
        label="Name"
        value={draft.name}
        maxLength={200}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <TextAreaField
        label="Purpose"
        hint="What it is there for, in a sentence its users would recognise."
        value={draft.purpose}
        maxLength={2000}
        rows={2}
        autoFocus
        onChange={(event) => onChange({ purpose: event.target.value })}
      />
      <TierChoice tier={draft.tier} onTier={(tier) => onChange({ tier })} />
      <TextField
        label="Until"
        type="date"
        hint="After this day it gets no token, unless it is renewed."
        value={draft.until}
        min={dateFieldAfter(1, clock())}
        onChange={(event) => onChange({ until: event.target.value })}
      />
      <CheckField
        label="I accept to answer for this agent"
        checked={draft.accepted}
        onChange={(event) => onChange({ accepted: event.target.checked })}
      />
    </>
  )
}
