import type { Severity } from "@tabard/core"
import { WORKFLOW_SETTINGS } from "../declarations/workflow-settings.ts"
import type { SeenAgent, SeenCredential } from "../report.ts"
import { ownPlaces } from "./own-places.ts"
import type { ScanRule } from "./rule.ts"

/** An agent without a person beside it that proves itself by static keys, where its platform could vouch for it. */
export const productionWithoutFederation: ScanRule = {
  id: "production-without-federation",
  severity: "medium",
  title: "Production agent without federation",
  remediation:
    "Let its platform vouch for it: workload identity, or the pipeline's identity token, traded for credentials that live minutes.",
  controls: ["OWASP-NHI-2025:NHI4:2025", "OWASP-NHI-2025:NHI6:2025", "SP800-53r5:IA-9"],
  judge({ agents, credentials }) {
    const byKey = new Map(credentials.map((credential) => [credential.key, credential]))
    return agents.filter(isUnfederated).flatMap((agent) => {
      const held = agent.credentials.flatMap((key) => byKey.get(key) ?? []).filter(isStatic)
      return held.length === 0
        ? []
        : [
            {
              subject: agent.key,
              severity: severityOf(held),
              message: `${agent.name ?? "An agent"} runs with nobody there, and proves itself by static keys.`,
              evidence: held.flatMap(({ kind, locations }) =>
                ownPlaces(agent, locations)
                  .slice(0, 3)
                  .map((location) => ({ ...location, what: `static key (${kind})` })),
              ),
            },
          ]
    })
  },
}

function isUnfederated({ category, autonomy }: SeenAgent): boolean {
  return (
    category === "production" &&
    !autonomy.effective.some(({ setting }) => setting === WORKFLOW_SETTINGS.federation)
  )
}

function isStatic({ storedAs }: SeenCredential): boolean {
  return storedAs === "plaintext" || storedAs === "env-reference"
}

/** What a platform's store of secrets hands in is at least not in the file. */
function severityOf(held: readonly SeenCredential[]): Severity {
  return held.some(({ storedAs }) => storedAs === "plaintext") ? "medium" : "low"
}
