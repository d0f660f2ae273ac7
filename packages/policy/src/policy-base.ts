import { evaluateSlice } from "./evaluate-slice.ts"
import type { Judge } from "./judge-link.ts"
import { type ParsedPolicy, type PolicyText, parsePolicy } from "./parse-policy.ts"
import { PolicyInvalid } from "./policy-invalid.ts"
import type { CedarSchema } from "./schema.ts"
import { PolicyIndex } from "./slice.ts"
import { SliceKeeper } from "./slice-keeper.ts"
import { validatePolicies } from "./validate-policies.ts"

/** Policies in force, ready to decide by. Never changed: a new version is a new base. */
export interface PolicyBase {
  /** The version of all that a decision read; it is named in the answer. */
  readonly version: number
  readonly schema: CedarSchema
  readonly policies: ReadonlyMap<string, ParsedPolicy>
  readonly index: PolicyIndex
  readonly slices: SliceKeeper
  /** By whom its policies are judged. */
  readonly judge: Judge
  /** Whether any policy asks what was read before: nobody has to find out otherwise. */
  readonly asksRead: boolean
  /** Policies that the schema no longer bears. Each denies wherever it would have spoken. */
  readonly broken: ReadonlyMap<string, PolicyInvalid>
}

/** What a base is made from. */
export interface PolicySource {
  readonly schema: CedarSchema
  readonly policies: readonly PolicyText[]
  readonly version: number
  /** By whom policies are judged, where not by the evaluator alone. */
  readonly judge?: Judge
  /** The base before: what did not change is not parsed and checked again. */
  readonly previous?: PolicyBase
  /**
   * "refuse", where a person saves: one invalid policy refuses all. "deny", where a base is loaded and a tool has since changed: an
   * invalid policy denies what it would have spoken on, and everything else goes on.
   */
  readonly invalid?: "refuse" | "deny"
}

/** Policies that were parsed and held against one schema. */
export interface CheckedPolicies {
  readonly policies: readonly ParsedPolicy[]
  readonly broken: ReadonlyMap<string, PolicyInvalid>
}

/**
 * Puts policies into force: parses and checks every one.
 *
 * @throws {PolicyInvalid} naming policy, line and column.
 */
export function compilePolicies(source: PolicySource): PolicyBase {
  const { schema, version, policies, previous } = source
  const checked = checkPolicies(schema, policies, previous)
  const [first] = checked.broken.values()
  if (first && source.invalid !== "deny") throw first
  return joinPolicies({ schema, version, parts: [checked], ...(source.judge && { judge: source.judge }) })
}

/**
 * Parses policies and checks them against a schema. What `previous` knows is not parsed and checked again.
 *
 * @throws {PolicyInvalid} of one that does not parse
 */
export function checkPolicies(
  schema: CedarSchema,
  texts: readonly PolicyText[],
  previous?: PolicyBase,
): CheckedPolicies {
  const policies = texts.map((text) => reuse(previous, text) ?? parsePolicy(text))
  return { policies, broken: brokenPolicies(schema, policies, previous) }
}

/**
 * Puts policies into force that were checked against this schema before, in parts that come and go by themselves.
 *
 * @throws {PolicyInvalid} where an id stands twice
 */
export function joinPolicies({
  schema,
  version,
  parts,
  judge = evaluateSlice,
}: Pick<PolicySource, "schema" | "version" | "judge"> & {
  readonly parts: readonly CheckedPolicies[]
}): PolicyBase {
  const policies = new Map<string, ParsedPolicy>()
  for (const policy of parts.flatMap((part) => part.policies)) {
    if (policies.has(policy.id)) throw new PolicyInvalid(policy.id, "this id stands twice")
    policies.set(policy.id, policy)
  }
  const broken = new Map(parts.flatMap((part) => [...part.broken]))
  const index = new PolicyIndex(policies.values())
  const asksRead = [...policies.values()].some((policy) => policy.asksRead)
  return { version, schema, policies, index, slices: new SliceKeeper(index, broken), judge, asksRead, broken }
}

function reuse(previous: PolicyBase | undefined, { id, text }: PolicyText): ParsedPolicy | undefined {
  const known = previous?.policies.get(id)
  return known?.text === text ? known : undefined
}

/** Only what is new is checked, as long as the schema is the same. */
function brokenPolicies(
  schema: CedarSchema,
  policies: readonly ParsedPolicy[],
  previous: PolicyBase | undefined,
): ReadonlyMap<string, PolicyInvalid> {
  if (previous?.schema.fingerprint !== schema.fingerprint) return validatePolicies(schema, policies)
  const isKnown = (policy: ParsedPolicy): boolean => previous.policies.get(policy.id) === policy
  const [known, fresh] = [policies.filter(isKnown), policies.filter((policy) => !isKnown(policy))]
  const still = known.flatMap(({ id }) => {
    const complaint = previous.broken.get(id)
    return complaint ? [[id, complaint] as const] : []
  })
  return new Map([...validatePolicies(schema, fresh), ...still])
}
