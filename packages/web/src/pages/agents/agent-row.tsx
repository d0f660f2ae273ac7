import type { AgentSummary } from "@tabard/api"
import type { Row, useTable } from "@tanstack/react-table"
import { memo, type ReactNode } from "react"
import { rowGround } from "../../components/row-look.ts"
import { plainText } from "../../words/plain-text.ts"
import { PickBox } from "../acts/pick-box.tsx"
import type { RowPicking } from "../acts/use-row-picking.ts"
import type { features } from "./agent-columns.tsx"
import { type ColumnId, GRID, ON_A_PHONE } from "./table-shape.ts"

type Features = typeof features

/** What a row shows and where; each of it stays the same thing while the list scrolls. */
interface AgentRowProps {
  readonly table: ReturnType<typeof useTable<Features, AgentSummary>>
  readonly row: Row<Features, AgentSummary>
  /** Its place among all rows, from 0. */
  readonly index: number
  /** How far from the top of the list it stands, and how high it is, in pixels. */
  readonly top: number
  readonly height: number
  readonly shown: readonly ColumnId[]
  /** The columns as a grid is told them; undefined on a phone. */
  readonly template: string | undefined
  readonly isOpen: boolean
  readonly isPicked: boolean
  /** Undefined where nobody may pick. */
  readonly pick: RowPicking["pickRow"] | undefined
}

/** One agent of the table: drawn once, however often it moves past. */
export const AgentRow: React.MemoExoticComponent<(props: AgentRowProps) => ReactNode> = memo(
  (props: AgentRowProps): ReactNode => {
    const { table, row, index, top, height, shown, template, pick } = props
    return (
      <div
        role="row"
        aria-rowindex={index + 2}
        // Contained: what changes in one row is laid out and painted in that row alone.
        className={`absolute inset-x-0 top-0 border-b contain-strict ${groundOf(props)} ${GRID}`}
        style={{ height, transform: `translateY(${top}px)`, gridTemplateColumns: template }}
      >
        <div role="cell" className="relative z-1 max-md:row-span-2">
          {pick && (
            <PickBox
              label={`Select ${plainText(row.original.name)}`}
              checked={props.isPicked}
              onPick={(extend) => pick(row.id, extend)}
            />
          )}
        </div>
        {row
          .getAllCells()
          .filter(({ column: { id } }) => isShown(id, shown, template === undefined))
          .map((cell) => (
            <div
              key={cell.id}
              role="cell"
              data-column={cell.column.id}
              className={`flex min-w-0 items-center ${phoneStand(cell.column.id)}`}
            >
              <table.FlexRender cell={cell} />
            </div>
          ))}
      </div>
    )
  },
)

function groundOf({ isPicked, isOpen }: AgentRowProps): string {
  return isPicked ? "bg-accent-wash" : rowGround(isOpen)
}

function isShown(id: string, shown: readonly ColumnId[], onAPhone: boolean): boolean {
  return onAPhone ? Object.hasOwn(ON_A_PHONE, id) : shown.some((one) => one === id)
}

function phoneStand(id: string): string {
  return Object.entries(ON_A_PHONE).find(([name]) => name === id)?.[1] ?? ""
}
