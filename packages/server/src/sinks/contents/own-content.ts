import type { LoggedEntry } from "@tabard/control"
import type { JsonObject } from "@tabard/core"

/** The event as it was logged, and where the log holds it. */
export function ownContent({ place, origin, index, leaf, event }: LoggedEntry): JsonObject {
  return { event, log: { place, origin, index, leaf } }
}
