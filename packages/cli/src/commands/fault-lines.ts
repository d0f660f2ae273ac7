import type { Clock } from "@tabard/core"

/** How long a fault that goes on is not told again. */
const AGAIN_MS = 60_000

/** Of how many faults it is known when they were told; with one more all are told anew. */
const MOST_KNOWN = 100

interface Told {
  readonly at: number
  readonly since: number
}

/**
 * Answers what tells faults, one line each. A fault that goes on, as when the log cannot be published, is told at once and
 * then once a minute with how often it came, so that it neither goes under nor drowns the others.
 */
export function faultLines(clock: Clock, write: (line: string) => unknown): (error: unknown) => void {
  const known = new Map<string, Told>()
  return (error) => {
    const line = faultLine(error)
    const now = clock.now().getTime()
    const told = known.get(line)
    if (told && Math.abs(now - told.at) < AGAIN_MS) {
      known.set(line, { ...told, since: told.since + 1 })
      return
    }
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(line, { at: now, since: 0 })
    write(told && told.since > 0 ? `${line} (${told.since} times more since it was told)\n` : `${line}\n`)
  }
}

/** A fault of ours, on one line; what a stranger sent cannot add lines or move the cursor. */
function faultLine(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return `fault: ${text.replace(/[\p{Cc}\p{Cf}]/gu, " ").slice(0, 1000)}`
}
