import type { OverviewView, ScanView } from "@tabard/api"
import { count } from "../../words/count.ts"

/** Something that is wrong; where agents are meant, the list that shows them. */
export interface Concern {
  readonly says: string
  readonly search?: Readonly<Record<string, string>>
  /** What could not be seen is told where the sources are. */
  readonly sources?: true
}

/**
 * Answers what is wrong now, worst first; an empty list is the calm that the page is for. `scans` are the newest scans,
 * the newest first, as far as they are known.
 */
export function concernsOf(overview: OverviewView, scans: readonly ScanView[]): readonly Concern[] {
  const { quarantined, others } = agentConcerns(overview)
  return [...quarantined, ...unseen(overview, scans), ...others]
}

/** Answers the same about a member's own agents: what the sources of the organisation could read is not theirs to know. */
export function concernsOfOwn(overview: OverviewView): readonly Concern[] {
  const { quarantined, others } = agentConcerns(overview)
  return [...quarantined, ...others]
}

function agentConcerns({ agentsByState, plaintextCredentials, orphaned, shadow }: OverviewView): {
  readonly quarantined: readonly Concern[]
  readonly others: readonly Concern[]
} {
  const { quarantined = 0 } = agentsByState
  const stopped = ["agent was", "agents were"] as const
  const others = [
    ...some(plaintextCredentials, ["credential lies", "credentials lie"], "in plain text", {
      plaintext: "yes",
    }),
    ...some(shadow, ["agent is", "agents are"], "shadow: found and then left", { shadow: "yes" }),
    ...some(orphaned, ["agent has", "agents have"], "no owner", { orphaned: "yes" }),
  ]
  return {
    quarantined: some(quarantined, stopped, "quarantined by the system", { state: "quarantined" }),
    others,
  }
}

// What was not looked at is unknown, and unknown is never calm.
function unseen({ scan, lastScan }: OverviewView, scans: readonly ScanView[]): readonly Concern[] {
  if (scan.failed !== null && !scan.running)
    return [{ says: "The last scan failed: what has changed since is unknown", sources: true }]
  if (lastScan === null)
    return [{ says: "No scan has finished yet: which agents run here is not known", sources: true }]
  const unread = some(
    newestOfEach([lastScan, ...scans]).reduce((sum, { unreadable }) => sum + unreadable.length, 0),
    ["place", "places"],
    "could not be read: what is there is unknown",
  )
  return unread.map((concern) => ({ ...concern, sources: true }))
}

/** What one source could not read stays unknown, whatever another one has read since. */
function newestOfEach(scans: readonly ScanView[]): readonly ScanView[] {
  const newest = new Map<string, ScanView>()
  for (const scan of scans) if (!newest.has(scan.reporter)) newest.set(scan.reporter, scan)
  return [...newest.values()]
}

function some(
  many: number,
  [one, more]: readonly [string, string],
  what: string,
  search?: Readonly<Record<string, string>>,
): readonly Concern[] {
  return many > 0 ? [{ says: `${count(many, one, more)} ${what}`, ...(search && { search }) }] : []
}
