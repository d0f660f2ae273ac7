import type { GroupCommit } from "./group-commit.ts"
import type { SnapshotPool } from "./snapshot-pool.ts"

/** How often tables are looked at that grew; where none did, that takes less than a millisecond. */
const EVERY_MS = 60_000

/** Of each index at most so many rows are looked at: enough to tell a handful from many. */
const LOOK = "pragma analysis_limit = 400"

/** Looks at every table that was never looked at or has grown since (https://sqlite.org/pragma.html#pragma_optimize). */
const OPTIMIZE = "pragma optimize = 0x10002"

/**
 * Keeps what SQLite knows of how many rows an index leads to. Without it, it reads whole tables in the order that is asked
 * for rather than the few rows that are meant.
 */
export async function keepStatistics(commits: GroupCommit, snapshots: SnapshotPool): Promise<Disposable> {
  const look = async (): Promise<void> => {
    await commits.submit(async (run) => {
      for (const sql of [LOOK, OPTIMIZE]) await run({ sql, parameters: [] })
    })
    // A connection reads the statistics once, when it begins.
    snapshots.renew()
  }
  await look()
  // What could not be looked at now is looked at later: nothing depends on it but speed.
  const timer = setInterval(() => void look().catch(() => undefined), EVERY_MS)
  timer.unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
