import type { FindingRule } from "@tabard/core"
import { dayOf, hasLasted, inventorySays } from "./inventory-agent.ts"

/** What is known of a place that things are seen from. */
export interface InventorySource {
  readonly now: Date
  readonly source: string
  /** When its last finished scan was; where none ever finished, when it was enrolled. */
  readonly lastFinished: Date
  /** Whether it was an enrolled reporter that is one no more. */
  readonly revoked: boolean
  /** The last report of it that was not taken. */
  readonly refusal: { readonly at: Date; readonly why: string } | null
}

/** After how long without a finished scan a source counts as not read. */
const UNREAD_DAYS = 7

/** A source of which nothing was heard lately: what is there now, nobody knows. */
export const sourceNotRead: FindingRule<InventorySource> = {
  id: "source-not-read",
  severity: "medium",
  title: "Discovery source not read lately",
  remediation: "See why its scans no longer arrive; revoke the reporter if the machine is gone.",
  controls: ["SP800-53r5:CM-8(3)", "NIST-CSF-2.0:ID.AM-01", "CIS-v8.1:1.1"],
  judge({ source, lastFinished, revoked, refusal, now }) {
    if (revoked) return []
    const last = inventorySays(`no scan finished after ${lastFinished.toISOString()}`)
    if (hasLasted(lastFinished, UNREAD_DAYS, now))
      return [
        {
          subject: source,
          message: `No scan of this source has finished since ${dayOf(lastFinished)}.`,
          evidence: [last],
        },
      ]
    if (refusal === null || refusal.at <= lastFinished) return []
    const why = inventorySays(`refused: ${refusal.why}`)
    return [{ subject: source, message: "Its last report was refused.", evidence: [last, why] }]
  },
}
