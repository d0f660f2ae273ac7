/** How often what was said was right: found and there, there and not found, found and not there. */
export interface Score {
  readonly hits: number
  readonly missed: readonly string[]
  readonly wrong: readonly string[]
}

/** A score of nothing yet. */
export const NOTHING: Score = { hits: 0, missed: [], wrong: [] }

/** Answers whether what was seen is what was expected. */
export type Same = (seen: string, expected: string) => boolean

/** Compares two lists of one item, in which a thing may stand more than once; each counts once. */
export function compare(
  item: string,
  { seen, expected }: { readonly seen: readonly string[]; readonly expected: readonly string[] },
  same: Same = (one, other) => one === other,
): Score {
  const left = [...seen]
  const missed: string[] = []
  for (const thing of expected) {
    const at = left.findIndex((candidate) => same(candidate, thing))
    if (at < 0) missed.push(`${item}: ${thing}`)
    else left.splice(at, 1)
  }
  return {
    hits: expected.length - missed.length,
    missed,
    wrong: left.map((thing) => `${item}: ${thing}`),
  }
}

/** Answers what two scores come to together. */
export function together(one: Score, other: Score): Score {
  return {
    hits: one.hits + other.hits,
    missed: [...one.missed, ...other.missed],
    wrong: [...one.wrong, ...other.wrong],
  }
}

/** Of what was said, how much is so; null where nothing was said. */
export function precision({ hits, wrong }: Score): number | null {
  return hits + wrong.length === 0 ? null : hits / (hits + wrong.length)
}

/** Of what is so, how much was said; null where there is nothing to say. */
export function recall({ hits, missed }: Score): number | null {
  return hits + missed.length === 0 ? null : hits / (hits + missed.length)
}
