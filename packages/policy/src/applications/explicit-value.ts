import { isJsonObject, isLosslessNumber, type Json, type JsonObject, LosslessNumber } from "@tabard/core"
import type { Members, ValueType } from "./value-type.ts"

/** A value in Cedar's explicit form; whole numbers keep the text that they were read with. */
export type ExplicitValue =
  | string
  | boolean
  | LosslessNumber
  | readonly ExplicitValue[]
  | { readonly [name: string]: ExplicitValue }

/** A value that is not of the type that the schema declares. */
export class ValueRefused extends Error {
  override readonly name = "ValueRefused"
}

/** What is done with members that nobody declared: a question's are passed over, a stored entity's are a mistake. */
export interface Reading {
  readonly undeclared: "ignored" | "refused"
}

/** The most elements of one set. */
const MOST_ELEMENTS = 1000

/** Text has to name no more than this many characters of a value in a refusal. */
const NAMED = 80

/**
 * Spells a value of JSON as Cedar's explicit form of its declared type, so that it means the same to every reader.
 *
 * @throws {ValueRefused}
 */
export function explicitValue(type: ValueType, value: Json, at: string, reading: Reading): ExplicitValue {
  switch (type.kind) {
    case "string":
      return stringOf(value, at)
    case "bool":
      return boolOf(value, at)
    case "long":
      return longOf(value, at)
    case "extension":
      return extensionOf(type.made, value, at)
    case "set":
      return setOf(value, at).map((element, n) =>
        explicitValue(type.element, element, `${at}[${n}]`, reading),
      )
    case "record":
      return explicitMembers(type.members, objectOf(value, at), at, reading)
    case "entity":
      return entityOf(type.type, value, at)
  }
}

/**
 * Spells the declared members of an object. One that is null is absent, as AuthZEN has it.
 *
 * @throws {ValueRefused}
 */
export function explicitMembers(
  members: Members,
  given: { readonly [name: string]: Json | undefined },
  at: string,
  reading: Reading,
): Record<string, ExplicitValue> {
  if (reading.undeclared === "refused") {
    const unknown = Object.keys(given).find((name) => !members.has(name))
    if (unknown !== undefined) throw new ValueRefused(`${at}.${unknown.slice(0, NAMED)} is not in the schema`)
  }
  const explicit: Record<string, ExplicitValue> = {}
  for (const [name, { type, required }] of members) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined
    if (value !== undefined && value !== null) {
      const spelt = explicitValue(type, value, `${at}.${name}`, reading)
      Object.defineProperty(explicit, name, {
        value: spelt,
        enumerable: true,
        configurable: true,
        writable: true,
      })
    } else if (required) throw new ValueRefused(`${at}.${name} is missing`)
  }
  return explicit
}

function stringOf(value: Json, at: string): string {
  if (typeof value === "string" && value.isWellFormed()) return value
  throw refused(at, "a string")
}

function boolOf(value: Json, at: string): boolean {
  if (typeof value === "boolean") return value
  throw refused(at, "true or false")
}

function setOf(value: Json, at: string): readonly Json[] {
  if (isList(value) && value.length <= MOST_ELEMENTS) return value
  throw refused(at, `a list of at most ${MOST_ELEMENTS}`)
}

function objectOf(value: Json, at: string): JsonObject {
  if (isJsonObject(value)) return value
  throw refused(at, "an object")
}

const LEAST = -(2n ** 63n)
const LARGEST = 2n ** 63n - 1n

function longOf(value: Json, at: string): LosslessNumber {
  const text = isLosslessNumber(value) ? value.value : exactText(value)
  if (!/^-?\d{1,19}$/.test(text) || BigInt(text) < LEAST || BigInt(text) > LARGEST)
    throw refused(at, "a whole number of 64 bits")
  return new LosslessNumber(text)
}

/** A double that stands for several whole numbers is none of them. */
function exactText(value: Json): string {
  return typeof value === "number" && Number.isSafeInteger(value) ? String(value) : ""
}

const SPELLING = {
  decimal: /^-?\d{1,15}\.\d{1,4}$/,
  ip: /^[0-9a-fA-F:.]{2,45}(?:\/\d{1,3})?$/,
  datetime: /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{3})?(?:Z|[+-]\d{4}))?$/,
  duration: /^-?(?=\d)(?:\d{1,9}d)?(?:\d{1,12}h)?(?:\d{1,12}m(?!s))?(?:\d{1,12}s)?(?:\d{1,15}ms)?$/,
} as const

function extensionOf(made: keyof typeof SPELLING, value: Json, at: string): ExplicitValue {
  const arg = made === "decimal" ? decimalText(value) : textOf(made, value)
  if (arg === undefined || !SPELLING[made].test(arg)) throw refused(at, `text that Cedar reads as ${made}`)
  return { __extn: { fn: made, arg } }
}

function decimalText(value: Json): string | undefined {
  const text = isLosslessNumber(value) ? value.value : typeof value === "number" ? String(value) : undefined
  if (text === undefined) return textOf("decimal", value)
  return text.includes(".") ? text : `${text}.0`
}

/** Plain text, or Cedar's own explicit form of it. */
function textOf(made: string, value: Json): string | undefined {
  if (typeof value === "string") return value
  const explicit = isJsonObject(value) ? value["__extn"] : undefined
  if (!isJsonObject(explicit) || explicit["fn"] !== made) return undefined
  const { arg } = explicit
  return typeof arg === "string" ? arg : undefined
}

/** Named as questions name subjects, or in Cedar's own explicit form. */
function entityOf(type: string, value: Json, at: string): ExplicitValue {
  const explicit = isJsonObject(value) ? (value["__entity"] ?? value) : value
  if (isJsonObject(explicit)) {
    const { type: named, id } = explicit
    const short = type.slice(type.lastIndexOf("::") + 2)
    if (typeof id === "string" && id.isWellFormed() && (named === type || named === short))
      return { __entity: { type, id } }
  }
  throw refused(at, `an object with the type and the id of a ${type}`)
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function refused(at: string, wanted: string): ValueRefused {
  return new ValueRefused(`${at} has to be ${wanted}`)
}
