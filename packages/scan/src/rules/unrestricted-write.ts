import type { EffectClass } from "@tabard/core"
import { tokenWrites } from "../declarations/workflow-settings.ts"
import type { SeenMcpServer } from "../report.ts"
import { asksNobody, settingsAsEvidence } from "./autonomy-evidence.ts"
import type { ScanRule } from "./rule.ts"
import { enabledServers, serversAsEvidence } from "./servers-of.ts"

const WRITES: readonly EffectClass[] = ["write", "delete", "execute", "financial", "infrastructure"]

/** An agent that asks nobody, and reaches systems beyond its own working folder which it can change. */
export const unrestrictedWrite: ScanRule = {
  id: "unrestricted-write",
  severity: "critical",
  title: "Unrestricted autonomy together with write access",
  remediation: "Let it ask before it acts, or leave it only servers and tokens that read.",
  controls: ["OWASP-LLM-2025:LLM06:2025", "SP800-53r5:AC-3(2)", "EU-AI-Act:Art. 14"],
  sharpens: ["unrestricted-autonomy"],
  judge(sight) {
    const serversOf = enabledServers(sight)
    return sight.agents.filter(asksNobody).flatMap((agent) => {
      const writing = serversOf(agent).filter(canWrite)
      const token = tokenWrites(agent.autonomy.effective)
      if (writing.length === 0 && !token) return []
      const reach = [
        ...new Set(writing.map(({ system, name }) => system ?? name)),
        ...(token ? ["its repository"] : []),
      ]
      return [
        {
          subject: agent.key,
          message: `${agent.name ?? "An agent"} acts without asking anybody, and can change ${reach.slice(0, 4).join(", ")}.`,
          evidence: [
            ...settingsAsEvidence(agent).slice(0, 10),
            ...serversAsEvidence(writing, "can change what it reaches"),
          ],
        },
      ]
    })
  },
}

/** What it can do is known from the catalogue alone; its own notes are no system. */
function canWrite({ system, capabilities }: SeenMcpServer): boolean {
  return system !== "local knowledge graph" && capabilities.some((effect) => WRITES.includes(effect))
}
