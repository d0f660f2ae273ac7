import type { Location, ScanReport, SeenFinding } from "../report.ts"
import { isFilePath, rootedPath } from "./finding-place.ts"

/** A place as SARIF says it. */
export interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string }
    readonly region?: { readonly startLine: number; readonly startColumn?: number }
  }
}

/** A place in a file, with its column where that is known. */
export interface PlacedAt extends Location {
  readonly column?: number | undefined
}

/** Answers the places of a finding: its evidence, or where its subject was seen when the evidence is in no file. */
export function reportedPlaces(finding: SeenFinding, report: ScanReport): readonly Location[] {
  const evidence = finding.evidence.filter(({ path }) => isFilePath(path))
  const places = evidence.length > 0 ? evidence : subjectPlaces(finding, report)
  return [...new Map(places.map((place) => [`${place.path}\n${place.line}`, place])).values()]
}

/** Answers the address of each root, by the name that places refer to it. */
export function uriBases(roots: readonly string[]): Readonly<Record<string, { readonly uri: string }>> {
  return Object.fromEntries(
    roots.map((root, at) => [baseName(at), { uri: `${fileUri(root).replace(/\/$/, "")}/` }]),
  )
}

/** Answers a place below its root, or none where it names no file. */
export function physicalLocation(
  { path, line, column }: PlacedAt,
  roots: readonly string[],
): readonly SarifLocation[] {
  if (!isFilePath(path)) return []
  const rooted = rootedPath(path, roots)
  const artifactLocation =
    rooted.root < 0
      ? { uri: fileUri(path) }
      : { uri: encoded(rooted.path) || ".", uriBaseId: baseName(rooted.root) }
  const region = line === null ? {} : { region: { startLine: line, ...(column && { startColumn: column }) } }
  return [{ physicalLocation: { artifactLocation, ...region } }]
}

function subjectPlaces({ subject }: SeenFinding, report: ScanReport): readonly Location[] {
  const isSubject = ({ key }: { readonly key: string }): boolean => key === subject
  const thing =
    report.agents.find(isSubject) ?? report.mcpServers.find(isSubject) ?? report.credentials.find(isSubject)
  return thing?.locations ?? []
}

function baseName(root: number): string {
  return `ROOT${root + 1}`
}

function fileUri(path: string): string {
  const slashed = path.startsWith("/") ? path : `/${path.replaceAll("\\", "/").replace(/^\/+/, "")}`
  return `file://${encoded(slashed)}`
}

/** A file's name may hold anything, and an address may not. */
function encoded(path: string): string {
  return path.toWellFormed().split("/").map(encodeURIComponent).join("/")
}
