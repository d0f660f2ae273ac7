import type { ReactNode } from "react"
import { CheckField, SelectField, TextAreaField, TextField } from "../../components/field.tsx"
import type { SinkField } from "./sink-fields.ts"

/** One field of a receiver. A secret is typed anew or left as it is: what there is, is shown to nobody. */
export function ReceiverField(props: {
  field: SinkField
  isNew: boolean
  value: string
  onChange: (value: string) => void
}): ReactNode {
  const { field, isNew, value, onChange } = props
  const { label, input, options } = field
  const isSecret = input === "secret" || input === "secret lines"
  const isRequired = !field.optional && !(isSecret && !isNew)
  const hint = isSecret && !isNew ? "Sealed. It stays as it is where you type nothing." : field.hint
  const typed = { label, hint, value, required: isRequired, autoComplete: "off" }
  if (input === "check")
    return (
      <CheckField
        label={label}
        hint={field.hint}
        checked={value === "true"}
        onChange={(event) => onChange(String(event.target.checked))}
      />
    )
  if (options)
    return (
      <SelectField label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        {Object.entries(options).map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </SelectField>
    )
  if (input === "lines" || input === "secret lines")
    return (
      <TextAreaField
        {...typed}
        className="font-mono text-small"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    )
  return <TextField {...typed} type={TYPES[input]} onChange={(event) => onChange(event.target.value)} />
}

const TYPES = { text: "text", url: "url", number: "number", secret: "password" } as const
