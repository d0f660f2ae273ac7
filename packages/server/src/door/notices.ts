import { setTimeout as pause } from "node:timers/promises"
import type { Shelf } from "@tabard/control"
import type { Id } from "@tabard/core"
import type { Notices } from "../gateway/ports.ts"

/** How often a waiting call's circumstances are read: a verdict or a suspension is felt within a quarter of a second. */
const LOOK_EVERY_MS = 250

/**
 * Tells a waiting call that something changed, by reading the store: the verdict, and the version that every change of
 * an agent, task or policy raises. It works alike for one process and for many, and no notice can be lost.
 */
export function storeNotices({ snapshot }: Pick<Shelf, "snapshot">): Notices {
  const read = (approval: Id<"approval">): Promise<string> =>
    snapshot(async ({ approvals, organisation }) => {
      const state = (await approvals.find(approval))?.state.kind ?? "gone"
      return `${state} ${await organisation.version()}`
    })
  return {
    async changed({ approval }, signal) {
      const before = await read(approval)
      if (!before.startsWith("pending")) return
      do await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
      while (!signal.aborted && (await read(approval)) === before)
    },
  }
}
