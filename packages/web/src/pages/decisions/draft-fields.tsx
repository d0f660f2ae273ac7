import type { ReactNode } from "react"
import { SelectField, TextAreaField } from "../../components/field.tsx"
import type { Supposing } from "./supposed-call.ts"

const KINDS = {
  "": "As they were",
  manifest: "Another manifest of the agent",
  guard: "Other guard-rails of the organisation",
} as const

/** A text that would be in force in place of the one that is. */
export function DraftFields(props: {
  supposing: Supposing
  onChange: (change: Partial<Supposing>) => void
}): ReactNode {
  const { supposing, onChange } = props
  const { draftKind, draft } = supposing
  const choose = (value: string): void =>
    onChange({ draftKind: value === "manifest" || value === "guard" ? value : "" })
  return (
    <>
      <SelectField
        label="Manifest and guard-rails"
        value={draftKind}
        onChange={({ target }) => choose(target.value)}
      >
        {Object.entries(KINDS).map(([kind, words]) => (
          <option key={kind} value={kind}>
            {words}
          </option>
        ))}
      </SelectField>
      {draftKind !== "" && (
        <TextAreaField
          label={draftKind === "manifest" ? "The manifest" : "The guard-rails, in Cedar"}
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
