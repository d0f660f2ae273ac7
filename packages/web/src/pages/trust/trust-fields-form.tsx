import { TRUST_FORMS } from "@tabard/core"
import type { ReactNode } from "react"
import { SelectField, TextField } from "../../components/field.tsx"
import { KeysField } from "./keys-field.tsx"
import { MoreTerms } from "./more-terms.tsx"
import { TRUST_ASKS, type TrustAsked, type TrustDraft } from "./trust-draft.ts"
import { FORM_WORDS } from "./trust-words.ts"

/** A draft, and how it is changed. */
export interface Drafting {
  readonly draft: TrustDraft
  readonly onChange: (differs: Partial<TrustDraft>) => void
}

/** Asks what a platform has to say of a workload: first what is particular to it, then what is the same for all. */
export function TrustFieldsForm(props: Drafting): ReactNode {
  const { draft, onChange } = props
  return (
    <>
      <TextField
        label="Name"
        hint="What this rule and its install are called here."
        value={draft.name}
        required
        maxLength={100}
        autoComplete="off"
        autoFocus
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <SelectField
        label="Platform"
        value={draft.form}
        onChange={(event) => {
          const form = TRUST_FORMS.find((one) => one === event.target.value)
          if (form) onChange({ form })
        }}
      >
        {TRUST_FORMS.map((form) => (
          <option key={form} value={form}>
            {FORM_WORDS[form]}
          </option>
        ))}
      </SelectField>
      {[...TRUST_ASKS[draft.form], AUDIENCE].map((asked) => (
        <AskedField key={asked.name} asked={asked} {...props} />
      ))}
      <KeysField {...props} />
      <MoreTerms {...props} />
    </>
  )
}

const AUDIENCE: TrustAsked = {
  name: "audience",
  label: "Audience",
  hint: "Whom tokens have to be for. Empty is this server’s issuer, which is best.",
}

function AskedField({ asked, draft, onChange }: Drafting & { asked: TrustAsked }): ReactNode {
  const { name, label, hint, required = false, choices } = asked
  const field = {
    label,
    hint,
    required,
    value: draft.said[name] ?? "",
    onChange: (event: { readonly target: { readonly value: string } }) =>
      onChange({ said: { ...draft.said, [name]: event.target.value } }),
  }
  if (!choices) return <TextField {...field} maxLength={2048} autoComplete="off" spellCheck={false} />
  return (
    <SelectField {...field}>
      {Object.entries(choices).map(([value, words]) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </SelectField>
  )
}
