import { type AttributePath, readAttributePath } from "./attribute-path.ts"
import { type Filter, OPERATORS, type Operator } from "./filter.ts"
import { type FilterToken, filterTokens, invalidFilter } from "./filter-tokens.ts"

/** How deep brackets may stand in brackets. */
const MAX_DEPTH = 20

/**
 * Reads a filter of RFC 7644 §3.4.2.2: `not` binds closer than `and`, and that closer than `or`.
 *
 * @throws {ScimRefusal} invalidFilter
 */
export function parseFilter(text: string): Filter {
  const reading = new Reading(filterTokens(text))
  const filter = either(reading, 0)
  if (reading.next() !== undefined) throw invalidFilter(`nothing is expected at ${reading.here()}`)
  return filter
}

/** What a path of a PATCH names (RFC 7644 §3.5.2): an attribute, some of its values, and a part of them. */
export interface PatchPath {
  readonly path: AttributePath
  readonly filter: Filter | undefined
  readonly sub: string | undefined
}

/** Reads the path of a PATCH; undefined where it is none. */
export function parsePatchPath(text: string): PatchPath | undefined {
  const reading = new Reading(filterTokens(text))
  const path = readAttributePath(reading.next()?.text ?? "")
  if (!path) return undefined
  if (!reading.takes("[")) return reading.next() ? undefined : { path, filter: undefined, sub: path.sub }
  const filter = either(reading, 1)
  return reading.takes("]") ? chosenPart(reading, { path, filter, sub: undefined }) : undefined
}

/** What stands behind the values that were chosen: nothing, or one part of them. */
function chosenPart(reading: Reading, chosen: PatchPath): PatchPath | undefined {
  const sub = reading.next()?.text.toLowerCase()
  if (sub === undefined) return chosen
  return reading.next() || !/^\.[a-z$]+$/.test(sub) ? undefined : { ...chosen, sub: sub.slice(1) }
}

class Reading {
  readonly #tokens: readonly FilterToken[]
  #at = 0

  constructor(tokens: readonly FilterToken[]) {
    this.#tokens = tokens
  }

  next(): FilterToken | undefined {
    return this.#tokens[this.#at++]
  }

  /** Takes a bracket or a word, without regard to case, where it is what comes next. */
  takes(text: string): boolean {
    const token = this.#tokens[this.#at]
    const isNext = token?.kind !== "string" && token?.text.toLowerCase() === text
    if (isNext) this.#at++
    return isNext
  }

  here(): string {
    return this.#tokens[this.#at - 1]?.text.slice(0, 40) ?? "its end"
  }
}

function either(reading: Reading, depth: number): Filter {
  if (depth > MAX_DEPTH) throw invalidFilter("its brackets stand too deep in one another")
  let left = both(reading, depth)
  while (reading.takes("or")) left = { kind: "or", left, right: both(reading, depth) }
  return left
}

function both(reading: Reading, depth: number): Filter {
  let left = one(reading, depth)
  while (reading.takes("and")) left = { kind: "and", left, right: one(reading, depth) }
  return left
}

function one(reading: Reading, depth: number): Filter {
  const isNot = reading.takes("not")
  if (reading.takes("(")) {
    const inner = either(reading, depth + 1)
    if (!reading.takes(")")) throw invalidFilter("a bracket is not closed")
    return isNot ? { kind: "not", of: inner } : inner
  }
  if (isNot) throw invalidFilter("brackets are expected after not")
  return comparison(reading, depth)
}

function comparison(reading: Reading, depth: number): Filter {
  const word = reading.next()
  const path = word?.kind === "word" ? readAttributePath(word.text) : undefined
  if (!path) throw invalidFilter(`an attribute is expected at ${reading.here()}`)
  if (!reading.takes("[")) return compared(reading, path)
  const filter = either(reading, depth + 1)
  if (!reading.takes("]")) throw invalidFilter("a bracket is not closed")
  return { kind: "within", path, filter: partOf(reading, filter) }
}

/** Entra compares a part of the values that it chose: `emails[type eq "work"].value eq "…"`. */
function partOf(reading: Reading, chosen: Filter): Filter {
  for (const sub of SUBS) {
    if (!reading.takes(`.${sub}`)) continue
    const path = { enterprise: false, name: sub, sub: undefined }
    return { kind: "and", left: chosen, right: compared(reading, path) }
  }
  return chosen
}

const SUBS = ["value", "type", "primary", "display", "$ref"]

function compared(reading: Reading, path: AttributePath): Filter {
  const operator = reading.next()?.text.toLowerCase()
  if (operator === "pr") return { kind: "present", path }
  if (!isOperator(operator)) throw invalidFilter(`a comparison is expected at ${reading.here()}`)
  return { kind: "compare", path, operator, value: valueOf(reading) }
}

function isOperator(text: string | undefined): text is Operator {
  return OPERATORS.some((operator) => operator === text)
}

function valueOf(reading: Reading): string | number | boolean | null {
  const token = reading.next()
  const value: unknown = token && token.kind !== "bracket" ? parsedJson(token.text) : undefined
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its type was looked at
    return value as string | number | boolean | null
  }
  throw invalidFilter(`a value in quotes, a number, true, false or null is expected at ${reading.here()}`)
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(/^(?:true|false|null)$/i.test(text) ? text.toLowerCase() : text)
  } catch {
    return undefined
  }
}
