import type { AgentDetail } from "@tabard/api"
import { EFFECT_CLASSES, type EffectClass } from "@tabard/core"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { CheckField, SelectField, TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useInventory } from "../../data/agents-query.ts"
import { useClock } from "../../data/clock-context.ts"
import { useAllowDelegation } from "../../data/delegations-query.ts"
import { EFFECT_VERBS } from "../../words/agent-words.ts"
import { plainText } from "../../words/plain-text.ts"
import { dateFieldAfter } from "../../words/time.ts"

/** Asks which agent may act for one, and for how much. */
export function AllowDelegationDialog({
  agent,
  onClose,
}: {
  agent: AgentDetail
  onClose: () => void
}): ReactNode {
  const [to, setTo] = useState("")
  const [scope, setScope] = useState<readonly EffectClass[]>([])
  const [until, setUntil] = useState("")
  const clock = useClock()
  const { mutate, isPending, error } = useAllowDelegation()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const most = scope.length > 0 ? scope : undefined
    const expiresAt = until === "" ? undefined : `${until}T23:59:59Z`
    mutate({ id: agent.id, to, scope: most, expiresAt }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Who may act for ${plainText(agent.name)}?`}
      description="It may exchange tokens of this agent for its own, for the same task and person. It never gets more than both may, and it ends with this agent’s tokens."
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <AgentChoice except={agent.id} chosen={to} onChoose={setTo} />
          <ScopeChoice scope={scope} onScope={setScope} />
          <TextField
            label="Until"
            type="date"
            hint="After this day it no longer acts for it. Empty is until somebody withdraws it."
            value={until}
            min={dateFieldAfter(1, clock())}
            onChange={(event) => setUntil(event.target.value)}
          />
          <ProblemNote error={error} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={isPending}>
            Let it act for this agent
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

function AgentChoice(props: { except: string; chosen: string; onChoose: (id: string) => void }): ReactNode {
  const offered = useInventory().agents.filter(({ id, state }) => id !== props.except && state === "active")
  return (
    <SelectField
      label="Agent"
      hint="Active agents are offered."
      value={props.chosen}
      required
      onChange={(event) => props.onChoose(event.target.value)}
    >
      <option value="">Choose an agent</option>
      {offered.map(({ id, name }) => (
        <option key={id} value={id}>
          {plainText(name)}
        </option>
      ))}
    </SelectField>
  )
}

function ScopeChoice(props: {
  scope: readonly EffectClass[]
  onScope: (scope: readonly EffectClass[]) => void
}): ReactNode {
  const { scope, onScope } = props
  return (
    <fieldset className="space-y-2">
      <legend className="font-medium">At most for what</legend>
      <p className="text-small text-faint">
        With nothing ticked, each token that is exchanged says so itself.
      </p>
      <div className="grid gap-2 sm:grid-cols-2">
        {EFFECT_CLASSES.map((effect) => (
          <CheckField
            key={effect}
            label={effect}
            hint={EFFECT_VERBS[effect]}
            checked={scope.includes(effect)}
            onChange={(event) =>
              onScope(
                EFFECT_CLASSES.filter((one) => (one === effect ? event.target.checked : scope.includes(one))),
              )
            }
          />
        ))}
      </div>
    </fieldset>
  )
}
