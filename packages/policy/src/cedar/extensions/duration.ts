import { EvaluationError } from "../evaluation-error.ts"
import { type Long, longOf } from "../long.ts"

const FORM = /^(-?)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/

/** Milliseconds of each unit, in the order in which a duration writes them. */
const UNITS: readonly bigint[] = [86_400_000n, 3_600_000n, 60_000n, 1000n, 1n]

/** A length of time, to the millisecond. */
export class Duration {
  readonly typeName = "duration"
  readonly ms: Long

  constructor(ms: Long) {
    this.ms = ms
  }

  get key(): string {
    return `\0l${this.ms}`
  }
}

/** Reads a duration: numbers with their units from days down, such as 1d2h30m. */
export function parseDuration(text: string): Duration {
  const [whole = "", sign, ...numbers] = FORM.exec(text) ?? []
  if (whole === "" || whole === "-") throw new EvaluationError(`${JSON.stringify(text)} is no duration`)
  const total = UNITS.reduce((sum, unit, place) => sum + unit * BigInt(numbers[place] ?? 0), 0n)
  const ms = longOf(sign ? -total : total)
  if (ms === undefined) throw new EvaluationError(`the duration ${text} overflows`)
  return new Duration(ms)
}
