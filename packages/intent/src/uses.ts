import { beyondTier, type Id, SHIPPED_TIERS, type Tier, type Tiers } from "@tabard/core"
import type { PinnedTool } from "@tabard/policy"
import { shapesOf } from "./bounds/argument-at.ts"
import { circumstances, provenBy } from "./bounds/circumstances.ts"
import type { Condition } from "./bounds/condition.ts"
import { limitCondition } from "./bounds/limit-condition.ts"
import { Unjudgeable } from "./bounds/refusal.ts"
import { onResources } from "./bounds/resources.ts"
import type { NamedSets } from "./bounds/texts-of.ts"
import type { FaultFinder } from "./fault-finder.ts"
import type { Ask, Manifest, ManifestTool } from "./manifest.ts"

/** What a manifest is compiled against. */
export interface ManifestSource {
  readonly agent: Id<"agent">
  readonly manifest: Manifest
  /** Every tool that has been reviewed. */
  readonly tools: readonly PinnedTool[]
  /** Servers by the name that a manifest may use for them. */
  readonly servers?: Readonly<Record<string, Id<"server">>>
  /** The organisation's tiers; those that ship where it has no others. */
  readonly tiers?: Tiers
  /** The sets that the organisation keeps, by name. */
  readonly sets?: NamedSets
}

/** One tool with all that bounds its use. */
export interface Use {
  readonly tool: PinnedTool
  /** Bounds of its arguments. */
  readonly limits: readonly Condition[]
  /** What has to be so besides. */
  readonly around: readonly Condition[]
  readonly ask: Ask | undefined
}

/** Answers each use that a manifest allows; what is wrong with one is found and left out. */
export function usesOf(source: ManifestSource, finder: FaultFinder): Use[] {
  const tier = finder.at("tier").try(() => tierOf(source))
  const around = [...circumstances(source.manifest.conditions ?? {}), ...identityOf(source.manifest)]
  return source.manifest.tools.flatMap((entry, index) => {
    const finderHere = finder.at("tools", index)
    const tools = finderHere.try(() => toolsOf(source, entry)) ?? []
    return tools.map((tool) => useOf({ source, entry, tier, tool, around }, finderHere))
  })
}

/** Answers the reviewed tools that an entry names. */
export function toolsOf(
  { tools, servers = {} }: ManifestSource,
  { server, tool }: ManifestTool,
): PinnedTool[] {
  const id = Object.hasOwn(servers, server) ? servers[server] : server
  const reviewed = tools.filter((each) => each.server === id)
  if (reviewed.length === 0)
    throw new Unjudgeable(`the server ${server} has no reviewed tools`, namedServers(servers))
  const chosen = reviewed.filter((each) => each.name === tool || isOnly(each, tool))
  if (chosen.length > 0) return chosen
  const names = reviewed.map(({ name }) => name).join(", ")
  throw new Unjudgeable(`the server ${server} has no reviewed tool ${tool}`, `it has ${names}`)
}

function namedServers(servers: NonNullable<ManifestSource["servers"]>): string {
  const names = Object.keys(servers).slice(0, 20)
  return names.length > 0 ? `registered are ${names.join(", ")}` : "register it first"
}

/** `effect:read` means tools that read and do nothing else; a tool that also deletes has to be named. */
function isOnly({ effects }: PinnedTool, pattern: string): boolean {
  return effects.length > 0 && effects.every((effect) => pattern === `effect:${effect}`)
}

function tierOf({ manifest, tiers = SHIPPED_TIERS }: ManifestSource): Tier {
  const tier = tiers.get(manifest.tier)
  if (tier) return tier
  throw new Unjudgeable(
    `there is no tier ${manifest.tier}`,
    `the organisation has ${[...tiers.keys()].join(", ")}`,
  )
}

interface Entry {
  readonly source: ManifestSource
  /** Undefined where that is a fault already. */
  readonly tier: Tier | undefined
  readonly entry: ManifestTool
  readonly tool: PinnedTool
  readonly around: readonly Condition[]
}

function useOf({ source, entry, tier, tool, around }: Entry, finder: FaultFinder): Use {
  finder.at("tool").try(() => assertWithin(tier, tool))
  const limits = Object.entries(entry.arguments ?? {}).flatMap(
    ([name, limit]) =>
      finder.at("arguments", name).try(() => [limitCondition(tool, name, limit, source.sets)]) ?? [],
  )
  const resources = entry.resources ?? []
  const targets =
    resources.length === 0 ? [] : (finder.at("resources").try(() => [onResources(tool, resources)]) ?? [])
  return {
    tool,
    limits,
    around: [...targets, ...around, ...circumstances(entry.conditions ?? {})],
    ask: entry.ask,
  }
}

function assertWithin(tier: Tier | undefined, tool: PinnedTool): void {
  shapesOf(tool)
  const beyond = tier && beyondTier(tier).find((effect) => tool.effects.includes(effect))
  if (beyond)
    throw new Unjudgeable(
      `${tool.name} has the effect ${beyond}, which the tier ${tier.name} excludes`,
      "leave the tool out; another tier is a new adoption",
    )
}

function identityOf({ identity }: Manifest): Condition[] {
  return identity ? [provenBy(identity)] : []
}
