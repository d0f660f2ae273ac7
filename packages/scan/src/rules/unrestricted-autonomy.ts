import { asksNobody, settingsAsEvidence } from "./autonomy-evidence.ts"
import type { ScanRule } from "./rule.ts"

/** An agent that does whatever it decides, and asks nobody. */
export const unrestrictedAutonomy: ScanRule = {
  id: "unrestricted-autonomy",
  severity: "high",
  title: "Unrestricted autonomy",
  remediation:
    "Let it ask before it changes things: set its permission mode to ask, and allow single tools by name.",
  controls: ["OWASP-LLM-2025:LLM06:2025", "EU-AI-Act:Art. 14", "SP800-53r5:AC-6"],
  judge: ({ agents }) =>
    agents.filter(asksNobody).map((agent) => ({
      subject: agent.key,
      message: `${agent.name ?? "An agent"} acts without asking anybody.`,
      evidence: settingsAsEvidence(agent),
    })),
}
