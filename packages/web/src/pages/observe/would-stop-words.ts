import type { EnforcingPreviewView } from "@tabard/api"
import { count, listed } from "../../words/count.ts"

type Counts = Pick<EnforcingPreviewView, "asked" | "calls" | "denied" | "permitted" | "unjudged">

/** Says on a button what enforcing does to calls like those that were observed; empty where it is known to stop none. */
export function wouldStopWords({ denied, asked }: Counts): string {
  const parts = [
    ...(denied > 0 ? [`deny ${count(denied, "call")}`] : []),
    ...(asked > 0 ? [`ask about ${denied > 0 ? asked : count(asked, "call")}`] : []),
  ]
  return listed(parts)
}

/** Says in a sentence what enforcing would make of what was observed, and of how much that is not known. */
export function wouldBeSentence({ calls, permitted, asked, denied, unjudged }: Counts): string {
  const judged = calls - unjudged
  const parts = [
    `${permitted} would be permitted`,
    ...(asked > 0 ? [`${asked} asked about`] : []),
    ...(denied > 0 ? [`${denied} denied`] : []),
  ]
  const known =
    judged === 0
      ? "None of them can be judged again."
      : asked + denied === 0
        ? `Enforcing would stop none of ${count(judged, "call")}.`
        : `Of ${count(judged, "call")} ${listed(parts)}.`
  const not = `Too little is kept of ${count(unjudged, "call")} to judge ${unjudged === 1 ? "it" : "them"} again.`
  return unjudged > 0 ? `${known} ${not}` : known
}
