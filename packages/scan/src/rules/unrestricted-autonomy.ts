import type { AutonomyLevel } from "@tabard/core"
import type { SeenAgent, SeenFinding } from "../report.ts"
import type { Rule } from "./rule.ts"

const UNRESTRICTED: ReadonlySet<AutonomyLevel> = new Set(["unrestricted", "client_default_unrestricted"])

/** An agent that does whatever it decides, and asks nobody. */
export const unrestrictedAutonomy: Rule = ({ agents }) =>
  agents.filter(({ autonomy }) => UNRESTRICTED.has(autonomy.level)).map(findingOf)

function findingOf(agent: SeenAgent): SeenFinding {
  const settings = agent.autonomy.effective
  return {
    rule: "unrestricted-autonomy",
    severity: "high",
    subject: agent.key,
    message: `${agent.name ?? "An agent"} acts without asking anybody.`,
    remediation:
      "Let it ask before it changes things: set its permission mode to ask, and allow single tools by name.",
    controls: ["OWASP-LLM-2025:LLM06:2025", "OWASP-ASI-2026:ASI02", "SP800-53r5:AC-6"],
    evidence: settings.map(({ setting, value, source }) => ({
      path: source,
      line: null,
      what: `${setting}: ${value}`,
    })),
  }
}
