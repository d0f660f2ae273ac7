import { Problem } from "@tabard/core"
import { CsvError, parse } from "csv-parse/sync"
import { type Column, columnCalled } from "./columns.ts"
import { type Cells, cellText } from "./read-cells.ts"

/** One line of a register, its cells by column. */
export interface RegisterLine {
  /** Counted from 1, the header being the first; of a line that is broken within quotes, its last. */
  readonly line: number
  readonly cells: Cells
  /** Why the line as a whole cannot be read, if it cannot. */
  readonly problem?: string
}

/** A register as it was read. */
export interface ReadRegister {
  readonly lines: readonly RegisterLine[]
  /** Headers that nobody knows; their columns are passed over. */
  readonly ignored: readonly string[]
}

/** The most lines that are taken at once: they are all written in one transaction. */
const MOST_LINES = 10_000

/** More than these are no register of agents. */
const MOST_COLUMNS = 100

interface RawLine {
  readonly line: number
  readonly cells: readonly string[]
}

/**
 * Reads a register from comma-separated values: a byte-order mark, semicolons or tabs in place of commas, quotes and
 * empty lines are taken as people's programs write them.
 *
 * @throws {Problem} register_invalid
 */
export function readRegister(csv: string): ReadRegister {
  const [header, ...rest] = rawLines(csv)
  if (!header) throw new Problem("register_invalid", "the file is empty: its first line names the columns")
  if (rest.length > MOST_LINES) {
    throw new Problem("register_invalid", `a register has at most ${MOST_LINES} lines: send it in parts`)
  }
  if (header.cells.length > MOST_COLUMNS) {
    throw new Problem("register_invalid", `a register has at most ${MOST_COLUMNS} columns`)
  }
  const columns = header.cells.map(columnCalled)
  assertColumns(columns)
  const ignored = header.cells.filter((name, at) => columns[at] === undefined && name.trim() !== "")
  return {
    lines: rest.map((raw) => registerLine(raw, columns)),
    ignored: ignored.map((name) => name.slice(0, 100)),
  }
}

function assertColumns(columns: readonly (Column | undefined)[]): void {
  const named = columns.filter((column) => column !== undefined)
  const twice = named.find((column, at) => named.indexOf(column) !== at)
  if (twice) throw new Problem("register_invalid", `two columns are called ${twice}`)
  if (!named.includes("name") && !named.includes("id")) {
    throw new Problem("register_invalid", "there is no column called name: the first line names the columns")
  }
}

function registerLine({ line, cells }: RawLine, columns: readonly (Column | undefined)[]): RegisterLine {
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

function rawLines(csv: string): readonly RawLine[] {
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
    throw unreadable(cause)
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

function unreadable(cause: unknown): Problem {
  if (!(cause instanceof CsvError)) throw cause
  const { lines, code } = cause
  const where = typeof lines === "number" ? `line ${lines}` : "a line"
  return new Problem("register_invalid", `${where} cannot be read: ${WRONG[code] ?? "it is no CSV"}`, {
    cause,
  })
}

const WRONG: Readonly<Partial<Record<string, string>>> = {
  CSV_QUOTE_NOT_CLOSED: "a quote is opened and never closed",
  CSV_INVALID_CLOSING_QUOTE: "a quote ends in the middle of a cell; write two quotes for one within quotes",
  INVALID_OPENING_QUOTE: "a quote begins in the middle of a cell; put the whole cell into quotes",
}
