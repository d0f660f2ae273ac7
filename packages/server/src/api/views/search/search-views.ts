import type { SearchHitView } from "@tabard/api"
import type { Found } from "@tabard/control"
import type { FoundKind } from "@tabard/core"
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

/** Shows what was found with the names of today, kind by kind; what is not there (any more) for who asks is left out. */
export async function searchViews(tx: HitReads, found: Found): Promise<readonly SearchHitView[]> {
  const hits: SearchHitView[] = []
  for (const [kind, ids] of found) {
    const shown = new Map((await SHOWN[kind](tx, ids)).map((one) => [one.id, one]))
    for (const id of ids) {
      const one = shown.get(id)
      if (one) hits.push({ at: null, context: "", ...one, kind })
    }
  }
  return hits
}
