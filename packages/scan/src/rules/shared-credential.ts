import type { SeenAgent, SeenCredential } from "../report.ts"
import type { ScanRule } from "./rule.ts"

/**
 * One secret that several agents hold, each in a place of its own, so that nobody can tell which of them used it.
 * Only fingerprints prove that two are one: two references by one name may lead to two secrets.
 */
export const sharedCredential: ScanRule = {
  id: "shared-credential",
  severity: "medium",
  title: "One credential used by several agents",
  remediation: "Give each agent a credential of its own, and revoke the shared one.",
  controls: ["OWASP-NHI-2025:NHI9:2025", "SP800-53r5:AC-2(9)", "CIS-v8.1:5.2"],
  judge: ({ agents, credentials }) =>
    credentials
      .filter(({ fingerprint }) => fingerprint !== null)
      .flatMap((credential) => {
        const holders = holdersOf(credential, agents)
        const names = [...new Set(holders.map(({ name }) => name ?? "an agent without a name"))].toSorted()
        return holders.length < 2
          ? []
          : [
              {
                subject: credential.key,
                message: `${holders.length} agents use one credential (${credential.kind}): ${listed(names)}.`,
                evidence: credential.locations.map((location) => ({
                  ...location,
                  what: "shared credential",
                })),
              },
            ]
      }),
}

/** The agents that hold it in a file which no other of them was counted for: what reads another's file holds nothing of its own. */
function holdersOf({ key, locations }: SeenCredential, agents: readonly SeenAgent[]): readonly SeenAgent[] {
  const free = new Set(locations.map(({ path }) => path))
  return agents
    .filter(({ credentials }) => credentials.includes(key))
    .filter((agent) => {
      const own = agent.locations.map(({ path }) => path).filter((path) => free.has(path))
      for (const path of own) free.delete(path)
      return own.length > 0
    })
}

function listed(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ")
}
