import type { ReactNode } from "react"
import { SelectField, TextField } from "../../components/field.tsx"
import { PersonSelect } from "../../components/person-select.tsx"
import { keysOf, oneOf } from "../../shell/read-address.ts"
import { KEPT_HINTS, KEPT_WORDS } from "./kept-words.ts"
import type { TeamDraft } from "./team-draft.ts"

const keeperIn = oneOf(KEPT_WORDS)

/** What there is to say of a team. */
export function TeamFields(props: { draft: TeamDraft; onDraft: (draft: TeamDraft) => void }): ReactNode {
  const { draft, onDraft } = props
  return (
    <>
      <TextField
        label="Name"
        value={draft.name}
        required
        maxLength={100}
        autoFocus
        onChange={(event) => onDraft({ ...draft, name: event.target.value })}
      />
      <PersonSelect
        label="Lead"
        none="Nobody"
        hint="Whom to ask about the team. It gives them nothing."
        chosen={draft.lead}
        onChoose={(lead) => onDraft({ ...draft, lead })}
      />
      <TextField
        label="Name outside"
        hint="What the OpenID provider or a file calls it, letter by letter."
        value={draft.outside}
        required={draft.keptBy === "provider"}
        maxLength={256}
        onChange={(event) => onDraft({ ...draft, outside: event.target.value })}
      />
      <SelectField
        label="Kept by"
        hint={KEPT_HINTS[draft.keptBy]}
        value={draft.keptBy}
        onChange={(event) => onDraft({ ...draft, keptBy: keeperIn(event.target.value) ?? draft.keptBy })}
      >
        {keysOf(KEPT_WORDS).map((keeper) => (
          <option key={keeper} value={keeper}>
            {KEPT_WORDS[keeper]}
          </option>
        ))}
      </SelectField>
    </>
  )
}
