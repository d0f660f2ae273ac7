import { type RiskBand, riskBand } from "@tabard/core"
import type { ScoredAgent } from "./riskiest-first.ts"

/** How many cells the picture of access × autonomy has each way; a side goes from 0 to 10. */
export const RISK_CELLS = 5
const CELL = 10 / RISK_CELLS

/** One cell of the picture. */
export interface RiskCell {
  /** The band of risk in its middle. */
  readonly band: RiskBand
  readonly agents: readonly ScoredAgent[]
}

/** One row of the picture: autonomy from `from` to `to`, and its cells by rising access. */
export interface RiskRow {
  readonly from: number
  readonly to: number
  readonly cells: readonly RiskCell[]
}

/** Answers the picture of access × autonomy from the freest row down. */
export function riskGrid(agents: readonly ScoredAgent[]): readonly RiskRow[] {
  const steps = Array.from({ length: RISK_CELLS }, (_, step) => step)
  return steps.toReversed().map((row) => ({
    from: row * CELL,
    to: (row + 1) * CELL,
    cells: steps.map((column) => ({
      band: riskBand((column + 0.5) * CELL * (row + 0.5) * CELL),
      agents: agents.filter(({ risk }) => stepOf(risk.access) === column && stepOf(risk.autonomy) === row),
    })),
  }))
}

/** A side of ten lies in the last step, not beyond it. */
function stepOf(side: number): number {
  return Math.min(RISK_CELLS - 1, Math.floor(side / CELL))
}
