import type { EffectClass } from "@tabard/core"
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
  const launched =
    "url" in reached
      ? { launch: null, url: reached.url }
      : { launch: unwrapLaunch([reached.command, ...reached.args]), url: null }
  const effects = matchCatalogue(launched, loadKnowledge())?.capabilities ?? []
  return effects.length > 0 ? effects : undefined
}
