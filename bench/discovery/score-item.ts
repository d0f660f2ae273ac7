import { canonicalFramework, type ScanReport, type SeenMcpServer } from "@tabard/scan"
import type { Label } from "./labels.ts"
import { compare, NOTHING, type Score } from "./score.ts"

/** What is counted, each on its own. */
export const MEASURES = [
  "servers by name",
  "servers by command or URL",
  "agents",
  "secrets",
  "autonomy",
] as const

/** One of the things that are counted. */
export type Measure = (typeof MEASURES)[number]

/** Compares what a scan of one item saw with what its label says. */
export function scoreItem(label: Label, report: ScanReport): Readonly<Record<Measure, Score>> {
  const { id, servers, agents, holdsSecret } = label
  return {
    "servers by name": compare(id, {
      seen: report.mcpServers.map((server) => nameBy(server, servers)),
      expected: servers.map(({ name, commandOrUrl }) => name ?? commandOrUrl),
    }),
    "servers by command or URL": compare(
      id,
      { seen: report.mcpServers.map(whatItRuns), expected: servers.map(({ commandOrUrl }) => commandOrUrl) },
      sameButForSecrets,
    ),
    agents: compare(id, {
      seen: report.agents.map(
        ({ client, framework }) => client ?? canonicalFramework(framework ?? "unknown"),
      ),
      expected: agents.map(canonicalFramework),
    }),
    secrets: compare(id, {
      seen: report.credentials.some(({ storedAs }) => storedAs === "plaintext") ? ["a secret"] : [],
      expected: holdsSecret ? ["a secret"] : [],
    }),
    autonomy: compareAutonomy(label, report),
  }
}

/** A label without a name asks for none: such a server goes by what it runs. */
function nameBy(server: SeenMcpServer, expected: Label["servers"]): string {
  const unnamed = expected.find(
    ({ name, commandOrUrl }) => name === null && sameButForSecrets(whatItRuns(server), commandOrUrl),
  )
  return unnamed?.commandOrUrl ?? server.name
}

function whatItRuns({ url, command, args }: SeenMcpServer): string {
  return url ?? [command ?? "", ...args].join(" ").trim()
}

const MARKS = /\\\[secret\\\]|%5Bsecret%5D/gi

/** A scan hides each secret, and a label may hide it by another word: what stands in its place is not compared. */
function sameButForSecrets(seen: string, expected: string): boolean {
  const source = seen.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(MARKS, ".*")
  return new RegExp(`^${source}$`, "s").test(expected)
}

/** A label tells what is set, the scan what is in force: where nothing is set the two are not compared. */
function compareAutonomy({ id, autonomy }: Label, { agents }: ScanReport): Score {
  const [first] = agents
  if (autonomy === "not_stated" || autonomy === "none" || !first) return NOTHING
  const seen = agents.find((agent) => agent.autonomy.level === autonomy) ?? first
  return compare(id, { seen: [seen.autonomy.level], expected: [autonomy] })
}
