import { isId } from "@tabard/core"
import type { AuditEvent } from "../audit/event/audit-event.ts"
import { recordEvents } from "../audit/event/record-event.ts"
import { reassessAgents } from "../findings/reassess-agents.ts"
import type { Observation, ObservedKind } from "../registry/observation-store.ts"
import type { Transact } from "../transaction.ts"
import { placesRead, type Reading, type WasRead } from "./places-read.ts"
import { AGENTS_AT_ONCE, PORTION } from "./portions.ts"
import { restateAgents } from "./restate-agents.ts"
import type { ScanStores, Sight } from "./sight.ts"

const KINDS: readonly ObservedKind[] = ["agent", "server", "credential"]

/**
 * Marks what this reporter saw before and does not see now, wherever the scan read its place to the end; answers how many
 * sightings it marked. What other reporters see is not touched, and a thing is gone only when nobody sees it any more.
 */
export async function markVanished(
  transact: Transact<keyof ScanStores>,
  sight: Sight,
  reading: Reading,
): Promise<number> {
  const wasRead = placesRead(reading)
  let marked = 0
  for (const kind of KINDS) {
    let after: string | null = ""
    while (after !== null) {
      const from: string = after
      const page = await transact((tx) => markPage(tx, sight, { kind, after: from }, wasRead))
      marked += page.marked
      after = page.last
    }
  }
  return marked
}

/** What one unit of work has marked, and the key behind which to go on; null at the end. */
interface Page {
  readonly marked: number
  readonly last: string | null
}

async function markPage(
  tx: ScanStores,
  sight: Sight,
  { kind, after }: { readonly kind: ObservedKind; readonly after: string },
  wasRead: WasRead,
): Promise<Page> {
  const which = { reporter: sight.by.name, kind, before: sight.at }
  const limit = kind === "agent" ? AGENTS_AT_ONCE : PORTION
  const unseen = await tx.observations.unseen({ ...which, after, limit })
  const scans = new Map(
    (await tx.observations.findScans([...new Set(unseen.map(({ scan }) => scan))])).map((scan) => [
      scan.id,
      scan,
    ]),
  )
  const gone = unseen.filter((one) => {
    const then = scans.get(one.scan)
    return then !== undefined && wasRead(placesOf(one), then)
  })
  const marked = new Set(
    await tx.observations.vanish(
      which,
      gone.map(({ key }) => key),
    ),
  )
  await follow(
    tx,
    sight,
    kind,
    gone.filter(({ key }) => marked.has(key)),
  )
  return { marked: marked.size, last: unseen.length < limit ? null : (unseen.at(-1)?.key ?? null) }
}

/** What follows for the inventory: where somebody else still sees an agent, their word alone counts from now on. */
async function follow(
  tx: ScanStores,
  sight: Sight,
  kind: ObservedKind,
  marked: readonly Observation[],
): Promise<void> {
  const subjects = [...new Set(marked.map(({ subject }) => subject))]
  const vanished = await tx.observations.vanished(subjects)
  const left = subjects.filter((subject) => !vanished.has(subject)).filter((id) => isId("agent", id))
  await tx.observations.relink(left)
  await restateAgents(tx, left)
  await reassessAgents(
    sight,
    tx,
    subjects.filter((id) => isId("agent", id)),
  )
  await recordEvents(
    sight,
    tx.outbox,
    [...vanished.keys()].flatMap((subject) => told(sight, kind, subject)),
  )
}

function told({ by }: Sight, kind: ObservedKind, subject: string): readonly AuditEvent[] {
  const actor = { kind: "system", id: by.name } as const
  if (isId("agent", subject)) return [{ type: "agent.vanished", actor, agent: subject }]
  return kind === "credential" ? [{ type: "credential.vanished", actor, resource: subject }] : []
}

function placesOf({ body }: Observation): readonly string[] {
  const locations = body["locations"]
  return Array.isArray(locations) ? locations.flatMap(pathOf) : []
}

function pathOf(location: unknown): readonly string[] {
  const path = typeof location === "object" && location !== null && "path" in location ? location.path : null
  return typeof path === "string" ? [path] : []
}
