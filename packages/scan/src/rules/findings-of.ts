import type { Seen } from "../correlate/correlate.ts"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import type { SeenFinding } from "../report.ts"
import { runRules } from "./run-rules.ts"

/** Answers what our rules say about what somebody else saw: their own findings need not be believed. */
export function findingsOf(seen: Seen): readonly SeenFinding[] {
  return runRules({ ...seen, pack: loadKnowledge(), home: null })
}
