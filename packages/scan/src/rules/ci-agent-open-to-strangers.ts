import { startsForStrangers, tokenWrites, WORKFLOW_SETTINGS } from "../declarations/workflow-settings.ts"
import type { ScanRule } from "./rule.ts"

const TELLING: ReadonlySet<string> = new Set([
  WORKFLOW_SETTINGS.untrustedTrigger,
  WORKFLOW_SETTINGS.guard,
  WORKFLOW_SETTINGS.guardOff,
  WORKFLOW_SETTINGS.token,
  WORKFLOW_SETTINGS.checkout,
  WORKFLOW_SETTINGS.unattended,
])

/** An agent of a pipeline that anybody can start by writing to the repository, with a token that can change it. */
export const ciAgentOpenToStrangers: ScanRule = {
  id: "ci-agent-open-to-strangers",
  severity: "critical",
  title: "CI agent with write token and untrusted trigger",
  remediation:
    "Let only people with write access start it, or give its job a token that reads and do the writing in another job.",
  controls: ["OWASP-ASI-2026:ASI01", "OWASP-LLM-2025:LLM01:2025", "SP800-53r5:AC-6(8)"],
  sharpens: ["unrestricted-write", "unrestricted-autonomy", "untrusted-input-to-outbound"],
  judge: ({ agents }) =>
    agents
      .filter(({ autonomy }) => startsForStrangers(autonomy.effective) && tokenWrites(autonomy.effective))
      .map(({ key, name, autonomy }) => ({
        subject: key,
        message: `${name ?? "An agent"} can be started by strangers, and its token can write to the repository.`,
        evidence: autonomy.effective
          .filter(({ setting }) => TELLING.has(setting))
          .map(({ setting, value, source }) => ({ path: source, line: null, what: `${setting}: ${value}` })),
      })),
}
