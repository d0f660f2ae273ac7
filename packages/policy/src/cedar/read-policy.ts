import { type DetailedError, policyToJson } from "@cedar-policy/cedar-wasm/nodejs"
import type { PolicyJson } from "../cedar.ts"
import { nestingComplaint } from "./nesting.ts"

/** A policy in Cedar's JSON form; an integer that a double does not hold stands in it as a BigInt. */
export interface ExactPolicyJson extends Omit<PolicyJson, "conditions"> {
  readonly conditions: readonly { readonly kind: "when" | "unless"; readonly body: unknown }[]
}

/** What reading a policy answers, as Cedar answers it. */
export type PolicyReading =
  | { readonly type: "success"; readonly json: ExactPolicyJson }
  | { readonly type: "failure"; readonly errors: DetailedError[] }

/** Texts and comments, whose digits mean nothing; and integers that a double may not hold. */
const TOKENS = /"(?:[^"\\]|\\.)*"|\/\/[^\n\r]*|(?<!\w)\d{16,}/gs

/**
 * Parses a policy by Cedar into its JSON form with every integer exact. Cedar's own JSON reaches JavaScript as doubles, where
 * 9007199254740993 is its neighbour; so long integers are read once more, as texts that bear a mark.
 */
export function readPolicy(text: string): PolicyReading {
  const tooDeep = nestingComplaint(text)
  if (tooDeep) return { type: "failure", errors: [tooDeep] }
  const answer = policyToJson(text)
  if (answer.type === "failure") return answer
  const mark = markBeside(JSON.stringify(answer.json))
  const marked = text.replace(TOKENS, (token) => (/^\d/.test(token) ? `"${mark}${token}"` : token))
  if (marked === text) return answer
  const exact = policyToJson(marked)
  return exact.type === "failure" ? exact : { type: "success", json: unmarked(exact.json, mark) }
}

/** Answers a text that occurs nowhere in the policy. */
function markBeside(json: string): string {
  let mark = "long:"
  while (json.includes(mark)) mark = `long${mark}`
  return mark
}

function unmarked(json: PolicyJson, mark: string): ExactPolicyJson {
  return {
    ...json,
    conditions: json.conditions.map(({ kind, body }) => ({ kind, body: exactly(body, mark) })),
  }
}

/** Puts integers where their marks stand. The least one is legal only with its sign, so the sign is taken along. */
function exactly(json: unknown, mark: string): unknown {
  if (Array.isArray(json)) return json.map((each) => exactly(each, mark))
  if (typeof json !== "object" || json === null) return json
  const { Value: literal, neg } = json as { Value?: unknown; neg?: { arg?: { Value?: unknown } } }
  if (isMarked(literal, mark)) return { Value: BigInt(literal.slice(mark.length)) }
  if (isMarked(neg?.arg?.Value, mark)) return { Value: -BigInt(neg.arg.Value.slice(mark.length)) }
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, exactly(value, mark)]))
}

function isMarked(value: unknown, mark: string): value is string {
  return typeof value === "string" && value.startsWith(mark)
}
