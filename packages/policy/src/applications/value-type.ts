/** What a value of an application's schema may be. */
export type ValueType =
  | { readonly kind: "string" | "long" | "bool" }
  | { readonly kind: "extension"; readonly made: "decimal" | "ip" | "datetime" | "duration" }
  | { readonly kind: "set"; readonly element: ValueType }
  | { readonly kind: "record"; readonly members: Members }
  | { readonly kind: "entity"; readonly type: string }

/** One declared member. */
export interface Member {
  readonly type: ValueType
  readonly required: boolean
  /** Whether who asks may say it. */
  readonly fromCaller: boolean
}

/** Declared members by name. */
export type Members = ReadonlyMap<string, Member>

/** A type as Cedar writes it, names resolved. */
export interface TypeJson {
  readonly type: string
  readonly element?: TypeJson
  readonly name?: string
  readonly attributes?: Readonly<Record<string, AttributeJson>>
  readonly additionalAttributes?: boolean
}

/** A declared member as Cedar writes it. */
export interface AttributeJson extends TypeJson {
  readonly required?: boolean
  readonly annotations?: Readonly<Record<string, string>>
}

const EXTENSIONS = {
  decimal: "decimal",
  ipaddr: "ip",
  datetime: "datetime",
  duration: "duration",
} as const

/** Reads a type, looking up those that have a name of their own. */
export function valueType(json: TypeJson, common: Readonly<Record<string, TypeJson>>): ValueType {
  switch (json.type) {
    case "String":
      return { kind: "string" }
    case "Long":
      return { kind: "long" }
    case "Bool":
    case "Boolean":
      return { kind: "bool" }
    case "Set":
      return { kind: "set", element: valueType(json.element ?? { type: "" }, common) }
    case "Record":
      return { kind: "record", members: membersOf(json, common) }
    case "Entity":
      return { kind: "entity", type: json.name ?? "" }
    default:
      return namedType(json, common)
  }
}

/** Reads the members of a record. */
export function membersOf(
  { attributes = {} }: TypeJson,
  common: Readonly<Record<string, TypeJson>>,
): Members {
  return new Map(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      {
        type: valueType(attribute, common),
        required: attribute.required !== false,
        fromCaller: attribute.annotations?.["from"] === "caller",
      },
    ]),
  )
}

function namedType(json: TypeJson, common: Readonly<Record<string, TypeJson>>): ValueType {
  const extension = Object.entries(EXTENSIONS).find(([name]) => name === (json.name ?? json.type))
  if (extension) return { kind: "extension", made: extension[1] }
  const known = common[json.type]
  // Cedar has parsed the schema: every name that it uses is one that it declares.
  if (!known) throw new TypeError(`the schema uses ${json.type}, which it does not declare`)
  return valueType(known, common)
}
