import type { AgentSummary } from "@tabard/api"
import { useTable } from "@tanstack/react-table"
import { type CSSProperties, memo, type ReactNode, useEffect, useRef } from "react"
import { rowGround } from "../../components/row-look.ts"
import { useRowsInSight } from "../../components/use-rows-in-sight.ts"
import { useWidth } from "../../components/use-width.ts"
import { plainText } from "../../words/plain-text.ts"
import { PickBox } from "../acts/pick-box.tsx"
import { isPicked } from "../acts/picked.ts"
import type { Picking } from "../acts/use-picked.ts"
import { type RowPicking, useRowPicking } from "../acts/use-row-picking.ts"
import { columns, features } from "./agent-columns.tsx"
import { RiskLinesInSight } from "./risk-lines.tsx"
import { HeaderRow } from "./table-header.tsx"
import { type ColumnId, columnsWithin, GRID, gridTemplate, ON_A_PHONE, useRowShape } from "./table-shape.ts"

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
  const shown = columnsWithin(useWidth(frame), props.chosen)
  const template = onAPhone ? {} : { gridTemplateColumns: gridTemplate(shown) }
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
              <div
                key={row.id}
                role="row"
                aria-rowindex={item.index + 2}
                className={`absolute inset-x-0 top-0 border-b ${groundOf(row.id, props.open, rowPicking)} ${GRID}`}
                style={{ ...rowPlace(item, virtual.options.scrollMargin), ...template }}
              >
                <PickCell row={row} picking={rowPicking} />
                <Cells table={table} row={row} shown={shown} onAPhone={onAPhone} />
              </div>
            )
          })}
        </RiskLinesInSight>
      </div>
    </div>
  )
}

function useSorted(agents: readonly AgentSummary[], sort: string, onOrder: OnOrder) {
  const table = useTable({
    features,
    columns,
    data: agents,
    state: { sorting: [{ id: sort.replace("-", ""), desc: sort.startsWith("-") }] },
    getRowId: (agent) => agent.id,
  })
  const { rows } = table.getRowModel()
  useEffect(() => onOrder(rows), [rows, onOrder])
  return { table, rows }
}

type Sorted = ReturnType<typeof useSorted>

interface CellsProps {
  readonly table: Sorted["table"]
  readonly row: Sorted["rows"][number]
  readonly shown: readonly ColumnId[]
  readonly onAPhone: boolean
}

/** What stands in a row: drawn once, however often the row moves past. */
const Cells = memo(
  ({ table, row, shown, onAPhone }: CellsProps): ReactNode =>
    row
      .getAllCells()
      .filter(({ column: { id } }) => isShown(id, shown, onAPhone))
      .map((cell) => (
        <div
          key={cell.id}
          role="cell"
          data-column={cell.column.id}
          className={`flex min-w-0 items-center ${phoneStand(cell.column.id)}`}
        >
          <table.FlexRender cell={cell} />
        </div>
      )),
  (one, other) =>
    one.row === other.row && one.onAPhone === other.onAPhone && one.shown.join() === other.shown.join(),
)

function PickCell(props: {
  row: { readonly id: string; readonly original: AgentSummary }
  picking: RowPicking | undefined
}): ReactNode {
  const { row, picking } = props
  return (
    <div role="cell" className="relative z-1 max-md:row-span-2">
      {picking && (
        <PickBox
          label={`Select ${plainText(row.original.name)}`}
          checked={isPicked(picking.picked, row.id)}
          onPick={(extend) => picking.pickRow(row.id, extend)}
        />
      )}
    </div>
  )
}

function rowPlace({ size, start }: { size: number; start: number }, margin: number): CSSProperties {
  return { height: size, transform: `translateY(${start - margin}px)` }
}

function groundOf(id: string, open: string | undefined, picking: RowPicking | undefined): string {
  return picking && isPicked(picking.picked, id) ? "bg-accent-wash" : rowGround(id === open)
}

function isShown(id: string, shown: readonly ColumnId[], onAPhone: boolean): boolean {
  return onAPhone ? Object.hasOwn(ON_A_PHONE, id) : shown.some((one) => one === id)
}

function phoneStand(id: string): string {
  return Object.entries(ON_A_PHONE).find(([name]) => name === id)?.[1] ?? ""
}
