import { DATA_CLASSES } from "@tabard/core"
import type { ReactNode } from "react"
import { Chip } from "../../components/chip.tsx"
import { SelectField, TextAreaField, TextField } from "../../components/field.tsx"
import { DATA_CLASS_WORDS, ENVIRONMENT_WORDS } from "../../words/about-words.ts"
import { CATEGORY_WORDS } from "../../words/agent-words.ts"
import { categoryIn, type DescriptionDraft, environmentIn, toggled } from "./description-draft.ts"

interface FieldsProps {
  readonly draft: DescriptionDraft
  readonly onChange: (part: Partial<DescriptionDraft>) => void
  /** The purpose is part of a mandate, which is not described. */
  readonly fixedPurpose?: boolean
}

/** What a person says of an agent. */
export function DescriptionFields({ draft, onChange, fixedPurpose = false }: FieldsProps): ReactNode {
  return (
    <>
      <TextField
        label="Name"
        value={draft.name}
        maxLength={200}
        required
        autoFocus
        onChange={(event) => onChange({ name: event.target.value })}
      />
      {!fixedPurpose && (
        <TextAreaField
          label="Purpose"
          hint="What it is there for, in a sentence its users would recognise."
          value={draft.purpose}
          maxLength={2000}
          rows={2}
          onChange={(event) => onChange({ purpose: event.target.value })}
        />
      )}
      <Kinds draft={draft} onChange={onChange} />
      <DataClasses draft={draft} onChange={onChange} />
      <TextField
        label="Systems"
        hint="What it works with, parted by commas."
        value={draft.systems}
        placeholder="Stripe, the ledger"
        maxLength={4000}
        onChange={(event) => onChange({ systems: event.target.value })}
      />
      <Reviews draft={draft} onChange={onChange} />
    </>
  )
}

function Kinds({ draft, onChange }: Pick<FieldsProps, "draft" | "onChange">): ReactNode {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Choice
        label="Category"
        words={Object.entries(CATEGORY_WORDS).map(([name, { label }]) => [name, label])}
        chosen={draft.category}
        onChoose={(text) => onChange({ category: categoryIn(text) })}
      />
      <Choice
        label="Environment"
        words={Object.entries(ENVIRONMENT_WORDS)}
        chosen={draft.environment}
        onChoose={(text) => onChange({ environment: environmentIn(text) })}
      />
    </div>
  )
}

function Reviews({ draft, onChange }: Pick<FieldsProps, "draft" | "onChange">): ReactNode {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label="Last review"
        type="date"
        value={draft.lastReview}
        onChange={(event) => onChange({ lastReview: event.target.value })}
      />
      <TextField
        label="Next review"
        type="date"
        value={draft.nextReview}
        onChange={(event) => onChange({ nextReview: event.target.value })}
      />
    </div>
  )
}

function DataClasses({ draft, onChange }: Pick<FieldsProps, "draft" | "onChange">): ReactNode {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">Data that it handles</legend>
      <div className="flex flex-wrap gap-1.5">
        {DATA_CLASSES.map((one) => (
          <Chip
            key={one}
            on={draft.dataClasses.includes(one)}
            count={undefined}
            onToggle={() => onChange({ dataClasses: toggled(draft.dataClasses, one) })}
          >
            {DATA_CLASS_WORDS[one]}
          </Chip>
        ))}
      </div>
    </fieldset>
  )
}

function Choice(props: {
  label: string
  words: readonly (readonly [string, string])[]
  chosen: string
  onChoose: (text: string) => void
}): ReactNode {
  return (
    <SelectField
      label={props.label}
      value={props.chosen}
      onChange={(event) => props.onChoose(event.target.value)}
    >
      <option value="">Nobody says</option>
      {props.words.map(([name, label]) => (
        <option key={name} value={name}>
          {label}
        </option>
      ))}
    </SelectField>
  )
}
