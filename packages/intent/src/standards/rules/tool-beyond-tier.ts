import { type EffectClass, type FindingRule, SHIPPED_TIERS } from "@tabard/core"
import type { DeclaredUse } from "../declaration.ts"
import { sight } from "../sight.ts"
import type { Standards } from "../standards.ts"
import type { Vetted } from "../vetted.ts"

/** A tool does what the tier keeps out of reach. */
export const toolBeyondTier: FindingRule<Vetted> = {
  id: "tool-beyond-tier",
  severity: "high",
  title: "A manifest names a tool that its tier does not reach",
  remediation: "Leave the tool out, or have the agent adopted again under a tier that reaches it.",
  controls: ["SP800-53r5:AC-6", "OWASP-NHI-2025:NHI5:2025", "OWASP-ASI-2026:ASI03"],
  judge: ({ declarations, standards }) =>
    declarations.flatMap((each) => {
      const ceiling = ceilingOf(each.manifest.tier, standards)
      return each.uses.flatMap((use) => {
        const beyond = use.effects.filter((effect) => !ceiling.includes(effect))
        if (beyond.length === 0) return []
        return [sight(each, ["tools", use.index, "tool"], words(use, beyond, each.manifest.tier))]
      })
    }),
}

/** A tier that nobody described reaches nothing. */
function ceilingOf(tier: string, { tiers }: Standards): readonly EffectClass[] {
  if (Object.hasOwn(tiers, tier)) return tiers[tier] ?? []
  return SHIPPED_TIERS.get(tier)?.reaches ?? []
}

function words({ server, entry, isDefined }: DeclaredUse, beyond: readonly string[], tier: string): string {
  const guess = isDefined ? "has" : "may have, as far as its name tells,"
  return `${server}/${entry.tool} ${guess} the effect ${beyond.join(", ")}, which the tier ${tier} does not reach.`
}
