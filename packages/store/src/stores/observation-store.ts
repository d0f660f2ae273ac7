import type { ObservationStore } from "@tabard/control"
import type { Scope } from "../scope.ts"
import { agentUses } from "./agent-uses.ts"
import { observedTroubles } from "./observed-troubles.ts"
import { scans } from "./scans.ts"
import { seenCredentials } from "./seen-credentials.ts"
import { seenServers } from "./seen-servers.ts"
import { sightings } from "./sightings.ts"
import { vanishing } from "./vanishing.ts"

/** Keeps what was seen in `scan`, `observation`, `observed_server`, `credential`, `observed_use` and `agent_use`. */
export function observationStore(scope: Scope): ObservationStore {
  return {
    ...scans(scope),
    ...sightings(scope),
    ...vanishing(scope),
    ...seenServers(scope),
    ...seenCredentials(scope),
    ...agentUses(scope),
    ...observedTroubles(scope),
  }
}
