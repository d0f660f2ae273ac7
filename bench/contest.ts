import { performance } from "node:perf_hooks"

/** One way of doing the same piece of work. */
export interface Contestant {
  readonly name: string
  /** How many other agents stand beside the one that acts; none where that means nothing. */
  readonly others?: number
  /** Makes what so many operations use up; not timed. */
  readonly prepare?: (count: number) => Promise<void>
  /** Does the work so many times. */
  readonly run: (count: number) => Promise<unknown>
}

/** How a contest is held. */
export interface Rules {
  readonly rounds: number
  /** How long a contestant's part of one round takes, about. */
  readonly roundMs: number
  readonly signal: AbortSignal
}

/** A median with the least and the greatest of the rounds. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** What came out for one contestant. */
export interface Standing {
  readonly name: string
  readonly others: number | null
  /** Wall time by operations: where many run at once, the inverse of what passes in a second. */
  readonly microseconds: Spread
  /** Round by round against the first contestant; null for that one. */
  readonly toRival: Spread | null
  /** Round by round against the one before with fewer others; null where there is none. */
  readonly toFewer: Spread | null
}

/**
 * Times the contestants in alternating rounds, so that whatever else the machine does meets all of them, and compares
 * within each round. The first one is the rival or the bare limit.
 */
export async function hold(contestants: readonly Contestant[], rules: Rules): Promise<Standing[]> {
  const counts = new Map<Contestant, number>()
  for (const each of contestants) counts.set(each, await warmUp(each, rules))
  const rounds: Map<Contestant, number>[] = []
  for (let round = 0; round < rules.rounds; round++) {
    const times = new Map<Contestant, number>()
    for (const each of rotated(contestants, round)) {
      times.set(each, await timed(each, counts.get(each) ?? 1, rules.signal))
    }
    rounds.push(times)
  }
  return contestants.map((each, place) => standing(each, contestants.slice(0, place), rounds))
}

/** Runs so many operations with at most `atOnce` in flight. */
export function inFlight(atOnce: number, operation: () => Promise<unknown>): Contestant["run"] {
  return async (count) => {
    let left = count
    const worker = async (): Promise<void> => {
      while (left-- > 0) await operation()
    }
    await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker))
  }
}

/** Answers the median, least and greatest of some numbers. */
export function spreadOf(numbers: readonly number[]): Spread {
  const sorted = numbers.toSorted((a, b) => a - b)
  const at = (place: number): number => sorted[place] ?? Number.NaN
  const half = (sorted.length - 1) / 2
  return {
    median: (at(Math.floor(half)) + at(Math.ceil(half))) / 2,
    min: at(0),
    max: at(sorted.length - 1),
  }
}

/** Runs until it is warm, and answers how many operations fill a round. */
async function warmUp(contestant: Contestant, { roundMs, signal }: Rules): Promise<number> {
  for (let count = 1; ; count *= 4) {
    const took = ((await timed(contestant, count, signal)) * count) / 1000
    if (took > roundMs / 4) return Math.max(1, Math.round((count * roundMs) / took))
  }
}

/** Answers microseconds for each operation. */
async function timed({ prepare, run }: Contestant, count: number, signal: AbortSignal): Promise<number> {
  signal.throwIfAborted()
  await prepare?.(count)
  const started = performance.now()
  await run(count)
  return ((performance.now() - started) * 1000) / count
}

function rotated<Each>(all: readonly Each[], by: number): Each[] {
  const first = by % all.length
  return [...all.slice(first), ...all.slice(0, first)]
}

function standing(
  contestant: Contestant,
  before: readonly Contestant[],
  rounds: readonly ReadonlyMap<Contestant, number>[],
): Standing {
  const [rival] = before
  const fewer = before.find(({ others }) => others !== undefined && others < (contestant.others ?? 0))
  const against = (other: Contestant | undefined): Spread | null =>
    other ? spreadOf(rounds.map((times) => (times.get(contestant) ?? 0) / (times.get(other) ?? 0))) : null
  return {
    name: contestant.name,
    others: contestant.others ?? null,
    microseconds: spreadOf(rounds.map((times) => times.get(contestant) ?? Number.NaN)),
    toRival: against(rival),
    toFewer: against(fewer),
  }
}
