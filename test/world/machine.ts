import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

/** A directory that looks like a developer's: five client configurations, with a key in plain text. */
export interface Machine extends AsyncDisposable {
  readonly root: string
  /** A folder with two notes, which tasks are about. */
  readonly notes: string
}

/** What must not be found anywhere but in the file that it was put into. */
export const CANARY = "ghp_R3aLLyS3cr3tCanaryT0kenF0rT3sts4242"

/** Makes such a directory. */
export async function makeMachine(): Promise<Machine> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "tabard-machine-")))
  const notes = join(root, "notes")
  await put(join(notes, "groceries.md"), "milk, bread\n")
  await put(join(notes, "ideas.md"), "a coat that shows on whose errand one comes\n")
  await put(join(root, ".mcp.json"), servers("mcpServers", { notes: files(notes) }))
  await put(
    join(root, ".claude/settings.json"),
    JSON.stringify({ permissions: { defaultMode: "acceptEdits" } }),
  )
  await put(join(root, ".cursor/mcp.json"), servers("mcpServers", { github: withKey() }))
  await put(
    join(root, ".vscode/mcp.json"),
    servers("servers", { docs: { type: "http", url: "https://docs.example.test/mcp" } }),
  )
  await put(
    join(root, ".codex/config.toml"),
    `approval_policy = "never"\n[mcp_servers.notes]\ncommand = "npx"\nargs = ["-y", "@modelcontextprotocol/server-filesystem", "${notes}"]\n`,
  )
  return { root, notes, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) }
}

/** The command that starts the filesystem server which the project's lock file names. */
export function filesystemServer(folder: string): { command: string; args: string[]; roots: string[] } {
  const manifest = createRequire(import.meta.url).resolve(
    "@modelcontextprotocol/server-filesystem/package.json",
  )
  return {
    command: process.execPath,
    args: [join(dirname(manifest), "dist/index.js"), folder],
    roots: [folder],
  }
}

function files(folder: string): object {
  return { command: "npx", args: ["-y", "@modelcontextprotocol/server-filesystem", folder] }
}

function withKey(): object {
  return {
    command: "npx",
    args: ["-y", "@modelcontextprotocol/server-github"],
    env: { GITHUB_PERSONAL_ACCESS_TOKEN: CANARY },
  }
}

function servers(name: string, entries: Record<string, object>): string {
  return JSON.stringify({ [name]: entries }, null, 2)
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
