import { runFindingRules } from "@tabard/core"
import type { SeenFinding } from "../report.ts"
import type { Sight } from "./rule.ts"
import { SCAN_RULES } from "./scan-rules.ts"

/** Answers the findings of all rules that need only what was seen, the worst first. */
export function runRules(sight: Sight): readonly SeenFinding[] {
  return runFindingRules(SCAN_RULES, sight)
}
