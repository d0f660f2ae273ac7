import type { ReactNode } from "react"
import { SelectField, TextAreaField, TextField } from "../../components/field.tsx"
import { keysOf } from "../../shell/read-address.ts"
import type { DraftKind, Supposing } from "./supposed-call.ts"

const KINDS: Readonly<Record<DraftKind, { readonly choice: string; readonly label: string }>> = {
  manifest: { choice: "Another manifest of the agent", label: "The manifest" },
  hand: { choice: "Other Cedar by hand beside its manifest", label: "Its policies, in Cedar" },
  guard: { choice: "Other guard-rails of the organisation", label: "The guard-rails, in Cedar" },
  offered: { choice: "Offered guard-rails, elsewhere", label: "Where which of them hold" },
  tier: { choice: "Other tiers", label: "The tiers" },
  set: { choice: "Another set of values", label: "Its values, a line each" },
}

/** A text that would be in force in place of the one that is. */
export function DraftFields(props: {
  supposing: Supposing
  onChange: (change: Partial<Supposing>) => void
}): ReactNode {
  const { supposing, onChange } = props
  const { draftKind, draftName, draft } = supposing
  return (
    <>
      <SelectField
        label="Manifest and policies"
        value={draftKind}
        onChange={({ target }) =>
          onChange({ draftKind: keysOf(KINDS).find((kind) => kind === target.value) ?? "" })
        }
      >
        <option value="">As they were</option>
        {keysOf(KINDS).map((kind) => (
          <option key={kind} value={kind}>
            {KINDS[kind].choice}
          </option>
        ))}
      </SelectField>
      {draftKind === "set" && (
        <TextField
          label="Name of the set"
          maxLength={64}
          value={draftName}
          onChange={({ target }) => onChange({ draftName: target.value })}
        />
      )}
      {draftKind !== "" && (
        <TextAreaField
          label={KINDS[draftKind].label}
          rows={8}
          spellCheck={false}
          maxLength={262_144}
          className="font-mono text-small"
          value={draft}
          onChange={({ target }) => onChange({ draft: target.value })}
        />
      )}
    </>
  )
}
