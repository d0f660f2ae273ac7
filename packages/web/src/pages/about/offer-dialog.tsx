import type { AgentDetail, OfferInput } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { TextAreaField } from "../../components/field.tsx"
import { PersonSelect } from "../../components/person-select.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useAgentAct } from "../../data/agent-acts.ts"
import { plainText } from "../../words/plain-text.ts"

/** Asks a person to answer for an agent; nothing changes before they say yes. */
export function OfferDialog({ agent, onClose }: { agent: AgentDetail; onClose: () => void }): ReactNode {
  const [to, setTo] = useState(agent.suggestedOwner?.id ?? "")
  const [note, setNote] = useState("")
  const [missing, setMissing] = useState(false)
  const { mutate, isPending, error } = useAgentAct((client, input: OfferInput) =>
    client.offerOwnership(input),
  )
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    setMissing(to === "")
    if (to) mutate({ id: agent.id, to, note: note.trim() || undefined }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Who is to answer for ${plainText(agent.name)}?`}
      description={consequence(agent)}
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <PersonSelect
            label="Person"
            none="Choose a person"
            chosen={to}
            except={agent.owner ? [agent.owner.id] : []}
            hint={missing && to === "" ? "Choose who is asked." : askedHint(agent, to)}
            onChoose={setTo}
          />
          <TextAreaField
            label="Note"
            hint="Why them, and what they should know. It may stay empty."
            value={note}
            maxLength={1000}
            rows={2}
            onChange={(event) => setNote(event.target.value)}
          />
          <ProblemNote error={error} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={isPending}>
            Ask them
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

function askedHint({ owner, suggestedOwner }: AgentDetail, to: string): string {
  return owner && suggestedOwner && to === suggestedOwner.id
    ? `${plainText(owner.name)} answered to them. They are asked, and accept or decline.`
    : "They are asked, and accept or decline."
}

function consequence({ owner, orphaned, offer }: AgentDetail): string {
  const until =
    owner && !orphaned
      ? `Until they accept, ${plainText(owner.name)} answers for it.`
      : "Until they accept, nobody does."
  return offer ? `${until} The offer to ${plainText(offer.to.name)} is replaced.` : until
}
