import { isJsonObject, type Json, type JsonObject, writeLossless } from "@tabard/core"

/** A value that is there, with no number kept as text. */
export type PlainJson = string | number | boolean | JsonObject | readonly Json[]

/** Answers a value with its number as a double where that says the same, and as the text that it was otherwise. */
export function withPlainNumber(value: Exclude<Json, null>): PlainJson {
  if (typeof value !== "object" || isJsonObject(value) || isList(value)) return value
  const text = writeLossless(value)
  return String(Number(text)) === text ? Number(text) : text
}

function isList(value: Exclude<Json, null>): value is readonly Json[] {
  return Array.isArray(value)
}
