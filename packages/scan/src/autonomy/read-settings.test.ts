import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Observation } from "../configurations/observation.ts"
import type { KnownClient } from "../knowledge/knowledge-pack.ts"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import type { Autonomy } from "../report.ts"
import { effectiveAutonomy } from "./effective-autonomy.ts"
import { readSettings } from "./read-settings.ts"

/** Client, what its file says, and the level in force. */
const LEVELS: readonly (readonly [client: string, file: object, level: string])[] = [
  ["claude-code", { permissions: { defaultMode: "bypassPermissions" } }, "unrestricted"],
  ["claude-code", { permissions: { defaultMode: "plan" } }, "restricted"],
  ["claude-code", { permissions: { defaultMode: "acceptEdits", deny: ["Bash(rm *)"] } }, "partial"],
  ["claude-code", { permissions: { defaultMode: "allowEdits" } }, "broad"],
  ["claude-code", { permissions: { allow: ["Bash"] } }, "broad"],
  ["claude-code", { permissions: { allow: ["Bash(npm test)"] } }, "partial"],
  ["claude-code", { permissions: { allow: ["Bash(python3:*)"] } }, "broad"],
  ["claude-code", { permissions: { allow: ["Bash(bash -c *)"] } }, "broad"],
  ["claude-code", { permissions: { allow: ["Bash(.venv/bin/python:*)"] } }, "broad"],
  ["claude-code", { permissions: { allow: ["Bash(python3 test.py:*)", "Bash(nodemon:*)"] } }, "partial"],
  ["claude-code", { permissions: { allow: ["Read(src/**)"] } }, "restricted"],
  ["claude-code", { permissions: { deny: ["Bash(curl:*)"] } }, "restricted"],
  ["claude-code", {}, "broad"],
  ["codex", { approval_policy: "never", sandbox_mode: "danger-full-access" }, "unrestricted"],
  ["codex", { approval_policy: "never", sandbox_mode: "read-only" }, "broad"],
  ["codex", { approval_policy: "on-request", sandbox_mode: "workspace-write" }, "restricted"],
  ["codex", {}, "restricted"],
  ["vscode-copilot", { "chat.permissions.default": "autopilot" }, "unrestricted"],
  ["vscode-copilot", { "chat.tools.autoApprove": true }, "restricted"],
  ["vscode-copilot", { "chat.tools.terminal.autoApprove": { "/.*/": true } }, "broad"],
  ["vscode-copilot", { "chat.tools.terminal.autoApprove": { ls: true, rm: false } }, "partial"],
  ["cursor", { terminalAllowlist: ["*"] }, "broad"],
  ["cursor", { mcpAllowlist: ["linear:*"] }, "partial"],
  ["claude-desktop", {}, "not_stated"],
  ["opencode", {}, "client_default_unrestricted"],
  ["opencode", { permission: "allow" }, "unrestricted"],
  ["opencode", { permission: "ask" }, "restricted"],
  ["opencode", { permission: { bash: "allow" } }, "broad"],
  ["opencode", { permission: { bash: { "git push": "allow", "rm *": "deny" } } }, "partial"],
  ["opencode", { permission: { bash: { "*": "ask" }, edit: "deny" } }, "restricted"],
  ["opencode", { agent: { build: { permission: { bash: { "*": "ask", "ls *": "allow" } } } } }, "partial"],
  [
    "opencode",
    { permission: { bash: "allow" }, agent: { build: { permission: { bash: "ask" } } } },
    "restricted",
  ],
  [
    "opencode",
    { default_agent: "plan", agent: { build: { permission: { bash: "allow" } } } },
    "client_default_unrestricted",
  ],
  ["kilo-code", { permission: { "*": { "*": "allow" } } }, "unrestricted"],
  ["goose", {}, "client_default_unrestricted"],
  ["goose", { GOOSE_MODE: "approve" }, "restricted"],
  ["goose", { GOOSE_MODE: "auto" }, "unrestricted"],
  ["aider", { "yes-always": true }, "unrestricted"],
  ["gemini-cli", { tools: { allowed: ["run_shell_command(git status)"] } }, "partial"],
  ["gemini-cli", { tools: { allowed: ["run_shell_command"] } }, "broad"],
  ["gemini-cli", { mcpServers: { a: { trust: true }, b: { trust: false } } }, "partial"],
  ["kiro", { mcpServers: { a: { autoApprove: ["*"] } } }, "broad"],
  ["kiro", {}, "broad"],
  ["amazon-q", { allowedTools: ["fs_read"] }, "restricted"],
  ["amazon-q", { allowedTools: ["fs_read", "execute_bash"] }, "broad"],
  ["amp", { "amp.permissions": [{ tool: "Bash", action: "allow", matches: { cmd: "ls" } }] }, "partial"],
  ["amp", { "amp.permissions": [{ tool: "*", action: "allow" }] }, "unrestricted"],
  ["augment", { toolPermissions: [{ toolName: "launch-process", permission: { type: "allow" } }] }, "broad"],
  [
    "augment",
    { toolPermissions: [{ toolName: "launch-process", permission: { type: "ask-user" } }] },
    "restricted",
  ],
  ["augment", {}, "client_default_unrestricted"],
  ["openclaw", { tools: { exec: { security: "deny", ask: "always" } } }, "restricted"],
  ["factory-droid", { autonomyMode: "auto-high" }, "unrestricted"],
  ["qwen-code", {}, "broad"],
  ["qwen-code", { tools: { approvalMode: "yolo" } }, "unrestricted"],
  ["zed", { agent: { tool_permissions: { default: "allow" } } }, "unrestricted"],
  ["crush", { permissions: { allowed_tools: ["bash"] } }, "broad"],
  ["devin", { permissions: { allow: ["Exec(git)"] } }, "partial"],
  ["kimi-cli", { default_permission_mode: "yolo" }, "unrestricted"],
  ["grok-build", { ui: { permission_mode: "always-approve" } }, "unrestricted"],
  ["hermes-agent", { approvals: { mode: "off" } }, "unrestricted"],
  ["pi", {}, "client_default_unrestricted"],
  ["roo-code", { mcpServers: { a: { alwaysAllow: ["read_file"] } } }, "partial"],
]

