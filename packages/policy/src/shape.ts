import { isJsonObject, type Json, type JsonObject } from "@tabard/core"
import { hasRole, type PinnedTool } from "./pinned-tool.ts"

/** How an argument reaches Cedar: its JSON Schema, reduced to what policies can judge. */
export type Shape =
  | { readonly kind: "string"; readonly oneOf?: readonly string[] }
  | { readonly kind: "boolean" }
  | { readonly kind: "number"; readonly whole: boolean }
  | { readonly kind: "path" }
  | { readonly kind: "set"; readonly item: Shape }
  /** Several targets in one argument: each element is a question of its own. */
  | { readonly kind: "each"; readonly item: Shape }
  | { readonly kind: "record"; readonly members: Members }
  /** What Cedar has no type for, as exact text. No limit can be put on it. */
  | { readonly kind: "text" }
  /** A name that Cedar's JSON keeps for itself; it reaches no policy. */
  | { readonly kind: "unseen" }

/** The members of an object, by name. */
export type Members = ReadonlyMap<string, { readonly shape: Shape; readonly required: boolean }>

/** The deepest object that policies see; deeper ones are text. */
const MAX_DEPTH = 4

/** The most members of one object; a larger one is hostile or no tool. */
const MAX_MEMBERS = 500

/** Names with a meaning in Cedar's JSON, and the one that JavaScript treats as special. */
const RESERVED = new Set(["__entity", "__extn", "__expr", "__proto__"])

const TEXT: Shape = { kind: "text" }

const SCALARS: ReadonlyMap<Json | undefined, Shape> = new Map([
  ["string", { kind: "string" }],
  ["boolean", { kind: "boolean" }],
  ["integer", { kind: "number", whole: true }],
  ["number", { kind: "number", whole: false }],
])

/** Whatever makes more than one reading of a value possible, or a reading that we do not do. */
const BRANCHING = ["anyOf", "oneOf", "allOf", "not", "if", "$ref", "$dynamicRef", "patternProperties"]

/** Answers how a tool's arguments reach Cedar, or in words why this tool cannot be judged. */
export function argumentShapes(tool: PinnedTool): Members | { readonly unjudgeable: string } {
  const { inputSchema } = tool
  if (inputSchema["type"] !== "object") return { unjudgeable: "its input schema is not of type object" }
  const branch = BRANCHING.find((word) => inputSchema[word] !== undefined)
  if (branch) return { unjudgeable: `its input schema uses ${branch} where arguments are named` }
  const members = membersOf(inputSchema, 1)
  if (members.size > MAX_MEMBERS) return { unjudgeable: `it takes more than ${MAX_MEMBERS} arguments` }
  return new Map(
    [...members].map(([name, member]) => [name, { ...member, shape: inRole(tool, name, member.shape) }]),
  )
}

/** Answers whether policies see all of a value, and not only its text. */
export function isLowered(shape: Shape): boolean {
  switch (shape.kind) {
    case "text":
    case "unseen":
      return false
    case "set":
    case "each":
      return isLowered(shape.item)
    case "record":
      return [...shape.members.values()].every((member) => isLowered(member.shape))
    case "string":
    case "boolean":
    case "number":
    case "path":
      return true
  }
}

function inRole(tool: PinnedTool, argument: string, shape: Shape): Shape {
  const path = hasRole(tool, argument, "path")
  if (path && shape.kind === "string") return { kind: "path" }
  if (shape.kind !== "set") return shape
  if (path && shape.item.kind === "string") return { kind: "each", item: { kind: "path" } }
  return hasRole(tool, argument, "target") ? { kind: "each", item: shape.item } : shape
}

function shapeOf(schema: Json | undefined, depth: number): Shape {
  if (!isJsonObject(schema) || BRANCHING.some((word) => schema[word] !== undefined)) return TEXT
  const type = schema["type"]
  if (type === "array")
    return depth < MAX_DEPTH ? { kind: "set", item: shapeOf(schema["items"], depth + 1) } : TEXT
  if (type === "object") return depth < MAX_DEPTH ? objectShape(schema, depth) : TEXT
  return enumerated(schema) ?? SCALARS.get(type) ?? TEXT
}

function enumerated(schema: JsonObject): Shape | undefined {
  const choices = schema["const"] === undefined ? schema["enum"] : [schema["const"]]
  if (choices === undefined) return undefined
  const texts = Array.isArray(choices)
    ? choices.filter((choice): choice is string => typeof choice === "string")
    : []
  return Array.isArray(choices) && texts.length === choices.length ? { kind: "string", oneOf: texts } : TEXT
}

function objectShape(schema: JsonObject, depth: number): Shape {
  const members = membersOf(schema, depth + 1)
  // A map of free names has no members to judge; neither has one whose names Cedar would misread.
  const open = isJsonObject(schema["additionalProperties"]) || schema["additionalProperties"] === true
  const unreadable = [...members.values()].some((member) => member.shape.kind === "unseen")
  return members.size === 0 || members.size > MAX_MEMBERS || open || unreadable
    ? TEXT
    : { kind: "record", members }
}

function membersOf(schema: JsonObject, depth: number): Members {
  const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {}
  const required = new Set<Json>(Array.isArray(schema["required"]) ? schema["required"] : [])
  return new Map(
    Object.entries(properties).map(([name, property]) => [
      name,
      {
        shape: RESERVED.has(name) ? { kind: "unseen" } : shapeOf(property, depth),
        required: required.has(name),
      },
    ]),
  )
}
