import { isJsonObject, type JsonObject } from "@tabard/core"

/** A workload that looks like the one that a rule is about, and in which way it is another. */
export interface Neighbour {
  readonly title: string
  /** What its tokens say otherwise. */
  readonly claims: JsonObject
}

/** A form's own workload, as its tokens tell of it, and what stands near it. */
export interface Neighbourhood {
  readonly alg: string
  /** What its tokens say besides who issued them, for whom and when. */
  readonly claims: JsonObject
  readonly neighbours: readonly Neighbour[]
}

/** Answers claims with another value at the end of this way. */
export function withClaim(
  claims: JsonObject,
  [name = "", ...rest]: readonly string[],
  value: JsonObject[string],
): JsonObject {
  if (rest.length === 0) return { ...claims, [name]: value }
  const inner = claims[name]
  return { ...claims, [name]: withClaim(isJsonObject(inner) ? inner : {}, rest, value) }
}
