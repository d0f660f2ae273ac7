import { isJsonObject, type Json, type JsonObject } from "@tabard/core"
import { block, listOf } from "../fields.ts"

/** A pod that something describes, with what is written beside it on the way there, the nearest first. */
export interface DescribedPod {
  readonly spec: JsonObject
  readonly metadata: readonly JsonObject[]
}

/** The lists of containers of a pod, as Kubernetes and as Terraform spells them. */
const CONTAINERS = [
  "containers",
  "initContainers",
  "ephemeralContainers",
  "container",
  "init_container",
] as const

/** As deep as whatever is read can be. */
const DEEPEST = 64

/** Answers every pod within a resource, of whatever kind: a kind that nobody has heard of describes one like the others. */
export function podsIn(
  resource: Json,
  above: readonly JsonObject[] = [],
  depth = 0,
): readonly DescribedPod[] {
  if (depth > DEEPEST) return []
  if (Array.isArray(resource)) return resource.flatMap((item: Json) => podsIn(item, above, depth + 1))
  if (!isJsonObject(resource)) return []
  const own = block(resource["metadata"])
  const metadata = own ? [own, ...above] : above
  const here = containersIn(resource).length > 0 ? [{ spec: resource, metadata }] : []
  const within = Object.values(resource).flatMap((member) =>
    member === undefined || member === resource["metadata"] ? [] : podsIn(member, metadata, depth + 1),
  )
  return [...here, ...within]
}

/** Answers the containers of a pod, those that start first among them. */
export function containersIn(spec: JsonObject): readonly JsonObject[] {
  return CONTAINERS.flatMap((name) => listOf(spec[name])).filter(({ image }) => image !== undefined)
}
