import type { Seen } from "../correlate/correlate.ts"
import type { KnowledgePack } from "../knowledge/knowledge-pack.ts"
import type { SeenFinding, Severity } from "../report.ts"
import { plaintextCredential } from "./plaintext-credential.ts"
import type { Rule } from "./rule.ts"
import { staleConfiguration } from "./stale-configuration.ts"
import { unpinnedMcpServer } from "./unpinned-mcp-server.ts"
import { unrestrictedAutonomy } from "./unrestricted-autonomy.ts"

const RULES: readonly Rule[] = [
  plaintextCredential,
  staleConfiguration,
  unpinnedMcpServer,
  unrestrictedAutonomy,
]
const WORST_FIRST: readonly Severity[] = ["critical", "high", "medium", "low"]

/** Answers the findings of all rules that need only what was seen, the worst first. */
export function runRules(seen: Seen, pack: KnowledgePack): readonly SeenFinding[] {
  const findings = RULES.flatMap((rule) => rule(seen, pack))
  return findings.toSorted((a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity))
}
