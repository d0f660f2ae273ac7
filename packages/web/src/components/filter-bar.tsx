import type { ReactNode } from "react"
import { plainText } from "../words/plain-text.ts"
import { SelectBox } from "./select-box.tsx"

/** The filters of a list, beside each other, on a phone in one line that is pushed; what they are set to is in the address. */
export function FilterBar({ children }: { children: ReactNode }): ReactNode {
  return (
    <div
      role="group"
      aria-label="Filters"
      className="mb-3 flex min-w-0 items-center gap-1.5 max-md:-mx-4 max-md:overflow-x-auto max-md:px-4 max-md:py-1 md:flex-wrap"
    >
      {children}
    </div>
  )
}

/** What stands between filters of different kinds. */
export function FilterDivider(): ReactNode {
  return <span aria-hidden="true" className="mx-1 h-4 shrink-0 border-l" />
}

/** A filter that takes one of several values, or any. */
export function FilterChoice(props: {
  label: string
  any: string
  chosen: string | undefined
  options: readonly (readonly [value: string, words: string])[]
  onChoose: (value: string | undefined) => void
}): ReactNode {
  const { chosen, options } = props
  const isListed = chosen === undefined || options.some(([value]) => value === chosen)
  return (
    <SelectBox
      amongChips
      aria-label={props.label}
      className="max-w-56 shrink-0"
      value={chosen ?? ""}
      onChange={({ target: { value } }) => props.onChoose(value || undefined)}
    >
      <option value="">{props.any}</option>
      {!isListed && <option value={chosen}>{plainText(chosen)}</option>}
      {options.map(([value, words]) => (
        <option key={value} value={value}>
          {plainText(words)}
        </option>
      ))}
    </SelectBox>
  )
}
