import { statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs"
import { isLosslessNumber } from "@tabard/core"
import { type CedarValueJson, type EntityJson, type EntityUid, uidKey } from "../cedar.ts"
import { preparsedPolicies } from "../preparsed.ts"
import { rawJson } from "../value-json.ts"
import type { CompiledApplication } from "./compile-application.ts"
import type { ExplicitValue } from "./explicit-value.ts"
import type { Judge, Judged, Judgement } from "./judge.ts"
import type { KnownEntity } from "./stored-entities.ts"

/** What Cedar is asked with. */
type Parts = Pick<CompiledApplication, "schema" | "policies" | "entities">

/** Answers an application that is judged by Cedar itself as well: where the two differ, nobody knows, and that denies. */
export function judgedTwice(application: CompiledApplication): CompiledApplication {
  return { ...application, judge: besideCedar(application.judge, application) }
}

/** Judges by one judge and by Cedar itself; a question that they answer differently is disputed. */
export function besideCedar(judge: Judge, parts: Parts): Judge {
  const oracle = openOracle(parts)
  return (question) => {
    const judged = judge(question)
    const [own, other] = [spelt(judged), answered(oracle, question)]
    if (own === other) return judged
    const dispute = `the evaluator answers ${own}, and Cedar ${other}`
    return { allowed: false, reasons: [], erred: [], dispute }
  }
}

/** An oracle that cannot answer agrees with nobody. */
function answered(oracle: Judge, question: Judged): string {
  try {
    return spelt(oracle(question))
  } catch (error) {
    return error instanceof Error ? error.message : "cannot answer"
  }
}

function spelt({ allowed, reasons, erred }: Judgement): string {
  return JSON.stringify({ allowed, reasons: reasons.toSorted(), erred: erred.toSorted() })
}

let lastSet = 0

function openOracle({ schema, policies, entities }: Parts): Judge {
  lastSet += 1
  const set = `application ${lastSet}`
  const texts = () => ({
    staticPolicies: Object.fromEntries([...policies.values()].map(({ id, text }) => [id, text])),
  })
  const type = `${schema.namespace}::Action`
  const actions = [...schema.groups].map(([id, groups]) => ({
    uid: { type, id },
    attrs: {},
    parents: groups.map((group) => ({ type, id: group })),
  }))
  const named = namedIn([...policies.values()].map(({ json }) => json))
  return ({ principal, action, resource, context, said }) => {
    const known = new Map([...entities, ...said.map((one) => [uidKey(one.uid), one] as const)])
    const reached = reachedFrom([principal, resource, ...namedIn(context), ...named], known)
    const answer = statefulIsAuthorized({
      principal,
      action: { type, id: action },
      resource,
      context: membersJson(context),
      entities: [...actions, ...reached.map(entityJson)],
      preparsedPolicySetId: preparsedPolicies(set, texts),
    })
    if (answer.type === "failure") throw new Error(answer.errors.map(({ message }) => message).join("; "))
    const { decision, diagnostics } = answer.response
    return {
      allowed: decision === "allow",
      reasons: diagnostics.reason,
      erred: diagnostics.errors.map(({ policyId }) => policyId),
    }
  }
}

/** The entities that a question could look at: all ten thousand would be read anew for each. */
function reachedFrom(
  from: readonly EntityUid[],
  known: ReadonlyMap<string, KnownEntity>,
): readonly KnownEntity[] {
  const reached = new Map<string, KnownEntity>()
  const open = [...from]
  for (let uid = open.pop(); uid; uid = open.pop()) {
    const entity = known.get(uidKey(uid))
    if (!entity || reached.has(uidKey(uid))) continue
    reached.set(uidKey(uid), entity)
    open.push(...entity.parents, ...namedIn(entity.attrs))
  }
  return [...reached.values()]
}

/** Every entity that a value names, however deep. */
function namedIn(value: unknown): readonly EntityUid[] {
  if (typeof value !== "object" || value === null) return []
  const below = Object.values(value).flatMap(namedIn)
  return isUid(value) ? [{ type: value.type, id: value.id }, ...below] : below
}

function isUid(value: object): value is EntityUid {
  return "type" in value && "id" in value && typeof value.type === "string" && typeof value.id === "string"
}

function entityJson({ uid, attrs, parents }: KnownEntity): EntityJson {
  return { uid, attrs: membersJson(attrs), parents: [...parents] }
}

function membersJson(members: Readonly<Record<string, ExplicitValue>>): Record<string, CedarValueJson> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, valueJson(value)]))
}

function valueJson(value: ExplicitValue): CedarValueJson {
  if (isLosslessNumber(value)) return rawJson(value.value)
  if (typeof value === "string" || typeof value === "boolean") return value
  if (isList(value)) return value.map(valueJson)
  return membersJson(value)
}

function isList(value: ExplicitValue): value is readonly ExplicitValue[] {
  return Array.isArray(value)
}
