import { type AuthorizationAnswer, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs"
import { isLosslessNumber } from "@tabard/core"
import { type EntityUid, uidKey } from "../cedar.ts"
import { preparsedPolicies } from "../preparsed.ts"
import type { ApplicationPolicy } from "./application-policies.ts"
import type { ApplicationSchema } from "./application-schema.ts"
import type { ExplicitValue } from "./explicit-value.ts"
import { entityJson, type KnownEntity } from "./stored-entities.ts"

/** A question as policies see it, with what the caller says of the two it is about. */
export interface Judged {
  readonly principal: EntityUid
  readonly action: string
  readonly resource: EntityUid
  readonly context: Readonly<Record<string, ExplicitValue>>
  /** Those two, where they are not as they are kept. */
  readonly said: readonly KnownEntity[]
}

/** What policies answer, before it is put into words. */
export interface Judgement {
  readonly allowed: boolean
  readonly reasons: readonly string[]
  readonly erred: readonly string[]
}

/** Asks the policies of one application. */
export type Judge = (question: Judged) => Judgement

let opened = 0

/** Compiles policies and entities to what answers questions. */
export function openJudge(
  schema: ApplicationSchema,
  policies: readonly ApplicationPolicy[],
  entities: readonly KnownEntity[],
): Judge {
  opened += 1
  const key = `application-${opened}`
  const type = `${schema.namespace}::Action`
  const actions = [...schema.groups].map(([id, groups]) => ({
    uid: { type, id },
    attrs: {},
    parents: groups.map((group) => ({ type, id: group })),
  }))
  const known = entities.map(entityJson)
  return ({ principal, action, resource, context, said }) => {
    if (!isExact([context, ...said.map(({ attrs }) => attrs)])) return unreadable()
    const own = new Map(said.map((entity) => [uidKey(entity.uid), entityJson(entity)]))
    const kept = entities.flatMap((entity, n) => (own.has(uidKey(entity.uid)) ? [] : [known[n] ?? []].flat()))
    return readAnswer(
      statefulIsAuthorized({
        principal: { ...principal },
        action: { type, id: action },
        resource: { ...resource },
        context: entityJson({ uid: principal, attrs: context, parents: [] }).attrs,
        entities: [...actions, ...kept, ...own.values()],
        preparsedPolicySetId: preparsedPolicies(key, () => ({
          staticPolicies: Object.fromEntries(policies.map(({ id, text }) => [id, text])),
        })),
      }),
    )
  }
}

/** JSON as Cedar's WebAssembly takes it holds no more than a double does; another number must not be judged in its place. */
function isExact(value: ExplicitValue): boolean {
  if (isLosslessNumber(value)) return Number.isSafeInteger(Number(value.value))
  return typeof value !== "object" || Object.values(value).every(isExact)
}

function unreadable(): Judgement {
  return { allowed: false, reasons: [], erred: ["question"] }
}

function readAnswer(answer: AuthorizationAnswer): Judgement {
  if (answer.type === "failure") return unreadable()
  const { decision, diagnostics } = answer.response
  return {
    allowed: decision === "allow",
    reasons: diagnostics.reason.toSorted(),
    erred: diagnostics.errors.map(({ policyId }) => policyId),
  }
}
