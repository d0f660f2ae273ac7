import { type Id, isId } from "@tabard/core"
import type { RecordContext } from "../audit/event.ts"
import type { Snapshot, Transact } from "../transaction.ts"
import type { FindingKey } from "./finding-store.ts"
import { concernedBy, INVENTORY, type InventoryReads, judgeSources } from "./judge-inventory.ts"
import { changeSince, rejudge } from "./refresh-findings.ts"
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
  const concerned = await deps.snapshot((tx) =>
    concernedBy(
      tx,
      agents.map(({ id }) => id),
    ),
  )
  const left = words.map(({ subject }) => subject).filter((subject) => isId("credential", subject))
  await sweep(deps, [...new Set([...concerned, ...left])])
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

async function sweep(deps: SweepDeps, subjects: readonly string[]): Promise<void> {
  const { says, takesBack, again } = await deps.snapshot((tx) => changeSince(deps, tx, subjects))
  const changed = [...new Set([...says, ...takesBack].map(({ subject }) => subject))]
  if (changed.length > 0) await deps.transact((tx) => rejudge(deps, tx, changed))
  await noteSight(deps, again)
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
