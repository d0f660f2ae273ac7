import { SWEEP_START, sweepFindings, underLease } from "@tabard/control"
import { newHandle } from "@tabard/core"
import type { OpenOrganisation } from "../organisation/open-organisation.ts"

/** What only one replica does at a time. */
const LEASE = "findings"

/** Answers a round of judging the inventory, page by page; of many replicas one goes on with it. */
export function findingKeeper({ organisation, clock, shelf }: OpenOrganisation): () => Promise<void> {
  const holder = newHandle()
  const lease = { transact: shelf.transact, clock, holder }
  let place = SWEEP_START
  return async () => {
    await underLease(lease, LEASE, async () => {
      place = await sweepFindings({ organisation, clock, ...shelf }, place)
    })
  }
}
