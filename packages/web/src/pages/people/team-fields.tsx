import type { ReactNode } from "react"
import { CheckField, TextField } from "../../components/field.tsx"
import { PersonSelect } from "../../components/person-select.tsx"
import type { TeamDraft } from "./team-draft.ts"

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
        required={draft.byProvider}
        maxLength={256}
        onChange={(event) => onDraft({ ...draft, outside: event.target.value })}
      />
      <CheckField
        label="The provider keeps it"
        hint="Who belongs to it then follows the groups that the provider names, at each sign-in."
        checked={draft.byProvider}
        onChange={(event) => onDraft({ ...draft, byProvider: event.target.checked })}
      />
    </>
  )
}
