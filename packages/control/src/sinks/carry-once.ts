import { type CarryDeps, carryItems, type SinkAtWork } from "./carry-items.ts"
import { carryLetters } from "./carry-letters.ts"
import { nextPortion } from "./next-portion.ts"
import { settleTaken, settleTrouble } from "./settle-carry.ts"

/**
 * Carries the next portion of a sink, with what a person wants tried again before it. Answers whether there may be more to do at
 * once. At most one portion is in flight: whoever is slow holds up nobody else, and nothing piles up here.
 *
 * @throws {LeaseLost} where another process carries by now, or the sink was removed or put back meanwhile
 */
export async function carryOnce(deps: CarryDeps, work: SinkAtWork): Promise<boolean> {
  const { sink, carrier } = work
  const progress = await deps.snapshot((tx) => tx.sinkProgress.find(sink.id))
  if (!progress || (progress.due !== null && progress.due > deps.clock.now())) return false
  if (!(await carryLetters(deps, work))) return false
  const portion = await nextPortion(deps, { sink, progress, carrier })
  if (!portion) return false
  const result = await carryItems(deps, work, portion.items)
  if (result.kind === "taken") {
    await settleTaken(deps, work, portion, result.refused)
    return true
  }
  // Whoever stops this process is no fault of the receiver's.
  if (!work.signal.aborted) await settleTrouble(deps, work, result)
  return false
}
