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
        onAct={(reason) =>
          split.mutate(
            { id: agent.id, reporter, key, reason },
            { onSuccess: ({ id }) => void navigate({ to: "/agents/$id", params: { id } }) },
          )
        }
      />
    </>
  )
}
