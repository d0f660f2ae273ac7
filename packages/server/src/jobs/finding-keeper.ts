import { isSwept, SWEEP_START, sweepFindings, underLease } from "@tabard/control"
import { newHandle } from "@tabard/core"
import type { OpenOrganisation } from "../organisation/open-organisation.ts"

/** What only one replica does at a time. */
const LEASE = "findings"

/** How many pages one round looks at: a small inventory is judged whole, a large one takes a few rounds. */
const PAGES = 40

/** Answers a round of judging the inventory, page by page; of many replicas one goes on with it. */
export function findingKeeper({ organisation, clock, shelf }: OpenOrganisation): () => Promise<void> {
  const holder = newHandle()
  const lease = { transact: shelf.transact, clock, holder }
  let place = SWEEP_START
  return async () => {
    await underLease(lease, LEASE, async () => {
      for (let page = 0; page < PAGES; page++) {
        place = await sweepFindings({ organisation, clock, ...shelf }, place)
        if (isSwept(place)) break
      }
    })
  }
}
