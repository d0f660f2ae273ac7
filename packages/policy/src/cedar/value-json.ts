import { isLosslessNumber, type LosslessNumber } from "@tabard/core"
import type { CedarValueJson, EntityUidJson } from "../cedar.ts"
import { EvaluationError } from "./evaluation-error.ts"
import { callExtension } from "./extensions/calls.ts"
import { type Long, longOf } from "./long.ts"
import { MalformedCedar } from "./malformed-cedar.ts"
import { CedarRecord, CedarSet, type CedarValue, EntityRef } from "./values.ts"

/**
 * A value as Cedar's JSON writes it. Integers that a double does not hold come as BigInt, or as parseLossless of core reads
 * them.
 */
export type ValueJson =
  | CedarValueJson
  | bigint
  | LosslessNumber
  | readonly ValueJson[]
  | { readonly [key: string]: ValueJson }

/**
 * Reads a value.
 *
 * @throws {MalformedCedar} where Cedar has no such value.
 */
export function valueOf(json: ValueJson): CedarValue {
  return readValue(json)
}

/**
 * Reads a record, such as a context or the attributes of an entity.
 *
 * @throws {MalformedCedar} where it is none, or a member has no value that Cedar knows.
 */
export function recordOf(json: Readonly<Record<string, ValueJson>>): CedarRecord {
  return new CedarRecord(membersOf(json))
}

/** Reads the name of an entity, in either of its two JSON forms. */
export function entityRefOf(json: EntityUidJson): EntityRef {
  const { __entity: uid } = "__entity" in json ? json : { __entity: json }
  return EntityRef.of(uid)
}

/** Reads each member of an object as a value. */
export function membersOf(json: unknown): Map<string, CedarValue> {
  if (!isObject(json)) throw new MalformedCedar("a record is an object of members")
  const members = new Map<string, CedarValue>()
  for (const name of Object.keys(json)) members.set(wellFormed(name), readValue(json[name]))
  return members
}

/** Reads a value from what may be anything. */
export function readValue(json: unknown): CedarValue {
  switch (typeof json) {
    case "boolean":
      return json
    case "string":
      return wellFormed(json)
    case "number":
      return integer(json)
    case "bigint":
      return longOf(json) ?? overflown(json)
    case "object":
      return readComposite(json)
    case "undefined":
    case "function":
    case "symbol":
      throw new MalformedCedar(`Cedar has no value of type ${typeof json}`)
  }
}

function readComposite(json: unknown): CedarValue {
  if (Array.isArray(json)) return new CedarSet(json.map(readValue))
  if (isLosslessNumber(json)) return integerOf(json.value)
  if (!isObject(json)) throw new MalformedCedar(`Cedar has no value ${String(json)}`)
  return escapedOf(json) ?? new CedarRecord(membersOf(json))
}

/** What an object with one reserved member stands for; any other object is a record. */
function escapedOf(json: Readonly<Record<string, unknown>>): CedarValue | undefined {
  const { __entity: entity, __extn: call, __expr: expression } = json
  if ((entity ?? call ?? expression) === undefined || Object.keys(json).length !== 1) return undefined
  if (isObject(entity) && typeof entity["type"] === "string" && typeof entity["id"] === "string")
    return new EntityRef(entity["type"], wellFormed(entity["id"]))
  if (typeof expression === "string") throw new MalformedCedar("Cedar no longer reads __expr")
  return isObject(call) ? extensionOf(call) : undefined
}

function extensionOf({ fn, arg, args }: Readonly<Record<string, unknown>>): CedarValue | undefined {
  if (typeof fn !== "string" || (arg === undefined && !Array.isArray(args))) return undefined
  try {
    return callExtension(fn, (arg === undefined ? listOf(args) : [arg]).map(readValue))
  } catch (error) {
    if (error instanceof EvaluationError) throw new MalformedCedar(error.message, { cause: error })
    throw error
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function integer(value: number): Long {
  // Beyond this, a number that JSON.parse made may stand for its neighbour.
  if (!Number.isSafeInteger(value))
    throw new MalformedCedar(`${value} is no integer that a double holds exactly`)
  return value + 0
}

function integerOf(text: string): Long {
  if (!/^-?\d{1,32}$/.test(text)) throw new MalformedCedar(`${text.slice(0, 64)} is no integer`)
  const value = BigInt(text)
  return longOf(value) ?? overflown(value)
}

function overflown(value: bigint): never {
  throw new MalformedCedar(`${value} is beyond 64 bits`)
}

/** Half of a surrogate pair has no UTF-8: Cedar could not be told of it, and two such texts would become one. */
function wellFormed(text: string): string {
  if (!text.isWellFormed()) throw new MalformedCedar("a text is not well-formed Unicode")
  return text
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isLosslessNumber(value)
}
