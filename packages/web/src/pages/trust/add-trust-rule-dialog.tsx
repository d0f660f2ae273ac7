import type { AgentDetail, TrustPreviewView } from "@tabard/api"
import { TRUST_FORMS } from "@tabard/core"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { SelectField, TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useMakeTrustRule, usePreviewTrustRule } from "../../data/trust-query.ts"
import { plainText } from "../../words/plain-text.ts"
import { TRUST_ASKS, type TrustAsked, type TrustDraft, trustWishOf } from "./trust-draft.ts"
import { TrustPreview } from "./trust-preview.tsx"
import { FORM_WORDS } from "./trust-words.ts"

const NEW: TrustDraft = { name: "", form: "github-actions", said: {} }

/** Asks which workloads are an agent, shows which tokens that would take, and only then keeps it. */
export function AddTrustRuleDialog(props: {
  agent: Pick<AgentDetail, "id" | "name">
  onClose: () => void
}): ReactNode {
  const { agent, onClose } = props
  const [draft, setDraft] = useState(NEW)
  const preview = usePreviewTrustRule()
  const make = useMakeTrustRule()
  const change = (differs: Partial<TrustDraft>): void => {
    setDraft({ ...draft, ...differs })
    preview.reset()
    make.reset()
  }
  const wish = trustWishOf(agent.id, draft)
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (!preview.data) return preview.mutate(wish)
    make.mutate({ ...wish, name: draft.name.trim() }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add a trust rule"
      description={`Workloads whose platform says all of this of them get tokens of ${plainText(agent.name)}.`}
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <TrustFieldsForm draft={draft} onChange={change} />
          <Shown preview={preview.data} />
          <ProblemNote error={preview.error ?? make.error} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={preview.isPending || make.isPending}>
            {preview.data ? "Let these workloads be the agent" : "Show what it would accept"}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

function Shown({ preview }: { preview: TrustPreviewView | undefined }): ReactNode {
  return (
    <div role="status" className="empty:hidden">
      {preview && <TrustPreview preview={preview} />}
    </div>
  )
}

function TrustFieldsForm(props: {
  draft: TrustDraft
  onChange: (differs: Partial<TrustDraft>) => void
}): ReactNode {
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
      {[...TRUST_ASKS[draft.form], ...COMMON].map((asked) => (
        <AskedField key={asked.name} asked={asked} {...props} />
      ))}
    </>
  )
}

const COMMON: readonly TrustAsked[] = [
  {
    name: "audience",
    label: "Audience",
    hint: "Whom tokens have to be for. Empty is this server’s issuer, which is best.",
  },
  {
    name: "keysAddress",
    label: "Address of its keys",
    hint: "Where the issuer publishes no discovery document: its JWKS address.",
  },
]

function AskedField(props: {
  asked: TrustAsked
  draft: TrustDraft
  onChange: (differs: Partial<TrustDraft>) => void
}): ReactNode {
  const { asked, draft, onChange } = props
  const { name, label, hint, required = false } = asked
  return (
    <TextField
      label={label}
      hint={hint}
      required={required}
      value={draft.said[name] ?? ""}
      maxLength={2048}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange({ said: { ...draft.said, [name]: event.target.value } })}
    />
  )
}
