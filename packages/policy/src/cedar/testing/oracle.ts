import { type EntityUidJson, isAuthorized } from "@cedar-policy/cedar-wasm/nodejs"
import { isLosslessNumber } from "@tabard/core"
import type { EntityUid } from "../../cedar.ts"
import { type CompiledSet, compileCedar } from "../compile-cedar.ts"
import { type EntityInput, EntityStore } from "../entity-store.ts"
import { readPolicy } from "../read-policy.ts"
import { recordOf, type ValueJson } from "../value-json.ts"

/** One request, with all that it is judged by. */
export interface Case {
  /** Policies as text, by id. */
  readonly policies: Readonly<Record<string, string>>
  readonly principal: EntityUid
  readonly action: EntityUid
  readonly resource: EntityUid
  readonly context: Readonly<Record<string, ValueJson>>
  readonly entities: readonly EntityInput[]
}

/** What both are held to: order means nothing, and words are each one's own. */
export interface Verdict {
  readonly decision: "allow" | "deny"
  readonly reasons: readonly string[]
  readonly erred: readonly string[]
}

/** Cedar did not judge: a policy, an entity or the context is none. */
export class OracleRefused extends Error {
  override readonly name = "OracleRefused"
}

/** Answers what the evaluator says of a case. */
export function askOurs({ policies, entities, ...request }: Case): Verdict {
  return askCompiled(compiled(policies), EntityStore.from(entities), request)
}

/** Answers what a compiled set says of a request. */
export function askCompiled(
  set: CompiledSet,
  entities: EntityStore,
  { principal, action, resource, context }: Omit<Case, "policies" | "entities">,
): Verdict {
  const { decision, reasons, errors } = set.isAuthorized(
    { principal, action, resource, context: recordOf(context) },
    entities,
  )
  return verdict(
    decision,
    reasons,
    errors.map(({ policyId }) => policyId),
  )
}

/** Compiles policies that stand in a test as text. */
export function compiled(policies: Case["policies"]): CompiledSet {
  return compileCedar(
    Object.entries(policies).map(([id, text]) => {
      const reading = readPolicy(text)
      if (reading.type === "failure") throw refused(reading.errors)
      return { id, json: reading.json }
    }),
  )
}

/** Answers what Cedar itself says of it; its arguments go through JSON.stringify, which raw JSON passes exactly. */
export function askOracle({ policies, principal, action, resource, context, entities }: Case): Verdict {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its types do not know raw JSON
  const answer = isAuthorized({
    principal: named(principal),
    action: named(action),
    resource: named(resource),
    context: raw(context),
    entities: raw(entities),
    policies: { staticPolicies: { ...policies } },
  } as Parameters<typeof isAuthorized>[0])
  if (answer.type === "failure") throw refused(answer.errors)
  const { decision, diagnostics } = answer.response
  return verdict(
    decision,
    diagnostics.reason,
    diagnostics.errors.map(({ policyId }) => policyId),
  )
}

function verdict(
  decision: Verdict["decision"],
  reasons: readonly string[],
  erred: readonly string[],
): Verdict {
  return { decision, reasons: reasons.toSorted(), erred: erred.toSorted() }
}

function named({ type, id }: EntityUid): EntityUidJson {
  return { type, id }
}

function raw(value: unknown): unknown {
  if (typeof value === "bigint") return rawJson(String(value))
  if (isLosslessNumber(value)) return rawJson(value.value)
  if (Array.isArray(value)) return value.map(raw)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, raw(member)]))
}

/** JSON.rawJSON, which the types of this Node do not name yet. */
function rawJson(text: string): unknown {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node 24 has it
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text)
}

function refused(errors: readonly { readonly message: string }[]): OracleRefused {
  return new OracleRefused(errors.map(({ message }) => message).join("; "))
}
