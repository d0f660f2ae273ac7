import { setTimeout as passes } from "node:timers/promises"

/** Runs before a transaction is given up that PostgreSQL could not put in order with others. */
const MAX_RUNS = 20

/** The longest wait between two runs. */
const MAX_WAIT_MS = 100

/** Runs `attempt` until it does not ask to be run again, each time after a longer and less predictable wait. */
export async function retrying<Result>(
  attempt: () => Promise<Result>,
  isWorthAnother: (error: unknown) => boolean,
): Promise<Result> {
  for (let run = 1; ; run++) {
    try {
      return await attempt()
    } catch (error) {
      if (run >= MAX_RUNS || !isWorthAnother(error)) throw error
    }
    // Those that met once would meet again if they waited equally long.
    await passes(Math.random() * Math.min(MAX_WAIT_MS, 2 ** run))
  }
}
