import type { ReactNode } from "react"
import { plainText } from "../words/plain-text.ts"
import { SelectBox } from "./select-box.tsx"

/** The filters of a list, beside each other, on a phone in one line that is pushed; what they are set to is in the address. */
export function FilterBar({ children }: { children: ReactNode }): ReactNode {
  return (
    <div
      role="group"
      aria-label="Filters"
      className="mb-3 flex min-w-0 items-center gap-x-4 gap-y-1.5 max-md:-mx-4 max-md:overflow-x-auto max-md:px-4 max-md:py-1 md:flex-wrap"
    >
      {children}
    </div>
  )
}

/** Filters of one kind, which stand closer to each other than to others. */
export function FilterGroup({ children }: { children: ReactNode }): ReactNode {
  return <div className="flex items-center gap-1.5 empty:hidden max-md:shrink-0 md:flex-wrap">{children}</div>
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
