import type { Snapshot } from "../transaction.ts"
import type { PortionDeps } from "./next-portion.ts"
import type { Carrying, SettleDeps } from "./settle-carry.ts"
import type { CarriedItem, CarryResult, SinkCarrier } from "./sink-carrier.ts"

export interface CarryDeps extends SettleDeps, PortionDeps {
  readonly snapshot: Snapshot
  /** Hears of faults of ours: the sink is only told that there was one. */
  readonly onFault: (error: unknown) => void
}

/** One sink at work: what carries to it, until when. */
export interface SinkAtWork extends Carrying {
  readonly carrier: SinkCarrier
  readonly signal: AbortSignal
}

/** Carries items, if there are any, and makes of whatever is thrown that they are carried again later. */
export async function carryItems(
  { onFault }: Pick<CarryDeps, "onFault">,
  { carrier, signal }: Pick<SinkAtWork, "carrier" | "signal">,
  items: readonly CarriedItem[],
): Promise<CarryResult> {
  if (items.length === 0) return { kind: "taken", refused: [] }
  try {
    return await carrier.carry(items, signal)
  } catch (error) {
    if (!signal.aborted) onFault(error)
    return { kind: "later", reason: "it could not be carried, by a fault of this program", afterMs: null }
  }
}
