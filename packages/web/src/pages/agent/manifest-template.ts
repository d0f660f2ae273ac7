import type { AgentDetail, ServerView } from "@tabard/api"

const READING = ["read_text_file", "list_directory"]
const WRITING = ["write_file"]
const FOLDER = "/absolute/path"

/** Writes a manifest to begin with: reading one folder, and where the tier has room, writing it when asked. */
export function manifestTemplate(agent: AgentDetail, servers: readonly ServerView[]): string {
  const server = servers.find(({ tools }) => tools.some((tool) => READING.includes(tool.name)))
  const folder = server?.roots[0] ?? FOLDER
  const writing = agent.tier === "read-only" ? [] : WRITING
  return [
    `purpose: ${JSON.stringify(agent.purpose ?? "Tidy the notes in one folder")}`,
    `tier: ${agent.tier ?? "transactional"}`,
    "tools:",
    ...READING.map((tool) => toolEntry(server?.name ?? "notes", tool, folder)),
    ...writing.map((tool) => `${toolEntry(server?.name ?? "notes", tool, folder)}\n    ask: owner`),
    "",
  ].join("\n")
}

function toolEntry(server: string, tool: string, folder: string): string {
  return [
    `  - server: ${server}`,
    `    tool: ${tool}`,
    "    arguments:",
    `      path: { under: ${JSON.stringify(folder)} }`,
  ].join("\n")
}
