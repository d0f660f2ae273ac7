import type { Json } from "@tabard/core"
import { type EntityUid, uidKey } from "../cedar.ts"
import { type ApplicationPolicy, readPolicies } from "./application-policies.ts"
import { type ApplicationSchema, readApplicationSchema } from "./application-schema.ts"
import { type Judge, openJudge } from "./judge.ts"
import type { ObligationType } from "./obligation.ts"
import { type KnownEntity, readEntities } from "./stored-entities.ts"

/** What an application is made of, as people write it. */
export interface ApplicationSource {
  readonly name: string
  /** In Cedar's own syntax: one namespace. */
  readonly schema: string
  /** Cedar policies, one after another. */
  readonly policies: string
  /** In Cedar's JSON form. */
  readonly entities: readonly Json[]
}

/** An application, ready to be asked. */
export interface CompiledApplication {
  readonly name: string
  readonly schema: ApplicationSchema
  readonly policies: ReadonlyMap<string, ApplicationPolicy>
  readonly entities: ReadonlyMap<string, KnownEntity>
  /** Ids by type, in the order of code points: what a search looks at. */
  readonly idsByType: ReadonlyMap<string, readonly string[]>
  readonly obligations: readonly ObligationType[]
  readonly judge: Judge
}

/**
 * Holds schema, policies and entities against each other and compiles them.
 *
 * @throws {ApplicationInvalid} {PolicyInvalid}
 */
export function compileApplication(source: ApplicationSource): CompiledApplication {
  const schema = readApplicationSchema(source.schema)
  const policies = readPolicies(source.name, schema, source.policies)
  const entities = readEntities(schema, source.entities)
  const types = policies.flatMap(({ obligations }) => obligations.map(({ type }) => type))
  return {
    name: source.name,
    schema,
    policies: new Map(policies.map((policy) => [policy.id, policy])),
    entities: new Map(entities.map((entity) => [uidKey(entity.uid), entity])),
    idsByType: idsByType(entities),
    obligations: [...new Set(types)].toSorted(),
    judge: openJudge(schema, policies, entities),
  }
}

function idsByType(entities: readonly KnownEntity[]): ReadonlyMap<string, readonly string[]> {
  const byType = Map.groupBy(entities, ({ uid }: { uid: EntityUid }) => uid.type)
  return new Map([...byType].map(([type, own]) => [type, own.map(({ uid }) => uid.id).toSorted()]))
}
