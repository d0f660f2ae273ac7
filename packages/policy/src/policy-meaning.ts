import { canonicalText, type Json, Problem } from "@tabard/core"
import { readPolicy } from "./cedar/read-policy.ts"
import type { PolicyText } from "./parse-policy.ts"
import { PolicyInvalid } from "./policy-invalid.ts"

/**
 * Answers what a policy means in one spelling: how it is laid out, what is commented and which id it has say nothing; its words
 * (`@say`) and whom it asks do.
 *
 * @throws {PolicyInvalid}
 */
export function policyMeaning({ id, text }: PolicyText): string {
  const answer = readPolicy(text)
  if (answer.type === "failure") throw new PolicyInvalid(id, answer.errors[0]?.message ?? "it cannot be read")
  const { id: _, ...annotations } = answer.json.annotations ?? {}
  return canonicalText(exactJson({ ...answer.json, annotations }))
}

/** Integers that a double does not hold keep their digits, and cannot be taken for a text. */
function exactJson(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value
  if (typeof value === "number") return value
  if (typeof value === "bigint") return { long: value.toString() }
  if (Array.isArray(value)) return value.map(exactJson)
  if (typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, exactJson(member)]))
  throw new Problem("policy_invalid", "the policy holds what Cedar's JSON has no word for")
}
