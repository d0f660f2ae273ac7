import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { describe, it, type TestContext } from "node:test"
import { inspect } from "node:util"
import { ManualClock, Secret } from "@tabard/core"
import { sarifOf } from "../formats/sarif.ts"
import type { ScanReport, SeenAgent } from "../report.ts"
import { type ScanOptions, scan } from "../scan.ts"
import type { ListProcesses, RunningProcess } from "./running-process.ts"

const TOKEN = ["gh", "p_", "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"].join("")
const ASKS = { ".claude/settings.json": '{"permissions": {"defaultMode": "default"}}' }
const CLI = "/usr/lib/node_modules/@anthropic-ai/claude-code/cli.js"

describe("a running client", () => {
  const ways: Readonly<Record<string, readonly [client: string, command: readonly string[]]>> = {
    "by its name": ["codex", ["codex", "exec"]],
    "by its path": ["claude-code", ["/home/ada/.local/bin/claude"]],
    "by the package an interpreter runs": ["claude-code", ["node", "--no-warnings", CLI]],
    "by the package a launcher fetches": ["gemini-cli", ["npx", "-y", "@google/gemini-cli@0.9.0"]],
    "by a linked script": ["gemini-cli", ["node", "/usr/local/bin/gemini"]],
    "by its module": ["aider", ["python3.12", "-m", "aider", "--model", "x"]],
    "by its bundle on macOS": ["lm-studio", ["/Applications/LM", "Studio.app/Contents/MacOS/LM", "Studio"]],
    "by its program on Windows": [
      "claude-desktop",
      [String.raw`C:\Users\ada\AppData\Local\AnthropicClaude\Claude.exe`],
    ],
  }
  for (const [how, [client, command]] of Object.entries(ways))
    it(`is known ${how}, without any file of it`, async (t) => {
      const { agents } = await scanned(t, {}, [{ pid: 42, parent: 1, command }])
      assert.deepEqual(
        agents.map((agent) => agent.client),
        [client],
      )
      assert.equal(agents[0]?.evidence[0]?.what, "running, pid 42")
      assert.equal(agents[0]?.confidence, "high")
    })

  it("is not known by a name that other programs have too, unless its files are there", async (t) => {
    const running = [{ pid: 42, parent: 1, command: ["pi"] }]
    assert.deepEqual((await scanned(t, {}, running)).agents, [])
    const { agents } = await scanned(t, { ".pi/agent/settings.json": "{}" }, running)
    assert.ok(whatOf(agents[0]).includes("running, pid 42"))
  })

  const others: readonly (readonly string[])[] = [
    ["vim", "claude"],
    ["grep", "-r", "@anthropic-ai/claude-code", "."],
    ["node", "server.js", "--client", "codex"],
    ["bash", "-c", "sleep 1; echo codex"],
    ["tail", "-f", "/home/ada/.claude/log"],
    ["python3", "-c", "import aider"],
    ["npm", "install", "@google/gemini-cli"],
    [],
  ]
  for (const command of others)
    it(`is not ${command.join(" ") || "nothing at all"}`, async (t) => {
      assert.deepEqual((await scanned(t, {}, [{ pid: 42, parent: 1, command }])).agents, [])
    })

  it("is the agent that its files tell of, and keeps its places", async (t) => {
    const { agents } = await scanned(t, ASKS, [{ pid: 42, parent: 1, command: ["claude"] }])
    assert.equal(agents.length, 1)
    assert.deepEqual(
      agents[0]?.locations.map(({ path }) => path.split("/").at(-1)),
      ["settings.json"],
    )
    assert.ok(whatOf(agents[0]).includes("running, pid 42"))
  })

  it("is told once for all its helpers", async (t) => {
    const running = [
      { pid: 42, parent: 1, command: ["/usr/share/cursor/cursor"] },
      { pid: 43, parent: 42, command: ["/usr/share/cursor/cursor", "--type=renderer"] },
      { pid: 44, parent: 42, command: ["/usr/share/cursor/cursor", "--type=gpu-process"] },
    ]
    const { agents } = await scanned(t, {}, running)
    assert.deepEqual(whatOf(agents[0]), ["running, pid 42"])
  })

  it("is as free as its command line makes it, whatever its files say", async (t) => {
    const lines: readonly (readonly [readonly string[], SeenAgent["autonomy"]["level"]])[] = [
      [["claude", "-p", "do it"], "restricted"],
      [["claude", "--dangerously-skip-permissions"], "unrestricted"],
      [["claude", "--permission-mode", "acceptEdits"], "partial"],
      [["claude", "--permission-mode=bypassPermissions"], "unrestricted"],
      [["node", CLI, "--allowedTools", "Bash(npm test)"], "partial"],
      [["claude", "--append-system-prompt", "never --dangerously-skip"], "restricted"],
    ]
    for (const [command, level] of lines) {
      const { agents } = await scanned(t, ASKS, [{ pid: 42, parent: 1, command }])
      assert.equal(agents[0]?.autonomy.level, level, command.join(" "))
    }
  })

  it("that asks nobody is a finding, with the flag as evidence and the same place at the next start", async (t) => {
    const command = ["/usr/bin/codex", "exec", "--yolo", "go on"]
    const [one, two] = [
      await scanned(t, {}, [{ pid: 42, parent: 1, command }]),
      await scanned(t, {}, [{ pid: 977, parent: 1, command }]),
    ]
    assert.deepEqual(
      one.findings.map(({ rule, evidence }) => [rule, evidence]),
      [["unrestricted-autonomy", [{ path: "/usr/bin/codex", line: null, what: "--yolo: given" }]]],
    )
    assert.deepEqual(
      one.findings.map(({ evidence }) => evidence),
      two.findings.map(({ evidence }) => evidence),
    )
    assert.equal(
      sarifOf(one).runs[0].results[0]?.locations[0]?.physicalLocation.artifactLocation.uri,
      "file:///usr/bin/codex",
    )
  })

  it("tells the known servers that it started, each once", async (t) => {
    const server = "/home/ada/.npm/_npx/1/node_modules/@modelcontextprotocol/server-filesystem/dist/index.js"
    const { agents } = await scanned(t, ASKS, [
      { pid: 42, parent: 1, command: ["claude"] },
      { pid: 50, parent: 42, command: ["npx", "@modelcontextprotocol/server-filesystem", "/home/ada/work"] },
      { pid: 51, parent: 50, command: ["node", server, "/home/ada/work"] },
      { pid: 52, parent: 42, command: ["git", "status"] },
      { pid: 60, parent: 1, command: ["uvx", "mcp-server-time"] },
    ])
    assert.deepEqual(
      whatOf(agents[0]).filter((what) => what.startsWith("runs")),
      ["runs MCP server filesystem, pid 50"],
    )
  })

  it("in a ring of parents ends the looking", async (t) => {
    const ring = [
      { pid: 42, parent: 43, command: ["claude"] },
      { pid: 43, parent: 42, command: ["bash"] },
    ]
    assert.equal((await scanned(t, ASKS, ring)).agents.length, 1)
  })
})

