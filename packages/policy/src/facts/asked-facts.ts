import { isJsonObject, type Json } from "@tabard/core"
import type { ExactPolicyJson } from "../cedar/read-policy.ts"
import { PolicyInvalid } from "../policy-invalid.ts"
import { readHostPattern } from "./host.ts"
import { readHours } from "./hours.ts"
import { readPattern } from "./pattern.ts"
import { readRecipientPattern } from "./recipient.ts"

/** What can be found out about a text beside the text itself. */
export const TEXT_FACTS = ["matches", "hosts", "recipients"] as const

/** One of those questions. */
export type TextFact = (typeof TEXT_FACTS)[number]

/** One thing that a policy asks about one argument. */
export interface AskedFact {
  /** The names that lead to it below `context.facts.input`. */
  readonly path: readonly string[]
  readonly fact: TextFact
  readonly operand: string
  /** Whether a value that cannot be judged refuses the call: a forbid asked, and its silence would let through. */
  readonly needed: boolean
}

/** What a policy asks of whoever computes facts. */
export interface AskedFacts {
  /** Whether it looks at facts about arguments at all. */
  readonly looks: boolean
  readonly texts: readonly AskedFact[]
  /** Hours that it asks about. */
  readonly hours: readonly string[]
}

/** A policy that asks for no facts. */
export const NOTHING_ASKED: AskedFacts = { looks: false, texts: [], hours: [] }

/** Answers everything that some policies ask, each thing once. */
export function askedTogether(each: readonly AskedFacts[]): AskedFacts {
  if (each.every(({ looks, hours }) => !looks && hours.length === 0)) return NOTHING_ASKED
  const texts = new Map(each.flatMap((asked) => asked.texts).map((text) => [JSON.stringify(text), text]))
  return {
    looks: each.some(({ looks }) => looks),
    texts: [...texts.values()],
    hours: [...new Set(each.flatMap(({ hours }) => hours))],
  }
}

/**
 * Reads what a policy asks of `context.facts`. Only what policies name is computed, so they may ask with `contains` and literals
 * alone; and a permit may only build on a fact, never on its absence: what cannot be judged would be let through.
 */
export function askedFacts(policy: string, { effect, conditions }: ExactPolicyJson): AskedFacts {
  const asked = conditions.flatMap(({ kind, body }) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Cedar's JSON form of a policy is JSON
    askedIn(body as Json, { policy, forbids: effect === "forbid", builds: kind === "when" }),
  )
  return askedTogether(asked)
}

/** Where an expression stands. */
interface Place {
  readonly policy: string
  readonly forbids: boolean
  /** Whether the policy matches only where the expression holds, as far as what stands around it tells. */
  readonly builds: boolean
}

const NO_OPERATOR = ["", undefined] as const
const LOOKS: AskedFacts = { ...NOTHING_ASKED, looks: true }
const JOINS = ["&&", "||"]
const CONTAINS = ["contains", "containsAny", "containsAll"]

function askedIn(expression: Json | undefined, place: Place): AskedFacts[] {
  if (!isJsonObject(expression)) return []
  const [[operator, operands] = NO_OPERATOR] = Object.entries(expression)
  const left = factPath(memberOf(operands, "left"))
  if (left && CONTAINS.includes(operator)) return [askedBy(left, memberOf(operands, "right"), place)]
  if (operator === "has" && (left || isContextFacts(operands))) return [LOOKS]
  if (factPath(expression)) throw misused(place.policy)
  const builds = place.builds && JOINS.includes(operator)
  return partsOf(operands).flatMap((part) => askedIn(part, { ...place, builds }))
}

function askedBy(path: readonly string[], right: Json | undefined, place: Place): AskedFacts {
  const operands = literals(right)
  const [first, ...rest] = path
  if (!operands) throw misused(place.policy)
  if (first === "within" && rest.length === 0) return hoursAsked(operands, place.policy)
  const fact = TEXT_FACTS.find((each) => each === rest.at(-1))
  if (first !== "input" || !fact || rest.length < 2) throw misused(place.policy)
  if (!place.forbids && !place.builds) throw new PolicyInvalid(place.policy, ABSENCE)
  const texts = operands.map((operand) => {
    assertSpelt(place.policy, fact, operand)
    return { path: rest.slice(0, -1), fact, operand, needed: place.forbids }
  })
  return { looks: true, texts, hours: [] }
}

const ABSENCE =
  "a permit may build on a fact in `when`, not on its absence: what cannot be judged would be let through"

function misused(policy: string): PolicyInvalid {
  return new PolicyInvalid(
    policy,
    'ask `context.facts` only as context.facts.input.url.hosts.contains("api.example.com"): it holds what policies name',
  )
}

function hoursAsked(operands: readonly string[], policy: string): AskedFacts {
  const odd = operands.find((operand) => !readHours(operand))
  if (odd !== undefined)
    throw new PolicyInvalid(policy, `${odd} are no hours, as "mon,tue 08:00-18:00 Europe/Paris"`)
  return { looks: false, texts: [], hours: operands }
}

/** Hosts and recipients may stand one after another, each a text by itself: of a list, each element is one of them. */
export function alternatives(operand: string): readonly string[] {
  return operand.split(" ")
}

const SPELLINGS: Readonly<Record<TextFact, (operand: string) => string | undefined>> = {
  matches: (operand) => {
    const read = readPattern(operand)
    return "refused" in read ? `the pattern cannot be judged: ${read.refused}` : undefined
  },
  hosts: (operand) =>
    alternatives(operand).every((one) => readHostPattern(one) === one)
      ? undefined
      : `${operand} is no host, as api.example.com`,
  recipients: (operand) =>
    alternatives(operand).every((one) => readRecipientPattern(one) === one)
      ? undefined
      : `${operand} is no recipient, as @example.com`,
}

function assertSpelt(policy: string, fact: TextFact, operand: string): void {
  const fault = SPELLINGS[fact](operand)
  if (fault !== undefined) throw new PolicyInvalid(policy, fault)
}

/** The names below `context.facts` that an expression reads, or undefined where it reads something else. */
function factPath(expression: Json | undefined): readonly string[] | undefined {
  const access = memberOf(expression, ".")
  if (access === undefined) return undefined
  if (isContextFacts(access)) return []
  const left = factPath(memberOf(access, "left"))
  const attr = memberOf(access, "attr")
  return left && typeof attr === "string" ? [...left, attr] : undefined
}

/** `context.facts` by its name, or `context has facts`. */
function isContextFacts(access: Json | undefined): boolean {
  const attr = memberOf(access, "attr")
  const first = Array.isArray(attr) ? attr[0] : attr
  return first === "facts" && memberOf(memberOf(access, "left"), "Var") === "context"
}

function literals(right: Json | undefined): readonly string[] | undefined {
  const set = memberOf(right, "Set")
  const items: readonly (Json | undefined)[] = Array.isArray(set) ? set : [right]
  const texts = items.map((item) => memberOf(item, "Value"))
  return texts.every((text) => typeof text === "string") ? texts : undefined
}

function partsOf(operands: Json | undefined): readonly (Json | undefined)[] {
  if (Array.isArray(operands)) return operands
  return isJsonObject(operands) ? Object.values(operands) : []
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
