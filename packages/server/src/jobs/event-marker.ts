import { markEvents } from "@tabard/control"
import type { OpenOrganisation } from "../organisation/open-organisation.ts"

/** How many portions one round takes, so that whoever ends the process waits for moments. */
const PORTIONS = 20

/** Answers a round of having events found that an older program kept. */
export function eventMarker({ shelf }: Pick<OpenOrganisation, "shelf">): () => Promise<void> {
  return async () => {
    for (let portion = 0; portion < PORTIONS; portion++) if ((await markEvents(shelf)) === 0) return
  }
}
