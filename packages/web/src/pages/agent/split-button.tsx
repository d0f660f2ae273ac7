import type { AgentDetail, SightingView, SplitInput } from "@tabard/api"
import { useNavigate } from "@tanstack/react-router"
import { type ReactNode, useState } from "react"
import { ActDialog } from "../../components/act-dialog.tsx"
import { Button } from "../../components/button.tsx"
import { useAgentWork } from "../../data/agent-acts.ts"
import { plainText } from "../../words/plain-text.ts"

/** Says that one sighting is another agent; its own page opens afterwards. */
export function SplitButton({ agent, sighting }: { agent: AgentDetail; sighting: SightingView }): ReactNode {
  const [open, setOpen] = useState(false)
  const navigate = useNavigate()
  const split = useAgentWork(agent.id, (client, input: SplitInput) => client.splitAgent(input))
  const { reporter, key } = sighting
  // The sighting leaves this page, and the button with it: what follows may not hang on either.
  const act = async (reason: string): Promise<void> => {
    const other = await split.mutateAsync({ id: agent.id, reporter, key, reason }).catch(() => undefined)
    if (other) await navigate({ to: "/agents/$id", params: { id: other.id } })
  }
  return (
    <>
      <Button size="small" look="quiet" onClick={() => setOpen(true)}>
        Another agent…
      </Button>
      <ActDialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Is this not ${plainText(agent.name)}?`}
        description="What was seen there becomes an agent of its own, and stays so at every later scan."
        act="Make it an agent of its own"
        look="primary"
        busy={split.isPending}
        error={split.error}
        onAct={(reason) => void act(reason)}
      />
    </>
  )
}
