import type { EffectClass } from "@tabard/core"
import type { KnownServer } from "../knowledge/knowledge-pack.ts"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import { matchCatalogue } from "./match-catalogue.ts"
import { unwrapLaunch } from "./unwrap-launch.ts"

/** How a server is started or reached. */
export type Reached =
  | { readonly command: string; readonly args: readonly string[] }
  | { readonly url: string }

/**
 * Answers the effect classes that a server's tools are known to have between them, by its package, image, command or
 * address; undefined where the catalogue knows nothing of it. Nothing that the server says of itself is asked.
 */
export function knownEffects(reached: Reached): readonly EffectClass[] | undefined {
  const effects = knownServer(reached)?.capabilities ?? []
  return effects.length > 0 ? effects : undefined
}

/**
 * Answers the system that a server is known to work with, as the catalogue calls it; undefined where the catalogue knows
 * nothing of it.
 */
export function systemOf(reached: Reached): string | undefined {
  return knownServer(reached)?.system ?? undefined
}

/** Answers every system that a server of the catalogue is known to work with, as the catalogue calls it. */
export function catalogueSystems(): ReadonlySet<string> {
  return new Set(loadKnowledge().servers.flatMap(({ system }) => system ?? []))
}

function knownServer(reached: Reached): KnownServer | null {
  const launched =
    "url" in reached
      ? { launch: null, url: reached.url }
      : { launch: unwrapLaunch([reached.command, ...reached.args]), url: null }
  return matchCatalogue(launched, loadKnowledge())
}
