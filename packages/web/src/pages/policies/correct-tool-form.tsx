import type { ToolDetail } from "@tabard/api"
import { EFFECT_CLASSES, type EffectClass } from "@tabard/core"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { CheckField, TextAreaField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useCorrectTool } from "../../data/tools-query.ts"
import { EFFECT_VERBS } from "../../words/agent-words.ts"
import { ArgumentRoles } from "./argument-roles.tsx"

/** Says what a tool does instead, and what its arguments are for; its manifests are compiled anew with it, at once. */
export function CorrectToolForm(props: {
  tool: ToolDetail
  onClose: () => void
  onCorrected: (id: string) => void
}): ReactNode {
  const { tool, onClose, onCorrected } = props
  const [effects, setEffects] = useState<readonly EffectClass[]>(tool.effects)
  const [roles, setRoles] = useState(tool.roles)
  const [reason, setReason] = useState("")
  const { mutate, isPending, error } = useCorrectTool()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const input = { id: tool.id, effects, roles, reason: reason.trim() }
    mutate(input, { onSuccess: ({ id }) => onCorrected(id) })
  }
  const toggle = (effect: EffectClass): void =>
    setEffects(effects.includes(effect) ? effects.filter((one) => one !== effect) : [...effects, effect])
  return (
    <form onSubmit={submit} className="space-y-4">
      <fieldset className="space-y-2">
        <legend className="mb-1 font-medium">What it does</legend>
        {EFFECT_CLASSES.map((effect) => (
          <CheckField
            key={effect}
            label={EFFECT_VERBS[effect]}
            checked={effects.includes(effect)}
            onChange={() => toggle(effect)}
          />
        ))}
      </fieldset>
      <LessNote tool={tool} effects={effects} />
      <ArgumentRoles definition={tool.definition} roles={roles} onChange={setRoles} />
      <TextAreaField
        label="Reason"
        hint="It is recorded and shown to whoever asks why."
        value={reason}
        required
        maxLength={1000}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNote error={error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={isPending} disabled={effects.length === 0}>
          Correct what the tool does
        </Button>
        <Button look="quiet" onClick={onClose}>
          Leave it as it is
        </Button>
      </div>
    </form>
  )
}

/** What is told before a tool is said to do less: rules that speak of that effect no longer hold for it. */
function LessNote({ tool, effects }: { tool: ToolDetail; effects: readonly EffectClass[] }): ReactNode {
  const dropped = tool.effects.filter((effect) => !effects.includes(effect))
  if (dropped.length === 0) return null
  return (
    <p role="status" className="rounded-md bg-ask-wash px-3 py-2 text-pretty text-ask">
      Tiers and guard-rails that speak of what {dropped.map((effect) => EFFECT_VERBS[effect]).join(", ")} no
      longer hold for this tool.
    </p>
  )
}
