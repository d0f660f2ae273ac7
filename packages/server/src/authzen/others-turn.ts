import { setImmediate } from "node:timers/promises"

/**
 * Lets whatever else waits go first. One request may hold as many questions as take seconds together, and within one turn of
 * this process nobody else would be answered.
 */
export function othersTurn(): Promise<void> {
  return setImmediate()
}
