import assert from "node:assert/strict"
import { join } from "node:path"
import { describe, it } from "node:test"
import type { OperatingSystem } from "../knowledge/knowledge-pack.ts"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import { homePlaces, type Machine, presenceFolders } from "./home-places.ts"

const pack = loadKnowledge()

/** Client, system, and a place where it keeps servers beneath a home directory. */
const PLACES: readonly (readonly [client: string, os: OperatingSystem, place: string])[] = [
  ["claude-desktop", "macos", "Library/Application Support/Claude/claude_desktop_config.json"],
  ["claude-desktop", "windows", "AppData/Roaming/Claude/claude_desktop_config.json"],
  ["vscode-copilot", "linux", ".config/Code - Insiders/User/mcp.json"],
  ["vscode-copilot", "macos", "Library/Application Support/Code/User/profiles/*/mcp.json"],
  [
    "cline",
    "windows",
    "AppData/Roaming/Cursor/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json",
  ],
  ["zed", "macos", ".config/zed/settings.json"],
  ["zed", "windows", "AppData/Roaming/Zed/settings.json"],
  ["goose", "linux", ".config/goose/config.yaml"],
  ["goose", "windows", "AppData/Roaming/Block/goose/config/config.yaml"],
  ["crush", "windows", "AppData/Local/crush/crush.json"],
  ["sema4", "windows", "AppData/Local/sema4ai/sema4ai-studio/mcp_servers.json"],
  ["jetbrains-ai", "linux", ".config/JetBrains/*/mcp.json"],
  ["opencode", "macos", ".config/opencode/opencode.jsonc"],
  ["windsurf", "linux", ".codeium/windsurf/mcp_config.json"],
  ["raycast", "macos", "Library/Application Support/com.raycast.macos/mcp-config.json"],
  ["trae", "windows", "AppData/Roaming/Trae CN/User/mcp.json"],
]

/** A variable, the folder it names, and where a client's file is then. */
const MOVED: readonly (readonly [variable: string, client: string, os: OperatingSystem, place: string])[] = [
  ["CODEX_HOME", "codex", "linux", "config.toml"],
  ["CLAUDE_CONFIG_DIR", "claude-code", "macos", ".claude.json"],
  ["CLAUDE_CONFIG_DIR", "claude-code", "macos", "settings.json"],
  ["XDG_CONFIG_HOME", "opencode", "linux", "opencode/opencode.json"],
  ["XDG_CONFIG_HOME", "goose", "linux", "goose/config.yaml"],
  ["APPDATA", "claude-desktop", "windows", "Claude/claude_desktop_config.json"],
  ["LOCALAPPDATA", "crush", "windows", "crush/crush.json"],
  ["GEMINI_CLI_HOME", "gemini-cli", "linux", ".gemini/settings.json"],
  ["PI_CODING_AGENT_DIR", "pi", "linux", "mcp.json"],
]

describe("the places of a machine", () => {
  for (const [client, os, place] of PLACES) {
    it(`hold a file of ${client} on ${os} at ${place}`, () => {
      assert.ok(placesOf(client, machine({ os })).includes(join("/home/ada", place)))
    })
  }

  for (const [variable, client, os, place] of MOVED) {
    it(`move to where ${variable} says, for ${client} at ${place}`, () => {
      const moved = placesOf(client, machine({ os, environment: { [variable]: "/elsewhere/x" } }))
      assert.ok(moved.includes(join("/elsewhere/x", place)), moved.join("\n"))
    })
  }

  it("stay where they are for a variable that is empty, or names a folder of wherever one stands", () => {
    const stays = placesOf("codex", machine({}))
    for (const folder of ["", "relative", "../up"])
      assert.deepEqual(placesOf("codex", machine({ environment: { CODEX_HOME: folder } })), stays)
  })

  it("take a client's folder along when it moves", () => {
    const codex = pack.clients.find(({ id }) => id === "codex")
    assert.ok(codex)
    const moved = machine({ environment: { CODEX_HOME: "/elsewhere/x" } })
    assert.deepEqual(presenceFolders(codex, moved, pack), ["/elsewhere/x"])
  })

  it("hold what all users share only beneath a root that is handed in", () => {
    const shared = "/mnt/etc/claude-code/managed-mcp.json"
    assert.ok(!placesOf("claude-code", machine({})).some((place) => place.includes("managed-mcp.json")))
    assert.ok(placesOf("claude-code", machine({ systemRoot: "/mnt" })).includes(shared))
  })
})

function machine(parts: Partial<Machine>): Machine {
  return { home: "/home/ada", os: "linux", environment: {}, systemRoot: null, ...parts }
}

function placesOf(client: string, on: Machine): readonly string[] {
  return homePlaces(on, pack)
    .filter(({ file }) => file.client.id === client)
    .map(({ root, names }) => join(root, ...names))
}
