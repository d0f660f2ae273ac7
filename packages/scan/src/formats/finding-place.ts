import type { ScanReport, SeenFinding } from "../report.ts"

/** A path, told by the root that it was read under. */
export interface RootedPath {
  /** Which of the report's roots; -1 where it is under none. */
  readonly root: number
  /** Below that root, with `/` between its parts; the path itself where it is under none. */
  readonly path: string
}

/** Answers a path by the deepest root above it, so that the same tree checked out elsewhere gives the same answer. */
export function rootedPath(path: string, roots: readonly string[]): RootedPath {
  const above = roots
    .map((root, index) => ({ root: withoutLastSlash(root), index }))
    .filter(({ root }) => path === root || path.startsWith(`${root}/`) || path.startsWith(`${root}\\`))
    .toSorted((a, b) => b.root.length - a.root.length)[0]
  if (!above) return { root: -1, path }
  const below = path.slice(above.root.length + 1)
  return { root: above.index, path: isWindows(path) ? below.replaceAll("\\", "/") : below }
}

/** Answers whether a text that names a place names a file; a client's default, for one, is in none. */
export function isFilePath(place: string): boolean {
  return place.startsWith("/") || isWindows(place)
}

/**
 * Answers, for each finding of a report, its rule, subject and place as one text for each place.
 *
 * Lines are left out, for they move; so is what was made from a secret, for a report is compared with those of other machines.
 */
export function findingPlaces(report: ScanReport): readonly (readonly string[])[] {
  const subjects = subjectsOf(report)
  return report.findings.map((finding) =>
    placesOf(finding, subjects.get(finding.subject) ?? [], report.roots),
  )
}

function placesOf(
  { rule, evidence }: SeenFinding,
  subject: readonly unknown[],
  roots: readonly string[],
): readonly string[] {
  const paths = new Set(evidence.map(({ path }) => path))
  const places = [...paths].map((path) => rootedPath(path, roots))
  return (places.length > 0 ? places : [null]).map((place) => JSON.stringify([rule, subject, place]))
}

/** What a finding can be about, by what it is and never by its key: that of a credential stands for its bytes. */
function subjectsOf(report: ScanReport): ReadonlyMap<string, readonly unknown[]> {
  return new Map<string, readonly unknown[]>([
    ...report.agents.map(
      ({ key, client, framework, name }) => [key, ["agent", client, framework, name]] as const,
    ),
    ...report.mcpServers.map(
      ({ key, name, command, args, url }) => [key, ["mcp-server", name, command, args, url]] as const,
    ),
    ...report.credentials.map(({ key, kind, provider }) => [key, ["credential", kind, provider]] as const),
  ])
}

function withoutLastSlash(path: string): string {
  return path.replace(/[\\/]$/, "")
}

function isWindows(path: string): boolean {
  return /^(?:[A-Za-z]:[\\/]|\\\\)/.test(path)
}
