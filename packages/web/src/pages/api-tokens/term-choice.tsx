import type { ReactNode } from "react"
import { SelectField } from "../../components/field.tsx"
import { useClock } from "../../data/clock-context.ts"
import { dateFieldAfter, dayOf } from "../../words/time.ts"

const TERMS = [7, 30, 90, 180, 365] as const

/** Asks for how long a token works, and says until when that is. */
export function TermChoice({ days, onDays }: { days: number; onDays: (days: number) => void }): ReactNode {
  const clock = useClock()
  return (
    <SelectField
      label="For"
      hint={`It ends on ${dayOf(dateFieldAfter(days, clock()))}.`}
      value={String(days)}
      onChange={(event) => onDays(Number(event.target.value))}
    >
      {TERMS.map((term) => (
        <option key={term} value={term}>
          {term === 365 ? "A year" : `${term} days`}
        </option>
      ))}
    </SelectField>
  )
}
