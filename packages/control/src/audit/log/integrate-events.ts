import { integrate, TamperedLog, TILE_WIDTH } from "@tabard/log"
import { assertNotBehind } from "./assert-not-behind.ts"
import type { LogState } from "./log-state-store.ts"
import { advance, headOf, type WriteLogDeps } from "./write-log.ts"

/** How many events become entries at once: as many as are held in memory, whatever waits. */
const PORTION = 4 * TILE_WIDTH

/**
 * Writes the tiles of what has a place, one portion of it. They follow from the entries alone, so writing them twice is
 * writing them once.
 *
 * @throws {LeaseLost} where another process publishes by now
 * @throws {TamperedLog} where database and tiles tell different histories
 */
export async function integrateEvents(deps: WriteLogDeps, from: LogState): Promise<LogState> {
  if (from.integrated === from.sequenced) return from
  await assertNotBehind(deps, from)
  const { tiles, sha256, transact, fence } = deps
  const head = await integrate({ tiles, sha256 }, headOf(from), await portionOf(deps, from))
  const root = Buffer.from(head.root).toString("base64")
  const to = { ...from, integrated: from.base + head.size, root }
  return transact(({ logState }) => advance(logState, { from, to, fence }))
}

async function portionOf(
  { snapshot }: Pick<WriteLogDeps, "snapshot">,
  state: LogState,
): Promise<readonly Uint8Array[]> {
  const end = portionEnd(state)
  const events = await snapshot(({ outbox }) => outbox.range(state.integrated, end))
  if (events.length !== end - state.integrated) {
    throw new TamperedLog(
      `of the events at places ${state.integrated} to ${end - 1} the database has ${events.length}: ` +
        "bring back the whole database",
    )
  }
  return events.map(({ bytes }) => bytes)
}

/** Where more waits, a portion ends with a full tile: what is not full is written anew by the next. */
function portionEnd({ base, integrated, sequenced }: LogState): number {
  const most = integrated + PORTION
  return sequenced <= most ? sequenced : most - ((most - base) % TILE_WIDTH)
}
