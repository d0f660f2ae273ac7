import type { OfferView, WithReason } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { ActDialog } from "../../components/act-dialog.tsx"
import { Button } from "../../components/button.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useAgentAct, useAgentWork } from "../../data/agent-acts.ts"
import { plainText } from "../../words/plain-text.ts"

/** Lets the person who was asked accept to answer for an agent, or decline with a reason. */
export function OfferAnswer({ offer }: { offer: OfferView }): ReactNode {
  const [declining, setDeclining] = useState(false)
  const accept = useAgentAct((client, id: string) => client.acceptOwnership({ id }))
  const decline = useAgentWork(offer.agent.id, (client, input: WithReason) => client.declineOwnership(input))
  const name = plainText(offer.agent.name)
  return (
    <>
      <Button size="small" look="primary" busy={accept.isPending} onClick={() => accept.mutate(offer.id)}>
        Accept to answer for it
      </Button>
      <Button size="small" onClick={() => setDeclining(true)}>
        Decline…
      </Button>
      <ProblemNote error={accept.error} />
      <ActDialog
        open={declining}
        onClose={() => setDeclining(false)}
        title={`Decline to answer for ${name}?`}
        description="Whoever asked you sees your reason, and can ask somebody else."
        act={`Decline ${name}`}
        look="primary"
        busy={decline.isPending}
        error={decline.error}
        onAct={(reason) => decline.mutate({ id: offer.id, reason }, { onSuccess: () => setDeclining(false) })}
      />
    </>
  )
}
