import { isJsonObject } from "@tabard/core"
import type { ScanRecord } from "../registry/observation-store.ts"

/** What decides whether a scan read a place: where it began, what it could not read, and what it knew to look for. */
export type Reading = Pick<ScanRecord, "roots" | "unreadable" | "coverage">

/** Answers whether a scan read all that an earlier one had read at these places, so that what it did not see is gone. */
export type WasRead = (places: readonly string[], then: Reading) => boolean

/**
 * Looks at a scan as at what it can vouch for. A place counts as read where it lies under one of the scan's roots and
 * under every root through which the earlier scan came to it (a home directory is not walked as other roots are), where
 * neither it, nor a folder around it, nor anything in it was unreadable, and where the scan knew at least as many clients.
 */
export function placesRead(now: Reading): WasRead {
  const roots = new Set(now.roots.map(plain))
  const unread = new Set(now.unreadable.map(({ path }) => plain(path)))
  const holdsUnread = new Set([...unread].flatMap(foldersAround))
  const isRead = (path: string, then: readonly string[]): boolean => {
    const through = then.filter((root) => isUnder(path, root))
    return (
      through.length > 0 &&
      through.every((root) => roots.has(root)) &&
      !holdsUnread.has(path) &&
      ![path, ...foldersAround(path)].some((folder) => unread.has(folder))
    )
  }
  return (places, then) => {
    const rootsThen = then.roots.map(plain)
    return (
      places.length > 0 &&
      knowledgeDate(then) <= knowledgeDate(now) &&
      places.every((place) => isRead(plain(place), rootsThen))
    )
  }
}

/** One spelling for both kinds of separator, without one at the end. */
function plain(path: string): string {
  return path.replaceAll("\\", "/").replace(/\/+$/, "")
}

function isUnder(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`)
}

function foldersAround(path: string): readonly string[] {
  const folders: string[] = []
  for (let end = path.lastIndexOf("/"); end >= 0; end = path.lastIndexOf("/", end - 1)) {
    folders.push(path.slice(0, end))
    if (end === 0) break
  }
  return folders
}

/** A scan that knows fewer clients does not look for the others; dates of the knowledge compare as text. */
function knowledgeDate({ coverage }: Reading): string {
  const { knowledge } = coverage
  const date = isJsonObject(knowledge) ? knowledge["date"] : undefined
  return typeof date === "string" ? date : ""
}
