import type { EntityJson } from "../cedar.ts"
import { MalformedCedar } from "./malformed-cedar.ts"
import { entityRefOf, membersOf, type ValueJson } from "./value-json.ts"
import { CedarRecord, type CedarValue, type EntityRef } from "./values.ts"

/** One entity as Cedar's JSON writes it; integers may be BigInt or lossless numbers. */
export interface EntityInput {
  readonly uid: EntityJson["uid"]
  readonly attrs: Readonly<Record<string, ValueJson>>
  readonly parents: readonly EntityJson["uid"][]
  readonly tags?: Readonly<Record<string, ValueJson>>
}

/** An entity that is known: what it says of itself, and all that it is in. */
export interface StoredEntity {
  readonly ref: EntityRef
  readonly attrs: ReadonlyMap<string, CedarValue>
  readonly tags: ReadonlyMap<string, CedarValue>
  readonly parents: readonly EntityRef[]
  /** Keys of everything above it, however far. */
  readonly ancestors: ReadonlySet<string>
}

/** The entities that a request may look at, with who is in whom. It never changes. */
export class EntityStore {
  /** Knows nothing. */
  static readonly EMPTY: EntityStore = new EntityStore(new Map(), undefined)

  readonly #entities: ReadonlyMap<string, StoredEntity>
  readonly #beneath: EntityStore | undefined

  private constructor(entities: ReadonlyMap<string, StoredEntity>, beneath: EntityStore | undefined) {
    this.#entities = entities
    this.#beneath = beneath
  }

  /**
   * Reads entities. Those `beneath` are known as well, such as the actions of a schema, and none of them is in an entity
   * given here.
   *
   * @throws {MalformedCedar} where one stands twice and differs, where they are in each other, or a value is none.
   */
  static from(json: readonly EntityInput[], beneath?: EntityStore): EntityStore {
    const entities = new Map<string, OpenEntity>()
    for (const each of json) addEntity(entities, readEntity(each))
    const store = new EntityStore(entities, beneath)
    for (const entity of entities.values()) closeOver(store, entity)
    return store
  }

  /** Knows entities whose members are values already; each stands once, and those `beneath` are in none of them. */
  static of(known: readonly Omit<StoredEntity, "ancestors" | "tags">[], beneath?: EntityStore): EntityStore {
    const entities = new Map<string, OpenEntity>()
    for (const each of known) entities.set(each.ref.key, { ...each, tags: NO_TAGS, ancestors: new Set() })
    const store = new EntityStore(entities, beneath)
    for (const entity of entities.values()) closeOver(store, entity)
    return store
  }

  /** Answers what is known of an entity. */
  find(ref: EntityRef): StoredEntity | undefined {
    return this.#entities.get(ref.key) ?? this.#beneath?.find(ref)
  }
}

const NO_TAGS: StoredEntity["tags"] = new Map()

interface OpenEntity extends StoredEntity {
  readonly ancestors: Set<string>
}

/** Cedar keeps the hierarchy of actions apart from that of everything else. */
function assertActionsApart({ ref, parents }: StoredEntity): void {
  const outside = ref.isAction && parents.find((parent) => !parent.isAction)
  if (outside)
    throw new MalformedCedar(`the action ${spelt(ref)} is in ${spelt(outside)}, which is no action`)
}

function readEntity({ uid, attrs, parents, tags = {} }: EntityInput): OpenEntity {
  return {
    ref: entityRefOf(uid),
    attrs: membersOf(attrs),
    tags: membersOf(tags),
    parents: parents.map(entityRefOf),
    ancestors: new Set(),
  }
}

function addEntity(entities: Map<string, OpenEntity>, entity: OpenEntity): void {
  const { key } = entity.ref
  const known = entities.get(key)
  assertActionsApart(entity)
  if (known && spelling(known) !== spelling(entity))
    throw new MalformedCedar(`the entity ${spelt(entity.ref)} stands twice, and not alike`)
  if (!known) entities.set(key, entity)
}

function spelling({ attrs, tags, parents }: StoredEntity): string {
  const records = [attrs, tags].map((members) => new CedarRecord(members).key)
  return JSON.stringify([...records, [...new Set(parents.map(({ key }) => key))].toSorted()])
}

/** Follows parents to the top. Whatever meets itself on the way is in a circle. */
function closeOver(store: EntityStore, { ref, parents, ancestors }: OpenEntity): void {
  const ahead = [...parents]
  for (let next = ahead.pop(); next; next = ahead.pop()) {
    if (ancestors.has(next.key)) continue
    if (next.key === ref.key) throw new MalformedCedar(`the entity ${spelt(next)} is in itself`)
    ancestors.add(next.key)
    ahead.push(...(store.find(next)?.parents ?? []))
  }
}

function spelt({ type, id }: EntityRef): string {
  return `${type}::${JSON.stringify(id)}`
}
