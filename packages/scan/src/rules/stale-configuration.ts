import type { SeenAgent, SeenFinding } from "../report.ts"
import type { Rule } from "./rule.ts"

const STALE = /^stale /

/** What a client that is no more, or an older version of one, left behind; it matters most where a credential is in it. */
export const staleConfiguration: Rule = ({ agents, credentials }) => {
  const held = new Set(
    credentials
      .filter(({ storedAs }) => storedAs === "plaintext")
      .flatMap(({ locations }) => locations.map(({ path }) => path)),
  )
  return agents.flatMap((agent) => {
    const evidence = agent.evidence.filter(({ what }) => STALE.test(what))
    return evidence.length === 0 ? [] : [findingOf(agent, evidence, held)]
  })
}

function findingOf(
  agent: SeenAgent,
  evidence: SeenAgent["evidence"],
  held: ReadonlySet<string>,
): SeenFinding {
  const holds = evidence.some(({ path }) => held.has(path))
  const client = agent.name ?? "a client"
  return {
    rule: "stale-configuration",
    severity: holds ? "medium" : "low",
    subject: agent.key,
    message: holds
      ? `${client} left a configuration behind that still holds a credential.`
      : `${client} left a configuration behind that nothing reads any more.`,
    remediation: holds
      ? "Revoke the credential at its provider, then remove the file."
      : "Remove the file, so that nothing takes it up again.",
    controls: ["SP800-53r5:AC-2", "SP800-53r5:IA-5"],
    evidence,
  }
}
