import { type Agent, type Id, isId } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { knownAgents } from "../risk/known-agent.ts"
import type { Snapshot, Transact } from "../transaction.ts"
import type { DiscoverySource, FindingKey } from "./finding-store.ts"
import { INVENTORY, type InventoryReads, judgeSources } from "./judge-inventory.ts"
import { changeSince, refreshCredentials, refreshFindings } from "./refresh-findings.ts"
import { DAY_MS, isEnded } from "./rules/inventory-agent.ts"
import { RETIRED_STILL_THERE } from "./rules/retired-still-there.ts"
import { changeOf, sayFindings } from "./say-findings.ts"
import { keyOf, settleFindings } from "./settle-findings.ts"

export interface SweepDeps extends RecordContext {
  readonly snapshot: Snapshot<keyof InventoryReads>
  readonly transact: Transact<keyof InventoryReads>
}

/** Behind what the next page of a list begins, null being its start; null in its stead once there is no more. */
type Behind<Key> = { readonly key: Key | null } | null

/** How far a sweep has come through agents, what the inventory says, and sources: what the next round goes on behind. */
export interface SweepPlace {
  readonly agents: Behind<Id<"agent">>
  readonly words: Behind<FindingKey>
  readonly sources: Behind<string>
}

/** Where a sweep begins. */
export const SWEEP_START: SweepPlace = { agents: { key: null }, words: { key: null }, sources: { key: null } }

/** Answers whether a sweep has come to its end: the next round begins it again. */
export function isSwept({ agents, words, sources }: SweepPlace): boolean {
  return agents === null && words === null && sources === null
}

/** How many agents, words and sources one round looks at: its cost is the same for ten agents and ten thousand. */
const PAGE = 50

/**
 * Judges a page of the inventory anew, for what becomes true by time alone, and answers where the next round goes on. It
 * reads a snapshot, and writes only where something changed.
 */
export async function sweepFindings(deps: SweepDeps, last: SweepPlace): Promise<SweepPlace> {
  const place = isSwept(last) ? SWEEP_START : last
  const agents = await pageOf(place.agents, (after) =>
    deps.snapshot((tx) => tx.agents.list({ limit: PAGE, ...(after && { after }) })),
  )
  const words = await pageOf(place.words, (after) =>
    deps.snapshot(({ findings }) => findings.saidBy(INVENTORY, after ?? undefined, PAGE)),
  )
  const sources = await pageOf(place.sources, (after) =>
    deps.snapshot(({ findings }) => findings.sources(after ?? "", PAGE)),
  )
  await sweep(
    deps,
    agents,
    words.map(({ subject }) => subject),
  )
  await silence(
    deps,
    agents.filter(isEnded).map(({ id }) => id),
  )
  await sweepSources(deps, sources)
  return {
    agents: behind(agents, ({ id }) => id),
    words: behind(words, (word) => word),
    sources: behind(sources, ({ source }) => source),
  }
}

async function pageOf<Key, Thing>(
  place: Behind<Key>,
  ask: (after: Key | null) => Promise<readonly Thing[]>,
): Promise<readonly Thing[]> {
  return place === null ? [] : ask(place.key)
}

/** A page that is not full is the last one. */
function behind<Thing, Key>(page: readonly Thing[], keyIn: (thing: Thing) => Key): Behind<Key> {
  const last = page.length === PAGE ? page.at(-1) : undefined
  return last === undefined ? null : { key: keyIn(last) }
}

/** Credentials that were spoken of are looked at again also where no agent holds them any more. */
async function sweep(deps: SweepDeps, agents: readonly Agent[], spokenOf: readonly string[]): Promise<void> {
  const { says, takesBack, again } = await deps.snapshot(async (tx) => {
    const credentials = await tx.observations.findCredentials(spokenOf.filter(isCredential))
    return changeSince(deps, tx, { known: await knownAgents(tx, agents), credentials })
  })
  const changed = [...new Set([...says, ...takesBack].map(({ subject }) => subject))]
  const [moved, keys] = [changed.filter(isAgent), changed.filter(isCredential)]
  if (moved.length > 0) await deps.transact((tx) => refreshFindings(deps, tx, moved))
  if (keys.length > 0) await deps.transact((tx) => refreshCredentials(deps, tx, keys))
  await noteSight(deps, again)
}

function isAgent(subject: string): subject is Id<"agent"> {
  return isId("agent", subject)
}

function isCredential(subject: string): subject is Id<"credential"> {
  return isId("credential", subject)
}

/** Once a day is often enough to say that something still is so. */
async function noteSight(deps: SweepDeps, again: readonly FindingKey[]): Promise<void> {
  const now = deps.clock.now()
  const yesterday = new Date(now.getTime() - DAY_MS)
  const kept = await deps.snapshot(({ findings }) => findings.of(again.map(({ subject }) => subject)))
  const due = kept.filter(
    ({ standing, lastSeenAt }) => standing.kind !== "resolved" && lastSeenAt < yesterday,
  )
  const spokenOf = new Set(again.map(keyOf))
  const keys = due.filter((finding) => spokenOf.has(keyOf(finding)))
  if (keys.length > 0) await deps.transact(({ findings }) => findings.touch(keys, now))
}

/** What is no agent, or none any more, has nothing to put right, whatever a scan says of it. */
async function silence(deps: SweepDeps, ended: readonly Id<"agent">[]): Promise<void> {
  const kept = await deps.snapshot(({ findings }) => findings.of(ended))
  const loud = kept
    .filter(({ standing, rule }) => standing.kind !== "resolved" && rule !== RETIRED_STILL_THERE)
    .map(({ subject }) => subject)
  if (loud.length > 0) await deps.transact((tx) => settleFindings(deps, tx, loud))
}

async function sweepSources(deps: SweepDeps, sources: readonly DiscoverySource[]): Promise<void> {
  const names = sources.map(({ source }) => source)
  const before = await deps.snapshot(({ findings }) => findings.saidOf(INVENTORY, names))
  const change = changeOf(before, judgeSources(sources, deps.clock.now()))
  if (change.says.length + change.takesBack.length > 0)
    await deps.transact((tx) => sayFindings(deps, tx, INVENTORY, change))
}
