import type { SignalTrouble } from "@tabard/control"
import { fromTimeOrNull, toTime } from "../columns.ts"
import type { SignalStreamRow } from "../tables/signals.ts"

/** The columns in which streams and sources alike say what is the matter. */
type TroubleRow = Pick<SignalStreamRow, "troubled_since" | "told">

/** What stands in them where all is well. */
export const WELL = { due: null, failures: 0, said: null, troubled_since: null, told: 0 } as const

/** Answers what a failure puts into them. */
export function failureColumns(failed: {
  readonly due: Date
  readonly said: string
  readonly told: boolean
}): Pick<SignalStreamRow, "due" | "said" | "told"> {
  return { due: toTime(failed.due), said: failed.said, told: failed.told ? 1 : 0 }
}

/** Reads them. */
export function troubleOf({ troubled_since, told }: TroubleRow): SignalTrouble {
  return { troubledSince: fromTimeOrNull(troubled_since), told: told === 1 }
}
