import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, relative } from "node:path"
import { describe, it, type TestContext } from "node:test"
import { ManualClock, Secret } from "@tabard/core"
import type { Observation } from "./configurations/observation.ts"
import type { ScanReport } from "./report.ts"
import { silentReporter } from "./reporter.ts"
import { type ScanOptions, scan } from "./scan.ts"

describe("scanning a home directory", () => {
  it("finds the four clients and their servers where each keeps them", async (t) => {
    const report = await scanHome(t, {
      ".claude.json": {
        mcpServers: { a: npx("a@1.0.0") },
        projects: { "/src/x": { mcpServers: { b: npx("b@1.0.0") } } },
      },
      ".cursor/mcp.json": { mcpServers: { c: npx("c@1.0.0") } },
      ".config/Code/User/mcp.json": { servers: { d: npx("d@1.0.0") } },
      ".codex/config.toml": '[mcp_servers.e]\ncommand = "npx"\nargs = ["e@1.0.0"]\n',
    })
    assert.deepEqual(clientsOf(report), ["claude-code", "codex", "cursor", "vscode-copilot"])
    assert.deepEqual(report.mcpServers.map(({ name }) => name).toSorted(), ["a", "b", "c", "d", "e"])
    assert.equal(report.unreadable.length, 0)
  })

  it("looks where macOS and Windows keep them", async (t) => {
    const servers = { servers: { d: npx("d@1.0.0") } }
    const macos = await scanHome(
      t,
      { "Library/Application Support/Code/User/mcp.json": servers },
      { os: "macos" },
    )
    const windows = await scanHome(t, { "AppData/Roaming/Code/User/mcp.json": servers }, { os: "windows" })
    assert.deepEqual([...clientsOf(macos), ...clientsOf(windows)], ["vscode-copilot", "vscode-copilot"])
  })

  it("tells one agent for a person's use of one client, however many files configure it", async (t) => {
    const home = folder(t, {
      ".claude.json": { mcpServers: { a: npx("a@1.0.0") } },
      ".claude/settings.json": { permissions: { defaultMode: "plan" } },
      "work/.mcp.json": { mcpServers: { b: npx("b@1.0.0") } },
    })
    const report = await run({ home, roots: [join(home, "work")] })
    assert.equal(report.agents.length, 1)
    assert.equal(report.agents[0]?.mcpServers.length, 2)
  })

  it("finds an agent by its client's folder alone, with the autonomy of the client's default", async (t) => {
    const report = await scanHome(t, { ".claude/history.jsonl": "" })
    const [agent] = report.agents
    assert.equal(agent?.client, "claude-code")
    assert.equal(agent?.confidence, "medium")
    assert.equal(agent?.autonomy.level, "broad")
    assert.match(agent?.autonomy.effective[0]?.source ?? "", /default of Claude Code/)
  })

  it("takes an editor's settings for an agent only where they speak of one", async (t) => {
    const silent = await scanHome(t, { ".config/Code/User/settings.json": { "editor.fontSize": 13 } })
    const speaking = await scanHome(t, {
      ".config/Code/User/settings.json": { "chat.tools.global.autoApprove": true },
    })
    assert.deepEqual(clientsOf(silent), [])
    assert.equal(speaking.agents[0]?.autonomy.level, "unrestricted")
    assert.deepEqual(rulesOf(speaking), ["unrestricted-autonomy"])
  })
})

