import type { Id, Oversight, TierName } from "@tabard/core"
import { requireTier } from "../../policies/tiers-in-force.ts"
import { isSteward } from "../../registry/caller.ts"
import type { Transaction } from "../../transaction.ts"

/** Who wants what of an agent to be agreed to. */
interface Wanted {
  readonly owner: Id<"user">
  readonly proposer: Id<"user">
  readonly tier: TierName
}

/** How what an owner wants is overseen, and who has agreed to it by proposing it. */
export interface Overseen {
  readonly oversight: Oversight
  readonly approvedBy: Id<"user"> | null
}

/**
 * Answers how what an owner takes upon themselves is overseen: by a second person where the tier asks for one. Where a
 * single administrator is all there is, nobody else could look at it: that is allowed, and said.
 */
export async function oversightOf(
  { policies, users }: Pick<Transaction, "policies" | "users">,
  { owner, proposer, tier }: Wanted,
): Promise<Overseen> {
  const stewards = (await users.list()).filter((user) => user.active && isSteward(user))
  if (stewards.every(({ id }) => id === proposer || id === owner)) {
    // One proposed and the other accepted: those are two people, and there is no third to wait for.
    if (owner !== proposer) return { oversight: "two-person", approvedBy: proposer }
    const alone = stewards.some(({ id, role }) => id === owner && role === "administrator")
    if (alone) return { oversight: "sole-administrator", approvedBy: null }
  }
  const { reaches } = await requireTier({ policies }, tier)
  const readsOnly = reaches.every((effect) => effect === "read")
  return { oversight: readsOnly ? "not-required" : "two-person", approvedBy: null }
}
