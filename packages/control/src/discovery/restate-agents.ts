import { AUTONOMY_LEVELS, type AutonomyLevel, type Fact, isJsonObject, writeLossless } from "@tabard/core"
import { freest } from "@tabard/scan"
import type { Observation } from "../registry/observation-store.ts"
import type { Transaction } from "../transaction.ts"
import { AUTONOMY_NAMES, observedFacts, STATED_NAMES } from "./observed-facts.ts"

/**
 * Brings what was observed of agents to what their sightings say now. Of several sightings by one reporter, one speaks:
 * the first that is still there; of how freely the agent acts, the freest of all that are still there. A statement that
 * stays the same is left as it was.
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
    const now = statedBy(seen.get(subject) ?? [])
    const before = (kept.get(subject) ?? []).filter(isFromSight)
    if (isAnyStale(before, now)) {
      stale.push(subject)
      put.push(...now)
    } else put.push(...now.filter((fact) => !before.some((other) => isSame(fact, other))))
  }
  await tx.facts.forgetObserved(stale, STATED_NAMES)
  await tx.facts.putAll(put)
}

/**
 * What each reporter states: two of its sightings would contradict each other under one source. How freely the agent acts
 * one of all sightings states, since of several the newest word would hold, whatever it says.
 */
function statedBy(sightings: readonly Observation[]): readonly Fact[] {
  const inOrder = sightings.toSorted(firstThatIsThere)
  const [first, ...others] = inOrder
  if (!first) return []
  const speakers = Map.groupBy(inOrder, ({ reporter }) => reporter).values()
  return [
    ...[...speakers].flatMap(([one]) =>
      one ? observedFacts(one).filter((fact) => !isOfAutonomy(fact)) : [],
    ),
    ...observedFacts(freestOf([first, ...others])).filter(isOfAutonomy),
  ]
}

function isOfAutonomy({ name }: Fact): boolean {
  return AUTONOMY_NAMES.includes(name)
}

function firstThatIsThere(a: Observation, b: Observation): number {
  return (
    Number(a.vanishedAt !== null) - Number(b.vanishedAt !== null) ||
    a.firstSeen.getTime() - b.firstSeen.getTime() ||
    (a.key < b.key ? -1 : 1)
  )
}

/** Joining two agents must not make either look tighter than it is. */
function freestOf(sightings: readonly [Observation, ...Observation[]]): Observation {
  const [first] = sightings
  const there = sightings.filter(({ vanishedAt }) => (vanishedAt === null) === (first.vanishedAt === null))
  const level = freest(there.map(levelIn))
  return there.find((one) => levelIn(one) === level) ?? first
}

function levelIn({ body }: Observation): AutonomyLevel {
  const autonomy = body["autonomy"]
  const level = isJsonObject(autonomy) ? autonomy["level"] : undefined
  return AUTONOMY_LEVELS.find((known) => known === level) ?? "not_stated"
}

function isFromSight({ kind, name }: Fact): boolean {
  return kind === "observed" && STATED_NAMES.includes(name)
}

function isAnyStale(before: readonly Fact[], now: readonly Fact[]): boolean {
  const stated = new Set(now.map(spelling))
  return before.some((fact) => !stated.has(spelling(fact)))
}

function spelling({ name, source }: Fact): string {
  return `${name} ${source}`
}

function isSame(a: Fact, b: Fact): boolean {
  return a.name === b.name && a.source === b.source && writeLossless(a.value) === writeLossless(b.value)
}