describe("scanning a folder", () => {
  it("reads nothing of the home when none is given", async (t) => {
    const home = folder(t, {
      ".claude.json": { mcpServers: { a: npx("a") } },
      "work/.mcp.json": { b: npx("b") },
    })
    const report = await run({ home: null, roots: [join(home, "work")] })
    assert.deepEqual(
      report.mcpServers.map(({ name }) => name),
      ["b"],
    )
    assert.deepEqual(report.roots, [join(home, "work")])
  })

  it("recognises known files at any depth, but not in other people's code", async (t) => {
    const servers = { mcpServers: { a: npx("a@1.0.0") } }
    const root = folder(t, {
      "x/y/z/.mcp.json": servers,
      "node_modules/p/.mcp.json": { mcpServers: { hidden: npx("h") } },
    })
    const report = await run({ roots: [root] })
    assert.deepEqual(
      report.mcpServers.map(({ name }) => name),
      ["a"],
    )
  })

  it("tells an agent for each project, since it knows no person", async (t) => {
    const root = folder(t, {
      "x/.mcp.json": { a: npx("a@1") },
      "x/.claude/settings.json": {},
      "y/.mcp.json": { a: npx("a@1") },
    })
    const report = await run({ roots: [root] })
    assert.equal(report.agents.length, 2)
    assert.equal(report.mcpServers.length, 1, "the same server, seen in two places")
    assert.equal(report.mcpServers[0]?.locations.length, 2)
  })

  it("tells servers of files that are no known client's, without an agent and each once", async (t) => {
    const local = { mcpServers: { own: { command: "node", args: ["./server.js"] } } }
    const root = folder(t, { "x/mcp.json": local, "y/.cursor/mcp.json": local })
    const report = await run({ roots: [root] })
    assert.deepEqual(
      report.mcpServers.map(({ locations }) => locations.length),
      [1, 1],
    )
    assert.deepEqual(clientsOf(report), ["cursor"])
  })

  it("takes what is only named like a configuration for none", async (t) => {
    const skill = { "openclaw.json": { name: "explorer", tools: [{ name: "search", command: "bun" }] } }
    assert.deepEqual(clientsOf(await run({ roots: [folder(t, skill)] })), [])
    const own = { "openclaw.json": { gateway: { bind: "loopback" } } }
    assert.deepEqual(clientsOf(await run({ roots: [folder(t, own)] })), ["openclaw"])
  })

  it("reads the editor's settings in workspaces and development containers", async (t) => {
    const settings = { "chat.tools.global.autoApprove": true }
    for (const files of [
      { "a.code-workspace": { folders: [], settings } },
      { ".devcontainer/devcontainer.json": { customizations: { vscode: { settings } } } },
    ]) {
      const [agent] = (await run({ roots: [folder(t, files)] })).agents
      assert.deepEqual([agent?.client, agent?.autonomy.level], ["vscode-copilot", "unrestricted"])
    }
  })

  it("takes the description of a configuration for none", async (t) => {
    const schema = { $schema: "http://json-schema.org/draft-07/schema#", properties: { mcp: {} } }
    assert.deepEqual(clientsOf(await run({ roots: [folder(t, { "schemas/opencode.json": schema })] })), [])
  })

  it("takes an editor's settings for an agent where they only say where its parts are", async (t) => {
    for (const setting of [
      "chat.agent.enabled",
      "chat.pluginLocations",
      "github.copilot.chat.agent.autoFix",
    ]) {
      const report = await run({ roots: [folder(t, { ".vscode/settings.json": { [setting]: true } })] })
      assert.deepEqual(clientsOf(report), ["vscode-copilot"], setting)
    }
    const other = { "github.copilot.enable": { markdown: true }, "chat.commandCenter.enabled": true }
    assert.deepEqual(clientsOf(await run({ roots: [folder(t, { ".vscode/settings.json": other })] })), [])
  })

  it("takes Zed's settings for an agent only where they speak to it", async (t) => {
    const clients = async (settings: object): Promise<readonly unknown[]> =>
      clientsOf(await run({ roots: [folder(t, { ".zed/settings.json": settings })] }))
    assert.deepEqual(await clients({ agent: { dock: "right" } }), ["zed"])
    assert.deepEqual(await clients({ agent_servers: { other: { type: "registry" } } }), ["zed"])
    assert.deepEqual(await clients({ agent: { dock: "right" }, disable_ai: true }), [])
    assert.deepEqual(await clients({ format_on_save: "on" }), [])
  })

  it("tells two servers apart that run a script of their own folder by the same words", async (t) => {
    const local = { mcpServers: { own: { command: "node", args: ["./server.js"] } } }
    const root = folder(t, { "x/.mcp.json": local, "y/.mcp.json": local })
    assert.equal((await run({ roots: [root] })).mcpServers.length, 2)
  })

  it("answers the same report twice but for the time", async (t) => {
    const root = folder(t, {
      "b/.mcp.json": { mcpServers: { z: npx("z"), a: { url: "https://mcp.linear.app/mcp" } } },
      "a/.cursor/mcp.json": { mcpServers: { k: { ...npx("k"), env: { API_KEY: randomLooking() } } } },
    })
    assert.deepEqual(await run({ roots: [root] }), await run({ roots: [root] }))
  })

  it("keeps an agent's key when its configuration changes", async (t) => {
    const root = folder(t, { ".mcp.json": { mcpServers: { a: npx("a") } } })
    const before = await run({ roots: [root] })
    writeFileSync(join(root, ".mcp.json"), JSON.stringify({ mcpServers: { b: npx("b"), a: npx("a") } }))
    const after = await run({ roots: [root] })
    assert.equal(after.agents[0]?.key, before.agents[0]?.key)
    assert.ok(after.mcpServers.some(({ key }) => key === before.mcpServers[0]?.key))
  })
})

