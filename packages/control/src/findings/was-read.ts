import type { ScanReport } from "@tabard/scan"

/** Places that all users of a machine share: each reading of a home looks there too, beyond its roots. */
const SHARED = /^(?:\/(?:etc|usr|opt|var|Library)|[A-Za-z]:\/Program(?: Files|Data))\//

/**
 * Answers whether a scan that saw the subject itself also read this place of it, so that what it no longer finds there is
 * gone. Evidence that names no file ("default of Cursor") is read with its subject.
 */
export function wasRead(
  { roots, unreadable }: Pick<ScanReport, "roots" | "unreadable">,
  path: string,
): boolean {
  const place = spelled(path)
  if (!isFile(place)) return true
  const visited = SHARED.test(place) || roots.some((root) => isUnder(place, spelled(root)))
  return visited && !unreadable.some((missed) => isUnder(place, spelled(missed.path)))
}

function isFile(place: string): boolean {
  return place.startsWith("/") || /^[A-Za-z]:\//.test(place)
}

function isUnder(place: string, folder: string): boolean {
  return place === folder || place.startsWith(folder.endsWith("/") ? folder : `${folder}/`)
}

/** One spelling for the paths of every system: what is compared is the report's own writing, never a file. */
function spelled(path: string): string {
  const slashes = path.replaceAll("\\", "/")
  return slashes.length > 1 ? slashes.replace(/\/$/, "") : slashes
}
