import { setTimeout as pause } from "node:timers/promises"

/** How long is waited for what has to come about: longer than it takes on any machine. */
const PATIENCE_MS = 120_000

/** How soon is looked again. */
const EVERY_MS = 20

/** Looks again and again until something is so, or something is found, and answers it. */
export async function until<Found>(look: () => Promise<Found | false> | Found | false): Promise<Found> {
  for (const begun = performance.now(); ; await pause(EVERY_MS)) {
    const found = await look()
    if (found !== false) return found
    if (performance.now() - begun > PATIENCE_MS)
      throw new Error(`it did not come about in ${PATIENCE_MS} ms: ${look.toString()}`)
  }
}
