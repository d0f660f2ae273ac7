import { isJsonObject, type Json, type JsonObject } from "@tabard/core"
import type { ExactPolicyJson } from "./cedar/read-policy.ts"
import { conditionNodes } from "./policy-nodes.ts"

/** What policies look at in an agent that is not in its mandate and has to be read. */
export interface AsksDescription {
  /** Whether its category or where it acts. */
  readonly asksFacts: boolean
  /** Whether how risky it is. */
  readonly asksRisk: boolean
}

/** The ways to look at one member. */
const ACCESSES = [".", "has"] as const

/**
 * Answers what a policy may look at of how an agent is described. One that takes the context or the session as a whole, to hold it
 * against another, looks at where the agent acts.
 */
export function asksDescription(json: Pick<ExactPolicyJson, "conditions">): AsksDescription {
  const accesses = [...conditionNodes(json)].flatMap(accessesOf)
  const looks = (...names: readonly string[]): boolean =>
    accesses.some(({ attr }) => typeof attr !== "string" || names.includes(attr))
  return { asksFacts: looks("category", "env") || asksWhole(json), asksRisk: looks("risk") }
}

/** Each mention of the context or the session is one as a whole, but where one member of it is looked at. */
function asksWhole(json: Pick<ExactPolicyJson, "conditions">): boolean {
  let whole = 0
  for (const node of conditionNodes(json)) {
    if (isContext(node) || isSession(node)) whole += 1
    for (const { left } of accessesOf(node)) if (isContext(left) || isSession(left)) whole -= 1
  }
  return whole !== 0
}

function accessesOf(node: JsonObject): JsonObject[] {
  return ACCESSES.map((operator) => memberOf(node, operator)).filter(isJsonObject)
}

function isContext(node: Json | undefined): boolean {
  return memberOf(node, "Var") === "context"
}

/** `context.session`. */
function isSession(node: Json | undefined): boolean {
  const access = memberOf(node, ".")
  return memberOf(access, "attr") === "session" && isContext(memberOf(access, "left"))
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
