import type { ReactNode } from "react"
import type { AuditChange, AuditSearch } from "./audit-search.ts"

/** Takes what happened from a day on, and until the end of another. */
export function DayFilters({
  search,
  onSearch,
}: {
  search: AuditSearch
  onSearch: (change: AuditChange) => void
}): ReactNode {
  const { from, until } = search
  return (
    <>
      <DayField words="From" day={from} max={until} onDay={(day) => onSearch({ from: day })} />
      <DayField words="until" day={until} min={from} onDay={(day) => onSearch({ until: day })} />
    </>
  )
}

function DayField(props: {
  words: string
  day: string | undefined
  min?: string | undefined
  max?: string | undefined
  onDay: (day: string | undefined) => void
}): ReactNode {
  const { words, day, min, max } = props
  return (
    <label className="inline-flex shrink-0 items-center gap-1.5 text-small text-soft">
      {words}
      <input
        type="date"
        value={day ?? ""}
        min={min}
        max={max}
        onChange={({ target: { value } }) => props.onDay(value || undefined)}
        className={`h-7 rounded-full border px-2.5 text-small font-medium max-md:h-8 ${day ? "border-accent bg-accent-wash text-accent" : "bg-ground text-soft hover:bg-hover"}`}
      />
    </label>
  )
}
