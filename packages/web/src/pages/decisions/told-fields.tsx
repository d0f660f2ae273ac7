import type { DecisionDetail } from "@tabard/api"
import type { ReactNode } from "react"
import { SelectField, TextField } from "../../components/field.tsx"
import { Icon } from "../../components/icon.tsx"
import { plainText } from "../../words/plain-text.ts"
import { KEYS, type Supposing } from "./supposed-call.ts"

interface FieldsProps {
  readonly decision: DecisionDetail
  readonly supposing: Supposing
  readonly onChange: (change: Partial<Supposing>) => void
}

/** What policies would be told of the agent, its tool and its limits; an empty field is as it was. */
export function ToldFields(props: FieldsProps): ReactNode {
  return (
    <details className="group">
      <summary className="inline-flex items-center gap-1.5 text-small text-soft hover:text-ink">
        <Icon name="right" className="size-3 transition-transform duration-100 group-open:rotate-90" />
        The agent, its tool and its limits
      </summary>
      <div className="mt-2 grid gap-3 sm:grid-cols-2">
        <AgentFacts {...props} />
        <KeyField {...props} />
        <LimitFields {...props} />
        <PathFields {...props} />
      </div>
    </details>
  )
}

const AS_IT_WAS = "as it was"

function AgentFacts({ decision: { told, effects }, supposing, onChange }: FieldsProps): ReactNode {
  return (
    <>
      <TextField
        label="Tier"
        maxLength={80}
        placeholder={told?.tier ?? AS_IT_WAS}
        value={supposing.tier}
        onChange={({ target }) => onChange({ tier: target.value })}
      />
      <TextField
        label="Risk"
        type="number"
        min={0}
        max={100}
        placeholder={told?.risk.toString() ?? AS_IT_WAS}
        value={supposing.risk}
        onChange={({ target }) => onChange({ risk: target.value })}
      />
      <TextField
        label="Category"
        maxLength={80}
        placeholder={told?.category ?? AS_IT_WAS}
        value={supposing.category}
        onChange={({ target }) => onChange({ category: target.value })}
      />
      <TextField
        label="What the tool does"
        maxLength={100}
        placeholder={effects?.join(", ") ?? AS_IT_WAS}
        value={supposing.effects}
        onChange={({ target }) => onChange({ effects: target.value })}
      />
      <TextField
        label="Acting for"
        maxLength={400}
        placeholder="agents by id, nearest first"
        value={supposing.actingFor}
        onChange={({ target }) => onChange({ actingFor: target.value })}
      />
    </>
  )
}

const KEY_WORDS: Readonly<Record<(typeof KEYS)[number], string>> = {
  file: "In a file",
  keychain: "In a keychain",
  pkcs11: "In a hardware token",
  tpm: "In a TPM",
  federated: "None: its platform proves who it is",
}

function KeyField({ supposing, onChange }: FieldsProps): ReactNode {
  return (
    <SelectField
      label="Its key"
      value={supposing.key}
      onChange={({ target }) => onChange({ key: KEYS.find((key) => key === target.value) ?? "" })}
    >
      <option value="">As it was</option>
      {KEYS.map((key) => (
        <option key={key} value={key}>
          {KEY_WORDS[key]}
        </option>
      ))}
    </SelectField>
  )
}

function LimitFields({ decision: { told }, supposing, onChange }: FieldsProps): ReactNode {
  return (
    <>
      <TextField
        label="Calls left"
        type="number"
        min={0}
        placeholder={told?.left.calls.toString() ?? AS_IT_WAS}
        value={supposing.callsLeft}
        onChange={({ target }) => onChange({ callsLeft: target.value })}
      />
      <TextField
        label="Money left"
        maxLength={20}
        inputMode="decimal"
        placeholder={told?.left.spend ?? AS_IT_WAS}
        value={supposing.spendLeft}
        onChange={({ target }) => onChange({ spendLeft: target.value })}
      />
    </>
  )
}

/** Where a path leads on disk is another matter than how it is spelt. */
function PathFields({ supposing, onChange }: FieldsProps): ReactNode {
  const { resolved } = supposing
  return Object.entries(resolved).map(([path, real]) => (
    <TextField
      key={path}
      label={`${plainText(path)} leads to`}
      maxLength={4096}
      value={real}
      onChange={({ target }) => onChange({ resolved: { ...resolved, [path]: target.value } })}
    />
  ))
}
