import type { Adoption, AgentDetail } from "@tabard/api"
import type { TierName } from "@tabard/core"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { CheckField, TextAreaField, TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useAgentAct } from "../../data/agent-acts.ts"
import { useClock } from "../../data/clock-context.ts"
import { plainText } from "../../words/plain-text.ts"
import { dateFieldAfter } from "../../words/time.ts"
import { TierChoice } from "./tier-choice.tsx"

const TERM_DAYS = 90

/** Lets a person take an agent upon themselves: what for, how far, until when. */
export function AdoptDialog({ agent, onClose }: { agent: AgentDetail; onClose: () => void }): ReactNode {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Adopt ${plainText(agent.name)}`}
      description="You become its owner. It can then get tokens of its own and act within what you allow here."
    >
      <AdoptForm agent={agent} onClose={onClose} />
    </Dialog>
  )
}

function AdoptForm({ agent, onClose }: { agent: AgentDetail; onClose: () => void }): ReactNode {
  const clock = useClock()
  const [name, setName] = useState(agent.name)
  const [purpose, setPurpose] = useState(agent.purpose ?? "")
  const [tier, setTier] = useState<TierName>("read-only")
  const [until, setUntil] = useState(() => dateFieldAfter(TERM_DAYS, clock()))
  const [accepted, setAccepted] = useState(false)
  const adopt = useAgentAct((client, input: Adoption) => client.adoptAgent(input))
  const ready = purpose.trim() !== "" && name.trim() !== "" && until !== "" && accepted
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const expiresAt = `${until}T23:59:59Z`
    if (ready)
      adopt.mutate(
        { id: agent.id, name, purpose, tier, expiresAt, acceptOwnership: accepted },
        { onSuccess: onClose },
      )
  }
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        <TextField
          label="Name"
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
        />
        <TextAreaField
          label="Purpose"
          hint="What it is there for, in a sentence its users would recognise."
          value={purpose}
          maxLength={2000}
          rows={2}
          autoFocus
          onChange={(event) => setPurpose(event.target.value)}
        />
        <TierChoice tier={tier} onTier={setTier} />
        <TextField
          label="Until"
          type="date"
          hint="On this day it stops getting tokens, unless it is renewed."
          value={until}
          min={dateFieldAfter(1, clock())}
          onChange={(event) => setUntil(event.target.value)}
        />
        <CheckField
          label="I accept to answer for this agent"
          checked={accepted}
          onChange={(event) => setAccepted(event.target.checked)}
        />
        <ProblemNote error={adopt.error} />
      </div>
      <DialogFoot onClose={onClose}>
        <Button
          type="submit"
          look="primary"
          disabled={!ready}
          busy={adopt.isPending}
          className="min-w-0 shrink"
        >
          <span className="truncate">Adopt {plainText(agent.name)}</span>
        </Button>
      </DialogFoot>
    </form>
  )
}
