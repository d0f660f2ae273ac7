import type { AgentDetail } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { CopyableBlock } from "../../components/copyable.tsx"
import { TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useAgentWork } from "../../data/agent-acts.ts"
import { useMayEnrol } from "../../shell/may.ts"
import { enrolCommand } from "../agent/enrol-command.ts"
import { Countdown } from "../approvals/countdown.tsx"

/** Makes a one-time code and shows, once, the command that enrols a key with it; nothing for whoever may not. */
export function EnrolmentOffer({ agent }: { agent: AgentDetail }): ReactNode {
  const [label, setLabel] = useState("my-laptop")
  const { mutate, data, isPending, error } = useAgentWork(agent.id, (client, id: string) =>
    client.offerEnrolment({ id }),
  )
  if (!useMayEnrol(agent)) return null
  if (agent.state !== "active") {
    return <p className="mt-2 text-soft">Only an active agent can enrol a key.</p>
  }
  return (
    <div className="mt-3 space-y-3">
      {data ? (
        <div className="space-y-2">
          <p className="flex items-baseline justify-between gap-3">
            <span>
              Run this in the folder that Tabard was started from. The code is shown once and works once.
            </span>
            <Countdown until={data.expiresAt} />
          </p>
          <TextField
            label="Label"
            hint="What this install is called here."
            value={label}
            maxLength={200}
            onChange={(event) => setLabel(event.target.value)}
          />
          <CopyableBlock text={enrolCommand(window.location.origin, data.code, label)} what="the command" />
          <Button size="small" busy={isPending} onClick={() => mutate(agent.id)}>
            Make another
          </Button>
        </div>
      ) : (
        <Button icon="key" busy={isPending} onClick={() => mutate(agent.id)}>
          Make an enrolment code
        </Button>
      )}
      <ProblemNote error={error} />
    </div>
  )
}
