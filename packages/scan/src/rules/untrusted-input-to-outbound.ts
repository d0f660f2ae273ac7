import type { FindingEvidence, Severity } from "@tabard/core"
import { startsForStrangers } from "../declarations/workflow-settings.ts"
import { knownSystem } from "../knowledge/known-systems.ts"
import { ownToolsOf } from "../knowledge/own-tools.ts"
import type { SeenAgent, SeenMcpServer } from "../report.ts"
import { actsByDefault, asksNobody, settingsAsEvidence } from "./autonomy-evidence.ts"
import type { ScanRule } from "./rule.ts"
import { enabledServers, serversAsEvidence } from "./servers-of.ts"

/** Systems that send wherever they are told to, though they only read. */
const CALLS_OUT: ReadonlySet<string> = new Set(["any URL", "browser", "cloud browser"])

/**
 * An agent that reads what strangers write, sees what is private, and can send it out with nobody looking: whoever writes
 * to it can have the data. Where a person sees each act, the rule is silent.
 */
export const untrustedInputToOutbound: ScanRule = {
  id: "untrusted-input-to-outbound",
  severity: "high",
  title: "Untrusted input together with private data and an outbound channel",
  remediation: "Take away one of the three, or have it ask before anything is sent.",
  controls: [
    "OWASP-LLM-2025:LLM01:2025",
    "OWASP-ASI-2026:ASI01",
    "OWASP-LLM-2025:LLM02:2025",
    "SP800-53r5:AC-4",
  ],
  judge(sight) {
    const serversOf = enabledServers(sight)
    return sight.agents.flatMap((agent) => {
      const ways = waysOf(agent, serversOf(agent))
      if (Object.values(ways).some((evidence) => evidence.length === 0)) return []
      return [
        {
          subject: agent.key,
          severity: severityOf(agent),
          message: `${agent.name ?? "An agent"} reads what strangers write, sees private data, and can send it out unasked.`,
          evidence: [...ways.strangers, ...ways.privateData, ...ways.outbound],
        },
      ]
    })
  },
}

/** What nobody chose is told less loudly than what somebody did. */
function severityOf(agent: SeenAgent): Severity {
  if (asksNobody(agent)) return "critical"
  return actsByDefault(agent) ? "medium" : "high"
}

interface Ways {
  readonly strangers: readonly FindingEvidence[]
  readonly privateData: readonly FindingEvidence[]
  readonly outbound: readonly FindingEvidence[]
}

function waysOf(agent: SeenAgent, servers: readonly SeenMcpServer[]): Ways {
  const unasked = servers.filter(({ flags }) => actsFreely(agent) || flags.includes("auto-approved"))
  return {
    strangers: [
      ...serversAsEvidence(servers.filter(bringsStrangers), "brings in what strangers write"),
      ...(startsForStrangers(agent.autonomy.effective) ? settingsAsEvidence(agent).slice(0, 4) : []),
    ],
    privateData: [
      ...serversAsEvidence(servers.filter(holdsPrivateData), "holds private data"),
      ...ownEvidence(agent, "its own tools read its person's files"),
      ...(holdsKeysForStrangers(agent) ? placeOf(agent, "its run holds keys") : []),
    ],
    outbound: [
      ...serversAsEvidence(unasked.filter(sendsOut), "sends out"),
      ...(asksNobody(agent) ? ownEvidence(agent, "its own shell reaches the network") : []),
      ...(asksNobody(agent) && holdsKeysForStrangers(agent)
        ? placeOf(agent, "its run reaches the network")
        : []),
    ],
  }
}

function actsFreely(agent: SeenAgent): boolean {
  return agent.autonomy.level === "broad" || asksNobody(agent)
}

function bringsStrangers({ system }: SeenMcpServer): boolean {
  return knownSystem(system)?.strangers === true
}

function holdsPrivateData({ system }: SeenMcpServer): boolean {
  const sensitivity = knownSystem(system)?.sensitivity
  return system === "local files" || sensitivity === "confidential" || sensitivity === "critical"
}

/** What strangers can read is a way out for whoever can write there. */
function sendsOut(server: SeenMcpServer): boolean {
  const { system, capabilities } = server
  if (capabilities.includes("egress") || CALLS_OUT.has(system ?? "")) return true
  return bringsStrangers(server) && capabilities.includes("write")
}

function ownEvidence(agent: SeenAgent, what: string): readonly FindingEvidence[] {
  const { client } = agent
  return client !== null && ownToolsOf(client) === "shell and files" ? placeOf(agent, what) : []
}

/** An agent of a pipeline has the job's keys at hand, whoever started it. */
function holdsKeysForStrangers({ autonomy, credentials }: SeenAgent): boolean {
  return startsForStrangers(autonomy.effective) && credentials.length > 0
}

function placeOf({ locations }: SeenAgent, what: string): readonly FindingEvidence[] {
  return locations.slice(0, 1).map((location) => ({ ...location, what }))
}
