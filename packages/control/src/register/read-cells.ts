import { CATEGORIES, DATA_CLASSES, ENVIRONMENTS } from "@tabard/core"
import type { Description, DescriptionChange } from "../registry/description.ts"
import { itemsOf, oneOf, type Reader, type Reading, words } from "./cell-text.ts"
import type { Column } from "./columns.ts"

/** The cells of one line by column; an empty cell says nothing and is absent. */
export type Cells = ReadonlyMap<Column, string>

/** What one line says of an agent, and what of it cannot be taken. */
export interface SaidOfAgent {
  readonly change: DescriptionChange
  readonly problems: readonly string[]
}

const MOST_SYSTEMS = 50
const LONGEST_SYSTEM = 100

/** How each column that describes an agent is read. */
const READERS: { readonly [Name in keyof Description]: { column: Column; read: Reader<Description[Name]> } } =
  {
    name: { column: "name", read: words(200) },
    purpose: { column: "purpose", read: words(2000) },
    category: { column: "category", read: oneOf(CATEGORIES) },
    environment: { column: "environment", read: oneOf(ENVIRONMENTS) },
    dataClasses: { column: "data classes", read: (cell) => listOf(cell, oneOf(DATA_CLASSES)) },
    systems: { column: "systems", read: readSystems },
    lastReview: { column: "last review", read: readDay },
    nextReview: { column: "next review", read: readDay },
  }

/** Reads what a line says of an agent; each cell that cannot be taken is a problem of its own. */
export function readDescription(cells: Cells): SaidOfAgent {
  const problems: string[] = []
  const readings = Object.entries(READERS).flatMap(([name, { column, read }]) => {
    const cell = cells.get(column)
    if (cell === undefined) return []
    const reading: Reading<unknown> = read(cell)
    if ("value" in reading) return [[name, reading.value]]
    problems.push(`${column}: ${reading.problem}`)
    return []
  })
  return { change: Object.fromEntries(readings), problems }
}

function listOf<Value>(cell: string, read: Reader<Value>): Reading<readonly Value[]> {
  const values: Value[] = []
  for (const item of itemsOf(cell)) {
    const reading = read(item)
    if ("problem" in reading) return reading
    values.push(reading.value)
  }
  return { value: [...new Set(values)] }
}

function readSystems(cell: string): Reading<readonly string[]> {
  const systems = listOf(cell, words(LONGEST_SYSTEM))
  if ("value" in systems && systems.value.length > MOST_SYSTEMS) {
    return { problem: `it names more than ${MOST_SYSTEMS} systems` }
  }
  return systems
}

function readDay(cell: string): Reading<string> {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(cell) ? new Date(`${cell}T00:00:00Z`) : undefined
  const real = at && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(cell)
  return real ? { value: cell } : { problem: `“${cell.slice(0, 40)}” is no day such as 2026-11-21` }
}
