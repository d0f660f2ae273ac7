import type { JudgedArguments, ToolVersion } from "@tabard/core"
import { keptArguments } from "../observe/kept-arguments.ts"
import type { Attempt } from "./attempt.ts"

/** Paths of one call of which it is kept where they led. */
const MOST_PATHS = 50

/**
 * Answers what is kept of the arguments that a call is judged by, as of a call that is observed, and where its paths led. Nothing
 * is where that would be more than may be kept: half of it would be judged otherwise.
 */
export function judgedArguments(
  tool: Pick<ToolVersion, "roles">,
  { arguments: given, resolvedPaths }: Pick<Attempt, "arguments" | "resolvedPaths">,
): JudgedArguments | undefined {
  const { arguments: kept, withheld } = keptArguments(tool, given)
  if (kept === null || resolvedPaths.size > MOST_PATHS) return undefined
  const resolved = Object.fromEntries(resolvedPaths)
  // Where a path led is kept by the rules for what was given, and so is how it was spelt.
  const places = keptArguments({ roles: {} }, { from: Object.keys(resolved), to: Object.values(resolved) })
  return places.arguments === null || places.withheld.length > 0
    ? undefined
    : { arguments: kept, withheld, resolved }
}
