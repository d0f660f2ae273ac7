import { type Agent, Problem } from "@tabard/core"
import { oversightOf } from "../lifecycle/mandate/oversight-of.ts"
import { type Caller, isSteward } from "../registry/caller.ts"
import type { Transaction } from "../transaction.ts"
import { type AgentBounds, widens } from "./widens.ts"

/** Who stood behind more than an agent might do before: somebody other than its owner, its owner alone, or the one who is all there is. */
export type WidenedBy = "another-person" | "owner-alone" | "sole-administrator"

/** A change of what bounds an agent. */
export interface BoundsChange {
  readonly agent: Pick<Agent, "id" | "mandate" | "owner">
  readonly by: Caller
  readonly before: AgentBounds | undefined
  readonly after: AgentBounds
  /** The guard-rails that would hold for it no more. */
  readonly leaves?: readonly string[]
}

/** The stores that say who could look at it besides. */
export type OverseeingReads = Pick<Transaction, "organisation" | "policies" | "users">

/**
 * Answers who stands behind a change by which an agent may do more, and undefined where it may not.
 *
 * @throws {Problem} second_person_needed
 */
export async function overseeWidening(
  tx: OverseeingReads,
  { agent, by, before, after, leaves = [] }: BoundsChange,
): Promise<WidenedBy | undefined> {
  return leaves.length > 0 || widens(before, after) ? standBehind(tx, agent, by, leaves) : undefined
}

/**
 * Answers who stands behind it where somebody lets an agent do more. Where the organisation settled that somebody other than
 * the owner does, it refuses the owner and who helps with it, unless nobody else is there who could, or the agent only reads. Where
 * guard-rails of the organisation would hold for it no more, it refuses them whatever is settled.
 *
 * @throws {Problem} second_person_needed
 */
export async function standBehind(
  tx: OverseeingReads,
  { id, owner, mandate }: BoundsChange["agent"],
  by: Caller,
  leaves: readonly string[] = [],
): Promise<WidenedBy> {
  if (by.id !== owner && isSteward(by)) return "another-person"
  const alone = { owner: by.id, proposer: by.id }
  const oversight = mandate
    ? (await oversightOf(tx, { ...alone, tier: mandate.tier })).oversight
    : "two-person"
  if (oversight === "sole-administrator") return oversight
  if (leaves.length > 0)
    throw new Problem(
      "second_person_needed",
      `by this ${id} would act where the guard-rails ${leaves.join(" and ")} do not hold, and who answers for it does not decide that alone: somebody else of security or administrators does it`,
    )
  if (oversight === "two-person" && (await tx.organisation.settings()).widenedByAnother)
    throw new Problem(
      "second_person_needed",
      `by this ${id} may do more than it may now, and who answers for it does not decide that alone: somebody else of security or administrators does it`,
    )
  return "owner-alone"
}
