import type { AgentDetail } from "@tabard/api"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useAgentAct } from "../../data/agent-acts.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"

/** Agrees to an adoption as the second person; who owns it sees that another has to. */
export function ActivateButton({ agent }: { agent: AgentDetail }): ReactNode {
  const { user } = useSignedIn()
  const { mutate, isPending, error } = useAgentAct((client, id: string) => client.activateAgent({ id }))
  if (agent.owner?.id === user.id) return <span className="text-soft">Waits for a second person</span>
  return (
    <>
      <Button look="primary" busy={isPending} onClick={() => mutate(agent.id)}>
        Agree to the adoption
      </Button>
      <ProblemNote error={error} />
    </>
  )
}
