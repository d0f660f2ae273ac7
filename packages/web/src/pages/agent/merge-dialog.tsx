import type { AgentDetail, AgentSummary, MergeInput } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useId, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { TextAreaField, TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { RiskMark } from "../../components/risk-mark.tsx"
import { Said } from "../../components/said.tsx"
import { useAgentAct } from "../../data/agent-acts.ts"
import { useInventory } from "../../data/agents-query.ts"
import { plainText } from "../../words/plain-text.ts"
import { candidates } from "./merge-candidates.ts"

/** Says that another agent is this one; only one that nobody has adopted can be merged away. */
export function MergeDialog({ agent, onClose }: { agent: AgentDetail; onClose: () => void }): ReactNode {
  const [other, setOther] = useState<AgentSummary>()
  const [reason, setReason] = useState("")
  const { mutate, isPending, error } = useAgentAct((client, input: MergeInput) => client.mergeAgents(input))
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (other) mutate({ id: agent.id, other: other.id, reason: reason.trim() }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Which agent is ${plainText(agent.name)}, too?`}
      description="What was seen of it is from then on seen of this one, at every later scan too. It can be split off again."
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <Candidates agent={agent} chosen={other} onChoose={setOther} />
          <TextAreaField
            label="Reason"
            hint="It is recorded and shown to whoever asks why."
            value={reason}
            required
            maxLength={1000}
            rows={2}
            onChange={(event) => setReason(event.target.value)}
          />
          <ProblemNote error={error} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={isPending} className="min-w-0 shrink">
            <span className="truncate">
              {other ? `Merge ${plainText(other.name)} into ${plainText(agent.name)}` : "Merge them"}
            </span>
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

function Candidates(props: {
  agent: AgentDetail
  chosen: AgentSummary | undefined
  onChoose: (agent: AgentSummary) => void
}): ReactNode {
  const [text, setText] = useState("")
  const group = useId()
  const shown = candidates(useInventory().agents, props.agent.id, text)
  return (
    <fieldset className="space-y-2">
      <TextField
        label="The other agent"
        hint="Only agents that nobody has adopted can be merged."
        type="search"
        placeholder="Name, client or place"
        value={text}
        autoFocus
        onChange={(event) => setText(event.target.value)}
      />
      <ul className="max-h-48 overflow-y-auto rounded-md border">
        {shown.length === 0 && <li className="px-3 py-2 text-faint">No such agent.</li>}
        {shown.map((one) => (
          <li key={one.id} className="border-b last:border-b-0">
            <label className="flex items-baseline gap-2 px-3 py-1.5 hover:bg-hover">
              <input
                type="radio"
                name={group}
                required
                checked={props.chosen?.id === one.id}
                onChange={() => props.onChoose(one)}
                className="translate-y-0.5 accent-accent-fill"
              />
              <span className="min-w-0 flex-1">
                <span className="block truncate">
                  <Said text={one.name} />
                </span>
                <span className="block truncate font-mono text-small text-faint">
                  <Said text={one.place ?? one.id} />
                </span>
              </span>
              <RiskMark risk={one.risk} />
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
