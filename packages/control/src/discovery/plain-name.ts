/** As long as a name may be in a row or an event: whoever writes a configuration chooses it. */
const MOST = 200

/**
 * Answers a name without control characters, without halves of characters (no event can spell those), and no longer than
 * rows and events take, so that none stops a scan.
 */
export function plainName(name: string): string {
  return name
    .replaceAll(/\p{Cc}/gu, "")
    .slice(0, MOST)
    .toWellFormed()
}
