import type { Standards } from "../standards/standards.ts"
import type { DeclaredOrganisation } from "./declare-organisation.ts"

/** Answers standards with the tiers and sets that the organisation's own files declare: those stand before what standards say of the same. */
export function underOrganisation(
  standards: Standards,
  declared: Pick<DeclaredOrganisation, "tiers" | "sets"> | undefined,
): Standards {
  if (!declared) return standards
  const tiers = declared.tiers.map(({ name, reaches }) => [name, reaches] as const)
  return {
    ...standards,
    tiers: { ...standards.tiers, ...Object.fromEntries(tiers) },
    sets: { ...standards.sets, ...Object.fromEntries(declared.sets) },
  }
}
