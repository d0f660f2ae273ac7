import type { ColumnTypes } from "./column-types.ts"

/** Keeps beside a score what its two sides came to. Programs that do not know of it leave them empty. */
export function riskSides({ integer }: ColumnTypes): readonly string[] {
  return ["access", "autonomy"].map(
    (side) =>
      `alter table risk_score add column ${side}_hundredths ${integer} check (${side}_hundredths between 0 and 1000)`,
  )
}
