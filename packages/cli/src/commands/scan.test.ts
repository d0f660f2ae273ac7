import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it, type TestContext } from "node:test"
import { ManualClock, Secret } from "@tabard/core"
import { UsageError } from "../usage-error.ts"
import { runScan, type ScanDeps } from "./scan.ts"
import { parseScan, type ScanArguments } from "./scan-arguments.ts"
import { ScanProgressBar } from "./scan-progress.ts"

describe("the arguments of scan", () => {
  it("default to a report for people, of the home and the current directory", () => {
    assert.deepEqual(parseScan([]), asked())
  })

  it("take paths, and --json for --format json", () => {
    assert.deepEqual(parseScan(["a", "b", "--json"]), asked({ paths: ["a", "b"], format: "json" }))
    assert.deepEqual(parseScan(["--format", "json"]), asked({ format: "json" }))
    assert.deepEqual(parseScan(["--", "--odd"]), asked({ paths: ["--odd"] }))
  })

  for (const args of [
    ["--format", "xml"],
    ["--unknown"],
    ["--json", "--format", "pretty"],
    [""],
    ["--format"],
  ]) {
    it(`are refused with what would be right: ${JSON.stringify(args)}`, () => {
      assert.throws(
        () => parseScan(args),
        (error) => error instanceof UsageError && error.message.includes("usage: tabard scan"),
      )
    })
  }
})

describe("running scan", () => {
  it("reads home and current directory, and exits with 0", async (t) => {
    const world = worldOf(t)
    assert.equal(await runScan(asked({ format: "json" }), world.deps), 0)
    const report = JSON.parse(world.stdout())
    assert.equal(report.schema, "tabard.scan/1")
    assert.deepEqual(names(report.mcpServers), ["in-cwd", "in-home"])
    assert.equal(report.host, "test-host")
  })

  it("reads only the paths it is given", async (t) => {
    const world = worldOf(t)
    await runScan(asked({ paths: ["."], format: "json" }), world.deps)
    assert.deepEqual(names(JSON.parse(world.stdout()).mcpServers), ["in-cwd"])
  })

  it("shows agents, servers, credentials by fingerprint, findings and what was not read", async (t) => {
    const world = worldOf(t)
    writeFileSync(join(world.deps.cwd, "broken.code-workspace"), "{")
    await runScan(asked(), world.deps)
    const text = world.stdout()
    for (const title of ["Local agents", "MCP servers", "Credentials", "Findings", "Not read"])
      assert.match(text, new RegExp(title))
    assert.match(text, /^ {2}[0-9a-f]{8} {2}GitHub, plaintext {2}~\/\.claude\.json:\d+$/m)
    assert.match(text, /critical {2}A credential \(github-pat-classic, GitHub\)/)
    assert.match(text, /5 known clients looked for/)
    assert.doesNotMatch(text, /aB3dE6gH9jK2/)
    assert.ok(!text.includes("\u001B"), "no colour where there is no terminal")
  })

  it("lets no name that it found steer the terminal", async (t) => {
    const world = worldOf(t)
    const evil = "a\u001B[2J\u001B]0;owned\u0007\u202E\u009B31m\nfake: line"
    const config = { mcpServers: { [evil]: { command: evil, args: [evil] } } }
    const folder = join(world.deps.cwd, "x\u001B[31m")
    mkdirSync(folder)
    writeFileSync(join(folder, ".mcp.json"), JSON.stringify(config))
    await runScan(asked(), world.deps)
    const ours = world.stdout()
    for (const control of ["\u001B", "\u0007", "\u009B", "\u202E"]) assert.ok(!ours.includes(control))
    assert.match(ours, /a\\u\{1b\}\[2J/)
    assert.doesNotMatch(ours, /^fake: line/m)
  })

  it("exits with 3 where nothing it was sent to can be read", async (t) => {
    const world = worldOf(t)
    assert.equal(await runScan(asked({ paths: ["nowhere"], format: "json" }), world.deps), 3)
    assert.equal(JSON.parse(world.stdout()).unreadable.length, 1)
  })

  it("exits with 0 where it looked and there was nothing", async (t) => {
    const world = worldOf(t)
    mkdirSync(join(world.deps.cwd, "empty"))
    assert.equal(await runScan(asked({ paths: ["empty"] }), world.deps), 0)
    assert.match(world.stdout(), /0 agents/)
  })

  it("exits with 130 and says nothing when it is stopped", async (t) => {
    const world = worldOf(t)
    assert.equal(
      await runScan(asked({ format: "json" }), { ...world.deps, signal: AbortSignal.abort() }),
      130,
    )
    assert.equal(world.stdout(), "")
  })

  it("draws progress on the error output of a terminal, and clears it", async (t) => {
    const world = worldOf(t, { isTTY: true })
    await runScan(asked({ format: "json" }), world.deps)
    assert.match(world.stderr(), /files seen/)
    assert.ok(world.stderr().endsWith("\r\u001B[2K"))
    assert.doesNotThrow(() => JSON.parse(world.stdout()))
  })

  it("draws no progress where there is no terminal", async (t) => {
    const world = worldOf(t)
    await runScan(asked({ format: "json" }), world.deps)
    assert.equal(world.stderr(), "")
  })
})

describe("the progress bar", () => {
  it("keeps to one line, and redraws at most twelve times a second", () => {
    const written: string[] = []
    const clock = new ManualClock("2026-11-21T00:00:00Z")
    const bar = new ScanProgressBar({ write: (text) => written.push(text), isTTY: true, columns: 40 }, clock)
    for (let at = 0; at < 100; at++) {
      bar.progress({ filesSeen: at, filesRead: 0, place: `/${"deep/".repeat(40)}\n` })
      clock.advance(10)
    }
    assert.ok(written.length <= 13)
    assert.ok(written.every((line) => line.length <= 40 + "\r\u001B[2K".length && !line.includes("\n")))
  })
})

interface World {
  readonly deps: ScanDeps
  stdout(): string
  stderr(): string
}

function worldOf(t: TestContext, { isTTY = false } = {}): World {
  const root = mkdtempSync(join(tmpdir(), "tabard-cli-scan-"))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  const home = join(root, "home")
  const cwd = join(root, "work")
  for (const folder of [home, cwd]) mkdirSync(folder)
  const token = ["gh", "p_", "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"].join("")
  const inHome = { "in-home": { command: "npx", args: ["tavily-mcp"], env: { TOKEN: token } } }
  writeFileSync(join(home, ".claude.json"), JSON.stringify({ mcpServers: inHome }, null, 2))
  writeFileSync(
    join(cwd, ".mcp.json"),
    JSON.stringify({ mcpServers: { "in-cwd": { command: "npx", args: ["x@1.0.0"] } } }),
  )
  const out: string[] = []
  const err: string[] = []
  const deps: ScanDeps = {
    stdout: { write: (text) => out.push(text), isTTY },
    stderr: { write: (text) => err.push(text), isTTY, columns: 100 },
    home,
    cwd,
    os: "linux",
    host: "test-host",
    clock: new ManualClock("2026-11-21T00:00:00Z"),
    signal: new AbortController().signal,
    fingerprintKey: () => Promise.resolve(new Secret("f".repeat(32))),
  }
  return { deps, stdout: () => out.join(""), stderr: () => err.join("") }
}

function asked(some: Partial<ScanArguments> = {}): ScanArguments {
  return { paths: [], format: "pretty", failOn: null, baseline: null, ...some }
}

function names(servers: readonly { readonly name: string }[]): readonly string[] {
  return servers.map(({ name }) => name).toSorted()
}
