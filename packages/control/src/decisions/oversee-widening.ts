import { type Agent, Problem } from "@tabard/core"
import { oversightOf } from "../lifecycle/mandate/oversight-of.ts"
import type { Caller } from "../registry/caller.ts"
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
}

/**
 * Answers who stands behind a change by which an agent may do more, and undefined where it may not. Where the organisation
 * settled that somebody other than the owner widens, it refuses the owner, unless nobody else is there who could, or the
 * agent only reads.
 *
 * @throws {Problem} second_person_needed
 */
export async function overseeWidening(
  tx: Pick<Transaction, "organisation" | "policies" | "users">,
  { agent: { id, owner, mandate }, by, before, after }: BoundsChange,
): Promise<WidenedBy | undefined> {
  if (!widens(before, after)) return undefined
  if (by.id !== owner) return "another-person"
  const oversight = mandate
    ? (await oversightOf(tx, { owner, proposer: owner, tier: mandate.tier })).oversight
    : "two-person"
  if (oversight === "sole-administrator") return oversight
  if (oversight === "two-person" && (await tx.organisation.settings()).widenedByAnother)
    throw new Problem(
      "second_person_needed",
      `by this ${id} may do more than it may now, and its owner does not decide that alone: somebody else of security or administrators puts it in force`,
    )
  return "owner-alone"
}
