import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { SelectField, TextAreaField, TextField } from "../../components/field.tsx"
import { Icon } from "../../components/icon.tsx"
import { HoursField } from "../conditions/hours-field.tsx"
import { NetworksField } from "../conditions/networks-field.tsx"
import type { ConditionDraft, Counts } from "./trust-draft.ts"
import type { Drafting } from "./trust-fields-form.tsx"

const COUNTS: Readonly<Record<Counts, string>> = {
  usual: "As is usual for this platform",
  once: "Once",
  often: "As often as it lives",
}

const CHOICES = ["usual", "once", "often"] as const

/** What most rules leave as it is usual for their platform: further conditions, how often a token counts, how long it may live, and from where and when. */
export function MoreTerms({ draft, onChange }: Drafting): ReactNode {
  return (
    <details
      className="group rounded-md border"
      // What is missing has to be seen before it can be filled in.
      onInvalidCapture={(event) => {
        event.currentTarget.open = true
      }}
    >
      <summary className="flex items-center gap-1.5 rounded-md px-3 py-2 font-medium hover:bg-hover">
        <Icon name="right" className="size-3.5 transition-transform duration-100 group-open:rotate-90" />
        Further conditions, one-time use, longest life, networks, hours
      </summary>
      <div className="space-y-4 border-t px-3 py-3">
        <Conditions also={draft.also} onAlso={(also) => onChange({ also })} />
        <SelectField
          label="A token counts"
          value={draft.counts}
          onChange={(event) =>
            onChange({ counts: CHOICES.find((one) => one === event.target.value) ?? "usual" })
          }
        >
          {CHOICES.map((one) => (
            <option key={one} value={one}>
              {COUNTS[one]}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Longest life of a token"
          hint="In minutes, up to 1500. Empty is what is usual for this platform."
          type="number"
          inputMode="numeric"
          min={1}
          max={1500}
          value={draft.said["maxLifeMinutes"] ?? ""}
          onChange={(event) => onChange({ said: { ...draft.said, maxLifeMinutes: event.target.value } })}
        />
        <NetworksField
          label="Networks"
          hint="From where its workloads may act, such as 10.0.0.0/8, a line each, besides what is settled for the agent’s tier. From anywhere where it is empty."
          typed={draft.said["networks"] ?? ""}
          onTyped={(networks) => onChange({ said: { ...draft.said, networks } })}
        />
        <HoursField
          legend="Hours"
          hint="When its workloads may act, besides what is settled for the agent’s tier. At any time where there are none."
          hours={draft.hours}
          onHours={(hours) => onChange({ hours })}
        />
      </div>
    </details>
  )
}

const MOST = 10

const EMPTY: ConditionDraft = { claim: "", test: "is", values: "" }

function Conditions(props: {
  also: readonly ConditionDraft[]
  onAlso: (also: readonly ConditionDraft[]) => void
}): ReactNode {
  const { also, onAlso } = props
  return (
    <fieldset className="space-y-3">
      <legend className="font-medium">Further conditions</legend>
      <p className="text-small text-faint">Every one has to hold, besides what is filled in above.</p>
      {also.map((condition, place) => (
        <ConditionFields
          // oxlint-disable-next-line react/no-array-index-key -- a condition has no name but its place
          key={place}
          number={place + 1}
          condition={condition}
          onChange={(differs) => onAlso(also.map((one, at) => (at === place ? { ...one, ...differs } : one)))}
          onRemove={() => onAlso(also.filter((_, at) => at !== place))}
        />
      ))}
      {also.length < MOST && (
        <Button size="small" icon="plus" onClick={() => onAlso([...also, EMPTY])}>
          Add a condition
        </Button>
      )}
    </fieldset>
  )
}

function ConditionFields(props: {
  number: number
  condition: ConditionDraft
  onChange: (differs: Partial<ConditionDraft>) => void
  onRemove: () => void
}): ReactNode {
  const { number, condition, onChange, onRemove } = props
  return (
    <div role="group" aria-label={`Condition ${number}`} className="space-y-2 border-l-2 pl-3">
      <div className="grid gap-2 sm:grid-cols-[minmax(0,1fr)_9rem]">
        <TextField
          label="Claim"
          hint="Of one within another, the way to it: kubernetes.io > namespace"
          required
          value={condition.claim}
          maxLength={600}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ claim: event.target.value })}
        />
        <SelectField
          label="Has to"
          value={condition.test}
          onChange={(event) => onChange({ test: event.target.value === "begins" ? "begins" : "is" })}
        >
          <option value="is">be</option>
          <option value="begins">begin with</option>
        </SelectField>
      </div>
      <TextAreaField
        label="One of"
        hint={
          condition.test === "is"
            ? "A line each, letter by letter."
            : "A line each. It ends at / : or @, so that no other name begins alike."
        }
        rows={2}
        required
        className="font-mono text-small"
        value={condition.values}
        maxLength={6000}
        spellCheck={false}
        onChange={(event) => onChange({ values: event.target.value })}
      />
      <Button size="small" aria-label={`Take out condition ${number}`} onClick={onRemove}>
        Take out
      </Button>
    </div>
  )
}
