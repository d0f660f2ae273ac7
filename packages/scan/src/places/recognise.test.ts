import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import { recogniser } from "./recognise.ts"

const recognise = recogniser(loadKnowledge())

/** A path, and whose configuration it is. */
const WHOSE: readonly (readonly [path: string, client: string])[] = [
  ["/p/.mcp.json", "claude-code"],
  ["/p/.codex/config.toml", "codex"],
  ["/p/config.toml", "openhands"],
  ["/p/opencode.jsonc", "opencode"],
  ["/p/dotfiles/zed/settings.json", "zed"],
  ["/p/.continue/mcpServers/a.yaml", "continue"],
  ["/p/.kiro/agents/reviewer.json", "kiro"],
  ["/p/.kiro/settings/mcp.json", "kiro"],
  ["/p/.aws/amazonq/cli-agents/a.json", "amazon-q"],
  ["/p/.amazonq/agents/default.json", "amazon-q"],
  ["/p/.pi/agent/settings.json", "pi"],
  ["/p/.qoder/settings.local.json", "qoder"],
  ["/p/.devcontainer/api/devcontainer.json", "vscode-copilot"],
  ["C:\\p\\.roo\\mcp.json", "roo-code"],
  ["/p/.gemini/extensions/x/gemini-extension.json", "gemini-cli"],
  ["/p/.gemini/config/mcp_config.json", "antigravity"],
  ["/p/.vscode/mcp.json", "vscode-copilot"],
  ["/p/a.code-workspace", "vscode-copilot"],
  ["/p/.aider.conf.yml", "aider"],
  ["/p/kept/somewhere/cline_mcp_settings.json", "cline"],
  ["/p/rooveterinaryinc.roo-cline/settings/cline_mcp_settings.json", "roo-code"],
  ["/p/deploy/openclaw.json", "openclaw"],
  ["/p/backup/ada/Library/Application Support/Claude/claude_desktop_config.json", "claude-desktop"],
]

describe("recognising a configuration by its name", () => {
  for (const [path, client] of WHOSE) {
    it(`takes ${path} for one of ${client}`, () => {
      assert.equal(recognise(path, null)?.client.id, client)
    })
  }

  for (const path of [
    "/p/mcp.json",
    "/p/settings.json",
    "/p/config.yaml",
    "/p/xopencode.json",
    "/p/agents/a.json",
  ]) {
    it(`takes ${path} for none`, () => assert.equal(recognise(path, null), undefined))
  }

  it("names the folder that a file configures, where no home is read", () => {
    assert.deepEqual(recognise("/p/q/.kiro/agents/a.json", null)?.owner, { kind: "project", path: "/p/q" })
    assert.deepEqual(recognise("/p/q/x.code-workspace", null)?.owner, { kind: "project", path: "/p/q" })
    assert.deepEqual(recognise("/opencode.json", null)?.owner, { kind: "project", path: "/" })
  })

  it("ends soon on a path of many folders", () => {
    const start = performance.now()
    recognise(`${"/a".repeat(200_000)}/mcp.json`, null)
    assert.ok(performance.now() - start < 5_000)
  })
})
