import { type Json, LosslessNumber, writeLossless } from "@tabard/core"

/** A column that holds JSON text; the parameter says what it reads back as. */
export type JsonText<Value> = string & { readonly reads?: Value }

/** A truth value as both databases keep it. */
export type Flag = 0 | 1

/** A number that a double cannot hold, or whose spelling it would change, gives itself away by one of these. */
const DELICATE_NUMBER = /\d{16}|\d[.eE]|-0/

/** Most rows that one question may ask for. */
const MAX_LIMIT = 1_000

/** Most values that one statement names, well under the limit of either database. */
const MAX_LISTED = 500

/** Writes a time as the milliseconds that columns hold; refuses a Date that is none. */
export function toTime(date: Date): number {
  const ms = date.getTime()
  if (!Number.isSafeInteger(ms)) throw new RangeError("a time that is no time cannot be kept")
  return ms
}

/** Like toTime, for a column that may be empty. */
export function toTimeOrNull(date: Date | null): number | null {
  return date === null ? null : toTime(date)
}

/** Reads a time back. */
export function fromTime(ms: number): Date {
  return new Date(ms)
}

/** Reads a time back from a column that may be empty. */
export function fromTimeOrNull(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms)
}

/** Writes a value as JSON text in which each number keeps the spelling it was read with. */
export function toJson<Value>(value: Value): JsonText<Value> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- interfaces of JSON members lack the index signature that Json asks for
  return writeLossless(value as Json)
}

/** Reads JSON text that toJson wrote. A number that a double would spell otherwise comes back with its text. */
export function fromJson<Value>(text: JsonText<Value>): Value {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the column's type says what was written into it
  return (DELICATE_NUMBER.test(text) ? JSON.parse(text, keepSpelling) : JSON.parse(text)) as Value
}

/** Answers the limit where it is one that a question may name. */
export function boundedLimit(limit: number): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new RangeError(`a limit is a whole number from 1 to ${MAX_LIMIT}`)
  }
  return limit
}

/** Asks about many values in statements of bounded size, and answers all rows together. */
export async function inPortions<Value, Row>(
  values: readonly Value[],
  ask: (portion: readonly Value[]) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (let from = 0; from < values.length; from += MAX_LISTED) {
    rows.push(...(await ask(values.slice(from, from + MAX_LISTED))))
  }
  return rows
}

/** Counts what concerns many values in statements of bounded size, and answers the sum. */
export async function countOf<Value>(
  values: readonly Value[],
  count: (portion: readonly Value[]) => Promise<readonly { readonly many: number }[]>,
): Promise<number> {
  return (await inPortions(values, count)).reduce((sum, { many }) => sum + many, 0)
}

/** Writes many rows in statements of bounded size. */
export async function inWrites<Row>(
  rows: readonly Row[],
  write: (portion: readonly Row[]) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < rows.length; from += MAX_LISTED) await write(rows.slice(from, from + MAX_LISTED))
}

function keepSpelling(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source
  if (typeof value !== "number" || source === undefined || String(value) === source) return value
  return new LosslessNumber(source)
}
