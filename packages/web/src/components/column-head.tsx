import type { ReactNode } from "react"

/**
 * The names of a list's columns, above it where its rows are laid out in columns; the last one stands at the right.
 * Those that are for wide lists alone are named again in `wide`.
 */
export function ColumnHead({
  grid,
  names,
  wide = [],
}: {
  grid: string
  names: readonly string[]
  wide?: readonly string[]
}): ReactNode {
  return (
    <div aria-hidden="true" className={`h-9 text-small text-faint @max-2xl:hidden ${grid}`}>
      {names.map((name) => (
        <span
          key={name}
          className={`truncate last:text-right ${wide.includes(name) ? "@max-5xl:hidden" : ""}`}
        >
          {name}
        </span>
      ))}
    </div>
  )
}
