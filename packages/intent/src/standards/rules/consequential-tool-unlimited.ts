import type { FindingRule, Limits } from "@tabard/core"
import type { Manifest } from "../../manifest.ts"
import type { DeclaredUse } from "../declaration.ts"
import { sight } from "../sight.ts"
import type { Vetted } from "../vetted.ts"
import { isWild } from "../wild-limit.ts"

/** A tool of consequence is given without any bound. */
export const consequentialToolUnlimited: FindingRule<Vetted> = {
  id: "consequential-tool-unlimited",
  severity: "high",
  title: "A tool of consequence is given without a limit, and nobody is asked",
  remediation: "Bound one of its arguments, limit how often or how much, or have a person asked.",
  controls: ["SP800-53r5:AC-6", "OWASP-ASI-2026:ASI02", "OWASP-LLM-2025:LLM06:2025"],
  judge: ({ declarations, standards }) =>
    declarations.flatMap((each) =>
      each.uses.flatMap((use) => {
        const bare = use.effects.filter(
          (effect) => standards.consequential.includes(effect) && each.manifest.ask?.[effect] === undefined,
        )
        if (bare.length === 0 || isBounded(use, each.manifest)) return []
        const message = `${use.server}/${use.entry.tool} may ${bare.join(", ")} without a limit, and nobody is asked.`
        return [sight(each, ["tools", use.index, "tool"], message)]
      }),
    ),
}

function isBounded({ entry }: DeclaredUse, manifest: Manifest): boolean {
  return (
    entry.ask !== undefined ||
    (entry.resources?.length ?? 0) > 0 ||
    Object.values(entry.arguments ?? {}).some((limit) => !isWild(limit)) ||
    counts(entry.limits) ||
    counts(manifest.limits)
  )
}

function counts(limits: Limits | undefined): boolean {
  return (limits?.calls?.length ?? 0) + (limits?.spend?.length ?? 0) > 0
}
