import { withoutTrailingZeros } from "@tabard/core"
import { CedarDecimal } from "./cedar/extensions/decimal.ts"
import { longOf } from "./cedar/long.ts"
import { CedarRecord, type CedarValue } from "./cedar/values.ts"

/** Cedar's decimal holds four places of a 64-bit integer. */
const DECIMAL_PLACES = 4
const LONGEST = 19
const MAX_LONG = 2n ** 63n - 1n
const MIN_LONG = -(2n ** 63n)

/**
 * Lowers a number to what policies see of it: its exact text, and the Cedar forms that hold it without loss. A form that would
 * have to round is absent, so that a limit on it denies.
 */
export function lowerNumber(text: string): CedarRecord | undefined {
  const parts = parseDecimal(text)
  if (!parts) return undefined
  const members = new Map<string, CedarValue>([["text", text]])
  const whole = scaled(parts, 0)
  const long = whole === undefined ? undefined : longOf(whole)
  if (long !== undefined) members.set("long", long)
  const dec = decimalOf(parts)
  if (dec) members.set("dec", dec)
  return new CedarRecord(members)
}

/** Answers whether a number is whole, however it is spelt: 1.0 and 1e2 are, 1.5 is not. */
export function isWhole(text: string): boolean {
  const parts = parseDecimal(text)
  return parts !== undefined && (parts.digits === "0" || parts.exponent >= 0)
}

/** Answers a number as Cedar's `decimal`, or undefined where that cannot hold the value exactly. */
export function lowerDecimal(text: string): CedarDecimal | undefined {
  const parts = parseDecimal(text)
  return parts && decimalOf(parts)
}

function decimalOf(parts: Decimal): CedarDecimal | undefined {
  const value = scaled(parts, DECIMAL_PLACES)
  const held = value === undefined ? undefined : longOf(value)
  return held === undefined ? undefined : new CedarDecimal(held)
}

/** Answers the spelling that Cedar's `decimal` wants, or undefined where it cannot hold the value exactly. */
export function decimalText(text: string): string | undefined {
  const parts = parseDecimal(text)
  const value = parts && scaled(parts, DECIMAL_PLACES)
  return value === undefined ? undefined : formatDecimal(value)
}

interface Decimal {
  readonly sign: string
  /** Without outer zeros, but for zero itself. */
  readonly digits: string
  readonly exponent: number
}

function parseDecimal(text: string): Decimal | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,6}))?$/.exec(text)
  if (!match) return undefined
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match
  const all = `${whole}${fraction}`.replace(/^0+/, "")
  const digits = withoutTrailingZeros(all)
  return {
    sign,
    digits: digits || "0",
    exponent: Number(exponent) - fraction.length + all.length - digits.length,
  }
}

/** The value times 10^places where that is a 64-bit integer. */
function scaled({ sign, digits, exponent }: Decimal, places: number): bigint | undefined {
  if (digits === "0") return 0n
  const zeros = exponent + places
  if (zeros < 0 || digits.length + zeros > LONGEST) return undefined
  const value = BigInt(`${sign}${digits}${"0".repeat(zeros)}`)
  return value <= MAX_LONG && value >= MIN_LONG ? value : undefined
}

/** Writes ten-thousandths as Cedar spells a decimal. */
export function formatDecimal(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(DECIMAL_PLACES + 1, "0")
  const point = digits.length - DECIMAL_PLACES
  return `${value < 0n ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}`
}
