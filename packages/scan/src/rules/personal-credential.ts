import type { SeenAgent, SeenCredential, SeenMcpServer } from "../report.ts"
import { ownPlaces } from "./own-places.ts"
import type { ScanRule } from "./rule.ts"

const KEY_FOLDER = /(?:^|[\\/])\.ssh(?:[\\/]|$)/

/** What a browser sends for whoever signed in; it has a name, and no shape. */
const SESSION = "session-cookie"

/** An agent that is, to whoever it calls, the person whose token, session or key it holds. */
export const personalCredential: ScanRule = {
  id: "personal-credential",
  severity: "medium",
  title: "Agent runs under a person's credential",
  remediation:
    "Give the agent an identity of its own: an app or service account with only the rights its purpose needs.",
  controls: ["OWASP-ASI-2026:ASI03", "SP800-53r5:IA-4(4)", "SP800-53r5:AU-10"],
  judge({ agents, credentials, mcpServers, pack }) {
    const shapes = pack.shapes.filter((shape) => shape.personal).map(({ id }) => id)
    const personal = new Set([...shapes, SESSION])
    const tokens = new Map(
      credentials.filter(({ kind }) => personal.has(kind)).map((each) => [each.key, each]),
    )
    const keyed = new Map(mcpServers.filter(isGivenKeys).map((each) => [each.key, each]))
    return agents.flatMap((agent) => {
      const held = agent.credentials.flatMap((key) => tokens.get(key) ?? [])
      const given = agent.mcpServers.flatMap((key) => keyed.get(key) ?? [])
      return held.length + given.length === 0 ? [] : [sightingOf(agent, held, given)]
    })
  },
}

function isGivenKeys({ enabled, args }: SeenMcpServer): boolean {
  return enabled && args.some((argument) => KEY_FOLDER.test(argument))
}

function sightingOf(
  agent: SeenAgent,
  held: readonly SeenCredential[],
  given: readonly SeenMcpServer[],
): ReturnType<ScanRule["judge"]>[number] {
  const { key, name, category } = agent
  const kinds = [...new Set([...held.map(({ kind }) => kind), ...given.map(() => "SSH keys")])]
  return {
    subject: key,
    ...(category === "local" ? {} : { severity: "high" }),
    message: `${name ?? "An agent"} acts as a person: it holds ${kinds.slice(0, 4).join(", ")}.`,
    evidence: [
      ...held
        .flatMap(({ locations }) => ownPlaces(agent, locations))
        .map((place) => ({ ...place, what: "a person's credential" })),
      ...given
        .flatMap(({ locations }) => locations)
        .map((place) => ({ ...place, what: "a person's SSH keys" })),
    ],
  }
}
