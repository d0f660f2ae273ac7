/** How many things one unit of work brings in: few enough that a decision behind it waits for milliseconds. */
export const PORTION = 200

/** The same of agents, for each of which facts, links, a score and findings are written besides. */
export const AGENTS_AT_ONCE = 60

/** Answers the things in portions that one unit of work can hold. */
export function* portionsOf<Thing>(
  things: readonly Thing[],
  size: number = PORTION,
): Generator<readonly Thing[]> {
  for (let from = 0; from < things.length; from += size) yield things.slice(from, from + size)
}
