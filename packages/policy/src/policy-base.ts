import { type ParsedPolicy, type PolicyText, parsePolicy } from "./parse-policy.ts"
import { PolicyInvalid } from "./policy-invalid.ts"
import type { CedarSchema } from "./schema.ts"
import { PolicyIndex } from "./slice.ts"
import { validatePolicies } from "./validate-policies.ts"

/** Policies in force, ready to decide by. Never changed: a new version is a new base. */
export interface PolicyBase {
  /** The version of all that a decision read; it is named in the answer. */
  readonly version: number
  readonly schema: CedarSchema
  readonly policies: ReadonlyMap<string, ParsedPolicy>
  readonly index: PolicyIndex
  /** Policies that the schema no longer bears. Each denies wherever it would have spoken. */
  readonly broken: ReadonlyMap<string, PolicyInvalid>
}

/** What a base is made from. */
export interface PolicySource {
  readonly schema: CedarSchema
  readonly policies: readonly PolicyText[]
  readonly version: number
  /** The base before: what did not change is not parsed and checked again. */
  readonly previous?: PolicyBase
  /**
   * "refuse", where a person saves: one invalid policy refuses all. "deny", where a base is loaded and a tool has since changed: an
   * invalid policy denies what it would have spoken on, and everything else goes on.
   */
  readonly invalid?: "refuse" | "deny"
}

/**
 * Puts policies into force: parses and checks every one.
 *
 * @throws {PolicyInvalid} naming policy, line and column.
 */
export function compilePolicies(source: PolicySource): PolicyBase {
  const { schema, version } = source
  const policies = new Map<string, ParsedPolicy>()
  for (const policy of source.policies) {
    if (policies.has(policy.id)) throw new PolicyInvalid(policy.id, "this id stands twice")
    policies.set(policy.id, reuse(source, policy) ?? parsePolicy(policy))
  }
  const broken = brokenPolicies(source, policies)
  const [first] = broken.values()
  if (first && source.invalid !== "deny") throw first
  return { version, schema, policies, index: new PolicyIndex(policies.values()), broken }
}

function reuse({ previous }: PolicySource, { id, text }: PolicyText): ParsedPolicy | undefined {
  const known = previous?.policies.get(id)
  return known?.text === text ? known : undefined
}

/** Only what is new is checked, as long as the schema is the same. */
function brokenPolicies(
  { schema, previous }: PolicySource,
  policies: ReadonlyMap<string, ParsedPolicy>,
): ReadonlyMap<string, PolicyInvalid> {
  const all = [...policies.values()]
  if (previous?.schema.fingerprint !== schema.fingerprint) return validatePolicies(schema, all)
  const fresh = all.filter((policy) => previous.policies.get(policy.id) !== policy)
  const still = [...previous.broken].filter(([id]) => previous.policies.get(id) === policies.get(id))
  return new Map([...validatePolicies(schema, fresh), ...still])
}
