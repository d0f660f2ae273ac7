import type { Credential, Severity } from "@tabard/core"
import { type AgentRule, dayOf, inventorySays, isEnded } from "./inventory-agent.ts"

/** A production agent that proves itself by static keys, where it could enrol a key of its own or be vouched for. */
export const productionWithoutFederation: AgentRule = {
  id: "production-without-federation",
  severity: "medium",
  title: "Production agent without federation",
  remediation:
    "Let its platform vouch for it, or enrol a key of its own here, and take the static keys away from it.",
  controls: ["OWASP-NHI-2025:NHI4:2025", "OWASP-NHI-2025:NHI6:2025", "SP800-53r5:IA-9"],
  judge({ agent, category, credentials, federated, liveKeys }) {
    const held = credentials.filter(isStatic)
    const proves = federated || liveKeys > 0
    if (category !== "production" || proves || held.length === 0 || isEnded(agent)) return []
    return [
      {
        subject: agent.id,
        severity: severityOf(held),
        message: "This production agent proves itself by static keys alone.",
        evidence: held.map(({ kind, locations, firstSeen }) =>
          inventorySays(`${kind} at ${locations[0] ?? "an unknown place"}, known since ${dayOf(firstSeen)}`),
        ),
      },
    ]
  },
}

function isStatic({ storedAs }: Credential): boolean {
  return storedAs === "plaintext" || storedAs === "env-reference"
}

/** What a platform's store of secrets hands in is at least not in the file. */
function severityOf(held: readonly Credential[]): Severity {
  return held.some(({ storedAs }) => storedAs === "plaintext") ? "medium" : "low"
}
