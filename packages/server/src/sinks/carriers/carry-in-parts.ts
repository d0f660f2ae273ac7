import type { CarriedItem, CarryResult, RefusedItem } from "@tabard/control"

/** What came of one part of a portion. */
export type PartResult =
  | CarryResult
  /**
   * The part as a whole was not taken because of what is in it. `alone` says whether an item that fares so by itself is to
   * blame for sure; otherwise the receiver may be refusing whatever it is given.
   */
  | { readonly kind: "unfit"; readonly reason: string; readonly alone: boolean }

/** After how many items that were refused by themselves, with none taken, the receiver is thought to be at fault. */
const MOST_DOUBTED = 8

type Part = readonly CarriedItem[]

/**
 * Carries items, and halves what is refused as a whole until what is to blame stands alone. A receiver that takes nothing at all
 * is held rather than believed: it is set up wrongly, and no item goes lost by it.
 */
export async function carryInParts(
  items: Part,
  carry: (part: Part) => Promise<PartResult>,
): Promise<CarryResult> {
  const tally: Tally = { taken: 0, refused: [], doubts: [] }
  const waiting = [items]
  for (let part = waiting.shift(); part && !isHopeless(tally); part = waiting.shift()) {
    const result = await carry(part)
    if (result.kind === "later" || result.kind === "held") return result
    waiting.unshift(...settle(part, result, tally))
  }
  const [doubt] = tally.doubts
  if (tally.taken === 0 && doubt !== undefined)
    return { kind: "held", reason: `it refuses every entry: ${doubt}` }
  return { kind: "taken", refused: tally.refused }
}

interface Tally {
  taken: number
  readonly refused: RefusedItem[]
  /** Why items were refused by themselves that may not be to blame. */
  readonly doubts: string[]
}

function isHopeless({ taken, doubts }: Tally): boolean {
  return taken === 0 && doubts.length >= MOST_DOUBTED
}

/** Counts what came of a part; answers the parts to carry in its stead. */
function settle(
  part: Part,
  result: Extract<PartResult, { kind: "taken" | "unfit" }>,
  tally: Tally,
): readonly Part[] {
  if (result.kind === "taken") {
    tally.taken += part.length
    tally.refused.push(...result.refused)
    return []
  }
  if (part.length > 1) {
    const half = Math.ceil(part.length / 2)
    return [part.slice(0, half), part.slice(half)]
  }
  tally.refused.push(...part.map(({ key }) => ({ key, reason: result.reason })))
  if (!result.alone) tally.doubts.push(result.reason)
  return []
}
