/** As many cells as the table of agents shows at 1440 pixels. */
const CELLS = 9

const ICON = `<svg viewBox="0 0 16 16" width="14" height="14" fill="none" stroke="currentColor"><path d="M8 2 1.5 13.5h13ZM8 6.5v3.2m0 1.8v.2"/></svg>`

const STYLE = `
  body { font: 13px/20px sans-serif; margin: 0 auto; width: 1180px }
  .row { display: grid; grid-template-columns: 20px 2.6fr repeat(${CELLS - 1}, 1fr); gap: 16px; height: 35px; align-items: center; border-bottom: 1px solid #ddd; content-visibility: auto; contain-intrinsic-height: 35px }
  .row:hover { background: #f7f7f8 }
  .row > span { display: flex; gap: 6px; overflow: hidden; white-space: nowrap }`

/** Writes a page of rows that look like those of the table of agents, without a script: what drawing them costs by itself. */
export function plainRowsPage(rows: number): string {
  const cells = Array.from(
    { length: CELLS },
    (_, at) => `<span>${at % 3 === 1 ? ICON : ""}of this row</span>`,
  )
  const row = (at: number): string =>
    `<div class="row"><input type="checkbox"><b>agent ${at}</b>${cells.slice(1).join("")}</div>`
  return `<!doctype html><title>Rows</title><style>${STYLE}</style>${Array.from({ length: rows }, (_, at) => row(at)).join("")}`
}
