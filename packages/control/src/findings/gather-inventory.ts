import {
  type Agent,
  CATEGORIES,
  type Fact,
  type Id,
  type Instance,
  isJsonObject,
  type User,
} from "@tabard/core"
import { WORKFLOW_SETTINGS } from "@tabard/scan"
import type { KnownAgent } from "../risk/known-agent.ts"
import { withHands } from "../self-government/hands-of.ts"
import type { NamingReads } from "../self-government/node-names.ts"
import type { GovernmentReads } from "../self-government/predecessors.ts"
import { APART, selfGovernmentOf } from "../self-government/self-government-of.ts"
import type { Transaction } from "../transaction.ts"
import { hasLasted, type InventoryAgent } from "./rules/inventory-agent.ts"
import { DENIALS_TOLD } from "./rules/limits-reached.ts"

/** The stores that an agent's rules need. */
export type AgentReads = GovernmentReads &
  NamingReads &
  Pick<
    Transaction,
    | "agents"
    | "decisions"
    | "facts"
    | "instances"
    | "observations"
    | "organisation"
    | "outbox"
    | "policies"
    | "users"
  >

/** What rules are told besides the agents. */
export type Judging = Pick<InventoryAgent, "now" | "graceDays" | "bearerTiers">

/** How old a key must be before it is asked when it was last used; younger ones cannot have been idle for long. */
const OLD_KEY_DAYS = 30

/** Reads what the rules look at of each agent. */
export async function gatherAgents(
  tx: AgentReads,
  judging: Judging,
  known: readonly KnownAgent[],
): Promise<readonly InventoryAgent[]> {
  const agents = known.map(({ agent }) => agent)
  const owners = await ownersOf(tx, agents)
  const ids = agents.map(({ id }) => id)
  const vanished = await tx.observations.vanished(ids)
  const lastSeen = await tx.observations.lastSeen(ids)
  const handed = await withHands(tx, judging.now)
  const gathered: InventoryAgent[] = []
  for (const one of known) {
    const { agent, facts, credentials, seen } = one
    gathered.push({
      ...judging,
      agent,
      credentials,
      seen,
      vanished: vanished.has(agent.id),
      lastSeen: lastSeen.get(agent.id) ?? null,
      retiredAt: await retiredAt(tx, agent),
      category: CATEGORIES.find((category) => category === facts.get("category")?.value) ?? null,
      owner: agent.owner === null ? undefined : owners.get(agent.owner),
      purpose: agent.mandate?.purpose ?? textIn(facts.get("purpose")),
      nextReview: dateIn(facts.get("nextReview")),
      federated: isFederated(one),
      selfGoverning: handed.has(agent.id) ? await selfGovernmentOf(tx, agent.id, judging.now) : APART,
      deniedByLimits: agent.mandate ? await tx.decisions.limited(agent.id, DENIALS_TOLD) : [],
      ...(await keysOf(tx, judging, agent)),
    })
  }
  return gathered
}

/** The record knows; only what is retired asks it. */
async function retiredAt({ outbox }: AgentReads, { id, state }: Agent): Promise<Date | null> {
  if (state !== "retired") return null
  const [retired] = await outbox.list({ agent: id, type: "agent.retired", limit: 1 })
  return retired?.at ?? null
}

async function ownersOf(
  { users }: AgentReads,
  agents: readonly Agent[],
): Promise<ReadonlyMap<Id<"user">, User>> {
  const owners = new Map<Id<"user">, User>()
  for (const id of new Set(agents.flatMap(({ owner }) => owner ?? []))) {
    const user = await users.find(id)
    if (user) owners.set(id, user)
  }
  return owners
}

/** Only what was adopted can have keys, so a scan that finds thousands asks about few. */
async function keysOf(
  tx: AgentReads,
  { now }: Judging,
  { id, mandate }: Agent,
): Promise<Pick<InventoryAgent, "liveKeys" | "idleSince">> {
  const keys = mandate ? (await tx.instances.of(id)).filter(({ revokedAt }) => revokedAt === null) : []
  return { liveKeys: keys.length, idleSince: await idleSince(tx, { id, keys, now }) }
}

async function idleSince(
  { outbox }: AgentReads,
  { id, keys, now }: { readonly id: Id<"agent">; readonly keys: readonly Instance[]; readonly now: Date },
): Promise<Date | null> {
  const newest = keys.at(-1)?.enrolledAt
  if (!newest || !hasLasted(newest, OLD_KEY_DAYS, now)) return null
  const [issued] = await outbox.list({ agent: id, type: "token.issued", limit: 1 })
  return issued && issued.at > newest ? issued.at : newest
}

function isFederated({ facts }: KnownAgent): boolean {
  const settings = facts.get("autonomySettings")?.value
  if (!Array.isArray(settings)) return false
  return settings.some((each) => isJsonObject(each) && each["setting"] === WORKFLOW_SETTINGS.federation)
}

function textIn(fact: Fact | undefined): string | null {
  return typeof fact?.value === "string" && fact.value !== "" ? fact.value : null
}

function dateIn(fact: Fact | undefined): Date | null {
  const text = textIn(fact)
  const date = text === null ? Number.NaN : Date.parse(text)
  return Number.isNaN(date) ? null : new Date(date)
}
