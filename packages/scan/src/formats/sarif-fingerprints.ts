import { createHash } from "node:crypto"
import type { ScanReport } from "../report.ts"
import { findingPlaces } from "./finding-place.ts"

/** Answers a fingerprint for each finding that is the same wherever the tree is checked out and whichever line it moved to. */
export function findingFingerprints(report: ScanReport): readonly string[] {
  const seen = new Map<string, number>()
  return findingPlaces(report).map((places) => {
    const place = places.join("\n")
    const before = seen.get(place) ?? 0
    seen.set(place, before + 1)
    // Two credentials of one kind in one file differ only by their order, and must not be taken for one result.
    return createHash("sha256").update(`${place}\n${before}`).digest("hex").slice(0, 32)
  })
}
