import type { Seen } from "../correlate/correlate.ts"
import type { KnowledgePack } from "../knowledge/knowledge-pack.ts"
import type { SeenFinding } from "../report.ts"

/** Answers what is to be put right in what was seen. Pure: the same sight gives the same findings. */
export type Rule = (seen: Seen, pack: KnowledgePack) => readonly SeenFinding[]
