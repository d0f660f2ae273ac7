import type { PinnedTool } from "@tabard/policy"
import { FaultFinder } from "../fault-finder.ts"
import { type ManifestSource, usesOf } from "../uses.ts"

/** Answers the reviewed tools that a manifest allows; an entry that names none any more allows none. */
export function allowedTools(source: ManifestSource): readonly PinnedTool[] {
  return [...new Set(usesOf(source, new FaultFinder()).map(({ tool }) => tool))]
}
