import type { DetailedError, PolicyJson } from "@cedar-policy/cedar-wasm/nodejs"
import { type CompiledPolicy, compilePolicy } from "./cedar/compile-policy.ts"
import { MalformedCedar } from "./cedar/malformed-cedar.ts"
import { type ExactPolicyJson, readPolicy } from "./cedar/read-policy.ts"
import { type ConditionFacts, conditionFacts } from "./condition-facts.ts"
import { PolicyInvalid, positionAt } from "./policy-invalid.ts"

/** One Cedar policy. Its id is its owner's id, a slash and a number. */
export interface PolicyText {
  readonly id: string
  readonly text: string
}

/** What annotations make of a policy: judged plainly, discharged by an approval, or in force only once people agree. */
export type PolicyKind = "plain" | "ask" | "requestable"

/** A policy, with all that indexing and explaining need. */
export interface ParsedPolicy extends PolicyText, ConditionFacts {
  readonly kind: PolicyKind
  readonly json: ExactPolicyJson
  /** The policy as it is judged. */
  readonly compiled: CompiledPolicy
  /** Whom an @ask or @requestable policy sends the question to. */
  readonly route: string
  /** The policy's own words (@say). */
  readonly say: string | undefined
  /** Stands for this exact text in this process; equal policies share it. */
  readonly serial: number
}

let lastSerial = 0

/** Parses one policy, and refuses what would read well and not mean what it says. */
export function parsePolicy({ id, text }: PolicyText): ParsedPolicy {
  const answer = readPolicy(text)
  if (answer.type === "failure") throw invalid(id, text, answer.errors[0])
  const { json } = answer
  const annotations = json.annotations ?? {}
  const kind = kindOf(id, json)
  lastSerial += 1
  return {
    id,
    text,
    json,
    compiled: compiled(id, json),
    kind,
    route: annotations["ask"] ?? annotations["requestable"] ?? "",
    say: annotations["say"],
    ...conditionFacts(id, json),
    serial: lastSerial,
  }
}

/** Says Cedar's complaint about a policy with its place in the text. */
export function invalid(id: string, text: string, error: DetailedError | undefined): PolicyInvalid {
  const [place] = error?.sourceLocations ?? []
  const words = [error?.message ?? "it cannot be read", place?.label, error?.help].filter(Boolean).join("; ")
  return new PolicyInvalid(id, words, positionAt(text, place?.start ?? 0))
}

function compiled(id: string, json: ExactPolicyJson): CompiledPolicy {
  try {
    return compilePolicy(id, json)
  } catch (error) {
    if (error instanceof MalformedCedar) throw new PolicyInvalid(id, error.message)
    throw error
  }
}

function kindOf(
  id: string,
  { effect, annotations = {} }: Pick<PolicyJson, "effect" | "annotations">,
): PolicyKind {
  const asks = "ask" in annotations
  const requestable = "requestable" in annotations
  // An @ask permit would be taken away by nothing, and a @requestable forbid would be in force only once people agree.
  if (asks && effect !== "forbid") throw new PolicyInvalid(id, "@ask belongs on a forbid")
  if (requestable && effect !== "permit") throw new PolicyInvalid(id, "@requestable belongs on a permit")
  if (asks) return "ask"
  return requestable ? "requestable" : "plain"
}
