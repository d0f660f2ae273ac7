import { CATEGORIES, DATA_CLASSES, ENVIRONMENTS } from "@tabard/core"
import type { Description, DescriptionChange } from "../registry/description.ts"
import type { Column } from "./columns.ts"
import { unshieldFormula } from "./formula.ts"

/** The cells of one line by column; an empty cell says nothing and is absent. */
export type Cells = ReadonlyMap<Column, string>

/** What one line says of an agent, and what of it cannot be taken. */
export interface SaidOfAgent {
  readonly change: DescriptionChange
  readonly problems: readonly string[]
}

/** A value, or why there is none. */
type Reading<Value> = { readonly value: Value } | { readonly problem: string }

type Reader<Value> = (cell: string) => Reading<Value>

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

/** Answers a cell as a person meant it, or undefined where it is empty. */
export function cellText(cell: string): string | undefined {
  return unshieldFormula(cell.trim()).trim() || undefined
}

function words(max: number): Reader<string> {
  return (cell) => {
    if (cell.length > max) return { problem: `it is longer than ${max} characters` }
    // oxlint-disable-next-line no-control-regex -- these are the characters that are refused
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(cell))
      return { problem: "it holds control characters" }
    return { value: cell }
  }
}

function oneOf<Word extends string>(known: readonly Word[]): Reader<Word> {
  return (cell) => {
    const value = known.find((word) => word === cell.toLowerCase())
    return value === undefined
      ? { problem: `“${cell.slice(0, 40)}” is none of ${known.join(", ")}` }
      : { value }
  }
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

function itemsOf(cell: string): readonly string[] {
  return cell
    .split(/[;,|\n\r]/)
    .map((item) => item.trim())
    .filter((item) => item !== "")
}
