import { stat } from "node:fs/promises"
import { Problem } from "@tabard/core"

/**
 * Refuses places to scan that are not there: a misspelt one would be an inventory without agents, and look like good
 * news. One that may not be read is left to the scan, which says so for each.
 *
 * @throws {Problem} body_invalid
 */
export async function assertPlacesAreThere(places: readonly string[]): Promise<void> {
  const there = await Promise.all(places.map(isThere))
  const missing = places.filter((_, index) => !there[index])
  if (missing.length === 0) return
  throw new Problem(
    "body_invalid",
    `there is no ${missing.join(", and no ")}: give --scan places that are there, or --no-scan`,
  )
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined
    return code !== "ENOENT" && code !== "ENOTDIR"
  }
}
