import type {
  CedarValueJson,
  EntityJson,
  EntityUidJson,
  PolicyJson,
  SchemaJson,
} from "@cedar-policy/cedar-wasm/nodejs"
import { EntityRef } from "./cedar/values.ts"

/** One entity, as Cedar names it. */
export interface EntityUid {
  readonly type: string
  readonly id: string
}

/** The entity types that policies speak of. */
export type EntityType =
  | "Agent"
  | "Blueprint"
  | "Organisation"
  | "Resource"
  | "Server"
  | "System"
  | "Task"
  | "Team"
  | "Tier"
  | "User"
  | "Action"

/** Names an entity of ours. */
export function uid(type: EntityType, id: string): EntityRef {
  return new EntityRef(`Tabard::${type}`, id)
}

/** One spelling for one entity, for keys of maps. */
export function uidKey({ type, id }: EntityUid): string {
  return `${type}::${id}`
}

/**
 * Writes a text as a Cedar string literal. Whatever becomes part of a policy's text goes through here: a tool or a folder
 * may have quotes in its name.
 */
export function quote(text: string): string {
  const escaped = text.replace(/[\\"]|[^\u0020-\u007e]/gu, (char) =>
    char === "\\" || char === '"' ? `\\${char}` : `\\u{${char.codePointAt(0)?.toString(16) ?? "fffd"}}`,
  )
  return `"${escaped}"`
}

/** Cedar's JSON forms that this package speaks. */
export type { CedarValueJson, EntityJson, EntityUidJson, PolicyJson, SchemaJson }
