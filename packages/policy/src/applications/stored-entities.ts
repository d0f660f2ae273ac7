import { checkParseEntities } from "@cedar-policy/cedar-wasm/nodejs"
import { isJsonObject, isLosslessNumber, type Json } from "@tabard/core"
import { type CedarValueJson, type EntityJson, type EntityUid, uidKey } from "../cedar.ts"
import { ApplicationInvalid } from "./application-invalid.ts"
import type { ApplicationSchema, EntityShape } from "./application-schema.ts"
import { type ExplicitValue, explicitMembers, ValueRefused } from "./explicit-value.ts"

/** An entity that an application keeps, in Cedar's explicit form. */
export interface KnownEntity {
  readonly uid: EntityUid
  readonly attrs: Readonly<Record<string, ExplicitValue>>
  readonly parents: readonly EntityUid[]
}

/** The most entities of one application: all are held in memory, and a search looks at each of a type. */
export const MOST_ENTITIES = 10_000

/** The longest id of an entity. */
const MOST_ID = 512

/**
 * Reads the entities of an application as Cedar's own JSON lists them (`uid`, `attrs`, `parents`), by type with or without
 * the namespace, and holds each to the schema.
 *
 * @throws {ApplicationInvalid}
 */
export function readEntities(schema: ApplicationSchema, entities: readonly Json[]): readonly KnownEntity[] {
  if (entities.length > MOST_ENTITIES)
    throw new ApplicationInvalid(`an application keeps at most ${MOST_ENTITIES} entities`)
  const known = entities.map((entity, n) => readEntity(schema, entity, `entity ${n + 1}`))
  assertNamedOnce(known)
  assertFits(schema, known)
  return known
}

function readEntity(schema: ApplicationSchema, entity: Json, at: string): KnownEntity {
  if (!isJsonObject(entity))
    throw new ApplicationInvalid(`${at} has to be an object with uid, attrs and parents`)
  const { uid, attrs = {}, parents = [], ...others } = entity
  const [unknown] = Object.keys(others)
  if (unknown !== undefined)
    throw new ApplicationInvalid(
      `${at} has a member ${unknown.slice(0, 80)}, which is none of uid, attrs and parents`,
    )
  const { shape, id } = namedEntity(schema, uid, `the uid of ${at}`)
  const named = `${shape.type}::${JSON.stringify(id)}`
  if (!isJsonObject(attrs)) throw new ApplicationInvalid(`the attrs of ${named} have to be an object`)
  if (!Array.isArray(parents)) throw new ApplicationInvalid(`the parents of ${named} have to be a list`)
  return {
    uid: { type: shape.type, id },
    attrs: attributesOf(shape, attrs, named),
    parents: parents.map((parent: Json) => {
      const found = namedEntity(schema, parent, `a parent of ${named}`)
      return { type: found.shape.type, id: found.id }
    }),
  }
}

function attributesOf(
  { attributes }: EntityShape,
  given: { readonly [name: string]: Json | undefined },
  at: string,
): Readonly<Record<string, ExplicitValue>> {
  try {
    return explicitMembers(attributes, given, at, { undeclared: "refused" })
  } catch (error) {
    if (error instanceof ValueRefused) throw new ApplicationInvalid(error.message)
    throw error
  }
}

function namedEntity(
  { namespace, entities }: ApplicationSchema,
  named: Json | undefined,
  at: string,
): { readonly shape: EntityShape; readonly id: string } {
  const uid = isJsonObject(named) ? (named["__entity"] ?? named) : named
  const { type, id } = isJsonObject(uid) ? uid : {}
  if (typeof type !== "string" || typeof id !== "string" || id.length > MOST_ID || !id.isWellFormed())
    throw new ApplicationInvalid(`${at} has to name type and id, the id of at most ${MOST_ID} characters`)
  const short = type.startsWith(`${namespace}::`) ? type.slice(namespace.length + 2) : type
  const shape = entities.get(short)
  if (!shape)
    throw new ApplicationInvalid(`${at} is of the type ${type.slice(0, 80)}, which the schema does not have`)
  return { shape, id }
}

/** Cedar takes one that stands twice alike, and a search would then answer it twice. */
function assertNamedOnce(known: readonly KnownEntity[]): void {
  const named = new Set<string>()
  for (const { uid } of known) {
    const key = uidKey(uid)
    if (named.has(key)) throw new ApplicationInvalid(`the entity ${key.slice(0, 200)} stands twice`)
    named.add(key)
  }
}

/** Cedar's own look at them: who may be in whom, and nobody in a circle. */
function assertFits({ json }: ApplicationSchema, known: readonly KnownEntity[]): void {
  const answer = checkParseEntities({ schema: json, entities: known.map(entityJson) })
  if (answer.type === "failure")
    throw new ApplicationInvalid(`the entities do not fit the schema: ${answer.errors[0]?.message ?? ""}`)
}

/** Answers an entity as Cedar's own reader takes it. */
export function entityJson({ uid, attrs, parents }: KnownEntity): EntityJson {
  return {
    uid: { ...uid },
    attrs: Object.fromEntries(Object.entries(attrs).map(([name, value]) => [name, plain(value)])),
    parents: parents.map((parent) => ({ ...parent })),
  }
}

/** JavaScript holds no whole number of 64 bits as JSON: one that it cannot hold is given as another, of the same type. */
function plain(value: ExplicitValue): CedarValueJson {
  if (isLosslessNumber(value)) {
    const number = Number(value.value)
    return Number.isSafeInteger(number) ? number : 0
  }
  if (typeof value === "string" || typeof value === "boolean") return value
  if (isList(value)) return value.map(plain)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an explicit form stays one, member by member
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, plain(member)]),
  ) as CedarValueJson
}

function isList(value: ExplicitValue): value is readonly ExplicitValue[] {
  return Array.isArray(value)
}
