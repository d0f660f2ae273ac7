import type { ReactNode } from "react"
import { Icon } from "../../components/icon.tsx"
import { PickBox } from "../acts/pick-box.tsx"
import type { PickAll } from "../acts/use-row-picking.ts"
import { COLUMN_SHAPES, type ColumnId, GRID } from "./table-shape.ts"

const RISKIEST_FIRST = "-risk"

/** The heads of the columns; each turns the order. */
export function HeaderRow(props: {
  sort: string
  onSort: (sort: string | undefined) => void
  shown: readonly ColumnId[]
  /** The columns as a grid is told them; undefined on a phone. */
  template: string | undefined
  all: PickAll | undefined
}): ReactNode {
  const { sort, onSort, shown, template, all } = props
  return (
    <div role="rowgroup" className="sticky top-12 z-10 bg-ground max-md:sr-only">
      <div
        role="row"
        aria-rowindex={1}
        className={`h-9 border-b text-small text-faint ${GRID}`}
        style={{ gridTemplateColumns: template }}
      >
        <div role="columnheader">
          {all && (
            <PickBox
              label="Select all that are shown"
              checked={all.all}
              partly={all.some && !all.all}
              onPick={all.toggle}
            />
          )}
        </div>
        {shown.map((id) => {
          const turned = sort === `-${id}`
          const on = turned || sort === id
          return (
            <div
              key={id}
              role="columnheader"
              aria-sort={ariaSort(on, turned)}
              className="flex min-w-0 items-center"
            >
              <button
                type="button"
                onClick={() => onSort(nextSort(id, sort))}
                className={`-mx-1 flex min-w-0 items-center gap-1 rounded px-1 hover:text-ink ${on ? "font-medium text-ink" : ""}`}
              >
                <span className="truncate">{COLUMN_SHAPES[id].label}</span>
                {on && <Icon name="down" className={turned ? "size-3" : "size-3 rotate-180"} />}
              </button>
            </div>
          )
        })}
      </div>
    </div>
  )
}

function ariaSort(on: boolean, turned: boolean): "ascending" | "descending" | "none" {
  if (!on) return "none"
  return turned ? "descending" : "ascending"
}

function nextSort(id: string, sort: string): string | undefined {
  if (sort === id) return `-${id}`
  return sort === `-${id}` && sort !== RISKIEST_FIRST ? undefined : id
}
