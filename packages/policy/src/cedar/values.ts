import type { EntityUid } from "../cedar.ts"
import { wrongType } from "./evaluation-error.ts"
import type { Extension } from "./extensions/extension.ts"
import type { Long } from "./long.ts"
import { MalformedCedar } from "./malformed-cedar.ts"

/** Whatever a policy can look at. Made by valueOf and recordOf; compared by equal. */
export type CedarValue = boolean | Long | string | EntityRef | CedarSet | CedarRecord | Extension

/** One spelling of a value: equal values share it, and no others do. */
export type Key = boolean | Long | string

/** A set as small as this is searched through; a larger one gets an index. */
const FEW = 8

/** Begins the keys of whatever is no scalar; a text that begins so has it twice. */
const MARK = "\0"

const TYPE_NAME = /^[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*$/

/** Names of types that were looked at already; a schema has few of them. */
const knownTypes = new Set<string>()
const MOST_KNOWN = 1000

/** An entity as a value: its name alone, which the entity store may or may not know. */
export class EntityRef implements EntityUid {
  readonly type: string
  readonly id: string
  readonly key: string

  constructor(type: string, id: string) {
    if (!isTypeName(type)) throw new MalformedCedar(`${JSON.stringify(type)} is no name of an entity type`)
    this.type = type
    this.id = id
    this.key = `${MARK}e${type}${MARK}${id}`
  }

  /** Answers the name of an entity as a value. */
  static of(uid: EntityUid): EntityRef {
    return uid instanceof EntityRef ? uid : new EntityRef(uid.type, uid.id)
  }

  /** Whether it names an action. */
  get isAction(): boolean {
    return this.type === "Action" || this.type.endsWith("::Action")
  }

  /** Answers whether both name one entity. */
  is(other: EntityRef): boolean {
    return this.id === other.id && this.type === other.type
  }
}

/** A set: without order, and nothing counts twice. */
export class CedarSet {
  readonly items: readonly CedarValue[]
  #keys: ReadonlySet<Key> | undefined
  #key: string | undefined

  constructor(items: readonly CedarValue[]) {
    this.items = items
  }

  get key(): string {
    this.#key ??= `${MARK}s[${[...this.#index()].map(spelt).toSorted().join()}]`
    return this.#key
  }

  /** Answers whether the value is among the items. */
  has(value: CedarValue): boolean {
    const { items } = this
    if (items.length > FEW) return this.#index().has(keyOf(value))
    for (const item of items) {
      if (equal(item, value)) return true
    }
    return false
  }

  #index(): ReadonlySet<Key> {
    this.#keys ??= new Set(this.items.map(keyOf))
    return this.#keys
  }
}

/** A record: members by name. */
export class CedarRecord {
  readonly members: ReadonlyMap<string, CedarValue>
  #key: string | undefined

  constructor(members: ReadonlyMap<string, CedarValue>) {
    this.members = members
  }

  /** Makes a record of these members. */
  static of(members: Iterable<readonly [string, CedarValue]>): CedarRecord {
    return new CedarRecord(new Map(members))
  }

  get key(): string {
    this.#key ??= `${MARK}r{${[...this.members].map(speltMember).toSorted().join()}}`
    return this.#key
  }
}

function isTypeName(type: string): boolean {
  if (knownTypes.has(type)) return true
  const sound = TYPE_NAME.test(type)
  if (sound && knownTypes.size < MOST_KNOWN) knownTypes.add(type)
  return sound
}

/** Answers whether two values are the same; values of different types never are. */
export function equal(a: CedarValue, b: CedarValue): boolean {
  if (a === b) return true
  return typeof a === "object" && typeof b === "object" && a.key === b.key
}

/** Answers the one spelling of a value. */
export function keyOf(value: CedarValue): Key {
  if (typeof value === "object") return value.key
  return typeof value === "string" && value.startsWith(MARK) ? `${MARK}${value}` : value
}

/** Answers a truth value, or errs. */
export function asBoolean(value: CedarValue): boolean {
  return typeof value === "boolean" ? value : wrongType("a boolean", typeName(value))
}

/** Answers an integer, or errs. */
export function asLong(value: CedarValue): Long {
  return typeof value === "number" || typeof value === "bigint" ? value : wrongType("a long", typeName(value))
}

/** Answers a text, or errs. */
export function asString(value: CedarValue): string {
  return typeof value === "string" ? value : wrongType("a string", typeName(value))
}

/** Answers a set, or errs. */
export function asSet(value: CedarValue): CedarSet {
  return value instanceof CedarSet ? value : wrongType("a set", typeName(value))
}

/** Answers an entity's name, or errs. */
export function asEntity(value: CedarValue): EntityRef {
  return value instanceof EntityRef ? value : wrongType("an entity", typeName(value))
}

/** Says in a word what kind of value this is. */
export function typeName(value: CedarValue): string {
  if (typeof value === "number" || typeof value === "bigint") return "a long"
  if (typeof value !== "object") return `a ${typeof value}`
  if (value instanceof EntityRef) return `an entity of type ${value.type}`
  if (value instanceof CedarSet) return "a set"
  return value instanceof CedarRecord ? "a record" : `a ${value.typeName}`
}

/** A key as JSON would write it, with its length before it: no two lists of keys read alike. */
function spelt(key: Key): string {
  const text = String(key)
  return `${(typeof key)[0]}${text.length}:${text}`
}

function speltMember([name, value]: readonly [string, CedarValue]): string {
  return `${spelt(name)}${spelt(keyOf(value))}`
}
