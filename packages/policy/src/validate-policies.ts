import { type ValidationAnswer, validate } from "@cedar-policy/cedar-wasm/nodejs"
import type { SchemaJson } from "./cedar.ts"
import { invalid, type ParsedPolicy } from "./parse-policy.ts"
import type { PolicyInvalid } from "./policy-invalid.ts"
import { entitiesNamed } from "./policy-nodes.ts"
import type { CedarSchema } from "./schema.ts"
import { plain } from "./slice.ts"

/**
 * Checks policies against the schema and answers those that do not hold, by id. A policy about one tool is checked against
 * that tool alone, so that ten thousand agents' policies are not each tried on every tool there is.
 */
export function validatePolicies(
  schema: CedarSchema,
  policies: readonly ParsedPolicy[],
): Map<string, PolicyInvalid> {
  const byAction = Map.groupBy(policies, (policy) => schema.actions.get(soleAction(policy) ?? ""))
  const doubted = [...byAction].flatMap(([action, group]) => {
    if (!action) return group
    const errors = errorsOf(action.schema, group)
    return group.filter(({ id }) => errors.has(id))
  })
  // A condition may name another tool, which only the whole schema knows.
  return errorsOf(schema.isPart ? withOthers(schema, doubted) : schema.json, doubted)
}

/** Adds the tools of servers that the schema leaves out, as actions of which nothing is known here. */
function withOthers({ actions, json }: CedarSchema, policies: readonly ParsedPolicy[]): SchemaJson<string> {
  const servers = new Set([...actions.values()].flatMap(({ tool }) => tool?.pinned.server ?? []))
  const others = policies
    .flatMap((policy) => entitiesNamed(policy.json))
    .filter(({ type, id }) => type === "Tabard::Action" && isElsewhere(id, servers))
  const added = Object.fromEntries(others.map(({ id }) => [id, {}]))
  return Object.fromEntries(
    Object.entries(json).map(([name, namespace]) => [
      name,
      { ...namespace, actions: { ...added, ...namespace.actions } },
    ]),
  )
}

function isElsewhere(action: string, servers: ReadonlySet<string>): boolean {
  const [server = "", tool] = action.split("/", 2)
  return server.startsWith("srv_") && tool !== undefined && !servers.has(server)
}

function soleAction({ json: { action } }: ParsedPolicy): string | undefined {
  if (action.op !== "==" || !("entity" in action)) return undefined
  return plain(action.entity).id
}

function errorsOf(schema: SchemaJson<string>, policies: readonly ParsedPolicy[]): Map<string, PolicyInvalid> {
  if (policies.length === 0) return new Map()
  const texts = new Map(policies.map(({ id, text }) => [id, text]))
  const answer = validate({ schema, policies: { staticPolicies: Object.fromEntries(texts) } })
  return new Map(
    complaints(answer).map(({ policyId, error }) => [
      policyId,
      invalid(policyId, texts.get(policyId) ?? "", error),
    ]),
  )
}

function complaints(answer: ValidationAnswer): (ValidationAnswer & { type: "success" })["validationErrors"] {
  if (answer.type === "success") return answer.validationErrors
  // Schema and policies were each parsed before: what fails here is ours, and nothing is put into force.
  throw new Error(answer.errors.map((error) => error.message).join("; "))
}
