import { isAbsolute, join } from "node:path"
import type { KnowledgePack } from "../knowledge/knowledge-pack.ts"

/** Variables by name, as the process that scans was given them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A place, and the folder it must not lead out of. */
export interface PlaceInFolder {
  readonly root: string
  readonly names: readonly string[]
}

/** Answers where `place` (beneath a home directory) is, once the variables that move folders have had their say. */
export function relocated(
  place: string,
  { home, environment }: { readonly home: string; readonly environment: Environment },
  pack: Pick<KnowledgePack, "relocations">,
): PlaceInFolder {
  for (const { variable, from, to } of pack.relocations) {
    const folder = environment[variable]
    // A relative one means another folder in each process: what it names is not known.
    if (!folder || !isAbsolute(folder)) continue
    if (place === from) return { root: folder, names: to === "" ? [] : to.split("/") }
    if (place.startsWith(`${from}/`))
      return { root: join(folder, to), names: place.slice(from.length + 1).split("/") }
  }
  return { root: home, names: place.split("/") }
}
