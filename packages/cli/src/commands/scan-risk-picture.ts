import { RISK_CELLS, type RiskCell, type RiskRow, riskGrid, type ScoredAgent } from "@tabard/scan"
import type { Paint } from "./scan-paint.ts"

/** How many characters a cell of the picture takes. */
const CELL_WIDTH = 7
const AXIS_WIDTH = "autonomy 10 ".length

/** Draws agents by access, from left to right, and autonomy, from below: how many stand where, in the colour of the risk there. */
export function riskPicture(agents: readonly ScoredAgent[], paint: Paint): readonly string[] {
  if (agents.length === 0) return []
  const steps = Array.from({ length: RISK_CELLS }, (_, step) => ((step + 1) * 10) / RISK_CELLS)
  const axis = steps.map((step) => `${step}`.padStart(CELL_WIDTH)).join("")
  return [
    ...riskGrid(agents).map((row, at) => rowOf(row, at === 0 ? "autonomy" : "", paint)),
    paint.dim(`${" ".repeat(AXIS_WIDTH)}└${"─".repeat(CELL_WIDTH * RISK_CELLS)}`),
    paint.dim(`${" ".repeat(AXIS_WIDTH)} ${axis}  access`),
  ]
}

function rowOf({ to, cells }: RiskRow, name: string, paint: Paint): string {
  const label = `${name}${`${to} `.padStart(AXIS_WIDTH - name.length)}`
  return `${paint.dim(`${label}│`)}${cells.map((cell) => cellOf(cell, paint)).join("")}`
}

function cellOf({ band, agents }: RiskCell, paint: Paint): string {
  const shown = agents.length === 0 ? "·" : agents.length === 1 ? "●" : `●${agents.length}`
  return paint.band(band, shown.padStart(Math.ceil(CELL_WIDTH / 2)).padEnd(CELL_WIDTH))
}
