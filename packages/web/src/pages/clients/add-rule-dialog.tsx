import type { ClientRuleInput } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { TextAreaField, TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useAddClientRule } from "../../data/clients-query.ts"
import { TierChoice } from "../agent/tier-choice.tsx"

/** Asks which client is adopted for whoever signs it in, for what, and how long. */
export function AddRuleDialog({ onClose }: { onClose: () => void }): ReactNode {
  const [draft, setDraft] = useState<ClientRuleInput>({ match: "", purpose: "", tier: "read-only", days: 30 })
  const { mutate, isPending, error } = useAddClientRule()
  const say = (differs: Partial<ClientRuleInput>): void => setDraft({ ...draft, ...differs })
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    mutate(draft, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Adopt a client by rule"
      description="Whoever signs this client in owns its agent at once, and nobody else looks at it first."
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <TextField
            label="Client"
            hint="Its client id, or the host that describes it, such as client.example."
            value={draft.match}
            required
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => say({ match: event.target.value })}
          />
          <TextAreaField
            label="Purpose"
            value={draft.purpose}
            required
            maxLength={2000}
            onChange={(event) => say({ purpose: event.target.value })}
          />
          <TierChoice tier={draft.tier} onTier={(tier) => say({ tier })} />
          <TextField
            label="Days until it ends"
            type="number"
            min={1}
            max={366}
            value={draft.days}
            required
            onChange={(event) => say({ days: Number(event.target.value) })}
          />
          <ProblemNote error={error} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={isPending}>
            Adopt it for whoever signs it in
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
