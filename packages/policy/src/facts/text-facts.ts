import { isJsonObject, type Json } from "@tabard/core"
import { ArgumentRefused } from "../argument-refused.ts"
import type { CedarValueJson } from "../cedar.ts"
import { readPath } from "../path.ts"
import type { Shape } from "../shape.ts"
import { type AskedFact, alternatives, TEXT_FACTS, type TextFact } from "./asked-facts.ts"
import { isHost, readUrl } from "./host.ts"
import { isMatch } from "./pattern.ts"
import { isRecipient, readRecipient } from "./recipient.ts"

/** The longest list whose texts are judged one by one. */
const MAX_ELEMENTS = 1000

/** Answers whether policies can ask facts about a value of this shape. */
export function hasTextFacts(shape: Shape): boolean {
  if (shape.kind === "record") return [...shape.members.values()].some((member) => hasTextFacts(member.shape))
  if (shape.kind === "set" || shape.kind === "each") return isText(shape.item)
  return isText(shape)
}

/** What policies ask about a value, and where its paths really lead. */
export interface TextQuestions {
  readonly asked: readonly AskedFact[]
  readonly realPaths?: Readonly<Record<string, string>> | undefined
}

/**
 * Answers the facts about a value that policies asked for: about a text which of them hold, about a list which hold for every text
 * of it and which for some. Throws ArgumentRefused where a forbid asked about a value that cannot be judged.
 */
export function textFacts(
  shape: Shape,
  value: Json,
  { asked, realPaths }: TextQuestions,
  at: string,
): CedarValueJson {
  if (shape.kind === "record" && isJsonObject(value))
    return recordFacts(shape, value, { asked, realPaths }, at)
  if (shape.kind !== "set")
    return holding(asked, (fact) => holds(fact, placesOf(shape, value, realPaths), at))
  const texts = Array.isArray(value) ? value.map((item: Json) => placesOf(shape.item, item, realPaths)) : []
  if (texts.length > MAX_ELEMENTS && asked.some(({ needed }) => needed))
    throw new ArgumentRefused(`the argument ${at} has more than ${MAX_ELEMENTS} texts to judge`)
  const few = texts.length > MAX_ELEMENTS ? [] : texts
  const each = (fact: AskedFact): boolean[] => few.map((text) => holds(fact, text, at))
  return {
    every: holding(below(asked, "every"), (fact) => few.length > 0 && each(fact).every(Boolean)),
    some: holding(below(asked, "some"), (fact) => each(fact).some(Boolean)),
  }
}

/** Answers what is asked about one member, with the rest of the way to it. */
export function below(asked: readonly AskedFact[], name: string): AskedFact[] {
  return asked.flatMap(({ path, ...fact }) => (path[0] === name ? [{ ...fact, path: path.slice(1) }] : []))
}

function recordFacts(
  { members }: Shape & { kind: "record" },
  value: Readonly<Record<string, Json | undefined>>,
  { asked, realPaths }: TextQuestions,
  at: string,
): CedarValueJson {
  const facts = [...members].flatMap(([name, { shape }]): [string, CedarValueJson][] => {
    const member = Object.hasOwn(value, name) ? value[name] : undefined
    if (member === undefined || !hasTextFacts(shape)) return []
    return [[name, textFacts(shape, member, { asked: below(asked, name), realPaths }, `${at}.${name}`)]]
  })
  return Object.fromEntries(facts)
}

function holding(
  asked: readonly AskedFact[],
  test: (fact: AskedFact) => boolean,
): Record<TextFact, string[]> {
  const held = asked.filter((each) => each.path.length === 0 && test(each))
  const of = (fact: TextFact): string[] =>
    held.filter((each) => each.fact === fact).map(({ operand }) => operand)
  const [matches, hosts, recipients] = TEXT_FACTS.map(of)
  return { matches: matches ?? [], hosts: hosts ?? [], recipients: recipients ?? [] }
}

const JUDGES: Readonly<
  Record<TextFact, (text: string, operand: string) => boolean | { readonly refused: string }>
> = {
  matches: (text, operand) => isMatch(text, operand) ?? { refused: "it is too long to be held to a pattern" },
  hosts: (text, operand) => {
    const read = readUrl(text)
    return "refused" in read ? read : alternatives(operand).some((one) => isHost(read.origin, one))
  },
  recipients: (text, operand) => {
    const read = readRecipient(text)
    return "refused" in read ? read : alternatives(operand).some((one) => isRecipient(read.address, one))
  },
}

/**
 * What cannot be judged holds for nobody, and what holds of a path has to hold where it leads as well; where a forbid asked, the
 * call is refused, since its silence would let through.
 */
function holds({ fact, operand, needed }: AskedFact, places: readonly string[], at: string): boolean {
  const answers = places.map((text) => JUDGES[fact](text, operand))
  const refused = answers.find((answer) => typeof answer === "object")
  if (!needed) return answers.every((answer) => answer === true)
  if (refused) throw new ArgumentRefused(`the argument ${at} cannot be judged: ${refused.refused}`)
  if (answers.some((answer) => answer !== answers[0]))
    throw new ArgumentRefused(
      `the argument ${at} is a link, and policies forbid one of its names: name it by where it leads`,
    )
  return answers[0] === true
}

function isText({ kind }: Shape): boolean {
  return kind === "string" || kind === "path"
}

/** A text, or a path in its one spelling and where it leads. */
function placesOf({ kind }: Shape, value: Json, realPaths: TextQuestions["realPaths"]): readonly string[] {
  const text = typeof value === "string" ? value : ""
  if (kind !== "path") return [text]
  const real = realPaths && Object.hasOwn(realPaths, text) ? realPaths[text] : undefined
  return [text, ...(real === undefined ? [] : [real])].map(spelt)
}

function spelt(path: string): string {
  const read = readPath(path)
  return "path" in read ? read.path : path
}
