import type { Texts } from "../manifest.ts"
import { several } from "./condition.ts"
import { Unjudgeable } from "./refusal.ts"

/** The named sets that an organisation keeps. */
export type NamedSets = ReadonlyMap<string, readonly string[]>

/** The texts that a bound names, and how people read them. */
export interface NamedTexts {
  readonly texts: readonly string[]
  readonly words: string
}

/** Answers the texts that a bound names, taken from a set where it names one. */
export function textsOf(named: Texts, sets: NamedSets): NamedTexts {
  if (typeof named === "string") return { texts: [named], words: named }
  if (!("inSet" in named)) return { texts: named, words: `one of ${several(named)}` }
  const kept = sets.get(named.inSet)
  if (kept) return { texts: kept, words: `in the set ${named.inSet}` }
  const names = [...sets.keys()].toSorted()
  throw new Unjudgeable(
    `there is no set ${named.inSet}`,
    names.length > 0
      ? `the organisation keeps ${several(names)}`
      : "the organisation keeps none yet: name the values here",
  )
}
