import type { DecisionDetail } from "@tabard/api"
import { askWords } from "@tabard/core"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { CheckField, SelectField, TextAreaField, TextField } from "../../components/field.tsx"
import { useInventory } from "../../data/agents-query.ts"
import { useServers } from "../../data/servers-query.ts"
import { plainText } from "../../words/plain-text.ts"
import { tellingNames } from "../../words/telling-names.ts"
import { DraftFields } from "./draft-fields.tsx"
import type { Supposing } from "./supposed-call.ts"
import { ToldFields } from "./told-fields.tsx"

interface FormProps {
  readonly decision: DecisionDetail
  readonly supposing: Supposing
  readonly onChange: (change: Partial<Supposing>) => void
}

/** Every part of the question, to be supposed otherwise; an empty field is as it was. */
export function WhatIfForm(props: FormProps & { readonly onReset: () => void }): ReactNode {
  const { decision, supposing, onChange, onReset } = props
  return (
    <form className="space-y-3" onSubmit={(event) => event.preventDefault()} aria-label="Suppose otherwise">
      <ToolField {...props} />
      <TextAreaField
        label="Arguments"
        hint={withheldHint(decision)}
        rows={5}
        spellCheck={false}
        maxLength={262_144}
        className="font-mono text-small"
        value={supposing.arguments}
        onChange={({ target }) => onChange({ arguments: target.value })}
      />
      <AgentField {...props} />
      <Agreed {...props} />
      <Surroundings {...props} />
      <ToldFields {...props} />
      {decision.task && (
        <CheckField
          label="Outside its task"
          checked={supposing.outsideTask}
          onChange={({ target }) => onChange({ outsideTask: target.checked })}
        />
      )}
      <CheckField
        label="Judged as of now"
        hint="Otherwise by the policies, tools, agents and limits of its time."
        checked={supposing.policiesNow}
        onChange={({ target }) => onChange({ policiesNow: target.checked })}
      />
      <DraftFields supposing={supposing} onChange={onChange} />
      <Button look="quiet" size="small" onClick={onReset}>
        Suppose nothing
      </Button>
    </form>
  )
}

/** Said before anybody types: what an answer rests on that is not there. */
function withheldHint({ withheld }: DecisionDetail): string | undefined {
  if (withheld.length === 0) return undefined
  return `Contents and secrets are not kept: say ${withheld.map(plainText).join(", ")} where policies look at it.`
}

function ToolField({ decision, supposing, onChange }: FormProps): ReactNode {
  const servers = useServers().data?.items ?? []
  const names = servers.flatMap(({ name, tools }) => tools.map((tool) => `${name}/${tool.name}`))
  return (
    <SelectField
      label="Tool"
      value={supposing.tool}
      onChange={({ target }) => onChange({ tool: target.value })}
    >
      <option value="">{plainText(decision.tool)}, as it was</option>
      {names
        .filter((name) => name !== decision.tool)
        .map((name) => (
          <option key={name} value={name}>
            {plainText(name)}
          </option>
        ))}
    </SelectField>
  )
}

function AgentField({ decision, supposing, onChange }: FormProps): ReactNode {
  const { agents } = useInventory()
  const active = agents.filter(({ state, id }) => state === "active" && id !== decision.agent.id)
  return (
    <SelectField
      label="Agent"
      hint="Another one acts by itself: under no task, for nobody."
      value={supposing.agent}
      onChange={({ target }) => onChange({ agent: target.value })}
    >
      <option value="">{plainText(decision.agent.name)}, as it was</option>
      {tellingNames(active).map(({ id, words }) => (
        <option key={id} value={id}>
          {plainText(words)}
        </option>
      ))}
    </SelectField>
  )
}

/** Whoever was asked may be supposed to have agreed. */
function Agreed({ decision, supposing, onChange }: FormProps): ReactNode {
  const routes = [...new Set([...decision.answer.asks.map(({ route }) => route), "owner"])]
  const { approved } = supposing
  return routes.map((route) => (
    <CheckField
      key={route}
      label={`Agreed: ${plainText(askWords(route))}`}
      checked={approved.includes(route)}
      onChange={({ target }) =>
        onChange({
          approved: target.checked ? [...approved, route] : approved.filter((one) => one !== route),
        })
      }
    />
  ))
}

function Surroundings({ decision: { circumstances }, supposing, onChange }: FormProps): ReactNode {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <TextField
        label="Environment"
        maxLength={80}
        placeholder={circumstances?.environment ?? "as it was"}
        value={supposing.environment}
        onChange={({ target }) => onChange({ environment: target.value })}
      />
      <TextField
        label="Address"
        maxLength={80}
        placeholder={circumstances?.address ?? "none was seen"}
        value={supposing.address}
        onChange={({ target }) => onChange({ address: target.value })}
      />
      <TextField
        label="Posture"
        maxLength={400}
        placeholder={circumstances?.posture.join(", ") || "none"}
        value={supposing.posture}
        onChange={({ target }) => onChange({ posture: target.value })}
      />
      <TextField
        label="When"
        type="datetime-local"
        value={supposing.at}
        onChange={({ target }) => onChange({ at: target.value })}
      />
    </div>
  )
}
