import { type Id, isId, runFindingRules } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import type { DiscoverySource, Sighting } from "./finding-store.ts"
import { type CredentialReads, gatherCredentials, twinsOf } from "./gather-credentials.ts"
import { type AgentReads, gatherAgents, type Judging } from "./gather-inventory.ts"
import { AGENT_RULES, CREDENTIAL_RULES } from "./rules/inventory-rules.ts"
import { sourceNotRead } from "./rules/source-not-read.ts"
import { bounded } from "./say-findings.ts"

/** What the inventory is called among those who say things; a reporter has another name. */
export const INVENTORY = "inventory"

/** The stores that are read to judge the inventory. */
export type InventoryReads = AgentReads & CredentialReads & Pick<Transaction, "findings">

/** Answers what the rules say of these agents and credentials; of a subject of another kind they say nothing. */
export async function judgeInventory(
  tx: InventoryReads,
  judging: Judging,
  subjects: readonly string[],
): Promise<readonly Sighting[]> {
  const agents = await tx.agents.findAll(subjects.filter((id): id is Id<"agent"> => isId("agent", id)))
  const credentials = subjects.filter((id): id is Id<"credential"> => isId("credential", id))
  const found = [
    ...(await gatherAgents(tx, judging, agents)).flatMap((agent) => runFindingRules(AGENT_RULES, agent)),
    ...(await gatherCredentials(tx, judging, credentials)).flatMap((credential) =>
      runFindingRules(CREDENTIAL_RULES, credential),
    ),
  ]
  return found.map(({ rule, severity, subject, message, evidence }) =>
    bounded({ source: INVENTORY, rule, severity, subject, message, evidence }),
  )
}

/** Answers which of the sources nothing was heard of lately. */
export function judgeSources(sources: readonly DiscoverySource[], now: Date): readonly Sighting[] {
  return sources
    .flatMap((source) => runFindingRules([sourceNotRead], { ...source, now }))
    .map(({ rule, severity, subject, message, evidence }) =>
      bounded({ source: INVENTORY, rule, severity, subject, message, evidence }),
    )
}

/** Answers what is to be judged when these agents changed: they, and the credentials that they hold, here or elsewhere. */
export async function concernedBy(
  tx: Pick<InventoryReads, "observations">,
  agents: readonly Id<"agent">[],
): Promise<readonly string[]> {
  const links = await tx.observations.linksOf(agents)
  const credentials = [...new Set([...links.values()].flatMap((uses) => uses.credentials))]
  const twins = [...(await twinsOf(tx, await tx.observations.findCredentials(credentials))).values()].flat()
  return [...new Set<string>([...agents, ...credentials, ...twins])]
}
