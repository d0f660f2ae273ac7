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
 * Answers the rule, subject and places of a finding, one text for each place.
 *
 * Lines are left out, for they move; so is what was made from a secret, for a report is compared with those of other machines.
 */
export function findingPlaces(finding: SeenFinding, report: ScanReport): readonly string[] {
  const subject = subjectOf(finding, report)
  const paths = new Set(finding.evidence.map(({ path }) => path))
  const places = [...paths].map((path) => rootedPath(path, report.roots))
  return (places.length > 0 ? places : [null]).map((place) => JSON.stringify([finding.rule, subject, place]))
}

/** What a finding is about, by what it is and never by its key: that of a credential stands for its bytes. */
function subjectOf({ subject }: SeenFinding, report: ScanReport): readonly unknown[] {
  const agent = report.agents.find(({ key }) => key === subject)
  if (agent) return ["agent", agent.client, agent.framework, agent.name]
  const server = report.mcpServers.find(({ key }) => key === subject)
  if (server) return ["mcp-server", server.name, server.command, server.args, server.url]
  const credential = report.credentials.find(({ key }) => key === subject)
  return credential ? ["credential", credential.kind, credential.provider] : []
}

function withoutLastSlash(path: string): string {
  return path.replace(/[\\/]$/, "")
}

function isWindows(path: string): boolean {
  return /^(?:[A-Za-z]:[\\/]|\\\\)/.test(path)
}
