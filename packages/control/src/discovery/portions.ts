/** How many things one unit of work brings in: few enough that a decision behind it waits for milliseconds. */
export const PORTION = 200

/** Answers the things in portions that one unit of work can hold. */
export function* portionsOf<Thing>(things: readonly Thing[]): Generator<readonly Thing[]> {
  for (let from = 0; from < things.length; from += PORTION) yield things.slice(from, from + PORTION)
}
