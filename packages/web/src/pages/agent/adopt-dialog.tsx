import type { Adoption, AgentDetail } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useAgentAct } from "../../data/agent-acts.ts"
import { useClock } from "../../data/clock-context.ts"
import { plainText } from "../../words/plain-text.ts"
import { adoptionDraft, adoptionOf } from "./adoption-draft.ts"
import { AdoptionFields } from "./adoption-fields.tsx"

/** Lets a person take an agent upon themselves: what for, how far, until when. */
export function AdoptDialog({ agent, onClose }: { agent: AgentDetail; onClose: () => void }): ReactNode {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Adopt ${plainText(agent.name)}`}
      description="Its owner answers for it. It can then get tokens of its own and act within what is allowed here."
    >
      <AdoptForm agent={agent} onClose={onClose} />
    </Dialog>
  )
}

function AdoptForm({ agent, onClose }: { agent: AgentDetail; onClose: () => void }): ReactNode {
  const clock = useClock()
  const [draft, setDraft] = useState(() => adoptionDraft(agent, clock()))
  const adopt = useAgentAct((client, input: Adoption) => client.adoptAgent(input))
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    adopt.mutate(adoptionOf(agent.id, draft), { onSuccess: onClose })
  }
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        <AdoptionFields draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} />
        <ProblemNote error={adopt.error} />
      </div>
      <DialogFoot onClose={onClose}>
        <Button type="submit" look="primary" busy={adopt.isPending} className="min-w-0 shrink">
          <span className="truncate">
            {draft.owner === ""
              ? `Adopt ${plainText(agent.name)}`
              : `Ask them to own ${plainText(agent.name)}`}
          </span>
        </Button>
      </DialogFoot>
    </form>
  )
}
