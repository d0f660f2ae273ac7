import { type Id, isId } from "@tabard/core"
import { MANIFEST_REPOSITORY } from "../self-government/keepers-of.ts"
import { repositoryAt } from "../self-government/kept-place.ts"
import type { Transaction } from "../transaction.ts"
import type { ManifestDraft } from "./manifest-plan.ts"

/**
 * Answers the agents whose manifest is in force, is kept in the repository that drafts come from, and is not among them: its file was taken
 * away, or was not looked at.
 */
export async function unfiledManifests(
  tx: Pick<Transaction, "agents" | "facts" | "policies">,
  drafts: readonly ManifestDraft[],
): Promise<readonly Id<"agent">[]> {
  const places = new Set<string>(
    drafts.flatMap(({ repository }) => (typeof repository === "string" ? [repositoryAt(repository)] : [])),
  )
  if (places.size === 0) return []
  const kept = (await tx.facts.named(MANIFEST_REPOSITORY)).flatMap(({ subject, value }) =>
    isId("agent", subject) && typeof value === "string" && places.has(value) ? [subject] : [],
  )
  const drafted = new Set<string>(drafts.map(({ agent }) => agent))
  const others = kept.filter((agent) => !drafted.has(agent))
  const seen = new Set((await tx.agents.findAll(others)).map(({ id }) => id))
  const unfiled: Id<"agent">[] = []
  for (const agent of others)
    if (seen.has(agent) && (await tx.policies.current("intent", agent))) unfiled.push(agent)
  return unfiled.toSorted()
}
