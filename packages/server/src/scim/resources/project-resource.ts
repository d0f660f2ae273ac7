import type { Json, JsonObject } from "@tabard/core"
import { type AttributePath, readAttributePath } from "../filter/attribute-path.ts"
import { ENTERPRISE_SCHEMA } from "../schemas.ts"

/** Which attributes an answer is to hold (RFC 7644 §3.9). */
export interface Projection {
  readonly attributes: readonly AttributePath[]
  readonly excluded: readonly AttributePath[]
}

/** What every answer holds, whatever was asked. */
const ALWAYS = ["schemas", "id"]

/** Reads which attributes are asked for, and which are not wanted; what names nothing is passed over. */
export function readProjection(attributes: string | undefined, excluded: string | undefined): Projection {
  return { attributes: pathsIn(attributes), excluded: pathsIn(excluded) }
}

/** Answers whether an answer is to hold an attribute. */
export function isWanted({ attributes, excluded }: Projection, name: string): boolean {
  const names = (path: AttributePath): boolean => !path.enterprise && path.name === name
  if (attributes.length > 0) return attributes.some(names)
  return !excluded.some((path) => names(path) && path.sub === undefined)
}

/** Answers a resource with what was asked for alone, or without what was not wanted. */
export function project(resource: JsonObject, projection: Projection): JsonObject {
  const { attributes, excluded } = projection
  if (attributes.length > 0) return kept(resource, (path) => attributes.some((asked) => holds(asked, path)))
  if (excluded.length === 0) return resource
  return kept(resource, (path) => !excluded.some((out) => isPartOf(path, out)))
}

function pathsIn(text: string | undefined): readonly AttributePath[] {
  const names = (text ?? "").split(",", 100).map((name) => name.trim())
  return names.flatMap((name) => readAttributePath(name) ?? [])
}

type Keeps = (path: AttributePath) => boolean

function kept(resource: JsonObject, keeps: Keeps): JsonObject {
  return Object.fromEntries(
    Object.entries(resource).flatMap(([key, value]): [string, Json | undefined][] => {
      if (ALWAYS.includes(key)) return [[key, value]]
      if (key === ENTERPRISE_SCHEMA)
        return part(key, value, (name) => ({ enterprise: true, name, sub: undefined }), keeps)
      const name = key.toLowerCase()
      if (keeps({ enterprise: false, name, sub: undefined }))
        return part(key, value, (sub) => ({ enterprise: false, name, sub }), keeps)
      return []
    }),
  )
}

/** Answers the parts of a value that are kept; none at all where nothing of it is. */
function part(
  key: string,
  value: Json | undefined,
  path: (name: string) => AttributePath,
  keeps: Keeps,
): [string, Json | undefined][] {
  const cut = (one: Json): Json =>
    isObject(one)
      ? Object.fromEntries(Object.entries(one).filter(([name]) => keeps(path(name.toLowerCase()))))
      : one
  if (value === undefined) return []
  const left = isList(value) ? value.map(cut) : cut(value)
  return isObject(left) && Object.keys(left).length === 0 ? [] : [[key, left]]
}

/** Whether what was asked for is this, a part of it, or what it is a part of. */
function holds(asked: AttributePath, path: AttributePath): boolean {
  if (asked.enterprise !== path.enterprise) return false
  if (asked.enterprise && asked.name === "") return true
  if (asked.name !== path.name) return false
  return asked.sub === undefined || path.sub === undefined || asked.sub === path.sub
}

/** Whether this is what was named, or a part of it. */
function isPartOf(path: AttributePath, out: AttributePath): boolean {
  if (out.enterprise !== path.enterprise) return false
  if (out.enterprise && out.name === "") return true
  return out.name === path.name && (out.sub === undefined || out.sub === path.sub)
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !isList(value)
}
