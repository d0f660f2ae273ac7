import { EFFECT_CLASSES, type Id } from "@tabard/core"
import type { ManifestSource } from "../uses.ts"
import type { AgentDeclaration } from "./declaration.ts"
import type { Standards } from "./standards.ts"
import type { ToolCatalogue } from "./tool-catalogue.ts"

/**
 * Answers what a declaration is compiled against where no organisation is at hand: names stand for the ids that they will have, and
 * what its tier keeps out of reach is left to a rule of its own.
 */
export function offlineSource(
  { agent, manifest }: AgentDeclaration,
  { servers, names }: ToolCatalogue,
  { sets }: Pick<Standards, "sets">,
): ManifestSource {
  const ids = [...[...servers.keys()].map((name) => [name, name] as const), ...names].map(
    ([alias, name]) => [alias, `srv_${name}` satisfies Id<"server">] as const,
  )
  return {
    agent: agentId(agent),
    manifest,
    tools: [...servers.values()].flat(),
    servers: Object.fromEntries(ids),
    tiers: new Map([[manifest.tier, { name: manifest.tier, words: "", reaches: EFFECT_CLASSES }]]),
    sets: new Map(Object.entries(sets)),
  }
}

/** Answers the id that an agent has in policies where none was given to it. */
export function agentId(name: string): Id<"agent"> {
  return `agt_${name.replace(/^agt_/, "")}`
}
