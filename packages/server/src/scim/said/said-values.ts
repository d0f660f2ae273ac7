import { ScimRefusal } from "../scim-refusal.ts"

/** The longest text that is kept of anybody. */
const MAX_TEXT = 256

/** Says why a value cannot be taken. */
export function invalidValue(name: string, why: string): ScimRefusal {
  return new ScimRefusal(400, "invalidValue", `${name}: ${why}`)
}

/**
 * Reads a text, or null where it is taken away; Entra sends numbers and truth values of its own as they are.
 *
 * @throws {ScimRefusal} invalidValue
 */
export function textIn(name: string, value: unknown): string | null {
  if (value === null || value === "") return null
  if (typeof value === "number") return String(value)
  if (typeof value !== "string") throw invalidValue(name, "it must be a text")
  if (value.length > MAX_TEXT) throw invalidValue(name, `it is longer than ${MAX_TEXT} characters`)
  if (!value.isWellFormed() || value.includes("\0"))
    throw invalidValue(name, "it holds a character that cannot be kept")
  return value
}

/**
 * Reads a text that may not be taken away.
 *
 * @throws {ScimRefusal} invalidValue
 */
export function neededTextIn(name: string, value: unknown): string {
  const text = textIn(name, value)?.trim()
  if (!text) throw invalidValue(name, "it is needed, and must not be empty")
  return text
}

/**
 * Reads a truth value; Entra spells it as text, `"False"`.
 *
 * @throws {ScimRefusal} invalidValue
 */
export function truthIn(name: string, value: unknown): boolean {
  const spelt = typeof value === "string" ? value.toLowerCase() : value
  if (spelt === true || spelt === "true") return true
  if (spelt === false || spelt === "false") return false
  throw invalidValue(name, "it must be true or false")
}

/** Answers the members of an object; undefined where it is none. */
export function membersIn(value: unknown): readonly (readonly [name: string, value: unknown])[] | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : undefined
}

/** Answers a member of an object without regard to case. */
export function memberIn(value: unknown, name: string): unknown {
  return membersIn(value)?.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
}

/** Answers the elements of a list; what stands by itself is a list of one. */
export function listIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return value === null || value === undefined ? [] : [value]
}
