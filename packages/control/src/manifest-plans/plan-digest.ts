import { createHash } from "node:crypto"
import { canonicalText, type JsonObject } from "@tabard/core"
import type {
  AgentPlan,
  ManifestDraft,
  ManifestPlan,
  PlannedRisk,
  PlanWish,
  ToolChange,
} from "./manifest-plan.ts"

/**
 * Names exactly what a plan puts in place of what: the texts, the versions that they take the place of, what they are compiled to and what
 * follows. Who happens to work just now is told and not named: it changes by the minute.
 */
export function planDigest(
  { drafts, documents: wished = [] }: PlanWish,
  {
    agents,
    documents,
    affected,
    unfiled,
  }: Pick<ManifestPlan, "agents" | "documents" | "affected" | "unfiled">,
): string {
  const named = {
    agents: agents.map((plan, index) => agentNamed(plan, drafts[index])),
    wished: wished.map(({ kind, subject, source }) => [kind, subject, source]),
    documents: documents.map(({ kind, subject, change, version, adds, takesAway }) => [
      kind,
      subject,
      change,
      version,
      adds,
      takesAway,
    ]),
    unfiled,
    affected: affected.map(({ agent, stops, tools, risk }) => [
      agent,
      stops,
      tools.map(toolNamed),
      riskNamed(risk.before),
      riskNamed(risk.after),
    ]),
  }
  return createHash("sha256").update(canonicalText(named)).digest("base64url")
}

/** Where nothing was said of it, it is as if there were none to say. */
function repositoryNamed(repository: ManifestDraft["repository"]): JsonObject {
  return repository === undefined ? {} : { repository }
}

function agentNamed(plan: AgentPlan, draft: ManifestDraft | undefined): JsonObject {
  const { agent, change, byHand, version, adds, takesAway, policies } = plan
  return {
    agent,
    change,
    version,
    byHand: [byHand.change, byHand.version, draft?.byHand ?? null],
    text: draft?.text,
    ...repositoryNamed(draft?.repository),
    adds,
    takesAway,
    tools: plan.tools.map(toolNamed),
    policies: policies.map(({ id, text }) => [id, text]),
    risk: [riskNamed(plan.risk.before), riskNamed(plan.risk.after)],
    opens: plan.opens.map(({ rule, message }) => [rule, message]),
    resolves: plan.resolves.map(({ rule, message }) => [rule, message]),
  }
}

function toolNamed({ server, tool, before, after }: ToolChange): readonly string[] {
  return [server, tool, before, after]
}

function riskNamed({ band, score }: PlannedRisk): readonly [string, number] {
  return [band, score]
}
