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

/** Scans each item whose files lie beneath `root`, alone, and compares what was seen with its label. */
export async function scoreCorpus(
  labels: readonly Label[],
  root: string,
  signal: AbortSignal,
): Promise<CorpusScore> {
  const present = labels.filter(({ files }) => files.every((path) => isThere(path, root)))
  const scores = new Map<string, CategoryScore>()
  for (const label of present) {
    const roots = rootsOf(label, labels).map((path) => join(root, path))
    const measured = scoreItem(label, await scanItem(roots, signal))
    for (const category of new Set([label.category, "all"]))
      scores.set(category, added(scores.get(category) ?? emptyOf(category), measured))
  }
  return {
    categories: [...scores.values()],
    skipped: labels.filter((label) => !present.includes(label)).map(({ id }) => id),
  }
}

/**
 * An item is read as the repository it comes from would be: by its folder, in which paths are what they were there. Where
 * other items lie in that folder, or it is not told, by its files.
 */
function rootsOf({ id, files, folder }: Label, labels: readonly Label[]): readonly string[] {
  const isShared = labels.some((other) => other.id !== id && other.path.startsWith(`${folder}/`))
  const holdsAll = files.every((path) => path.startsWith(`${folder}/`))
  return folder === null || isShared || !holdsAll ? files : [folder]
}

function isThere(path: string, root: string): boolean {
  const way = relative(resolve(root), resolve(root, path))
  return !way.startsWith("..") && !isAbsolute(way) && existsSync(join(root, path))
}

function scanItem(roots: readonly string[], signal: AbortSignal): Promise<ScanReport> {
  const silent = { progress: () => {}, observed: () => {}, unreadable: () => {} }
  const fingerprintKey = new Secret(randomBytes(32).toString("hex"))
  return scan({ roots, home: null, os: "linux", fingerprintKey, clock: systemClock }, silent, signal)
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
