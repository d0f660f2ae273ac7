import type { Json } from "@tabard/core"
import { isUnder, readPath } from "@tabard/policy"
import type { ArgumentLimit } from "../manifest.ts"

/**
 * Answers the folders that people said of an argument, as far as each path that was seen lies in one of them and they are no wider than
 * what was inferred: the folder around a folder that was listed is a guess, the one that stands is none. Otherwise what was inferred.
 */
export function withinStandingFolders(
  inferred: ArgumentLimit | undefined,
  standing: ArgumentLimit | undefined,
  seen: readonly (Json | undefined)[],
): ArgumentLimit | undefined {
  const folders = foldersOf(standing)
  const paths = seen.map(pathOf).filter((path) => path !== undefined)
  if (folders.length === 0 || paths.length < seen.length) return inferred
  if (!paths.every((path) => folders.some((folder) => isUnder(path, folder)))) return inferred
  const used = folders.filter((folder) => paths.some((path) => isUnder(path, folder)))
  const [around] = foldersOf(inferred)
  const isNarrower = around === undefined || used.every((folder) => isUnder(folder, around))
  const [only = ""] = used
  return isNarrower ? { under: used.length > 1 ? used : only } : inferred
}

function foldersOf(limit: ArgumentLimit | undefined): readonly string[] {
  if (!limit || !("under" in limit)) return []
  const { under } = limit
  const folders = typeof under === "string" ? [under] : under
  return Array.isArray(folders) ? folders.map(String) : []
}

function pathOf(value: Json | undefined): string | undefined {
  if (typeof value !== "string") return undefined
  const read = readPath(value)
  return "path" in read ? read.path : undefined
}
