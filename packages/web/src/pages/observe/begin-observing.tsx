import type { AgentDetail, ObserveInput } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { SelectField, TextAreaField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useAgentWork } from "../../data/agent-acts.ts"
import { count } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"

/** For how long; the server takes any number of days up to the last. */
const DAYS = [1, 3, 7, 14, 30]

/** Has an agent observed for some days, after saying what that lets through. */
export function BeginObserving({ agent }: { agent: AgentDetail }): ReactNode {
  const [open, setOpen] = useState(false)
  const name = plainText(agent.name)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Observe {name} for some days</Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Observe ${name} in place of enforcing its manifest?`}
        description="Its calls are decided and recorded as ever, and what its own bounds alone would deny or ask about is done. Guard-rails that forbid, its tier and revocation hold. Its owner, security and administrators are told, now and before it ends by itself."
      >
        <BeginForm agent={agent} name={name} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

function BeginForm(props: { agent: AgentDetail; name: string; onClose: () => void }): ReactNode {
  const { agent, name, onClose } = props
  const [reason, setReason] = useState("")
  const [days, setDays] = useState(7)
  const { mutate, isPending, error } = useAgentWork(agent.id, (client, input: ObserveInput) =>
    client.observeAgent(input),
  )
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    mutate({ id: agent.id, reason: reason.trim(), days }, { onSuccess: onClose })
  }
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        <SelectField
          label="For how long"
          hint="It can be ended any time before."
          value={days}
          onChange={(event) => setDays(Number(event.target.value))}
        >
          {DAYS.map((each) => (
            <option key={each} value={each}>
              {count(each, "day")}
            </option>
          ))}
        </SelectField>
        <TextAreaField
          label="Reason"
          hint="It is recorded and shown to whoever asks why."
          value={reason}
          required
          maxLength={1000}
          onChange={(event) => setReason(event.target.value)}
        />
        <ProblemNote error={error} />
      </div>
      <DialogFoot onClose={onClose}>
        <Button type="submit" look="primary" busy={isPending} className="max-w-full min-w-0 shrink">
          <span className="truncate">
            Observe {name} for {count(days, "day")}
          </span>
        </Button>
      </DialogFoot>
    </form>
  )
}
