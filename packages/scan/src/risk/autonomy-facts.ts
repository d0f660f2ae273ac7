import type { AutonomyLevel, Category, RiskFacts, RiskLevel } from "@tabard/core"
import { knownSystem } from "../knowledge/known-systems.ts"
import { ownToolsOf } from "../knowledge/own-tools.ts"
import { serverCalled } from "./access-facts.ts"
import { clientOf, type RiskKnowledge, type UsedServer } from "./risk-knowledge.ts"

type AutonomyFacts = Pick<
  RiskFacts,
  "consent" | "presence" | "accountability" | "selfChange" | "strangers" | "supply"
>

/** Tells who must say yes before an agent acts, and what else lets it go its own way. */
export function autonomyFacts(known: RiskKnowledge): AutonomyFacts {
  return {
    consent: stated(known, "autonomy", CONSENT),
    presence: stated(known, "category", PRESENCE),
    accountability: [accountability(known)],
    selfChange: selfChange(known),
    strangers: ofServers(known, "none", strangers),
    supply: ofServers(known, "fixed", supply),
  }
}

const CONSENT: Readonly<Record<AutonomyLevel, RiskLevel<"consent"> | "unknown">> = {
  none: "none",
  not_stated: "unknown",
  restricted: "restricted",
  partial: "partial",
  broad: "broad",
  unrestricted: "unrestricted",
  client_default_unrestricted: "unrestricted",
}

const PRESENCE: Readonly<Record<Category, RiskLevel<"presence">>> = {
  local: "person",
  chatbot: "hosted",
  production: "alone",
}

interface Told<Level> {
  readonly level: Level | "unknown"
  readonly evidence: string
}

/** Reads a fact whose value is one of the table's words; any other value is unknown. */
function stated<Level extends string>(
  { facts }: RiskKnowledge,
  name: string,
  levels: Readonly<Record<string, Level | "unknown">>,
): readonly Told<Level>[] {
  const fact = facts.get(name)
  if (!fact || typeof fact.value !== "string") return []
  const level = Object.hasOwn(levels, fact.value) ? levels[fact.value] : undefined
  return [{ level: level ?? "unknown", evidence: `${name} ${fact.kind} as ${fact.value.slice(0, 100)}` }]
}

function accountability({ standing, hasManifest }: RiskKnowledge): Told<RiskLevel<"accountability">> {
  if (standing === null) return { level: "unknown", evidence: "who answers for it" }
  if (standing.owner === null) return { level: "nobody", evidence: "no owner" }
  return hasManifest
    ? { level: "bounded", evidence: "an owner, and a manifest in force" }
    : { level: "owned", evidence: "an owner, and no manifest" }
}

function selfChange(known: RiskKnowledge): AutonomyFacts["selfChange"] {
  const { servers, seen } = known
  const client = clientOf(known)
  const reaching = servers.filter(reachesThisMachine)
  const can = reaching.map((server) => ({ level: "can", evidence: serverCalled(server) }) as const)
  switch (seen ? ownToolsOf(client) : undefined) {
    case "shell and files":
      return [...can, { level: "can", evidence: `client ${client}: writes files and runs commands` }]
    case "nothing":
      return [...can, { level: "cannot", evidence: `client ${client}: writes nothing by itself` }]
    case undefined:
      return [...can, { level: "unknown", evidence: "whether its program can write its configuration" }]
  }
}

function reachesThisMachine({ system, capabilities }: UsedServer): boolean {
  const local = system !== null && (system.startsWith("local ") || system === "IDE")
  return local && (capabilities.includes("write") || capabilities.includes("execute"))
}

function ofServers<Level extends string>(
  { servers, seen }: RiskKnowledge,
  least: Level,
  tell: (server: UsedServer) => Told<Level>,
): readonly Told<Level>[] {
  if (!seen) return []
  return servers.length === 0 ? [{ level: least, evidence: "no servers" }] : servers.map(tell)
}

function strangers(server: UsedServer): Told<RiskLevel<"strangers">> {
  const system = knownSystem(server.system)
  const evidence = serverCalled(server)
  if (!system) return { level: "unknown", evidence: `${evidence}: whether it brings in what strangers write` }
  return { level: system.strangers ? "reads" : "none", evidence: `${evidence}: ${server.system ?? ""}` }
}

const LOOSE: ReadonlySet<string> = new Set(["unpinned", "remote-source", "plain-http"])

function supply(server: UsedServer): Told<RiskLevel<"supply">> {
  const loose = server.flags.filter((flag) => LOOSE.has(flag))
  const evidence = [serverCalled(server), ...loose].join(", ")
  return { level: loose.length > 0 ? "loose" : "fixed", evidence }
}
