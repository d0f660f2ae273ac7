import type { Shelf } from "@tabard/control"
import type { Clock } from "@tabard/core"
import type { HealthPart } from "./health-part.ts"

/** For how long a dispute is shown: whoever looks after the installation comes by within a day. */
const SHOWN_MS = 24 * 60 * 60_000

/** Decisions: whether the two judges of an installation with an oracle differed lately, in whichever process. */
export function decisionHealth({ snapshot }: Pick<Shelf, "snapshot">, clock: Clock): HealthPart {
  return {
    part: "decisions",
    now: async () => {
      const from = new Date(clock.now().getTime() - SHOWN_MS)
      const [dispute] = await snapshot(({ outbox }) => outbox.list({ type: "call.disputed", from, limit: 1 }))
      return dispute ? { ...DISPUTED, since: dispute.at } : { ...AGREED, since: null }
    },
  }
}

const DISPUTED = {
  status: "failing",
  words:
    "The evaluator and Cedar itself differ about a call, or about what an application was asked, which was denied. One of them is wrong: the record says about what, under call.disputed; report it.",
} as const
const AGREED = { status: "ok", words: "Nothing that was decided is in dispute." } as const
