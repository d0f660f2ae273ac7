import { Problem, type ProblemCode } from "@tabard/core"
import { CsvError, parse } from "csv-parse/sync"
import { cellText } from "./cell-text.ts"

/** What a file of comma-separated values is to be. */
export interface TableShape<Column extends string> {
  /** How it is called in a refusal: `a register`. */
  readonly what: string
  readonly code: Extract<ProblemCode, "people_invalid" | "register_invalid">
  readonly columnCalled: (header: string) => Column | undefined
  /** The columns of which one has to be there; the first is named where none is. */
  readonly needs: readonly [Column, ...Column[]]
}

/** One line of a table, its cells by column; an empty cell says nothing and is absent. */
export interface TableLine<Column extends string> {
  /** Counted from 1, the header being the first; of a line that is broken within quotes, its last. */
  readonly line: number
  readonly cells: ReadonlyMap<Column, string>
  /** Why the line as a whole cannot be read, if it cannot. */
  readonly problem?: string
}

/** A table as it was read. */
export interface ReadTable<Column extends string> {
  readonly lines: readonly TableLine<Column>[]
  /** Headers that nobody knows; their columns are passed over. */
  readonly ignored: readonly string[]
}

/** The most lines that are taken at once: they are all written in one transaction. */
const MOST_LINES = 10_000

/** More than these are no list of things that people keep. */
const MOST_COLUMNS = 100

interface RawLine {
  readonly line: number
  readonly cells: readonly string[]
}

/**
 * Reads comma-separated values: a byte-order mark, semicolons or tabs in place of commas, quotes and empty lines are taken
 * as people's programs write them.
 *
 * @throws {Problem} the shape's code
 */
export function readTable<Column extends string>(csv: string, shape: TableShape<Column>): ReadTable<Column> {
  const { what, code, columnCalled } = shape
  const [header, ...rest] = rawLines(csv, shape.code)
  if (!header) throw new Problem(code, "the file is empty: its first line names the columns")
  if (rest.length > MOST_LINES)
    throw new Problem(code, `${what} has at most ${MOST_LINES} lines: send it in parts`)
  if (header.cells.length > MOST_COLUMNS)
    throw new Problem(code, `${what} has at most ${MOST_COLUMNS} columns`)
  const columns = header.cells.map(columnCalled)
  assertColumns(columns, shape)
  const ignored = header.cells.filter((name, at) => columns[at] === undefined && name.trim() !== "")
  return {
    lines: rest.map((raw) => tableLine(raw, columns)),
    ignored: ignored.map((name) => name.slice(0, 100)),
  }
}

function assertColumns<Column extends string>(
  columns: readonly (Column | undefined)[],
  { code, needs }: TableShape<Column>,
): void {
  const named = columns.filter((column) => column !== undefined)
  const twice = named.find((column, at) => named.indexOf(column) !== at)
  if (twice) throw new Problem(code, `two columns are called ${twice}`)
  if (!needs.some((one) => named.includes(one))) {
    throw new Problem(code, `there is no column called ${needs[0]}: the first line names the columns`)
  }
}

function tableLine<Column extends string>(
  { line, cells }: RawLine,
  columns: readonly (Column | undefined)[],
): TableLine<Column> {
  const found = new Map<Column, string>()
  for (const [at, column] of columns.entries()) {
    const text = column && cellText(cells[at] ?? "")
    if (column && text !== undefined && text !== "") found.set(column, text)
  }
  const tooMany = cells.slice(columns.length).some((cell) => cell.trim() !== "")
  if (!tooMany) return { line, cells: found }
  return {
    line,
    cells: found,
    problem: "it has more cells than there are columns: put quotes around such text",
  }
}

function rawLines(csv: string, code: TableShape<string>["code"]): readonly RawLine[] {
  const found: RawLine[] = []
  try {
    parse(csv, {
      bom: true,
      delimiter: delimiterOf(csv),
      relax_column_count: true,
      skip_empty_lines: true,
      to: MOST_LINES + 2,
      on_record: (cells: readonly string[], { lines }) => {
        if (cells.some((cell) => cell.trim() !== "")) found.push({ line: lines, cells })
        return null
      },
    })
  } catch (cause) {
    throw unreadable(cause, code)
  }
  return found
}

/** The first line tells: of what could part its headers, whatever stands most often outside quotes. */
function delimiterOf(csv: string): string {
  const [header = ""] = csv
    .slice(0, 10_000)
    .replace(/"[^"]*"/g, "")
    .split(/[\r\n]/)
  const counts = [",", ";", "\t"].map((sign) => [sign, header.split(sign).length] as const)
  const [[sign] = [","]] = counts.toSorted(([, a], [, b]) => b - a)
  return sign
}

function unreadable(cause: unknown, code: TableShape<string>["code"]): Problem {
  if (!(cause instanceof CsvError)) throw cause
  const { lines, code: wrong } = cause
  const where = typeof lines === "number" ? `line ${lines}` : "a line"
  return new Problem(code, `${where} cannot be read: ${WRONG[wrong] ?? "it is no CSV"}`, { cause })
}

const WRONG: Readonly<Partial<Record<string, string>>> = {
  CSV_QUOTE_NOT_CLOSED: "a quote is opened and never closed",
  CSV_INVALID_CLOSING_QUOTE: "a quote ends in the middle of a cell; write two quotes for one within quotes",
  INVALID_OPENING_QUOTE: "a quote begins in the middle of a cell; put the whole cell into quotes",
}
