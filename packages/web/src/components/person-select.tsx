import type { ReactNode } from "react"
import { usePeople } from "../data/people-query.ts"
import { plainText } from "../words/plain-text.ts"
import { SelectField } from "./field.tsx"

/** Lets one of the active people be chosen; `none` says what it means to choose nobody. */
export function PersonSelect(props: {
  label: string
  hint?: ReactNode
  none: string
  chosen: string
  except?: readonly string[]
  onChoose: (id: string) => void
}): ReactNode {
  const people = usePeople()
  const offered = (people.data?.items ?? []).filter(({ id, active }) => active && !props.except?.includes(id))
  return (
    <SelectField
      label={props.label}
      hint={people.error ? "The people could not be read." : props.hint}
      value={props.chosen}
      onChange={(event) => props.onChoose(event.target.value)}
    >
      <option value="">{props.none}</option>
      {offered.map(({ id, name, email }) => (
        <option key={id} value={id}>
          {plainText(`${name} (${email})`)}
        </option>
      ))}
    </SelectField>
  )
}
