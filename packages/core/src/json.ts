import canonicalize from "canonicalize"
import { isLosslessNumber, LosslessNumber, parse } from "lossless-json"
import { withoutTrailingZeros } from "./without-trailing.ts"

/** What JSON can say, with numbers kept as they were written where they were read by parseLossless. */
export type Json = null | boolean | string | number | LosslessNumber | readonly Json[] | JsonObject

/** An object of JSON values; an absent member and an undefined one are the same. */
export interface JsonObject {
  readonly [key: string]: Json | undefined
}

/** Begins the keys of what canonical text says beside plain JSON. */
const TAG = "tabard:"

/** The most nested value that is read; deeper input is hostile or broken. */
const MAX_DEPTH = 64

/** Text that cannot be read as one unambiguous JSON value. */
export class MalformedJson extends Error {
  override readonly name = "MalformedJson"
}

/**
 * Reads JSON without losing what a double cannot hold: numbers keep their text, a key that stands twice with two values
 * is refused, and so is nesting beyond 64. Two readers of one body must never see two requests.
 *
 * @throws {MalformedJson}
 */
export function parseLossless(text: string): Json {
  assertShallow(text)
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the parser answers exactly these shapes
    return parse(text, undefined, { onDuplicateKey: refuseDuplicate }) as Json
  } catch (error) {
    if (error instanceof MalformedJson) throw error
    throw new MalformedJson("it is not JSON", { cause: error })
  }
}

/** Answers whether a value is an object of members, not an array, null or a number kept as text. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isLosslessNumber(value)
}

/** Writes a value as JSON again, with each number spelt as it was read. */
export function writeLossless(value: Json): string {
  if (isLosslessNumber(value)) return value.value
  if (Array.isArray(value)) return `[${value.map((item: Json) => writeLossless(item)).join(",")}]`
  if (!isJsonObject(value)) return JSON.stringify(value)
  const members = Object.entries(value).flatMap(([key, member]) =>
    member === undefined ? [] : [`${JSON.stringify(key)}:${writeLossless(member)}`],
  )
  return `{${members.join(",")}}`
}

/**
 * The one spelling of a value (RFC 8785), for whatever is hashed or signed. A number outside the exact range of
 * a double becomes a tagged string, so that 9007199254740993 and 9007199254740992 stay two values.
 *
 * @throws {MalformedJson} where a string is not well-formed Unicode: it has no canonical spelling.
 */
export function canonicalText(value: Json): string {
  try {
    return canonicalize(toCanonical(value)) ?? "null"
  } catch (error) {
    throw new MalformedJson("it has no canonical spelling", { cause: error })
  }
}

function toCanonical(value: Json | undefined): unknown {
  if (isLosslessNumber(value)) return canonicalNumber(value.value)
  if (Array.isArray(value)) return value.map((item: Json) => toCanonical(item))
  if (!isJsonObject(value)) return value
  // fromEntries defines own properties, so a member called __proto__ stays a member.
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [ownKey(key), toCanonical(member)]))
}

/** What tags are made of is escaped in other people's keys: no object can spell itself as a number's tag. */
function ownKey(key: string): string {
  return key.startsWith(TAG) ? `${TAG}${key}` : key
}

/** A number whose double prints back to the same value is that double; any other keeps its text under a tag. */
function canonicalNumber(text: string): unknown {
  const double = Number(text)
  return Number.isFinite(double) && sameDecimal(text, String(double)) ? double : { [`${TAG}number`]: text }
}

/** Compares two decimal spellings by value: digits without outer zeros, and the exponent that goes with them. */
function sameDecimal(a: string, b: string): boolean {
  const [left, right] = [decimal(a), decimal(b)]
  return (
    left.digits === right.digits &&
    (left.digits === "" || (left.exponent === right.exponent && left.sign === right.sign))
  )
}

function decimal(text: string): { sign: string; digits: string; exponent: number } {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? []
  const all = `${whole}${fraction}`.replace(/^0+/, "")
  const digits = withoutTrailingZeros(all)
  return { sign, digits, exponent: Number(exponent) - fraction.length + (all.length - digits.length) }
}

function refuseDuplicate({ key }: { key: string }): never {
  throw new MalformedJson(`the key ${JSON.stringify(key.slice(0, 64))} stands twice with two values`)
}

/** Counts brackets outside strings, before a recursive parser meets them: one look at each character, whatever the text. */
function assertShallow(text: string): void {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '"') at = endOfString(text, at)
    else if (char === "{" || char === "[") depth++
    else if (char === "}" || char === "]") depth--
    if (depth > MAX_DEPTH) throw new MalformedJson(`it is nested deeper than ${MAX_DEPTH}`)
  }
}

/** Answers where the string that begins at `start` ends, or the end of the text where it never does. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1
  return at
}

export { isLosslessNumber, LosslessNumber }
