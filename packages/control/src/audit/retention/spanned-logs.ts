import type { Transaction } from "../../transaction.ts"
import type { LogState } from "../log/log-state-store.ts"

/** One log of the organisation, and what of the record is in it. */
export interface SpannedLog {
  readonly number: number
  readonly origin: string
  /** The place of its first entry. */
  readonly base: number
  /** How many entries its last checkpoint covers. */
  readonly size: number
  readonly checkpoint: string | null
}

/** Answers every log, the oldest first, as far as it is published. */
export async function spannedLogs({
  logs,
  logState,
}: Pick<Transaction, "logs" | "logState">): Promise<readonly SpannedLog[]> {
  const state = await logState.find()
  if (!state) return []
  const spanned: SpannedLog[] = [currentOf(state)]
  let next = state.base
  for (const log of await logs.list()) {
    if (log.number >= state.generation) continue
    const { number, origin, base, ended } = log
    spanned.push({ number, origin, base, size: next - base, checkpoint: ended?.checkpoint ?? null })
    next = base
  }
  return spanned.toReversed()
}

function currentOf({ generation, origin, base, published, checkpoint }: LogState): SpannedLog {
  return { number: generation, origin, base, size: published - base, checkpoint }
}
