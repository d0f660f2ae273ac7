/** How often what somebody waits for is asked again, in milliseconds. */
export const POLL_SOON = 2_000

/** How often everything else is asked again. */
export const POLL_CALM = 5_000

/** How often lists of many pages are asked again: each time costs one request a page. */
export const POLL_LONG = 30_000

/** Answers how soon a list of that many pages is asked again. */
export function pollPaged(pages: number): number {
  return pages > 1 ? POLL_LONG : POLL_CALM
}
