import { type Credential, type FoundFinding, runFindingRules } from "@tabard/core"
import type { KnownAgent } from "../risk/known-agent.ts"
import type { Transaction } from "../transaction.ts"
import type { DiscoverySource, Sighting } from "./finding-store.ts"
import { type CredentialReads, gatherCredentials } from "./gather-credentials.ts"
import { type AgentReads, gatherAgents, type Judging } from "./gather-inventory.ts"
import { AGENT_RULES, CREDENTIAL_RULES } from "./rules/inventory-rules.ts"
import { sourceNotRead } from "./rules/source-not-read.ts"
import { bounded } from "./say-findings.ts"

/** What the inventory is called among those who say things; a reporter has another name. */
export const INVENTORY = "inventory"

/** The stores that are read to judge the inventory. */
export type InventoryReads = AgentReads & CredentialReads & Pick<Transaction, "findings">

/** What is to be judged: agents, with the credentials that they hold, and credentials besides. */
export interface ToJudge {
  readonly known: readonly KnownAgent[]
  readonly credentials: readonly Credential[]
}

/** All that was looked at, and what is said of it. */
export interface Judged {
  readonly subjects: readonly string[]
  readonly words: readonly Sighting[]
}

/** Judges agents and credentials by the rules, and whatever holds the same bytes as one of them. */
export async function judgeInventory(
  tx: InventoryReads,
  judging: Judging,
  { known, credentials }: ToJudge,
): Promise<Judged> {
  const held = known.flatMap((agent) => agent.credentials)
  const distinct = new Map([...held, ...credentials].map((credential) => [credential.id, credential]))
  const agents = await gatherAgents(tx, judging, known)
  const gathered = await gatherCredentials(tx, judging, [...distinct.values()])
  const found = [
    ...agents.flatMap((agent) => runFindingRules(AGENT_RULES, agent)),
    ...gathered.flatMap((credential) => runFindingRules(CREDENTIAL_RULES, credential)),
  ]
  return {
    subjects: [...agents.map(({ agent }) => agent.id), ...gathered.map(({ credential }) => credential.id)],
    words: found.map(wordOf),
  }
}

/** Answers which of the sources nothing was heard of lately. */
export function judgeSources(sources: readonly DiscoverySource[], now: Date): readonly Sighting[] {
  return sources.flatMap((source) => runFindingRules([sourceNotRead], { ...source, now })).map(wordOf)
}

function wordOf({ rule, severity, subject, message, evidence }: FoundFinding): Sighting {
  return bounded({ source: INVENTORY, rule, severity, subject, message, evidence })
}
