import type { User } from "@tabard/core"
import type { Shelf, Transact } from "../transaction.ts"
import { ownReads } from "./own-reads.ts"
import { type OwnSight, seenIn } from "./own-sight.ts"
import { ownTouches } from "./own-touches.ts"

/**
 * Answers the organisation's shelf as a person may see and touch it: whole, or, for a member, what concerns the agents
 * that they own, help with or are asked to take on. What is another's is not there for them, in lists, by id and to change.
 */
export function shelfFor(shelf: Shelf, user: User): Shelf {
  if (user.role !== "member") return shelf
  // What one could see when a request began stays to be answered, also where the request itself gave it away.
  const before: OwnSight["agents"] = new Set()
  const snapshot: Transact = (work) =>
    shelf.snapshot(async (tx) => work(ownReads(tx, await seenIn(tx, user.id, before))))
  const transact: Transact = (work) =>
    shelf.transact(async (tx) => work(ownTouches(tx, await seenIn(tx, user.id, before))))
  return { snapshot, transact }
}
