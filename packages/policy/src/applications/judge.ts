import { compileCedar } from "../cedar/compile-cedar.ts"
import { EntityStore } from "../cedar/entity-store.ts"
import { recordOf } from "../cedar/value-json.ts"
import type { EntityUid } from "../cedar.ts"
import type { ApplicationPolicy } from "./application-policies.ts"
import type { ApplicationSchema } from "./application-schema.ts"
import type { ExplicitValue } from "./explicit-value.ts"
import type { KnownEntity } from "./stored-entities.ts"

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
  /** Where two judges differ: about what. */
  readonly dispute?: string
}

/** Asks the policies of one application. */
export type Judge = (question: Judged) => Judgement

/** Compiles policies and entities to what answers questions. */
export function openJudge(
  schema: ApplicationSchema,
  policies: readonly ApplicationPolicy[],
  entities: readonly KnownEntity[],
): Judge {
  const type = `${schema.namespace}::Action`
  const actions = [...schema.groups].map(([id, groups]) => ({
    uid: { type, id },
    attrs: {},
    parents: groups.map((group) => ({ type, id: group })),
  }))
  const set = compileCedar(policies)
  const kept = EntityStore.from([...actions, ...entities.map(inputOf)])
  return ({ principal, action, resource, context, said }) => {
    // Who is in whom is as it is kept: what is said on top changes attributes alone.
    const known = said.length === 0 ? kept : EntityStore.from(said.map(inputOf), kept)
    const { decision, reasons, errors } = set.isAuthorized(
      { principal, action: { type, id: action }, resource, context: recordOf(context) },
      known,
    )
    return {
      allowed: decision === "allow",
      reasons: reasons.toSorted(),
      erred: errors.map(({ policyId }) => policyId),
    }
  }
}

type EntityInput = Parameters<typeof EntityStore.from>[0][number]

function inputOf({ uid, attrs, parents }: KnownEntity): EntityInput {
  return { uid: { ...uid }, attrs, parents: parents.map((parent) => ({ ...parent })) }
}
