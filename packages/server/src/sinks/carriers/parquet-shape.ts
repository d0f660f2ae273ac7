import type { Json, JsonObject } from "@tabard/core"

/** What a column holds. Values of different kinds in one place are told as JSON. */
export type Shape =
  | { readonly kind: "nothing" | "text" | "whole" | "number" | "truth" | "json" }
  | { readonly kind: "list"; readonly of: Shape }
  | { readonly kind: "group"; readonly members: ReadonlyMap<string, Shape> }

const NOTHING: Shape = { kind: "nothing" }
const AS_JSON: Shape = { kind: "json" }

/** What OCSF leaves open is one column, so that files have the same columns whatever stands in it. */
const OPEN = new Set(["unmapped"])

/** Answers the shape that holds all of these rows. */
export function shapeOf(rows: readonly JsonObject[]): Shape {
  return rows.map(shapeOfValue).reduce(joined, NOTHING)
}

function shapeOfValue(value: Json | undefined): Shape {
  if (value === undefined || value === null) return NOTHING
  if (typeof value === "object") return structured(value)
  if (typeof value === "string") return { kind: "text" }
  if (typeof value === "boolean") return { kind: "truth" }
  return { kind: Number.isSafeInteger(value) ? "whole" : "number" }
}

function structured(value: Extract<Json, object>): Shape {
  if (Array.isArray(value)) return { kind: "list", of: value.map(shapeOfValue).reduce(joined, NOTHING) }
  const members = Object.entries(value).map(
    ([name, member]) => [name, OPEN.has(name) ? AS_JSON : shapeOfValue(member)] as const,
  )
  return { kind: "group", members: new Map(members) }
}

function joined(one: Shape, other: Shape): Shape {
  if (one.kind === "nothing") return other
  if (other.kind === "nothing") return one
  if (one.kind === "list" && other.kind === "list") return { kind: "list", of: joined(one.of, other.of) }
  if (one.kind === "group" && other.kind === "group") return { kind: "group", members: allOf(one, other) }
  if (one.kind === other.kind) return one
  const areNumbers = [one, other].every(({ kind }) => kind === "whole" || kind === "number")
  return areNumbers ? { kind: "number" } : AS_JSON
}

type Group = Extract<Shape, { kind: "group" }>

function allOf(one: Group, other: Group): ReadonlyMap<string, Shape> {
  const all = new Map(one.members)
  for (const [name, shape] of other.members) all.set(name, joined(all.get(name) ?? NOTHING, shape))
  return all
}
