import type { FindingEvidence } from "@tabard/core"
import { grantedFolders } from "../launch/granted-folders.ts"
import { unwrapLaunch } from "../launch/unwrap-launch.ts"
import type { SeenAgent, SeenMcpServer } from "../report.ts"
import { actsByDefault, settingsAsEvidence } from "./autonomy-evidence.ts"
import type { ScanRule, Sight } from "./rule.ts"
import { enabledServers } from "./servers-of.ts"

const EDITS_UNASKED: ReadonlySet<SeenAgent["autonomy"]["level"]> = new Set([
  "broad",
  "unrestricted",
  "client_default_unrestricted",
])
const HOME_NAMES = /^(?:~|\$HOME|\$\{(?:HOME|env:HOME|userHome|env:USERPROFILE)\}|%USERPROFILE%)(?=[\\/]|$)/

/** An agent that can rewrite what binds it: by a server that is given its configuration's folder, or in the project it edits. */
export const agentChangesItself: ScanRule = {
  id: "agent-changes-itself",
  severity: "medium",
  title: "Agent may change its own configuration or permissions",
  remediation:
    "Keep its configuration where it cannot write: in the client's managed settings, or outside every folder that it is given.",
  controls: ["SP800-53r5:AC-6(10)", "SP800-53r5:CM-5", "OWASP-ASI-2026:ASI10"],
  judge(sight) {
    const serversOf = enabledServers(sight)
    return sight.agents.flatMap((agent) => {
      const evidence = [...byServers(agent, serversOf(agent), sight), ...byItself(agent, sight)]
      const message = `${agent.name ?? "An agent"} can change the files that say what it may do.`
      return evidence.length === 0 ? [] : [{ subject: agent.key, message, evidence }]
    })
  },
}

function byServers(
  { locations }: SeenAgent,
  servers: readonly SeenMcpServer[],
  { home }: Sight,
): readonly FindingEvidence[] {
  return servers.filter(writesFiles).flatMap((server) => {
    const folders = foldersOf(server).map((folder) => absolute(folder, home))
    const within = locations.find(({ path }) => folders.some((folder) => isBeneath(path, folder)))
    const what = `server ${server.name}: is given a folder that holds this configuration`
    return within ? [{ ...within, what }] : []
  })
}

function writesFiles({ system, capabilities }: SeenMcpServer): boolean {
  const files = system === "local files" || system === "local shell and files" || system === "local code"
  return files && capabilities.includes("write")
}

function foldersOf({ command, args }: SeenMcpServer): readonly string[] {
  return grantedFolders(command, args, command === null ? null : unwrapLaunch([command, ...args]))
}

function absolute(folder: string, home: string | null): string {
  return home === null ? folder : folder.replace(HOME_NAMES, () => home)
}

/**
 * Settings that lie in a project lie where a client edits; a file of servers alone allows nothing. Where nobody said how
 * freely it acts, it is the client's default that wants changing, and not where its settings lie.
 */
function byItself(agent: SeenAgent, { pack, home }: Sight): readonly FindingEvidence[] {
  const client = pack.clients.find(({ id }) => id === agent.client)
  if (!client || !EDITS_UNASKED.has(agent.autonomy.level) || actsByDefault(agent)) return []
  const settings = client.files.filter(
    ({ role, scope, home: at }) => role === "settings" && scope === "project" && !at,
  )
  const own = agent.locations.find(({ path }) => settings.some((file) => isInProject(path, file.path, home)))
  if (!own) return []
  const what = "its settings lie in a project that it edits unasked"
  return [{ ...own, what }, ...settingsAsEvidence(agent).slice(0, 4)]
}

function isInProject(path: string, ending: string, home: string | null): boolean {
  const plain = path.replaceAll("\\", "/")
  if (!plain.endsWith(`/${ending}`)) return false
  return plain.slice(0, -ending.length - 1) !== home?.replaceAll("\\", "/").replace(/\/$/, "")
}

function isBeneath(path: string, folder: string): boolean {
  const [inner, outer] = [path, folder].map((each) => each.replaceAll("\\", "/").replace(/\/+$/, ""))
  return inner !== undefined && outer !== undefined && inner.startsWith(`${outer}/`)
}
