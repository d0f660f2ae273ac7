import { policySetTextToParts, validate } from "@cedar-policy/cedar-wasm/nodejs"
import { nestingComplaint } from "../cedar/nesting.ts"
import { type ExactPolicyJson, readPolicy } from "../cedar/read-policy.ts"
import { invalid } from "../parse-policy.ts"
import { PolicyInvalid } from "../policy-invalid.ts"
import type { ApplicationSchema } from "./application-schema.ts"
import { type Obligation, readObligations } from "./obligation.ts"

/** One policy of an application. */
export interface ApplicationPolicy {
  readonly id: string
  readonly text: string
  readonly json: ExactPolicyJson
  /** Its own words (@say), for whoever is denied by it. */
  readonly say: string | undefined
  readonly obligations: readonly Obligation[]
}

/** The most policies of one application. */
const MOST_POLICIES = 1000

/** Nobody could be asked: what these say belongs to agents alone. */
const OF_AGENTS = ["ask", "requestable"] as const

/**
 * Reads the policies of an application from one Cedar text. Each is called by its @id, or else by the application's name
 * and its place.
 *
 * @throws {PolicyInvalid}
 */
export function readPolicies(
  name: string,
  schema: ApplicationSchema,
  text: string,
): readonly ApplicationPolicy[] {
  const tooDeep = nestingComplaint(text)
  if (tooDeep) throw invalid(name, text, tooDeep)
  const parts = policySetTextToParts(text)
  if (parts.type === "failure") throw invalid(name, text, parts.errors[0])
  if (parts.policy_templates.length > 0)
    throw new PolicyInvalid(name, "templates are not linked here: write out each policy")
  if (parts.policies.length > MOST_POLICIES)
    throw new PolicyInvalid(name, `an application has at most ${MOST_POLICIES} policies`)
  const policies = parts.policies.map((part, n) => policyOf(`${name}/${n + 1}`, part))
  const twice = policies.find(({ id }, n) => policies.findIndex((one) => one.id === id) !== n)
  if (twice) throw new PolicyInvalid(twice.id, "another policy is called so as well")
  assertValid(schema, policies)
  return policies
}

function policyOf(place: string, text: string): ApplicationPolicy {
  const answer = readPolicy(text)
  if (answer.type === "failure") throw invalid(place, text, answer.errors[0])
  const annotations = answer.json.annotations ?? {}
  const id = annotations["id"] ?? place
  const foreign = OF_AGENTS.find((one) => one in annotations)
  if (foreign)
    throw new PolicyInvalid(
      id,
      `@${foreign} is for agents: nobody is asked about this application's questions`,
    )
  return {
    id,
    text,
    json: answer.json,
    say: annotations["say"] ?? undefined,
    obligations: readObligations(id, annotations["obligation"]),
  }
}

function assertValid({ json }: ApplicationSchema, policies: readonly ApplicationPolicy[]): void {
  const texts = new Map(policies.map(({ id, text }) => [id, text]))
  const answer = validate({ schema: json, policies: { staticPolicies: Object.fromEntries(texts) } })
  // Schema and policies were each parsed before: what fails here is ours, and nothing is put into force.
  if (answer.type === "failure") throw new Error(answer.errors.map(({ message }) => message).join("; "))
  const [first] = answer.validationErrors
  if (first) throw invalid(first.policyId, texts.get(first.policyId) ?? "", first.error)
}
