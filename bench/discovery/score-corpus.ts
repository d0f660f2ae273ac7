import { randomBytes } from "node:crypto"
import { existsSync } from "node:fs"
import { isAbsolute, join, relative, resolve } from "node:path"
import { Secret, systemClock } from "@tabard/core"
import { type ScanReport, scan } from "@tabard/scan"
import type { Label } from "./labels.ts"
import { NOTHING, type Score, together } from "./score.ts"
import { MEASURES, type Measure, scoreItem } from "./score-item.ts"

/** What was measured on the items of one category. */
export interface CategoryScore {
  readonly category: string
  readonly items: number
  readonly measures: Readonly<Record<Measure, Score>>
}

/** What was measured on a corpus, and what could not be. */
export interface CorpusScore {
  readonly categories: readonly CategoryScore[]
  /** Items whose files are not there. */
  readonly skipped: readonly string[]
}

/** Scans each item whose file lies beneath `root`, alone, and compares what was seen with its label. */
export async function scoreCorpus(
  labels: readonly Label[],
  root: string,
  signal: AbortSignal,
): Promise<CorpusScore> {
  const present = labels.filter(({ path }) => isThere(path, root))
  const scores = new Map<string, CategoryScore>()
  for (const label of present) {
    const measured = scoreItem(label, await scanItem(join(root, label.path), signal))
    for (const category of new Set([label.category, "all"]))
      scores.set(category, added(scores.get(category) ?? emptyOf(category), measured))
  }
  return {
    categories: [...scores.values()],
    skipped: labels.filter((label) => !present.includes(label)).map(({ id }) => id),
  }
}

function isThere(path: string, root: string): boolean {
  const way = relative(resolve(root), resolve(root, path))
  return !way.startsWith("..") && !isAbsolute(way) && existsSync(join(root, path))
}

function scanItem(path: string, signal: AbortSignal): Promise<ScanReport> {
  const silent = { progress: () => {}, observed: () => {}, unreadable: () => {} }
  const fingerprintKey = new Secret(randomBytes(32).toString("hex"))
  return scan({ roots: [path], home: null, os: "linux", fingerprintKey, clock: systemClock }, silent, signal)
}

function emptyOf(category: string): CategoryScore {
  return { category, items: 0, measures: mapMeasures(() => NOTHING) }
}

function added(score: CategoryScore, measured: Readonly<Record<Measure, Score>>): CategoryScore {
  return {
    ...score,
    items: score.items + 1,
    measures: mapMeasures((measure) => together(score.measures[measure], measured[measure])),
  }
}

function mapMeasures(of: (measure: Measure) => Score): Record<Measure, Score> {
  const [byName, byLaunch, agents, secrets, autonomy] = MEASURES
  return {
    [byName]: of(byName),
    [byLaunch]: of(byLaunch),
    [agents]: of(agents),
    [secrets]: of(secrets),
    [autonomy]: of(autonomy),
  }
}
