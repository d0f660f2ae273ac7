import type { AgentSummary } from "@tabard/api"
import { useTable } from "@tanstack/react-table"
import { type ReactNode, useEffect, useMemo, useRef } from "react"
import { useRowsInSight } from "../../components/use-rows-in-sight.ts"
import { useWidth } from "../../components/use-width.ts"
import { isPicked } from "../acts/picked.ts"
import type { Picking } from "../acts/use-picked.ts"
import { useRowPicking } from "../acts/use-row-picking.ts"
import { columns, features } from "./agent-columns.tsx"
import { AgentRow } from "./agent-row.tsx"
import { RiskLinesInSight } from "./risk-lines.tsx"
import { HeaderRow } from "./table-header.tsx"
import { type ColumnId, columnsWithin, gridTemplate, useRowShape } from "./table-shape.ts"

const RISKIEST_FIRST = "-risk"

/** Is told the rows as they stand; it stays the same function. */
export type OnOrder = (rows: readonly { readonly id: string }[]) => void

/** The agents as rows; only those in sight exist in the page, so that ten thousand scroll like ten. */
export function AgentsTable(props: {
  agents: readonly AgentSummary[]
  sort: string | undefined
  onSort: (sort: string | undefined) => void
  /** The columns that were chosen; those that find room where nobody chose. */
  chosen: readonly ColumnId[] | undefined
  /** The agent that is open beside the list. */
  open: string | undefined
  picking: Picking | undefined
  /** Hears in which order the rows stand. */
  onOrder: OnOrder
}): ReactNode {
  const sort = props.sort ?? RISKIEST_FIRST
  const { table, rows } = useSorted(props.agents, sort, props.onOrder)
  const frame = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const { onAPhone, height } = useRowShape()
  const shown = useColumns(useWidth(frame), props.chosen)
  const template = onAPhone ? undefined : gridTemplate(shown)
  const virtual = useRowsInSight(body, rows.length, height)
  const items = virtual.getVirtualItems()
  const rowPicking = useRowPicking(props.picking, rows)
  return (
    <div role="table" aria-label="Agents" aria-rowcount={rows.length + 1} ref={frame}>
      <HeaderRow sort={sort} onSort={props.onSort} shown={shown} template={template} all={rowPicking?.all} />
      <div role="rowgroup" ref={body} className="relative" style={{ height: virtual.getTotalSize() }}>
        <RiskLinesInSight rows={rows} from={items[0]?.index ?? 0} to={items.at(-1)?.index ?? -1}>
          {items.map((item) => {
            const row = rows[item.index]
            if (!row) return null
            return (
              <AgentRow
                key={row.id}
                table={table}
                row={row}
                index={item.index}
                top={item.start - virtual.options.scrollMargin}
                height={item.size}
                shown={shown}
                template={template}
                isOpen={row.id === props.open}
                isPicked={rowPicking !== undefined && isPicked(rowPicking.picked, row.id)}
                pick={rowPicking?.pickRow}
              />
            )
          })}
        </RiskLinesInSight>
      </div>
    </div>
  )
}

/** The columns that find room; the same ones stay the same list, so that rows need not be drawn again. */
function useColumns(width: number, chosen: readonly ColumnId[] | undefined): readonly ColumnId[] {
  const names = columnsWithin(width, chosen).join()
  // oxlint-disable-next-line react/exhaustive-deps -- their names are all that is to be told apart
  return useMemo(() => columnsWithin(width, chosen), [names])
}

function useSorted(agents: readonly AgentSummary[], sort: string, onOrder: OnOrder) {
  // The table sorts again whenever this is another list.
  const sorting = useMemo(() => [{ id: sort.replace("-", ""), desc: sort.startsWith("-") }], [sort])
  const table = useTable({
    features,
    columns,
    data: agents,
    state: { sorting },
    getRowId: (agent) => agent.id,
  })
  const { rows } = table.getRowModel()
  useEffect(() => onOrder(rows), [rows, onOrder])
  return { table, rows }
}