describe("effective autonomy", () => {
  for (const [id, file, level] of LEVELS) {
    it(`of ${id} with ${JSON.stringify(file)} is ${level}`, () => {
      assert.equal(autonomyOf(id, [file]).level, level)
    })
  }

  it("is the freest that any of an agent's files grants", () => {
    const files = [
      { permissions: { defaultMode: "plan" } },
      { permissions: { defaultMode: "bypassPermissions" } },
    ]
    assert.equal(autonomyOf("claude-code", files).level, "unrestricted")
  })

  it("names the file of each setting, and says so where a client's default decides", () => {
    assert.deepEqual(autonomyOf("claude-code", [{ permissions: { defaultMode: "plan" } }]).effective, [
      { setting: "permissions.defaultMode", value: "plan", source: "/file-0" },
    ])
    assert.equal(autonomyOf("codex", [{}]).effective[0]?.source, "default of Codex")
  })
})

function autonomyOf(id: string, files: readonly object[]): Autonomy {
  const client = loadKnowledge().clients.find((known) => known.id === id)
  assert.ok(client)
  return effectiveAutonomy(
    client,
    files.map((file, index) => observationOf(client, file, index)),
  )
}

function observationOf(client: KnownClient, file: object, index: number): Observation {
  return {
    client,
    owner: { kind: "home", path: "/home/ada" },
    path: `/file-${index}`,
    what: "configuration",
    confidence: "high",
    servers: [],
    credentials: [],
    settings: readSettings(file, client),
    subAgents: [],
  }
}