describe("scanning hostile input", () => {
  const good = { mcpServers: { good: npx("good@1.0.0") } }

  const broken: Readonly<Record<string, string>> = {
    "not JSON": '{"mcpServers": {{{',
    "nested too deep": `${'{"a":'.repeat(200)}1${"}".repeat(200)}`,
    "nested too deep behind a comment": `/* " */ ${"[".repeat(100_000)}`,
  }
  for (const [what, text] of Object.entries(broken)) {
    it(`reports a file that is ${what}, and reads the next`, async (t) => {
      const root = folder(t, { "a/.mcp.json": text, "b/.mcp.json": good })
      const report = await run({ roots: [root] })
      assert.deepEqual(
        report.unreadable.map(({ path }) => path),
        [join(root, "a/.mcp.json")],
      )
      assert.deepEqual(
        report.mcpServers.map(({ name }) => name),
        ["good"],
      )
      assert.equal(report.coverage.filesSkipped, 1)
      assert.equal(report.coverage.clientsChecked, report.coverage.clientsKnown - 1)
    })
  }

  it("reports a huge file without reading it", async (t) => {
    const root = folder(t, { "a/.mcp.json": "{}", "b/.mcp.json": good })
    truncateSync(join(root, "a/.mcp.json"), 2 ** 31)
    const report = await run({ roots: [root] })
    assert.match(report.unreadable[0]?.reason ?? "", /larger than/)
    assert.equal(report.mcpServers.length, 1)
  })

  it("takes prototype names for names", async (t) => {
    const text =
      '{"mcpServers": {"__proto__": {"command": "x"}, "constructor": {"command": "y"}}, "__proto__": {"polluted": 1}}'
    const report = await run({ roots: [folder(t, { ".mcp.json": text })] })
    assert.deepEqual(report.mcpServers.map(({ name }) => name).toSorted(), ["__proto__", "constructor"])
    assert.equal("polluted" in {}, false)
  })

  it("does not follow links to folders, and says which lead in a circle or elsewhere", async (t) => {
    const outside = folder(t, { "x/.mcp.json": good })
    const root = folder(t, { "a/.mcp.json": good, "b/keep.txt": "" })
    symlinkSync(root, join(root, "a/loop"))
    symlinkSync(join(root, "b/self"), join(root, "b/self"))
    symlinkSync(join(outside, "x"), join(root, "b/outside"))
    symlinkSync(join(root, "a"), join(root, "b/within"))
    symlinkSync(join(root, "nothing"), join(root, "b/nothing"))
    const report = await run({ roots: [root] })
    assert.equal(report.agents.length, 1)
    const told = new Map(report.unreadable.map(({ path, reason }) => [relative(root, path), reason]))
    assert.deepEqual([...told.keys()].toSorted(), ["a/loop", "b/outside", "b/self"])
    assert.match(told.get("a/loop") ?? "", /circle/)
    assert.match(told.get("b/self") ?? "", /circle/)
    assert.match(told.get("b/outside") ?? "", /elsewhere/)
  })

  it("reports a link that leads out of the root instead of reading it", async (t) => {
    const outside = folder(t, { "x.json": good })
    const root = folder(t, { "keep.txt": "" })
    symlinkSync(join(outside, "x.json"), join(root, ".mcp.json"))
    const report = await run({ roots: [root] })
    assert.match(report.unreadable[0]?.reason ?? "", /leads out/)
    assert.equal(report.mcpServers.length, 0)
  })

  it("does not wait for a pipe that bears a known name", {
    skip: process.platform === "win32",
  }, async (t) => {
    const root = folder(t, { "b/.mcp.json": good })
    execFileSync("mkfifo", [join(root, ".mcp.json")])
    const report = await run({ roots: [root] })
    assert.match(report.unreadable[0]?.reason ?? "", /not a regular file/)
    assert.equal(report.mcpServers.length, 1)
  })

  const isRoot = process.getuid?.() === 0 && "the superuser may read everything"
  it("reports a folder without permission, and reads the next", { skip: isRoot }, async (t) => {
    const root = folder(t, { "a/.mcp.json": good, "b/.mcp.json": good })
    chmodSync(join(root, "a"), 0)
    // Given back at once: the folder must be removable when the test ends.
    const report = await run({ roots: [root] }).finally(() => chmodSync(join(root, "a"), 0o700))
    assert.match(report.unreadable[0]?.reason ?? "", /no permission/)
    assert.equal(report.mcpServers.length, 1)
  })

  it("reports a home that is not there, and counts no client as looked for", async (t) => {
    const home = join(folder(t, {}), "nobody")
    const report = await run({ home })
    assert.deepEqual(report.unreadable, [{ path: home, reason: "there is no such file or folder" }])
    assert.equal(report.coverage.clientsChecked, 0)
  })

  it("reports a root that is not there", async (t) => {
    const root = join(folder(t, {}), "nowhere")
    const report = await run({ roots: [root] })
    assert.deepEqual(report.unreadable, [{ path: root, reason: "there is no such file or folder" }])
  })

  it("says where it stopped when there are more names than it looks at", async (t) => {
    const root = folder(t, Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`f${n}`, ""])))
    const limits = {
      sourceBytes: 1_000_000,
      depth: 2,
      entries: 10,
      fileBytes: 1000,
      nesting: 8,
      servers: 5,
      values: 20,
    }
    const report = await run({ roots: [root], limits })
    assert.match(report.unreadable[0]?.reason ?? "", /more than 10 names/)
  })

  it("says so when a file holds more servers or values than it looks at", async (t) => {
    const servers = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`s${n}`, npx("a@1")]))
    const limits = {
      sourceBytes: 1_000_000,
      depth: 2,
      entries: 10,
      fileBytes: 10_000,
      nesting: 8,
      servers: 5,
      values: 1_000,
    }
    const report = await run({ roots: [folder(t, { ".mcp.json": { mcpServers: servers } })], limits })
    assert.equal(report.mcpServers.length, 5)
    assert.match(report.unreadable[0]?.reason ?? "", /more than 5 servers/)
  })

  it("stops when it is told to", async (t) => {
    const root = folder(t, { ".mcp.json": good })
    await assert.rejects(run({ roots: [root] }, AbortSignal.abort()), { name: "AbortError" })
  })

  it("refuses a fingerprint key that could be guessed", async () => {
    await assert.rejects(run({ fingerprintKey: new Secret("short") }), /too short/)
  })
})

