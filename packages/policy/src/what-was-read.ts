import { isJsonObject, type Json, nearestWord } from "@tabard/core"
import type { ExactPolicyJson } from "./cedar/read-policy.ts"

/**
 * What a run may have read, as `context.session.read` holds it: data of a system at least that sensitive, and what strangers
 * wrote. Where nobody knows what was read, all of it was.
 */
export const READ_LABELS = ["public", "workspace", "confidential", "critical", "strangers"] as const

/** One kind of what was read. */
export type ReadLabel = (typeof READ_LABELS)[number]

/** Answers whether a policy asks what was read before. */
export function asksWhatWasRead(json: Pick<ExactPolicyJson, "conditions">): boolean {
  return asksOf(json).length > 0
}

/**
 * Answers why what a policy asks about what was read would not be judged as it reads, undefined where it is. Having read more never
 * allows more, so a forbid builds on what was read and a permit on what was not; and what nobody ever says was read binds nobody.
 */
export function whyReadMisused({ effect, conditions }: ExactPolicyJson): string | undefined {
  for (const { labels, builds } of asksOf({ conditions })) {
    if (!labels)
      return `ask context.session.read only as context.session.read.contains("${READ_LABELS[2]}"): it holds ${READ_LABELS.join(", ")}`
    const odd = labels.find((label) => !READ_LABELS.some((known) => known === label))
    if (odd !== undefined) return unknownLabel(odd)
    if (builds !== (effect === "forbid" ? "on" : "on-absence"))
      return "having read more never allows more: forbid `when` it was read, or permit `unless` it was"
  }
  return undefined
}

function unknownLabel(odd: string): string {
  const meant = nearestWord(odd, READ_LABELS)
  const hint = meant === undefined ? "" : `; is ${meant} meant?`
  return `nothing is ever said to have read ${odd.slice(0, 80)}${hint || ":"} context.session.read holds ${READ_LABELS.join(", ")}`
}

/** Whether a policy matches where an expression holds, where it does not, or nobody can tell. */
type Builds = "on" | "on-absence" | "unclear"

interface ReadAsk {
  /** Undefined where it is asked otherwise than by `contains` and literals. */
  readonly labels: readonly string[] | undefined
  readonly builds: Builds
}

const JOINS = ["&&", "||"]
const CONTAINS = ["contains", "containsAny", "containsAll"]
const OTHERWISE: Readonly<Record<Builds, Builds>> = {
  on: "on-absence",
  "on-absence": "on",
  unclear: "unclear",
}

function asksOf({ conditions }: Pick<ExactPolicyJson, "conditions">): readonly ReadAsk[] {
  return conditions.flatMap(({ kind, body }) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Cedar's JSON form of a policy is JSON
    asksIn(body as Json, kind === "when" ? "on" : "on-absence"),
  )
}

function asksIn(expression: Json | undefined, builds: Builds): readonly ReadAsk[] {
  if (Array.isArray(expression)) {
    const items: readonly Json[] = expression
    return items.flatMap((item) => asksIn(item, builds))
  }
  if (!isJsonObject(expression)) return []
  if (isRead(expression)) return [{ labels: undefined, builds }]
  return Object.entries(expression).flatMap(([operator, operands]) => {
    if (CONTAINS.includes(operator) && isRead(memberOf(operands, "left")))
      return [{ labels: literals(memberOf(operands, "right")), builds }]
    return partsOf(operands).flatMap((part) => asksIn(part, beneath(operator, builds)))
  })
}

function beneath(operator: string, builds: Builds): Builds {
  if (operator === "!") return OTHERWISE[builds]
  return JOINS.includes(operator) ? builds : "unclear"
}

/** `context.session.read`. */
function isRead(expression: Json | undefined): boolean {
  const read = memberOf(expression, ".")
  const session = memberOf(memberOf(read, "left"), ".")
  return (
    memberOf(read, "attr") === "read" &&
    memberOf(session, "attr") === "session" &&
    memberOf(memberOf(session, "left"), "Var") === "context"
  )
}

function literals(right: Json | undefined): readonly string[] | undefined {
  const set = memberOf(right, "Set")
  const items: readonly (Json | undefined)[] = Array.isArray(set) ? set : [right]
  const texts = items.map((item) => memberOf(item, "Value"))
  return texts.every((text) => typeof text === "string") ? texts : undefined
}

function partsOf(operands: Json | undefined): readonly (Json | undefined)[] {
  return isJsonObject(operands) ? Object.values(operands) : [operands]
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
