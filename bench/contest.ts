import { performance } from "node:perf_hooks"
import { threadTime } from "./world/processor-time.ts"

/** One way of doing the same piece of work. */
export interface Contestant {
  readonly name: string
  /** How many other agents stand beside the one that acts; none where that means nothing. */
  readonly others?: number
  /** The process that does it: how much of a core's time it takes is counted as well. */
  readonly pid?: number
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

/** What something took. */
export interface Taken {
  readonly microseconds: Spread
  /** Round by round against the first contestant; null for that one. */
  readonly toRival: Spread | null
  /** Round by round against the one before with fewer others; null where there is none. */
  readonly toFewer: Spread | null
}

/** What came out for one contestant: wall time by operations, where many run at once the inverse of what passes in a second. */
export interface Standing extends Taken {
  readonly name: string
  readonly others: number | null
  /** How much of a core's time its process took for each operation, where that was counted: what else runs moves it least. */
  readonly processor?: Taken
}

/** What each operation of a round took, in microseconds. */
interface Round {
  readonly wall: number
  readonly processor: number | null
}

/**
 * Times the contestants in alternating rounds, so that whatever else the machine does meets all of them, and compares
 * within each round. The first one is the rival or the bare limit.
 */
export async function hold(contestants: readonly Contestant[], rules: Rules): Promise<Standing[]> {
  const counts = new Map<Contestant, number>()
  for (const each of contestants) counts.set(each, await warmUp(each, rules))
  const rounds: Map<Contestant, Round>[] = []
  for (let round = 0; round < rules.rounds; round++) {
    const times = new Map<Contestant, Round>()
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
    const { wall } = await timed(contestant, count, signal)
    const took = (wall * count) / 1000
    if (took > roundMs / 4) return Math.max(1, Math.round((count * roundMs) / took))
  }
}

async function timed({ prepare, run, pid }: Contestant, count: number, signal: AbortSignal): Promise<Round> {
  signal.throwIfAborted()
  await prepare?.(count)
  const began = pid === undefined ? null : threadTime(pid)
  const started = performance.now()
  await run(count)
  const wall = ((performance.now() - started) * 1000) / count
  return {
    wall,
    processor: pid === undefined || began === null ? null : (threadTime(pid) - began) / count,
  }
}

function rotated<Each>(all: readonly Each[], by: number): Each[] {
  const first = by % all.length
  return [...all.slice(first), ...all.slice(0, first)]
}

function standing(
  contestant: Contestant,
  before: readonly Contestant[],
  rounds: readonly ReadonlyMap<Contestant, Round>[],
): Standing {
  const taken = (what: keyof Round): Taken =>
    takenBy(
      contestant,
      before,
      rounds.map((times) => (one) => times.get(one)?.[what] ?? Number.NaN),
    )
  return {
    name: contestant.name,
    others: contestant.others ?? null,
    ...taken("wall"),
    ...(contestant.pid !== undefined && { processor: taken("processor") }),
  }
}

function takenBy(
  contestant: Contestant,
  before: readonly Contestant[],
  rounds: readonly ((one: Contestant) => number)[],
): Taken {
  const [rival] = before
  const fewer = before.find(({ others }) => others !== undefined && others < (contestant.others ?? 0))
  const against = (other: Contestant | undefined): Spread | null =>
    other ? spreadOf(rounds.map((took) => took(contestant) / took(other))) : null
  return {
    microseconds: spreadOf(rounds.map((took) => took(contestant))),
    toRival: against(rival),
    toFewer: against(fewer),
  }
}