describe("a scan's reporter", () => {
  it("hears each configuration, what could not be read, and how far the scan is", async (t) => {
    const root = folder(t, { "a/.mcp.json": "{", "b/.mcp.json": { mcpServers: { x: npx("x") } } })
    const heard: string[] = []
    const reporter = {
      observed: ({ path }: Observation) => void heard.push(`observed ${path.slice(root.length)}`),
      unreadable: (path: string) => void heard.push(`unreadable ${path.slice(root.length)}`),
      progress: ({ filesRead }: { filesRead: number }) => void heard.push(`progress ${filesRead}`),
    }
    await scan(options({ roots: [root] }), reporter, new AbortController().signal)
    assert.ok(heard.includes("observed /b/.mcp.json"))
    assert.ok(heard.includes("unreadable /a/.mcp.json"))
    assert.ok(heard.includes("progress 2"))
  })
})

type Tree = Readonly<Record<string, string | object>>

function npx(name: string): { command: string; args: string[] } {
  return { command: "npx", args: ["-y", name] }
}

function randomLooking(): string {
  return ["q8Zk2", "Lw0Vn", "5Tyr7", "Hc3Jd", "9Xp4B"].join("")
}

function folder(t: TestContext, tree: Tree): string {
  const root = mkdtempSync(join(tmpdir(), "tabard-scan-"))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content))
  }
  return root
}

function options(over: Partial<ScanOptions>): ScanOptions {
  const clock = new ManualClock("2026-11-21T08:00:00Z")
  return { roots: [], home: null, os: "linux", fingerprintKey: new Secret("f".repeat(32)), clock, ...over }
}

function run(
  over: Partial<ScanOptions>,
  signal: AbortSignal = new AbortController().signal,
): Promise<ScanReport> {
  return scan(options(over), silentReporter, signal)
}

function scanHome(t: TestContext, tree: Tree, over: Partial<ScanOptions> = {}): Promise<ScanReport> {
  return run({ home: folder(t, tree), ...over })
}

function clientsOf(report: ScanReport): readonly string[] {
  return report.agents.map(({ client }) => String(client)).toSorted()
}

function rulesOf(report: ScanReport): readonly string[] {
  return report.findings.map(({ rule }) => rule)
}
