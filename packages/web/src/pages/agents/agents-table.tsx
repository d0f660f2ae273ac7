import type { AgentSummary } from "@tabard/api"
import { useTable } from "@tanstack/react-table"
import { useWindowVirtualizer } from "@tanstack/react-virtual"
import { type ReactNode, useLayoutEffect, useRef, useState } from "react"
import { Icon } from "../../components/icon.tsx"
import { columns, features } from "./agent-columns.tsx"
import { CELLS, GRID } from "./table-shape.ts"

const RISKIEST_FIRST = "-risk"

/** The agents as rows; only those in sight exist in the page, so that ten thousand scroll like ten. */
export function AgentsTable(props: {
  agents: readonly AgentSummary[]
  /** In pixels; where it changes, the table is drawn anew. */
  rowHeight: number
  sort: string | undefined
  onSort: (sort: string | undefined) => void
}): ReactNode {
  const sort = props.sort ?? RISKIEST_FIRST
  const sorting = [{ id: sort.replace("-", ""), desc: sort.startsWith("-") }]
  const table = useTable({
    features,
    columns,
    data: props.agents,
    state: { sorting },
    getRowId: (agent) => agent.id,
  })
  const { rows } = table.getRowModel()
  const body = useRef<HTMLDivElement>(null)
  const virtual = useRowsInSight(body, rows.length, props.rowHeight)
  return (
    <div role="table" aria-label="Agents" aria-rowcount={rows.length + 1}>
      <HeaderRow sort={sort} onSort={props.onSort} />
      <div role="rowgroup" ref={body} className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          if (!row) return null
          const top = item.start - virtual.options.scrollMargin
          return (
            <div
              key={row.id}
              role="row"
              aria-rowindex={item.index + 2}
              className={`absolute inset-x-0 top-0 border-b hover:bg-panel ${GRID}`}
              style={{ height: item.size, transform: `translateY(${top}px)` }}
            >
              {row.getAllCells().map((cell) => (
                <div
                  key={cell.id}
                  role="cell"
                  className={`flex min-w-0 items-center ${CELLS[cell.column.id] ?? ""}`}
                >
                  <table.FlexRender cell={cell} />
                </div>
              ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function useRowsInSight(body: React.RefObject<HTMLDivElement | null>, count: number, height: number) {
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => setMargin(body.current?.offsetTop ?? 0), [body])
  // oxlint-disable-next-line react/incompatible-library -- no compiler runs here, and the rows are not memoised
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: margin,
  })
  useLayoutEffect(() => virtual.measure(), [virtual, height])
  return virtual
}

function HeaderRow({
  sort,
  onSort,
}: {
  sort: string
  onSort: (sort: string | undefined) => void
}): ReactNode {
  return (
    <div role="rowgroup" className="sticky top-12 z-10 bg-ground max-md:sr-only">
      <div role="row" aria-rowindex={1} className={`h-9 border-b text-small text-faint ${GRID}`}>
        {columns.map((column) => {
          const id = column.id ?? ("accessorKey" in column ? String(column.accessorKey) : "")
          const turned = sort === `-${id}`
          const on = turned || sort === id
          return (
            <div
              key={id}
              role="columnheader"
              aria-sort={ariaSort(on, turned)}
              className={`flex items-center ${CELLS[id] ?? ""}`}
            >
              <button
                type="button"
                onClick={() => onSort(nextSort(id, sort))}
                className={`-mx-1 flex items-center gap-1 rounded px-1 hover:text-ink ${on ? "font-medium text-ink" : ""}`}
              >
                {String(column.header)}
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
