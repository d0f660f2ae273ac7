import type { RuleSighting } from "@tabard/core"
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
  judge({ agents, credentials }) {
    const holding = agentsByCredential(agents)
    return credentials
      .filter(({ fingerprint }) => fingerprint !== null)
      .flatMap((credential) => sightingsOf(credential, holding.get(credential.key) ?? []))
  },
}

function sightingsOf(
  { key, kind, locations }: SeenCredential,
  having: readonly SeenAgent[],
): readonly RuleSighting[] {
  const holders = holdersAmong(having, new Set(locations.map(({ path }) => path)))
  if (holders.length < 2) return []
  const names = [...new Set(holders.map(({ name }) => name ?? "an agent without a name"))].toSorted()
  const message = `${holders.length} agents use one credential (${kind}): ${listed(names)}.`
  return [
    { subject: key, message, evidence: locations.map((place) => ({ ...place, what: "shared credential" })) },
  ]
}

function agentsByCredential(agents: readonly SeenAgent[]): ReadonlyMap<string, readonly SeenAgent[]> {
  const held = agents.flatMap((agent) => agent.credentials.map((key) => ({ key, agent })))
  const byKey = Map.groupBy(held, ({ key }) => key)
  return new Map([...byKey].map(([key, holders]) => [key, holders.map(({ agent }) => agent)]))
}

/**
 * Of the agents that have it, those that hold it in a file of their own, one for each: what only reads another's file
 * holds nothing itself. Whoever has the fewest files chooses first.
 */
function holdersAmong(having: readonly SeenAgent[], files: ReadonlySet<string>): readonly SeenAgent[] {
  const free = new Set(files)
  const choices = having.map((agent) => ({ agent, paths: pathsAmong(agent, files) }))
  return choices
    .toSorted((a, b) => a.paths.length - b.paths.length)
    .flatMap(({ agent, paths }) => {
      const own = paths.find((path) => free.delete(path))
      return own === undefined ? [] : [agent]
    })
}

function pathsAmong({ locations }: SeenAgent, files: ReadonlySet<string>): readonly string[] {
  return [...new Set(locations.map(({ path }) => path))].filter((path) => files.has(path))
}

function listed(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ")
}
