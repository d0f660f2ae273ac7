import { indexInventory, isIndexDue, underLease } from "@tabard/control"
import { newHandle } from "@tabard/core"
import type { OpenOrganisation } from "../organisation/open-organisation.ts"

/** What only one replica does at a time. */
const LEASE = "search"

/** Answers a round of having everything found that there is; of many replicas one goes on with it. */
export function searchKeeper({ clock, shelf }: OpenOrganisation): () => Promise<void> {
  const lease = { transact: shelf.transact, clock, holder: newHandle() }
  return async () => {
    // Asked on a snapshot first: once all is indexed, a round writes nothing.
    if (await isIndexDue({ clock, ...shelf }))
      await underLease(lease, LEASE, () => indexInventory({ clock, ...shelf }))
  }
}
