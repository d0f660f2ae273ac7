import type { Spread, Standing, Taken } from "./contest.ts"
import type { Table } from "./figure.ts"

/** Writes a table as Markdown, which also reads well in a terminal. */
export function printTable({ title, head = "each (least–most)", standings, notes = [] }: Table): string {
  const counted = standings.some(({ processor }) => processor)
  const header = ["", ...heads(head), ...(counted ? heads("processor's time") : [])]
  const rows = [header, header.map(() => "---"), ...standings.map((standing) => cells(standing, counted))]
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map(
    (row) => `| ${row.map((cell, column) => padded(cell, widths[column] ?? 0)).join(" | ")} |`,
  )
  return [`**${title}**`, "", ...lines, "", ...notes.map((note) => `- ${note}`), ""].join("\n")
}

/** Writes a time with three figures and its unit. */
export function timeText(microseconds: number): string {
  const size = Math.abs(microseconds)
  if (size >= 1e6) return `${(microseconds / 1e6).toPrecision(3)} s`
  if (size >= 1e3) return `${(microseconds / 1e3).toPrecision(3)} ms`
  return `${microseconds.toPrecision(3)} µs`
}

/** Names a contestant with the crowd beside it. */
export function labelOf({ name, others }: Standing): string {
  return others === null ? name : `${name}, ${others.toLocaleString("en")} others`
}

function heads(head: string): string[] {
  return [head, "× the first row", "× with fewer others"]
}

function cells(standing: Standing, counted: boolean): string[] {
  return [labelOf(standing), ...takenCells(standing), ...(counted ? takenCells(standing.processor) : [])]
}

function takenCells(taken: Taken | undefined): string[] {
  if (!taken) return ["", "", ""]
  const { median, min, max } = taken.microseconds
  return [
    `${timeText(median)} (${timeText(min)}–${timeText(max)})`,
    ratioText(taken.toRival),
    ratioText(taken.toFewer),
  ]
}

function ratioText(ratio: Spread | null): string {
  return ratio ? `${fixed(ratio.median)} (${fixed(ratio.min)}–${fixed(ratio.max)})` : ""
}

function fixed(ratio: number): string {
  if (ratio >= 100) return ratio.toFixed(0)
  return ratio < 0.1 ? ratio.toPrecision(2) : ratio.toFixed(2)
}

function padded(cell: string, width: number): string {
  return cell === "---" ? "-".repeat(width) : cell.padEnd(width)
}
