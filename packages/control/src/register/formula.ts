/** What makes a spreadsheet take a cell for a formula, also in the full-width spelling that some of them fold. */
const STARTS_FORMULA = /^'*[=+\-@\t\r＝＋－＠]/

const SHIELDED = /^'+[=+\-@\t\r＝＋－＠]/

/** Writes a cell so that no spreadsheet runs it: what would begin a formula gets an apostrophe before it. */
export function shieldFormula(cell: string): string {
  return STARTS_FORMULA.test(cell) ? `'${cell}` : cell
}

/** Takes back exactly what `shieldFormula` added, and nothing that a person wrote. */
export function unshieldFormula(cell: string): string {
  return SHIELDED.test(cell) ? cell.slice(1) : cell
}
