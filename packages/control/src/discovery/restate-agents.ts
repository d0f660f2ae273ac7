import { type Fact, writeLossless } from "@tabard/core"
import type { Observation } from "../registry/observation-store.ts"
import type { Transaction } from "../transaction.ts"
import { observedFacts, STATED_NAMES } from "./observed-facts.ts"

/**
 * Brings what was observed of agents to what their sightings say now. Of several sightings by one reporter, one speaks:
 * the first that is still there. A statement that stays the same is left as it was.
 */
export async function restateAgents(
  tx: Pick<Transaction, "facts" | "observations">,
  subjects: readonly string[],
): Promise<void> {
  const seen = Map.groupBy(await tx.observations.of(subjects), ({ subject }) => subject)
  const kept = Map.groupBy(await tx.facts.of(subjects), ({ subject }) => subject)
  const put: Fact[] = []
  const stale: string[] = []
  for (const subject of subjects) {
    const now = speakers(seen.get(subject) ?? []).flatMap(observedFacts)
    const before = (kept.get(subject) ?? []).filter(isFromSight)
    if (isAnyStale(before, now)) {
      stale.push(subject)
      put.push(...now)
    } else put.push(...now.filter((fact) => !before.some((other) => isSame(fact, other))))
  }
  await tx.facts.forgetObserved(stale, STATED_NAMES)
  await tx.facts.putAll(put)
}

/** One sighting for each reporter: two of them would contradict each other under one source. */
function speakers(sightings: readonly Observation[]): readonly Observation[] {
  return [...Map.groupBy(sightings, ({ reporter }) => reporter).values()].flatMap((own) => {
    const [first] = own.toSorted(
      (a, b) =>
        Number(a.vanishedAt !== null) - Number(b.vanishedAt !== null) ||
        a.firstSeen.getTime() - b.firstSeen.getTime() ||
        (a.key < b.key ? -1 : 1),
    )
    return first ?? []
  })
}

function isFromSight({ kind, name }: Fact): boolean {
  return kind === "observed" && STATED_NAMES.includes(name)
}

function isAnyStale(before: readonly Fact[], now: readonly Fact[]): boolean {
  const sources = new Set(now.map(({ source }) => source))
  return before.some(({ source }) => !sources.has(source))
}

function isSame(a: Fact, b: Fact): boolean {
  return a.name === b.name && a.source === b.source && writeLossless(a.value) === writeLossless(b.value)
}
