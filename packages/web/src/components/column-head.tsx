import type { ReactNode } from "react"

/** The names of a list's columns, above it where its rows are laid out in columns; the last one stands at the right. */
export function ColumnHead({ grid, names }: { grid: string; names: readonly string[] }): ReactNode {
  return (
    <div aria-hidden="true" className={`h-9 text-small text-faint @max-2xl:hidden ${grid}`}>
      {names.map((name) => (
        <span key={name} className="truncate last:text-right">
          {name}
        </span>
      ))}
    </div>
  )
}
