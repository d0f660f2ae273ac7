import type { AgentDetail, EnforcingPreviewView, WithReason } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { ActDialog } from "../../components/act-dialog.tsx"
import { Button } from "../../components/button.tsx"
import { useAgentWork } from "../../data/agent-acts.ts"
import { useEnforcingPreview } from "../../data/observe-query.ts"
import { plainText } from "../../words/plain-text.ts"
import { WouldStop } from "./would-stop.tsx"
import { wouldStopWords } from "./would-stop-words.ts"

/** Has an agent's bounds enforced again, after saying what that would have stopped. */
export function EndObserving({ agent }: { agent: AgentDetail }): ReactNode {
  const [open, setOpen] = useState(false)
  const name = plainText(agent.name)
  const { data } = useEnforcingPreview(agent.id)
  const { mutate, isPending, error } = useAgentWork(agent.id, (client, input: WithReason) =>
    client.enforceAgent(input),
  )
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        Enforce the manifest of {name}
      </Button>
      <ActDialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Enforce the manifest of ${name}?`}
        description="Every call that is decided from then on is held to its own bounds as well. What was let through before goes on."
        shows={<WouldStop agent={agent.id} />}
        act={`Enforce${stopsLike(data) || ` ${name}`}`}
        look="primary"
        busy={isPending}
        error={error}
        onAct={(reason) => mutate({ id: agent.id, reason }, { onSuccess: () => setOpen(false) })}
      />
    </>
  )
}

function stopsLike(preview: EnforcingPreviewView | undefined): string {
  const words = preview && wouldStopWords(preview)
  return words ? `, ${words}` : ""
}
