import { type RecordStanding, recordStanding, type Shelf } from "@tabard/control"
import type { Clock } from "@tabard/core"
import type { HealthPart, PartHealth } from "./health-part.ts"

/** What waits for less is on its way. */
const ON_ITS_WAY_MS = 10_000

/** The store: whether it could take a write now. */
export function storeHealth(ping: () => Promise<void>): HealthPart {
  return {
    part: "store",
    now: async () => {
      await ping()
      return { status: "ok", words: "It takes writes.", since: null }
    },
  }
}

/** The record: whether what happens reaches a signed checkpoint. */
export function recordHealth(
  { snapshot }: Pick<Shelf, "snapshot">,
  { clock, patienceMs }: { clock: Clock; patienceMs: number },
): HealthPart {
  return {
    part: "record",
    now: async () => saidOf(await snapshot(recordStanding), { now: clock.now().getTime(), patienceMs }),
  }
}

function saidOf(
  { waitingSince, fault }: RecordStanding,
  { now, patienceMs }: { now: number; patienceMs: number },
): PartHealth {
  if (fault?.kind === "tampered") return { ...TAMPERED, since: fault.since }
  const waited = waitingSince ? now - waitingSince.getTime() : 0
  if (waited > patienceMs) return { ...LATE, since: waitingSince }
  if (fault) return { ...FAILING, since: fault.since }
  return waited > ON_ITS_WAY_MS ? { ...WAITING, since: waitingSince } : { ...KEPT, since: null }
}

const TAMPERED = {
  status: "failing",
  words: "What is published is not what was recorded; publishing has stopped. The operator's log says where.",
} as const
const LATE = { status: "failing", words: "Events wait for the log longer than they may." } as const
const FAILING = {
  status: "degraded",
  words: "Publishing fails, and is tried again. The operator's log says why.",
} as const
const WAITING = { status: "degraded", words: "Events wait for their checkpoint." } as const
const KEPT = { status: "ok", words: "Each event has its checkpoint, or is on its way to one." } as const
