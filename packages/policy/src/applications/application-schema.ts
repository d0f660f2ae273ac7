import { type SchemaJson, schemaToJsonWithResolvedTypes } from "@cedar-policy/cedar-wasm/nodejs"
import { nestingComplaint } from "../cedar/nesting.ts"
import { ApplicationInvalid } from "./application-invalid.ts"
import { declaredNames, schemaSize } from "./schema-size.ts"
import { type Members, membersOf, type TypeJson } from "./value-type.ts"

/** A type of subjects or resources. */
export interface EntityShape {
  /** As Cedar names it. */
  readonly type: string
  readonly attributes: Members
  /** The only ids that there are, where the schema lists them. */
  readonly ids: ReadonlySet<string> | null
}

/** What may be asked to be done. */
export interface ActionShape {
  readonly name: string
  readonly principals: ReadonlySet<string>
  readonly resources: ReadonlySet<string>
  readonly context: Members
}

/** What questions to an application may speak of. */
export interface ApplicationSchema {
  readonly namespace: string
  readonly json: SchemaJson<string>
  /** By the name that questions use: without the namespace. */
  readonly entities: ReadonlyMap<string, EntityShape>
  /** Those that somebody could do something by; groups of actions are none. */
  readonly actions: ReadonlyMap<string, ActionShape>
  /** Each action, and the groups that it is in directly. */
  readonly groups: ReadonlyMap<string, readonly string[]>
}

/** The namespace of what this product itself decides. */
const RESERVED = "Tabard"

/** The most types, kinds of entities and actions that a schema declares: how they build on each other is followed by a stack. */
const MOST_DECLARED = 500

/**
 * Reads the schema of an application: one namespace of its own, in Cedar's own syntax.
 *
 * @throws {ApplicationInvalid}
 */
export function readApplicationSchema(text: string): ApplicationSchema {
  assertReadable(text)
  const answer = schemaToJsonWithResolvedTypes(text)
  if (answer.type === "failure")
    throw new ApplicationInvalid(
      `the schema cannot be read: ${answer.errors[0]?.message ?? "it is no schema"}`,
    )
  return shapesOf(onlyNamespace(answer.json), answer.json)
}

/** What would overrun Cedar's stack is told here, since Cedar judges nothing in this process after that. */
function assertReadable(text: string): void {
  const tooDeep = nestingComplaint(text)
  if (tooDeep) throw new ApplicationInvalid(`the schema cannot be read: ${tooDeep.message}`)
  if (declaredNames(text) <= MOST_DECLARED) return
  throw new ApplicationInvalid(
    `the schema declares more than ${MOST_DECLARED} types, kinds and actions: make two applications of it`,
  )
}

function onlyNamespace(json: SchemaJson<string>): string {
  const [namespace, ...others] = Object.keys(json)
  if (namespace === undefined || namespace === "" || others.length > 0)
    throw new ApplicationInvalid("the schema has to declare exactly one namespace, and everything in it")
  if (namespace === RESERVED || namespace.startsWith(`${RESERVED}::`))
    throw new ApplicationInvalid(`the namespace ${RESERVED} is the built-in application's: choose another`)
  return namespace
}

function shapesOf(namespace: string, json: SchemaJson<string>): ApplicationSchema {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the resolved form, which Cedar's declarations describe before resolving
  const declared = json[namespace] as unknown as NamespaceJson
  const common = Object.fromEntries(
    Object.entries(declared.commonTypes ?? {}).map(([name, type]) => [`${namespace}::${name}`, type]),
  )
  assertSmall(declared, common)
  return {
    namespace,
    json,
    entities: new Map(
      Object.entries(declared.entityTypes ?? {}).map(([name, { shape, enum: ids }]) => [
        name,
        {
          type: `${namespace}::${name}`,
          attributes: membersOf(shape ?? { type: "Record" }, common),
          ids: ids ? new Set(ids) : null,
        },
      ]),
    ),
    actions: new Map(
      Object.entries(declared.actions ?? {}).flatMap(([name, { appliesTo }]) =>
        appliesTo && appliesTo.principalTypes.length > 0 && appliesTo.resourceTypes.length > 0
          ? [[name, actionShape(name, appliesTo, common)]]
          : [],
      ),
    ),
    groups: new Map(
      Object.entries(declared.actions ?? {}).map(([name, { memberOf = [] }]) => [
        name,
        memberOf.map(({ id }) => id),
      ]),
    ),
  }
}

/** The most members of all types of a schema, written out. */
const MOST_MEMBERS = 20_000

function assertSmall(
  { entityTypes = {}, actions = {} }: NamespaceJson,
  common: Record<string, TypeJson>,
): void {
  const types = [
    ...Object.values(entityTypes).map(({ shape }) => shape),
    ...Object.values(actions).map(({ appliesTo }) => appliesTo?.context),
  ].filter((type) => type !== undefined)
  if (schemaSize(types, common) > MOST_MEMBERS)
    throw new ApplicationInvalid(
      `the types of the schema hold more than ${MOST_MEMBERS} members together, written out: name fewer within each other`,
    )
}

function actionShape(
  name: string,
  { principalTypes, resourceTypes, context }: AppliesJson,
  common: Readonly<Record<string, TypeJson>>,
): ActionShape {
  const declared = context && context.type !== "Record" ? common[context.type] : context
  return {
    name,
    principals: new Set(principalTypes),
    resources: new Set(resourceTypes),
    context: membersOf(declared ?? { type: "Record" }, common),
  }
}

interface AppliesJson {
  readonly principalTypes: readonly string[]
  readonly resourceTypes: readonly string[]
  readonly context?: TypeJson
}

interface NamespaceJson {
  readonly commonTypes?: Readonly<Record<string, TypeJson>>
  readonly entityTypes?: Readonly<
    Record<string, { readonly shape?: TypeJson; readonly enum?: readonly string[] }>
  >
  readonly actions?: Readonly<
    Record<
      string,
      { readonly appliesTo?: AppliesJson; readonly memberOf?: readonly { readonly id: string }[] }
    >
  >
}
