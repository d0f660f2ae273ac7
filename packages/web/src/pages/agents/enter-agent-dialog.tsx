import type { AgentEntryInput } from "@tabard/api"
import { useNavigate } from "@tanstack/react-router"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useAgentAct } from "../../data/agent-acts.ts"
import { EMPTY_DESCRIPTION, saidIn } from "../about/description-draft.ts"
import { DescriptionFields } from "../about/description-fields.tsx"

/** Enters an agent that no scan has to have seen; its page opens afterwards. */
export function EnterAgentDialog({ onClose }: { onClose: () => void }): ReactNode {
  const [draft, setDraft] = useState(EMPTY_DESCRIPTION)
  const [owner, setOwner] = useState("")
  const navigate = useNavigate()
  const { mutate, isPending, error } = useAgentAct((client, input: AgentEntryInput) =>
    client.enterAgent(input),
  )
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const entry = { ...saidIn(draft), name: draft.name.trim(), ...(owner && { owner }) }
    mutate(entry, {
      onSuccess: ({ id }) => void navigate({ to: "/agents/$id", params: { id }, search: { tab: "about" } }),
    })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Enter an agent"
      description="For what scans cannot see: a chatbot of a provider, an agent on somebody else's machine."
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <DescriptionFields draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} />
          <TextField
            label="Owner's email"
            type="email"
            hint="They are asked to answer for it. It may stay empty: then nobody does."
            value={owner}
            maxLength={254}
            onChange={(event) => setOwner(event.target.value)}
          />
          <ProblemNote error={error} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={isPending}>
            Enter the agent
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
