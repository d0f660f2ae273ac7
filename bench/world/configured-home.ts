import { mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"

/** Twenty clients as they lie in a home directory on Linux: where each keeps its servers, and under which key. */
const CLIENTS: readonly (readonly [path: string, key: string])[] = [
  [".claude.json", "mcpServers"],
  [".cursor/mcp.json", "mcpServers"],
  [".codeium/windsurf/mcp_config.json", "mcpServers"],
  [".gemini/settings.json", "mcpServers"],
  [".config/Claude/claude_desktop_config.json", "mcpServers"],
  [".config/Code/User/mcp.json", "servers"],
  [".config/opencode/opencode.json", "mcp"],
  [".config/zed/settings.json", "context_servers"],
  [".qwen/settings.json", "mcpServers"],
  [".kiro/settings/mcp.json", "mcpServers"],
  [".copilot/mcp-config.json", "mcpServers"],
  [".factory/mcp.json", "mcpServers"],
  [".augment/settings.json", "mcpServers"],
  [".junie/mcp/mcp.json", "mcpServers"],
  [".continue/config.yaml", "mcpServers"],
  [".config/goose/config.yaml", "extensions"],
  [".codex/config.toml", "mcp_servers"],
  [".config/amp/settings.json", "amp.mcpServers"],
  [".lmstudio/mcp.json", "mcpServers"],
  [".iflow/settings.json", "mcpServers"],
]

/** How many servers each client is told to use. */
const SERVERS = 3

/** Writes a home directory with twenty configured clients; answers how many servers they are told to use. */
export async function configureHome(home: string): Promise<number> {
  for (const [path, key] of CLIENTS) {
    const file = join(home, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, textOf(path, key))
  }
  return CLIENTS.length * SERVERS
}

function textOf(path: string, key: string): string {
  const servers = Object.fromEntries(
    Array.from({ length: SERVERS }, (_, n) => [`${nameOf(path)}-${n + 1}`, serverOf(path, n)]),
  )
  if (path.endsWith(".toml")) return tomlOf(key, servers)
  // JSON is YAML too.
  return JSON.stringify({ [key]: servers }, null, 2)
}

function serverOf(path: string, n: number): { command: string; args: string[]; env: Record<string, string> } {
  const args = [`@modelcontextprotocol/server-filesystem@2026.8.31`, `/home/ann/projects/${n}`]
  return { command: "npx", args: ["-y", ...args], env: { GITHUB_TOKEN: `\${${nameOf(path)}_TOKEN}` } }
}

function tomlOf(key: string, servers: Readonly<Record<string, ReturnType<typeof serverOf>>>): string {
  return Object.entries(servers)
    .map(
      ([name, { command, args }]) =>
        `[${key}.${name}]\ncommand = "${command}"\nargs = ${JSON.stringify(args)}\n`,
    )
    .join("\n")
}

function nameOf(path: string): string {
  return path.replaceAll(/[^a-z]+/gi, "_").replace(/^_/, "")
}
