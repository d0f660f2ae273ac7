import type { Id, Oversight, TierName, User } from "@tabard/core"
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

/** Answers whether a person is the one administrator that there is, with nobody of security beside them. */
export async function isSoleAdministrator(
  tx: Pick<Transaction, "users">,
  { id }: Pick<User, "id">,
): Promise<boolean> {
  const stewards = await activeStewards(tx)
  return stewards.every((one) => one.id === id && one.role === "administrator")
}

async function activeStewards({ users }: Pick<Transaction, "users">): Promise<readonly User[]> {
  return (await users.list()).filter((user) => user.active && isSteward(user))
}

/**
 * Answers how what an owner takes upon themselves is overseen: by a second person where the tier asks for one. Where a
 * single administrator is all there is, nobody else could look at it: that is allowed, and said.
 */
export async function oversightOf(
  { policies, users }: Pick<Transaction, "policies" | "users">,
  { owner, proposer, tier }: Wanted,
): Promise<Overseen> {
  const stewards = await activeStewards({ users })
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
