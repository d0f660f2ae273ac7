// What stands before the ends of a path is the same for many.
const ENDS_SHOWN = 2

/** Answers the ends of a path, which tell two places apart. */
export function placeEnds(place: string): string {
  return place.split(/[/\\]/).filter(Boolean).slice(-ENDS_SHOWN).join("/")
}
