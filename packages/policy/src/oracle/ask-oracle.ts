import { statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs"
import type { EntityRef } from "../cedar/values.ts"
import type { EntityJson } from "../cedar.ts"
import type { KnownEntity, Link } from "../entities.ts"
import type { CedarQuestion } from "../judge-link.ts"
import type { ParsedPolicy } from "../parse-policy.ts"
import { preparsedPolicies, preparsedSchema } from "../preparsed.ts"
import { recordJson } from "../value-json.ts"

/** What Cedar itself answers: the policies that decided and those that erred, in one order; or why it takes no such question. */
export type OracleAnswer =
  | {
      readonly decision: "allow" | "deny"
      readonly reasons: readonly string[]
      readonly erred: readonly string[]
    }
  | { readonly refused: string }

/** Asks Cedar itself about some policies. It holds the question to the schema, and refuses one that does not conform. */
export function askOracle(
  policies: readonly ParsedPolicy[],
  { principal }: Pick<Link, "principal">,
  { action, resource, context, known }: CedarQuestion,
): OracleAnswer {
  const answer = statefulIsAuthorized({
    principal: uidJson(principal),
    action: uidJson(action.ref),
    resource: uidJson(resource),
    context: recordJson(context),
    entities: known.map(entityJson),
    preparsedSchemaName: preparsedSchema(action.fingerprint, action.schema),
    validateRequest: true,
    preparsedPolicySetId: preparsedPolicies(policies.map(({ serial }) => serial).join(), () => ({
      staticPolicies: Object.fromEntries(policies.map(({ id, text }) => [id, text])),
    })),
  })
  if (answer.type === "failure") return { refused: answer.errors.map(({ message }) => message).join("; ") }
  const { decision, diagnostics } = answer.response
  return {
    decision,
    reasons: diagnostics.reason.toSorted(),
    erred: diagnostics.errors.map(({ policyId }) => policyId).toSorted(),
  }
}

function entityJson({ ref, attrs, parents }: KnownEntity): EntityJson {
  return { uid: uidJson(ref), attrs: recordJson({ members: attrs }), parents: parents.map(uidJson) }
}

function uidJson({ type, id }: EntityRef): { type: string; id: string } {
  return { type, id }
}
