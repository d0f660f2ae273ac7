const ROWS = "main [data-row]"

/** Moves the keyboard to the next or the previous row of whatever list the page shows. */
export function moveRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)]
  const here = rows.findIndex((row) => row === document.activeElement)
  const next = here < 0 ? firstVisible(rows) : rows[here + step]
  next?.focus()
  next?.scrollIntoView({ block: "nearest" })
}

function firstVisible(rows: readonly HTMLElement[]): HTMLElement | undefined {
  return rows.find((row) => row.getBoundingClientRect().top >= 0) ?? rows[0]
}