describe("a secret in a command line", () => {
  it("becomes a fingerprint, the same as that of the file it also stands in, and nothing of it is told", async (t) => {
    const file = { mcpServers: { github: { command: "./github", env: { GITHUB_TOKEN: TOKEN } } } }
    const heard: unknown[] = []
    const report = await scanned(
      t,
      { ...ASKS, ".claude.json": JSON.stringify(file) },
      [
        { pid: 42, parent: 1, command: ["claude", "--mcp-config", `{"env":{"TOKEN":"${TOKEN}"}}`] },
        { pid: 43, parent: 42, command: ["./github", "--token", TOKEN, `--at=https://x.test/${TOKEN}`] },
      ],
      heard,
    )
    assert.deepEqual(
      report.credentials.map(({ kind, locations }) => [
        kind,
        locations.map(({ path }) => path.split("/").at(-1)),
      ]),
      [["github-pat-classic", [".claude.json", "command line of Claude Code"]]],
    )
    const said = JSON.stringify(report) + inspect(heard, { depth: null })
    for (let at = 0; at + 12 <= TOKEN.length; at++) assert.ok(!said.includes(TOKEN.slice(at, at + 12)))
  })

  it("is found in what the agent started, and belongs to it", async (t) => {
    const report = await scanned(t, ASKS, [
      { pid: 42, parent: 1, command: ["claude"] },
      { pid: 43, parent: 42, command: ["./own-server", "--token", TOKEN] },
    ])
    assert.deepEqual(report.agents[0]?.credentials, [report.credentials[0]?.key])
    const [finding] = report.findings.filter(({ rule }) => rule === "plaintext-credential")
    assert.match(finding?.message ?? "", /stands in plain text in the command line of Claude Code\.$/)
  })

  it("is no commit, digest or address that an agent's work is about", async (t) => {
    const report = await scanned(t, ASKS, [
      { pid: 42, parent: 1, command: ["claude", "-p", "look at 4f9c1e7a0b3d68524f9c1e7a0b3d68524f9c1e7a"] },
      { pid: 43, parent: 42, command: ["git", "show", "4f9c1e7a0b3d68524f9c1e7a0b3d68524f9c1e7a"] },
      { pid: 44, parent: 42, command: ["docker", "pull", `x@sha256:${"4f9c1e7a0b3d6852".repeat(4)}`] },
      { pid: 45, parent: 42, command: ["curl", "https://x.test/4f9c1e7a0b3d68524f9c1e7a0b3d68524f9c1e7a"] },
    ])
    assert.deepEqual(report.credentials, [])
  })

  it("of a program that is no agent's is nobody's business", async (t) => {
    const report = await scanned(t, ASKS, [{ pid: 9, parent: 1, command: ["psql", "--token", TOKEN] }])
    assert.deepEqual(report.credentials, [])
  })
})

