import type { ReactNode } from "react"
import { GRID } from "./table-shape.ts"

const ROWS = 12

/** Rows of the shape that the agents will have. */
export function TableSkeleton(): ReactNode {
  return (
    <div aria-hidden="true" className="md:pt-9">
      {Array.from({ length: ROWS }, (_, row) => (
        <div
          key={row}
          className={`h-15 border-b md:h-9 md:grid-cols-[minmax(0,3fr)_minmax(0,1fr)_1fr_1fr_1fr] ${GRID}`}
        >
          <div className="skeleton h-4 w-40 max-w-full" />
          <div className="skeleton h-4 w-16" />
          <div className="skeleton h-4 w-24 max-w-full" />
          <div className="skeleton h-4 w-16 max-w-full" />
          <div className="skeleton h-4 w-24 max-md:hidden" />
        </div>
      ))}
    </div>
  )
}
