import type { AgentDescription, AgentDetail } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { CheckField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useAgentAct } from "../../data/agent-acts.ts"
import { useIsSteward } from "../../shell/signed-in-context.ts"
import { count } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"
import { changeOf, descriptionDraft } from "./description-draft.ts"
import { DescriptionFields } from "./description-fields.tsx"

/** Lets people say what describes an agent; what scans saw is kept beneath it. */
export function DescribeDialog({ agent, onClose }: { agent: AgentDetail; onClose: () => void }): ReactNode {
  const [before] = useState(() => descriptionDraft(agent))
  const [draft, setDraft] = useState(before)
  const [insist, setInsist] = useState(false)
  const isSteward = useIsSteward()
  const { mutate, isPending, error } = useAgentAct((client, input: AgentDescription) =>
    client.describeAgent(input),
  )
  const change = changeOf(before, draft)
  const many = Object.keys(change).length
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (many === 0) onClose()
    else mutate({ id: agent.id, ...change, ...(insist && { insist }) }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Describe ${plainText(agent.name)}`}
      description="What you say stands above what was seen, under your name. An emptied field takes back what people said."
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <DescriptionFields
            draft={draft}
            fixedPurpose={agent.mandate !== null}
            onChange={(part) => setDraft({ ...draft, ...part })}
          />
          {isSteward && (
            <CheckField
              label="Insist"
              hint="It then stands above what its owner and maintainers say, too."
              checked={insist}
              onChange={(event) => setInsist(event.target.checked)}
            />
          )}
          <ProblemNote error={error} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={isPending}>
            {many === 0 ? "Nothing to save" : `Save ${count(many, "change")}`}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
