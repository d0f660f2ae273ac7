import { type Agent, Problem, type Tier, type TierName } from "@tabard/core"
import { readTiers } from "@tabard/intent"
import type { Transaction } from "../transaction.ts"
import { tiersInForce } from "./tiers-in-force.ts"

/** The most agents or rules that are read at once. */
const PAGE = 1000

type TierReads = Pick<Transaction, "agents" | "clients" | "organisation" | "policies">

/**
 * Lets mandates name the tiers of a list. It refuses one without a tier that an agent has, or that a rule gives; and to let a tier
 * that only reads do more while it has agents that no second person looked at.
 *
 * @throws {Problem} policy_conflict
 */
export async function keepTiers(tx: TierReads, source: string): Promise<void> {
  const after = new Map(readTiers(source).map((tier) => [tier.name, tier]))
  for (const [name, before] of await tiersInForce(tx)) {
    const tier = after.get(name)
    if (!tier && "forbids" in before) await assertUnused(tx, name)
    if (tier && readsOnly(before) && !readsOnly(tier)) await assertOverseen(tx, name)
  }
  await tx.organisation.nameTiers([...after.keys()])
}

async function assertUnused(tx: TierReads, name: TierName): Promise<void> {
  const agents = await livingIn(tx, name)
  if (agents.length > 0)
    throw new Problem(
      "policy_conflict",
      `the tier ${name} cannot go: ${told(agents)} ${agents.length === 1 ? "has" : "have"} it`,
    )
  const rules = await tx.clients.listRules({ limit: PAGE })
  const rule = rules.find(({ tier }) => tier === name)
  if (rule)
    throw new Problem("policy_conflict", `the tier ${name} cannot go: the rule for ${rule.match} gives it`)
}

/** Who was adopted for a tier that only reads may have been looked at by nobody else. */
async function assertOverseen(tx: TierReads, name: TierName): Promise<void> {
  const alone = (await livingIn(tx, name)).filter(({ mandate }) => mandate?.oversight === "not-required")
  if (alone.length === 0) return
  throw new Problem(
    "policy_conflict",
    `the tier ${name} cannot do more than read: ${told(alone)} had it without a second person. Make another tier, and adopt them for it`,
  )
}

async function livingIn({ agents }: TierReads, tier: TierName): Promise<readonly Agent[]> {
  const living: Agent[] = []
  let page: readonly Agent[] = await agents.list({ tier, limit: PAGE })
  while (page.length > 0) {
    living.push(...page.filter(({ state }) => state !== "retired" && state !== "dismissed"))
    const last = page.at(-1)
    page = last && page.length === PAGE ? await agents.list({ tier, limit: PAGE, after: last.id }) : []
  }
  return living
}

function readsOnly({ reaches }: Tier): boolean {
  return reaches.every((effect) => effect === "read")
}

function told(agents: readonly Agent[]): string {
  const [first] = agents
  return agents.length === 1 && first ? first.id : `${agents.length} agents`
}
