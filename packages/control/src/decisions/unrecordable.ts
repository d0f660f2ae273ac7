import { Problem, type ToolVersion } from "@tabard/core"
import type { RecordGate } from "../audit/log/record-watch.ts"

/** What is consequential is not done while it could not be shown afterwards. */
export function unrecordable(
  stop: Awaited<ReturnType<RecordGate["stop"]>>,
  tool: ToolVersion,
): Problem | undefined {
  if (!stop || !(stop.all || isConsequential(tool))) return undefined
  return new Problem("record_unavailable", stop.words)
}

/** Whatever may do more than read. */
function isConsequential({ effects }: ToolVersion): boolean {
  return effects.length === 0 || effects.some((effect) => effect !== "read")
}
