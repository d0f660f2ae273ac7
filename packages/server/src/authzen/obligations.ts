// AuthZEN Obligations Profile, draft 1: https://openid.github.io/authzen/

import { OBLIGATION_TYPES, type Obligation } from "@tabard/control"
import type { Json, JsonObject } from "@tabard/core"

/** What an enforcement point says it can do; undefined where it says nothing of it. */
export type Supported = ReadonlySet<string> | undefined

/** Reads what an enforcement point supports, of what we could demand; anything else it names is passed over (§6). */
export function supportedIn(context: { readonly [name: string]: Json | undefined }): Supported {
  const said = context["supported_obligations"]
  if (!Array.isArray(said)) return undefined
  const known: readonly string[] = OBLIGATION_TYPES
  return new Set(
    said.filter((type: Json): type is string => typeof type === "string" && known.includes(type)),
  )
}

/** Answers whether all that is demanded can be done, as far as was said. */
export function canHonour(supported: Supported, obligations: readonly Obligation[]): boolean {
  return supported === undefined || obligations.every(({ type }) => supported.has(type))
}

/** Obligations as they are answered (§2). */
export function obligationsJson(obligations: readonly Obligation[]): readonly JsonObject[] {
  return obligations.map(({ id, type, properties }) => ({ id, type, properties }))
}
