import type { Id, JsonObject } from "@tabard/core"
import type { PinnedTool } from "@tabard/policy"
import type { ArgumentLimit, Manifest, ManifestTool } from "../manifest.ts"
import { inferLimit } from "./infer-limit.ts"
import { withinStandingFolders } from "./standing-folders.ts"

/** How one tool was used. */
export interface ObservedUse {
  readonly tool: PinnedTool
  /** The server as a manifest names it. */
  readonly server: string
  readonly serverId: Id<"server">
  /** The arguments of each call, as far as they are known. */
  readonly arguments: readonly JsonObject[]
}

/** What is suggested from. */
export interface SuggestionSource {
  /** What the agent is for by its people's word, with whatever they have said besides tools. */
  readonly manifest: Manifest
  readonly uses: readonly ObservedUse[]
  /** Whether a call was made outside of any task. */
  readonly standing: boolean
}

/**
 * Answers the smallest manifest that covers what was seen: the tools that were used and no other, each within the narrowest
 * limits of its arguments. What people said otherwise stays: purpose, tier, conditions, limits, and who is asked. The same uses make the
 * same manifest.
 */
export function suggestManifest({ manifest, uses, standing }: SuggestionSource): Manifest {
  const entries = uses.toSorted(byName).map((use) => entryOf(use, manifest))
  const { standing: _, ...said } = manifest
  // Each member stays where its people wrote it.
  return { ...said, ...(standing && { standing }), tools: entries }
}

function entryOf(
  { server, serverId, tool, arguments: given }: ObservedUse,
  manifest: Manifest,
): ManifestTool {
  const before = manifest.tools.find(
    (entry) => entry.tool === tool.name && (entry.server === server || entry.server === serverId),
  )
  const names = [...new Set(given.flatMap((args) => Object.keys(args)))].toSorted()
  const limits = names.flatMap((name): (readonly [string, ArgumentLimit])[] => {
    const seen = given.map((args) => args[name])
    const limit = withinStandingFolders(inferLimit(tool, name, seen), before?.arguments?.[name], seen)
    return limit ? [[name, limit]] : []
  })
  return {
    server,
    tool: tool.name,
    ...(limits.length > 0 && { arguments: Object.fromEntries(limits) }),
    ...(before?.conditions && { conditions: before.conditions }),
    ...(before?.limits && { limits: before.limits }),
    ...(before?.ask && { ask: before.ask }),
  }
}

function byName(a: ObservedUse, b: ObservedUse): number {
  return `${a.server}/${a.tool.name}` < `${b.server}/${b.tool.name}` ? -1 : 1
}
