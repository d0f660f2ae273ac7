import type { ReactNode } from "react"
import { TextAreaField } from "../../components/field.tsx"

/** Asks for networks, a line each. */
export function NetworksField(props: {
  label: string
  hint?: string
  typed: string
  onTyped: (typed: string) => void
}): ReactNode {
  const { label, hint, typed, onTyped } = props
  return (
    <TextAreaField
      label={label}
      hint={hint}
      rows={2}
      maxLength={3000}
      spellCheck={false}
      className="font-mono text-small"
      value={typed}
      onChange={(event) => onTyped(event.target.value)}
    />
  )
}

/** Answers the networks that were typed, by lines, by commas or with gaps; the server says what is wrong with them. */
export function networksIn(typed: string): readonly string[] {
  return typed.split(/[\s,]+/).filter((network) => network !== "")
}
