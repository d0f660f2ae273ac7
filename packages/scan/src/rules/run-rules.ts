import { runFindingRules } from "@tabard/core"
import type { Seen } from "../correlate/correlate.ts"
import type { KnowledgePack } from "../knowledge/knowledge-pack.ts"
import type { SeenFinding } from "../report.ts"
import { SCAN_RULES } from "./scan-rules.ts"

/** Answers the findings of all rules that need only what was seen, the worst first. */
export function runRules(seen: Seen, pack: KnowledgePack): readonly SeenFinding[] {
  return runFindingRules(SCAN_RULES, { ...seen, pack })
}
