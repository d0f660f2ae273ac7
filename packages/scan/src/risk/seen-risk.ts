import { type RiskScore, scoreRisk } from "@tabard/core"
import type { Location, ScanReport, SeenAgent } from "../report.ts"
import { riskFactsOf } from "./risk-facts.ts"
import type { RiskKnowledge } from "./risk-knowledge.ts"

/**
 * Scores each agent of a report, by its key, from what was seen alone. Who answers for it no scan can see: that is
 * unknown, and widens the interval.
 */
export function riskOfSeen(report: ScanReport): ReadonlyMap<string, RiskScore> {
  const servers = byKey(report.mcpServers)
  const credentials = byKey(report.credentials)
  const knowledgeOf = (agent: SeenAgent): RiskKnowledge => ({
    standing: null,
    facts: factsOf(agent),
    servers: agent.mcpServers.flatMap((key) => servers.get(key) ?? []),
    credentials: agent.credentials
      .flatMap((key) => credentials.get(key) ?? [])
      .map((credential) => ({ ...credential, locations: credential.locations.map(placeOf) })),
    hasManifest: false,
    seen: true,
  })
  return new Map(report.agents.map((agent) => [agent.key, scoreRisk(riskFactsOf(knowledgeOf(agent)))]))
}

function factsOf({ client, category, autonomy }: SeenAgent): RiskKnowledge["facts"] {
  const autonomySettings = autonomy.effective.map((setting) => ({ ...setting }))
  const values = { client, category, autonomy: autonomy.level, autonomySettings }
  return new Map(Object.entries(values).map(([name, value]) => [name, { kind: "observed", value }] as const))
}

function byKey<Thing extends { readonly key: string }>(things: readonly Thing[]): ReadonlyMap<string, Thing> {
  return new Map(things.map((thing) => [thing.key, thing]))
}

function placeOf({ path, line }: Location): string {
  return line === null ? path : `${path}:${line}`
}
