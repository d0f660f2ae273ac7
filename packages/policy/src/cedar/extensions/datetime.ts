import { EvaluationError } from "../evaluation-error.ts"
import type { Long } from "../long.ts"

const FORM = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d{3}))?(?:Z|([+-])(\d\d)(\d\d)))?$/

const MINUTE = 60_000
const HOUR = 3_600_000

/** A point in time, as milliseconds since 1970. */
export class Datetime {
  readonly typeName = "datetime"
  readonly ms: Long

  constructor(ms: Long) {
    this.ms = ms
  }

  get key(): string {
    return `\0t${this.ms}`
  }
}

/** Reads a date, or a date with time and offset. */
export function parseDatetime(text: string): Datetime {
  const [whole, ...parts] = FORM.exec(text) ?? []
  const numbers = parts.slice(0, 7).map((part) => Number(part ?? 0))
  const midnight = whole === undefined ? undefined : dateOf(numbers)
  const time = timeOf(numbers.slice(3))
  const offset = offsetOf(parts.slice(7))
  if (midnight === undefined || time === undefined || offset === undefined)
    throw new EvaluationError(`${JSON.stringify(text)} is no datetime`)
  return new Datetime(midnight + time - offset)
}

/** Answers midnight of a day that the calendar has. */
function dateOf([year = 0, month = 0, day = 0]: readonly number[]): number | undefined {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined
}

function timeOf([hour = 0, minute = 0, second = 0, ms = 0]: readonly number[]): number | undefined {
  return hour > 23 || minute > 59 || second > 59
    ? undefined
    : hour * HOUR + minute * MINUTE + second * 1000 + ms
}

function offsetOf([sign, hours = "0", minutes = "0"]: readonly (string | undefined)[]): number | undefined {
  const [hour, minute] = [Number(hours), Number(minutes)]
  if (hour > 23 || minute > 59) return undefined
  return (sign === "-" ? -1 : 1) * (hour * HOUR + minute * MINUTE)
}
