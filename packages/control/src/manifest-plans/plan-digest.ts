import { createHash } from "node:crypto"
import { canonicalText, type JsonObject } from "@tabard/core"
import type { AgentPlan, ManifestDraft, PlannedRisk } from "./manifest-plan.ts"

/**
 * Names exactly what a plan puts in place of what: the texts, the versions that they take the place of, what they are compiled to and what
 * follows. Who happens to work just now is told and not named: it changes by the minute.
 */
export function planDigest(drafts: readonly ManifestDraft[], agents: readonly AgentPlan[]): string {
  const named = agents.map((plan, index): JsonObject => {
    const { agent, change, version, adds, takesAway, policies } = plan
    return {
      agent,
      change,
      version,
      text: drafts[index]?.text,
      ...repositoryNamed(drafts[index]?.repository),
      adds,
      takesAway,
      tools: plan.tools.map(({ server, tool, before, after }) => [server, tool, before, after]),
      policies: policies.map(({ id, text }) => [id, text]),
      risk: [riskNamed(plan.risk.before), riskNamed(plan.risk.after)],
      opens: plan.opens.map(({ rule, message }) => [rule, message]),
      resolves: plan.resolves.map(({ rule, message }) => [rule, message]),
    }
  })
  return createHash("sha256").update(canonicalText(named)).digest("base64url")
}

/** Where nothing was said of it, it is as if there were none to say. */
function repositoryNamed(repository: ManifestDraft["repository"]): JsonObject {
  return repository === undefined ? {} : { repository }
}

function riskNamed({ band, score }: PlannedRisk): readonly [string, number] {
  return [band, score]
}
