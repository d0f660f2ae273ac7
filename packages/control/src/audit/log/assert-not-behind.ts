import { databaseBehind, readPublished } from "@tabard/log"
import type { LogState } from "./log-state-store.ts"
import { anotherWentOn, type WriteLogDeps } from "./write-log.ts"

/**
 * Refuses to write beside a log that is ahead of the database: after a restored backup the next events are others than
 * those that were published at these places, and a single tile of them would spoil a log that is whole.
 *
 * @throws {LeaseLost} where another process publishes by now
 * @throws {TamperedLog} where the database is behind
 */
export async function assertNotBehind(
  { transact, tiles }: Pick<WriteLogDeps, "transact" | "tiles">,
  state: LogState,
): Promise<void> {
  const published = await readPublished(tiles)
  const known = state.integrated - state.base
  if (!published || published.size <= known) return
  const now = await transact(({ logState }) => logState.find())
  if (now?.generation !== state.generation || now.integrated !== state.integrated) throw anotherWentOn()
  throw databaseBehind(published, { size: known })
}
