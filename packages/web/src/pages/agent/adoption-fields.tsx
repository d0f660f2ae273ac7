import { CATEGORIES } from "@tabard/core"
import type { ReactNode } from "react"
import { CheckField, SelectField, TextAreaField, TextField } from "../../components/field.tsx"
import { PersonSelect } from "../../components/person-select.tsx"
import { useClock } from "../../data/clock-context.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { CATEGORY_WORDS } from "../../words/agent-words.ts"
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
        required
        maxLength={200}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <TextAreaField
        label="Purpose"
        hint="What it is there for, in a sentence its users would recognise."
        value={draft.purpose}
        maxLength={2000}
        rows={2}
        required
        autoFocus
        onChange={(event) => onChange({ purpose: event.target.value })}
      />
      <SelectField
        label="Category"
        value={draft.category}
        onChange={({ target: { value } }) =>
          onChange({ category: CATEGORIES.find((one) => one === value) ?? "" })
        }
      >
        <option value="">Unknown</option>
        {CATEGORIES.map((one) => (
          <option key={one} value={one}>
            {CATEGORY_WORDS[one].label}
          </option>
        ))}
      </SelectField>
      <TierChoice tier={draft.tier} onTier={(tier) => onChange({ tier })} />
      <TextField
        label="Until"
        type="date"
        hint="After this day it gets no token, unless it is renewed."
        value={draft.until}
        required
        min={dateFieldAfter(1, clock())}
        onChange={(event) => onChange({ until: event.target.value })}
      />
      <Answerer draft={draft} onChange={onChange} />
    </>
  )
}

/** Who is to answer for it: oneself, by saying so, or somebody who is asked. */
function Answerer(props: {
  draft: AdoptionDraft
  onChange: (part: Partial<AdoptionDraft>) => void
}): ReactNode {
  const { draft, onChange } = props
  const { id } = useSignedIn().user
  return (
    <>
      <PersonSelect
        label="Who answers for it"
        none="I do"
        chosen={draft.owner}
        except={[id]}
        onChoose={(owner) => onChange({ owner })}
      />
      {draft.owner === "" ? (
        <CheckField
          label="I accept to answer for this agent"
          required
          checked={draft.accepted}
          onChange={(event) => onChange({ accepted: event.target.checked })}
        />
      ) : (
        <TextAreaField
          label="Note to them"
          hint="They are asked, and it gets no token before they accept. It may stay empty."
          rows={2}
          value={draft.note}
          maxLength={1000}
          onChange={(event) => onChange({ note: event.target.value })}
        />
      )}
    </>
  )
}
