import type { Upstream } from "@tabard/core"
import { catalogueSystems, systemOf } from "@tabard/scan"

/** The system of a server of which the catalogue knows none: policies may name it like any other. */
export const UNKNOWN_SYSTEM = "unknown"

/** Answers the system that a server works with as policies know it, by how it is started or reached alone. */
export function systemBehind({ launch }: Pick<Upstream, "launch">): string {
  return systemOf(launch.transport === "http" ? { url: launch.url } : launch) ?? UNKNOWN_SYSTEM
}

/** Answers every system that a policy may name. */
export function nameableSystems(): ReadonlySet<string> {
  return new Set([...catalogueSystems(), UNKNOWN_SYSTEM])
}
