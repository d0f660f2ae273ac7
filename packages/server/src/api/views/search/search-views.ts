import type { SearchHitView } from "@tabard/api"
import type { Found } from "@tabard/control"
import type { FoundKind, User } from "@tabard/core"
import { approvalHits, decisionHits, eventHits, findingHits, taskHits } from "./act-hits.ts"
import { agentHits, personHits, teamHits } from "./agent-hits.ts"
import type { HitReads, Shown } from "./shown.ts"
import {
  credentialHits,
  reporterHits,
  ruleHits,
  serverHits,
  systemHits,
  toolHits,
  upstreamHits,
} from "./thing-hits.ts"

/** How each kind is shown. A new kind does not compile until it is. */
const SHOWN: Readonly<
  Record<FoundKind, (tx: HitReads, ids: readonly string[]) => Promise<readonly Shown[]>>
> = {
  agent: agentHits,
  approval: approvalHits,
  credential: credentialHits,
  decision: decisionHits,
  event: eventHits,
  finding: findingHits,
  person: personHits,
  reporter: reporterHits,
  rule: ruleHits,
  server: serverHits,
  system: systemHits,
  task: taskHits,
  team: teamHits,
  tool: toolHits,
  upstream: upstreamHits,
}

/** Pages that a member does not have: what would lead there is nothing for them. */
const NOT_FOR_MEMBERS: readonly FoundKind[] = ["credential", "reporter", "server", "system", "team"]

/** Shows what was found with the names of today, kind by kind; what is not there (any more) for who asks is left out. */
export async function searchViews(
  tx: HitReads,
  found: Found,
  { role }: Pick<User, "role">,
): Promise<readonly SearchHitView[]> {
  const hits: SearchHitView[] = []
  for (const [kind, ids] of found) {
    if (role === "member" && NOT_FOR_MEMBERS.includes(kind)) continue
    const shown = new Map((await SHOWN[kind](tx, ids)).map((one) => [one.id, one]))
    for (const id of ids) {
      const one = shown.get(id)
      if (one) hits.push({ at: null, context: "", ...one, kind })
    }
  }
  return hits
}
