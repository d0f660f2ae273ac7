import { stringify } from "csv-stringify/sync"
import { shieldFormula } from "./formula.ts"

/** Either half of a line's end: a reader may take it for a whole one, and what follows for a row. */
const LINE_END = /[\r\n]/

/**
 * Writes lines under their columns as comma-separated values (RFC 4180), marked as UTF-8. No cell of it is a formula, and
 * none ends its line, whatever somebody wrote into it.
 */
export function csvText(columns: readonly string[], lines: readonly (readonly string[])[]): string {
  const shielded = lines.map((line) => line.map(shieldFormula))
  return stringify([[...columns], ...shielded], {
    bom: true,
    record_delimiter: "\r\n",
    quoted_match: LINE_END,
  })
}
