import { createHash } from "node:crypto"
import { EFFECT_CLASSES } from "@tabard/core"
import { EntityStore } from "./cedar/entity-store.ts"
import type { CedarValue, EntityRef } from "./cedar/values.ts"
import { type SchemaJson, uid } from "./cedar.ts"
import { COMMON_TYPES, ENTITY_TYPES, PRINCIPAL_TYPES, RESOURCE_TYPES } from "./entity-schema.ts"
import { hasTextFacts } from "./facts/text-facts.ts"
import { actionId, type PinnedTool } from "./pinned-tool.ts"
import { argumentShapes, type Members, type Shape } from "./shape.ts"

type ActionJson = SchemaJson<string>[string]["actions"][string]
type CedarType = NonNullable<SchemaJson<string>[string]["commonTypes"]>[string]
type Attribute = CedarType & { required?: boolean }

/** The doors that are no tool: what an agent may do before it calls one. */
export const DOORS = ["tools/list", "token.issue"] as const

/** One door that is no tool. */
export type Door = (typeof DOORS)[number]

/** One action, with all that is needed to judge a question about it. */
export interface Action {
  readonly id: string
  readonly ref: EntityRef
  /** The action groups it is in: "tools/call" and its effect classes. */
  readonly groups: readonly string[]
  /** The action and its groups, as Cedar knows them. */
  readonly entities: EntityStore
  readonly tool?: { readonly pinned: PinnedTool; readonly arguments: Members }
  /** A schema with this action alone, so that judging one tool costs the same among ten and among ten thousand. */
  readonly schema: SchemaJson<string>
  /** Names that schema by its content. */
  readonly fingerprint: string
}

/** What policies may speak of: entities, actions, and the context of each. */
export interface CedarSchema {
  readonly actions: ReadonlyMap<string, Action>
  /** Tools that cannot be judged, and why; a call of one is denied in these words. */
  readonly unjudgeable: ReadonlyMap<string, string>
  readonly json: SchemaJson<string>
  /** Whether tools of other servers are left out: a policy that names one of them beside these is none the worse. */
  readonly isPart: boolean
  /** Names the schema by its content. */
  readonly fingerprint: string
}

/** Generates the schema from the tools as they were pinned. One tool that cannot be judged takes no other with it. */
export function compileSchema(
  tools: readonly PinnedTool[],
  { isPart = false }: { readonly isPart?: boolean } = {},
): CedarSchema {
  const actions = new Map(DOORS.map((door) => [door as string, doorAction(door)]))
  const unjudgeable = new Map<string, string>()
  for (const pinned of tools) {
    const shapes = argumentShapes(pinned)
    const id = actionId(pinned)
    if ("unjudgeable" in shapes) unjudgeable.set(id, shapes.unjudgeable)
    else actions.set(id, toolAction(pinned, shapes))
  }
  const json = schemaOf(Object.assign({}, ...[...actions.values()].map(actionJson)))
  return {
    actions,
    unjudgeable,
    json,
    isPart,
    fingerprint: fingerprintOf([...actions.values()].map((a) => a.fingerprint)),
  }
}

function doorAction(id: Door): Action {
  return withSchema({ id, groups: [] })
}

function toolAction(pinned: PinnedTool, shapes: Members): Action {
  const groups = ["tools/call", ...new Set(pinned.effects.map((effect) => `effect:${effect}`))]
  return withSchema({ id: actionId(pinned), groups, tool: { pinned, arguments: shapes } })
}

type ActionParts = Pick<Action, "id" | "groups" | "tool">

function withSchema(action: ActionParts): Action {
  const schema = schemaOf(actionJson(action))
  const ref = uid("Action", action.id)
  return { ...action, ref, entities: entitiesOf(ref, action), schema, fingerprint: fingerprintOf(schema) }
}

function entitiesOf(ref: EntityRef, { groups }: ActionParts): EntityStore {
  const parents = groups.map((group) => uid("Action", group))
  const attrs = new Map<string, CedarValue>()
  return EntityStore.of([
    { ref, attrs, parents },
    ...parents.map((group) => ({ ref: group, attrs, parents: [] })),
  ])
}

function schemaOf(actions: Record<string, ActionJson>): SchemaJson<string> {
  const groups = ["tools/call", ...EFFECT_CLASSES.map((effect) => `effect:${effect}`)]
  const declared = Object.fromEntries(groups.map((group) => [group, {}]))
  return {
    Tabard: { commonTypes: COMMON_TYPES, entityTypes: ENTITY_TYPES, actions: { ...declared, ...actions } },
  }
}

function actionJson({ id, groups, tool }: ActionParts): Record<string, ActionJson> {
  const session: Attribute = { type: "EntityOrCommon", name: "Session" }
  const facts: Attribute = factsType(tool?.arguments ?? new Map())
  const attributes = tool ? { session, input: recordType(tool.arguments), facts } : { session, facts }
  return {
    [id]: {
      memberOf: groups.map((group) => ({ id: group })),
      appliesTo: {
        principalTypes: PRINCIPAL_TYPES,
        resourceTypes: RESOURCE_TYPES,
        context: { type: "Record", attributes },
      },
    },
  }
}

function recordType(members: Members): CedarType {
  const seen = [...members].filter(([, { shape }]) => shape.kind !== "unseen")
  const attributes = seen.map(([name, { shape, required }]): [string, Attribute] => [
    name,
    // An empty list of targets has no element to show, so even a required one may be absent.
    { ...cedarType(shape), required: required && shape.kind !== "each" },
  ])
  return { type: "Record", attributes: Object.fromEntries(attributes) }
}

/** What is computed for what policies name: about texts of the arguments, and about the time. */
function factsType(members: Members): CedarType {
  const within: CedarType = { type: "Set", element: { type: "String" } }
  return { type: "Record", attributes: { input: textFactsType(members), within } }
}

/** Facts about an argument are there where it is given and some policy looks. */
function textFactsType(members: Members): CedarType {
  const attributes = [...members]
    .filter(([, { shape }]) => hasTextFacts(shape))
    .map(([name, { shape }]): [string, Attribute] => [name, { ...factType(shape), required: false }])
  return { type: "Record", attributes: Object.fromEntries(attributes) }
}

function factType(shape: Shape): CedarType {
  const facts: CedarType = { type: "EntityOrCommon", name: "TextFacts" }
  if (shape.kind === "record") return textFactsType(shape.members)
  return shape.kind === "set" ? { type: "Record", attributes: { every: facts, some: facts } } : facts
}

function cedarType(shape: Shape): CedarType {
  switch (shape.kind) {
    case "string":
    case "text":
    case "unseen":
      return { type: "String" }
    case "boolean":
      return { type: "Boolean" }
    case "number":
      return { type: "EntityOrCommon", name: "Num" }
    case "path":
      return { type: "EntityOrCommon", name: "Path" }
    case "set":
      return { type: "Set", element: cedarType(shape.item) }
    case "each":
      return cedarType(shape.item)
    case "record":
      return recordType(shape.members)
  }
}

function fingerprintOf(content: unknown): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("base64url")
}