describe("looking at what runs", () => {
  it("is left alone where only paths are read", async (t) => {
    const root = freshFolder(t)
    let asked = false
    const listProcesses: ListProcesses = () => {
      asked = true
      return Promise.resolve({ processes: [{ pid: 42, parent: 1, command: ["claude"] }] })
    }
    const report = await scan({ ...OPTIONS, roots: [root], home: null, listProcesses }, quiet([]), SIGNAL)
    assert.deepEqual([asked, report.agents], [false, []])
  })

  it("fails without a word of what failed, and the files are told all the same", async (t) => {
    const home = freshFolder(t, ASKS)
    const listProcesses: ListProcesses = () => Promise.reject(new Error(`bad ${TOKEN}`))
    const report = await scan({ ...OPTIONS, roots: [], home, listProcesses }, quiet([]), SIGNAL)
    assert.deepEqual(report.unreadable, [
      { path: "running programs", reason: "the system did not tell which programs run" },
    ])
    assert.equal(report.agents.length, 1)
  })
})

const SIGNAL = new AbortController().signal
const OPTIONS: Omit<ScanOptions, "roots" | "home"> = {
  os: "linux",
  fingerprintKey: new Secret("f".repeat(32)),
  clock: new ManualClock("2026-11-21T00:00:00Z"),
}

function scanned(
  t: TestContext,
  files: Readonly<Record<string, string>>,
  processes: readonly RunningProcess[],
  heard: unknown[] = [],
): Promise<ScanReport> {
  const home = freshFolder(t, files)
  const listProcesses: ListProcesses = () => Promise.resolve({ processes })
  return scan({ ...OPTIONS, roots: [], home, listProcesses }, quiet(heard), SIGNAL)
}

function quiet(heard: unknown[]): Parameters<typeof scan>[1] {
  const hear = (...said: readonly unknown[]): void => void heard.push(said)
  return { observed: hear, unreadable: hear, progress: hear }
}

function freshFolder(t: TestContext, files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "tabard-running-"))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

function whatOf(agent: SeenAgent | undefined): readonly string[] {
  return (agent?.evidence ?? []).map(({ what }) => what)
}
