import { type Agent, type Id, isId } from "@tabard/core"
import type { RecordContext } from "../audit/event.ts"
import { knownAgents } from "../risk/known-agent.ts"
import type { Snapshot, Transact } from "../transaction.ts"
import type { FindingKey } from "./finding-store.ts"
import { INVENTORY, type InventoryReads, judgeSources } from "./judge-inventory.ts"
import { changeSince, refreshCredentials, refreshFindings } from "./refresh-findings.ts"
import { DAY_MS, isEnded } from "./rules/inventory-agent.ts"
import { changeOf, sayFindings } from "./say-findings.ts"
import { keyOf, settleFindings } from "./settle-findings.ts"

export interface SweepDeps extends RecordContext {
  readonly snapshot: Snapshot<keyof InventoryReads>
  readonly transact: Transact<keyof InventoryReads>
}

/** How far a sweep has come: what the next round goes on behind. */
export interface SweepPlace {
  readonly agent?: Id<"agent"> | undefined
  readonly word?: FindingKey | undefined
  readonly source: string
}

/** Where a sweep begins, and begins again after its end. */
export const SWEEP_START: SweepPlace = { source: "" }

/** How many agents, words and sources one round looks at: its cost is the same for ten agents and ten thousand. */
const PAGE = 200

/**
 * Judges a page of the inventory anew, for what becomes true by time alone, and answers where the next round goes on. It
 * reads a snapshot, and writes only where something changed.
 */
export async function sweepFindings(deps: SweepDeps, place: SweepPlace): Promise<SweepPlace> {
  const agents = await deps.snapshot((tx) =>
    tx.agents.list({ limit: PAGE, ...(place.agent && { after: place.agent }) }),
  )
  const words = await deps.snapshot(({ findings }) => findings.saidBy(INVENTORY, place.word, PAGE))
  await sweep(
    deps,
    agents,
    words.map(({ subject }) => subject),
  )
  await silence(
    deps,
    agents.filter(isEnded).map(({ id }) => id),
  )
  const [agent, word] = [lastOf(agents), lastOf(words)]
  return { ...(agent && { agent: agent.id }), ...(word && { word }), source: await sweepSources(deps, place) }
}

/** A page that is not full is the last one. */
function lastOf<Thing>(page: readonly Thing[]): Thing | undefined {
  return page.length === PAGE ? page.at(-1) : undefined
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
  const loud = kept.filter(({ standing }) => standing.kind !== "resolved").map(({ subject }) => subject)
  if (loud.length > 0) await deps.transact((tx) => settleFindings(deps, tx, loud))
}

async function sweepSources(deps: SweepDeps, { source: after }: SweepPlace): Promise<string> {
  const sources = await deps.snapshot(({ findings }) => findings.sources(after, PAGE))
  const names = sources.map(({ source }) => source)
  const now = judgeSources(sources, deps.clock.now())
  const before = await deps.snapshot(({ findings }) => findings.saidOf(INVENTORY, names))
  const change = changeOf(before, now)
  if (change.says.length + change.takesBack.length > 0)
    await deps.transact((tx) => sayFindings(deps, tx, INVENTORY, change))
  return lastOf(sources)?.source ?? ""
}
