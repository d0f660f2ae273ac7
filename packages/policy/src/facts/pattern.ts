import { RE2JS, RE2JSException } from "re2js"

/** The longest pattern, the largest program that one may become, and the longest text that is judged by one. Together they bound the time. */
const MAX_PATTERN = 500
const MAX_PROGRAM = 1000
const MAX_TEXT = 1024

/** How many compiled patterns are held. */
const HELD = 500

/** A pattern, ready to judge by, or in words why it is none. */
export type ReadPattern = { readonly pattern: RE2JS } | { readonly refused: string }

const held = new Map<string, ReadPattern>()

/** Reads a pattern in RE2's syntax, which takes time in proportion to the text, whatever the pattern: no look-around, no back-references. */
export function readPattern(text: string): ReadPattern {
  const known = held.get(text)
  held.delete(text)
  const read = known ?? compilePattern(text)
  held.set(text, read)
  const [oldest] = held.keys()
  if (held.size > HELD && oldest !== undefined) held.delete(oldest)
  return read
}

/** Answers whether a pattern stands for the whole of a text; undefined where the text is too long to be judged. */
export function isMatch(text: string, pattern: string): boolean | undefined {
  if (text.length > MAX_TEXT) return undefined
  const read = readPattern(pattern)
  return "pattern" in read && read.pattern.testExact(text)
}

function compilePattern(text: string): ReadPattern {
  if (text.length > MAX_PATTERN) return { refused: `it is longer than ${MAX_PATTERN} characters` }
  try {
    const pattern = RE2JS.compile(text)
    return pattern.programSize() > MAX_PROGRAM
      ? { refused: "it repeats too much to be judged quickly" }
      : { pattern }
  } catch (error) {
    if (error instanceof RE2JSException) return { refused: error.message }
    throw error
  }
}
