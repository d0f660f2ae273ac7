import { Problem, SHIPPED_TIERS, type Tier, type TierName, type Tiers } from "@tabard/core"
import { readTiers } from "@tabard/intent"
import type { PolicySet } from "../decisions/policy-store.ts"
import type { Transaction } from "../transaction.ts"
import { OWN } from "./own-address.ts"

/** What was read of a set is not read again: a set is never changed. */
const known = new Map<PolicySet["id"], Tiers>()
const MOST_KNOWN = 100

/** Answers every tier that the organisation has: those that ship, and its own. */
export async function tiersInForce({ policies }: Pick<Transaction, "policies">): Promise<Tiers> {
  const set = await policies.current("tier", OWN)
  if (!set) return SHIPPED_TIERS
  const held = known.get(set.id)
  if (held) return held
  const tiers: Tiers = new Map([
    ...SHIPPED_TIERS,
    ...readTiers(set.source ?? "").map((tier) => [tier.name, tier] as const),
  ])
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(set.id, tiers)
  return tiers
}

/**
 * Answers a tier of the organisation's.
 *
 * @throws {Problem} body_invalid, where there is none of this name
 */
export async function requireTier(tx: Pick<Transaction, "policies">, name: TierName): Promise<Tier> {
  const tiers = await tiersInForce(tx)
  const tier = tiers.get(name)
  if (tier) return tier
  throw new Problem(
    "body_invalid",
    `there is no tier ${name.slice(0, 80)}; there are ${[...tiers.keys()].join(", ")}`,
  )
}
