import { type Credential, EFFECT_CLASSES, type RiskFacts, type RiskLevel } from "@tabard/core"
import { knownSystem } from "../knowledge/known-systems.ts"
import { ownToolsOf } from "../knowledge/own-tools.ts"
import { clientOf, type RiskKnowledge, type UsedServer } from "./risk-knowledge.ts"

type AccessFacts = Pick<RiskFacts, "sensitivity" | "effects" | "breadth" | "proof">

/** Tells what an agent can reach, do and prove, each with what it is known from. */
export function accessFacts(known: RiskKnowledge): AccessFacts {
  return {
    sensitivity: [...ownSensitivity(known), ...known.servers.map(serverSensitivity)],
    effects: [...ownEffects(known), ...known.servers.flatMap(serverEffects)],
    breadth: known.seen ? [breadth(known.servers)] : [],
    proof: proof(known),
  }
}

/** Names a server as evidence does. Its name was written by whoever wrote the configuration. */
export function serverCalled({ name }: UsedServer): string {
  return `server ${name.slice(0, 100)}`
}

function ownSensitivity(known: RiskKnowledge): AccessFacts["sensitivity"] {
  const client = clientOf(known)
  switch (ownToolsOf(client)) {
    case "shell and files":
      return [{ level: "workspace", evidence: `client ${client}: works on its person's files` }]
    case "nothing":
      return [{ level: "public", evidence: `client ${client}: reaches nothing by itself` }]
    case undefined:
      return [{ level: "unknown", evidence: "what its program reaches by itself" }]
  }
}

function ownEffects(known: RiskKnowledge): AccessFacts["effects"] {
  const client = clientOf(known)
  switch (ownToolsOf(client)) {
    case "shell and files":
      return (["read", "write", "delete", "execute"] as const).map((level) => ({
        level,
        evidence: `client ${client}: its own tools`,
      }))
    case "nothing":
      return [{ level: "none", evidence: `client ${client}: has no tools of its own` }]
    case undefined:
      return [{ level: "unknown", evidence: "what its program can do by itself" }]
  }
}

function serverSensitivity(server: UsedServer): AccessFacts["sensitivity"][number] {
  const system = knownSystem(server.system)
  if (!system) return { level: "unknown", evidence: `${serverCalled(server)}: which system it reaches` }
  return { level: system.sensitivity, evidence: `${serverCalled(server)}: reaches ${server.system ?? ""}` }
}

function serverEffects(server: UsedServer): AccessFacts["effects"] {
  const stated = EFFECT_CLASSES.filter((effect) => server.capabilities.includes(effect))
  if (stated.length === 0) return [{ level: "unknown", evidence: `${serverCalled(server)}: what it can do` }]
  return stated.map((level) => ({ level, evidence: serverCalled(server) }))
}

function breadth(servers: readonly UsedServer[]): AccessFacts["breadth"][number] {
  const count = servers.length
  const level = count <= 1 ? "one" : count <= 3 ? "few" : count <= 7 ? "many" : "sprawling"
  return { level, evidence: `servers in its configuration: ${count}` }
}

const STORED: Readonly<Record<Credential["storedAs"], RiskLevel<"proof">>> = {
  plaintext: "plaintext",
  "env-reference": "environment",
  keychain: "keychain",
  helper: "keychain",
}

function proof({ standing, credentials, seen }: RiskKnowledge): AccessFacts["proof"] {
  if (!seen) return []
  return [
    { level: "none", evidence: "what a scan saw of it" },
    ...(standing?.mandate
      ? [{ level: "bound-key", evidence: "adopted: it may enrol a key of its own" } as const]
      : []),
    ...credentials.map(({ kind, storedAs, locations }) => ({
      level: STORED[storedAs],
      evidence: `${kind} at ${locations[0] ?? "a place that was not kept"}`,
    })),
  ]
}
