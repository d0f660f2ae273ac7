import { ScimRefusal } from "../scim-refusal.ts"

/** A word, a JSON string as it was written, or one of the brackets. */
export interface FilterToken {
  readonly kind: "word" | "string" | "bracket"
  readonly text: string
}

/** The longest filter that is read. */
const MAX_FILTER = 4096

/** More comparisons than anybody writes. */
const MAX_TOKENS = 400

const TOKEN = /\s+|(?<string>"(?:[^"\\]|\\.)*")|(?<bracket>[()[\]])|(?<word>[^\s"()[\]]+)/gy

/**
 * Parts a filter into what it is made of.
 *
 * @throws {ScimRefusal} invalidFilter
 */
export function filterTokens(text: string): readonly FilterToken[] {
  if (text.length > MAX_FILTER) throw invalidFilter(`it is longer than ${MAX_FILTER} characters`)
  const tokens: FilterToken[] = []
  let end = 0
  for (const match of text.matchAll(TOKEN)) {
    end += match[0].length
    const token = tokenIn(match.groups ?? {})
    if (token) tokens.push(token)
  }
  if (end !== text.length) throw invalidFilter("a string in it does not end")
  if (tokens.length > MAX_TOKENS) throw invalidFilter("it compares too much")
  return tokens
}

function tokenIn({ string, bracket, word }: Record<string, string | undefined>): FilterToken | undefined {
  if (string !== undefined) return { kind: "string", text: string }
  if (bracket !== undefined) return { kind: "bracket", text: bracket }
  return word === undefined ? undefined : { kind: "word", text: word }
}

/** Says why a filter is none. */
export function invalidFilter(why: string): ScimRefusal {
  return new ScimRefusal(400, "invalidFilter", `the filter cannot be read: ${why}`)
}
