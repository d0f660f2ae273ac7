import {
  letsStrangersIn,
  quote,
  readHostPattern,
  readPattern,
  readRecipientPattern,
  type TextFact,
} from "@tabard/policy"
import { type ArgumentAt, onFacts } from "./argument-at.ts"
import { type Condition, NEVER, setOf } from "./condition.ts"
import { itemOf } from "./number-limits.ts"
import { Unjudgeable } from "./refusal.ts"
import type { NamedTexts } from "./texts-of.ts"

/** Writes the hosts that a URL may lead to. */
export function hostCondition(argument: ArgumentAt, { texts, words }: NamedTexts): Condition {
  for (const text of texts) {
    if (readHostPattern(text) !== text)
      throw new Unjudgeable(
        `${text} is no host to judge by`,
        "write it in small letters, as api.example.com, *.example.com for any one label, or http://api.example.com:8080",
      )
  }
  assertSomebodys(texts)
  return factCondition(argument, "hosts", { texts, words: `with ${argument.name} at ${words}` })
}

/** Writes whom an argument may address. */
export function recipientCondition(argument: ArgumentAt, { texts, words }: NamedTexts): Condition {
  for (const text of texts) {
    if (readRecipientPattern(text) !== text)
      throw new Unjudgeable(
        `${text} is no recipient to judge by`,
        "write it in small letters, as alice@example.com, @example.com, or @*.example.com for any one label",
      )
  }
  assertSomebodys(texts)
  return factCondition(argument, "recipients", { texts, words: `with ${argument.name} to ${words}` })
}

function assertSomebodys(texts: readonly string[]): void {
  const open = texts.find(letsStrangersIn)
  if (open !== undefined)
    throw new Unjudgeable(
      `${open} lets in strangers`,
      "whoever signs up gets a name there: write each one out, or put the star before a name that is one holder's",
    )
}

/** Writes the pattern that stands for the whole of a text. */
export function patternCondition(argument: ArgumentAt, pattern: string): Condition {
  const read = readPattern(pattern)
  if ("refused" in read)
    throw new Unjudgeable(
      `the pattern for ${argument.name} cannot be judged`,
      `write it in RE2's syntax: ${read.refused}`,
    )
  return factCondition(argument, "matches", {
    texts: [pattern],
    words: `with ${argument.name} as ${pattern}`,
  })
}

/** Of a list, each text is within one of those that are named. */
function factCondition(argument: ArgumentAt, fact: TextFact, { texts, words }: NamedTexts): Condition {
  const { tool, name, path } = argument
  const shape = itemOf(argument.shape)
  const list = shape.kind === "set"
  const { kind } = list ? shape.item : shape
  if (kind !== "string" && kind !== "path")
    throw new Unjudgeable(
      `the argument ${name} of ${tool.name} cannot be held to this`,
      "it is neither a text nor a list of texts",
    )
  if (texts.length === 0) return { cedar: NEVER, words }
  return {
    cedar: onFacts(path, (facts) =>
      list
        ? `${facts}.every.${fact}.contains(${quote(texts.join(" "))})`
        : `${facts}.${fact}.${oneOf(texts)}`,
    ),
    words,
  }
}

function oneOf(texts: readonly string[]): string {
  const [only = ""] = texts
  return texts.length === 1 ? `contains(${quote(only)})` : `containsAny(${setOf(texts)})`
}
