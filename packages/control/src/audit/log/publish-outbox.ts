import { integrateEvents } from "./integrate-events.ts"
import type { LogState } from "./log-state-store.ts"
import { publishCheckpoint, settleCheckpoint } from "./publish-checkpoint.ts"
import { sequenceEvents } from "./sequence-events.ts"
import type { WriteLogDeps } from "./write-log.ts"

/** What came of a round: how far the record has come, and how many entries its log gained. */
export interface LogGrowth {
  readonly state: LogState
  readonly gained: number
}

/** How many portions become entries before a checkpoint is signed, however much goes on coming. */
const PORTIONS = 16

/**
 * Brings what waits in the outbox into the log: places, then tiles, then a signed checkpoint. Stopped at any line, the
 * next run goes on where this one was; no event gets two places and no place two events. Answers how many entries the
 * log gained.
 */
export async function publishOutbox(deps: WriteLogDeps): Promise<number> {
  await settleCheckpoint(deps)
  const { state, gained } = await growLog(deps)
  await publishCheckpoint(deps, state)
  return gained
}

/** Gives places to what waits and writes its tiles, portion by portion, until nothing waits or it was much. */
export async function growLog(deps: WriteLogDeps): Promise<LogGrowth> {
  let gained = 0
  for (let portion = 1; ; portion++) {
    const from = await sequenceEvents(deps)
    const state = await integrateEvents(deps, from)
    gained += state.integrated - from.integrated
    if (state.integrated === from.integrated || portion === PORTIONS) return { state, gained }
  }
}
