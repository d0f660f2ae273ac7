import type { Agent, Credential, Fact, ObservedServer } from "@tabard/core"

/** What risk is told from, whether an inventory knows it or a scan alone. */
export interface RiskKnowledge {
  /** Who answers for it, and for what; null where nobody was asked, as in a scan alone. */
  readonly standing: Pick<Agent, "owner" | "mandate"> | null
  /** What holds for each name. */
  readonly facts: ReadonlyMap<string, Pick<Fact, "kind" | "value">>
  readonly servers: readonly UsedServer[]
  readonly credentials: readonly Pick<Credential, "kind" | "storedAs" | "locations">[]
  readonly hasManifest: boolean
  /** Whether any scan saw it; of what none saw, servers and credentials are unknown, not absent. */
  readonly seen: boolean
}

/** What risk asks of a server. */
export type UsedServer = Pick<ObservedServer, "name" | "system" | "capabilities" | "flags">

/** Answers the id of the client that it runs in, empty where none is known. */
export function clientOf({ facts }: Pick<RiskKnowledge, "facts">): string {
  const client = facts.get("client")?.value
  return typeof client === "string" ? client : ""
}
