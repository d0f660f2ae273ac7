import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it, type TestContext } from "node:test"
import { ManualClock, Secret } from "@tabard/core"
import { UsageError } from "../usage-error.ts"
import { runScan, SCAN_EXIT, type ScanDeps } from "./scan.ts"
import { parseScan, type ScanArguments } from "./scan-arguments.ts"
import { SCAN_HELP } from "./scan-help.ts"
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

  it("take a severity to fail on, and an earlier report", () => {
    assert.deepEqual(
      parseScan(["--fail-on", "high", "--baseline", "old.json", "--format", "sarif"]),
      asked({ failOn: "high", baseline: "old.json", format: "sarif" }),
    )
  })

  it("take a server to push to, by its origin, and how often", () => {
    const pushed = asked({ push: "https://tabard.example", every: 1_800_000, quiet: true })
    assert.deepEqual(parseScan(["--push", "https://tabard.example/x", "--every", "30m", "--quiet"]), pushed)
    assert.deepEqual(parseScan(["--push", "http://127.0.0.1:7070"]), asked({ push: "http://127.0.0.1:7070" }))
  })

  it("send nothing where it could be read on the way", () => {
    for (const address of ["http://tabard.example", "tabard.example", "file:///x", ""])
      assert.throws(() => parseScan(["--push", address]), /no https address/, address)
  })

  it("ask for help", () => {
    assert.equal(parseScan(["--help"]), undefined)
    assert.equal(parseScan(["-h", "--json"]), undefined)
  })

  for (const args of [
    ["--format", "xml"],
    ["--fail-on", "terrible"],
    ["--fail-on"],
    ["--baseline", ""],
    ["--json", "--format", "sarif"],
    ["--unknown"],
    ["--json", "--format", "pretty"],
    [""],
    ["--format"],
    ["--every", "30"],
    ["--every", "10s"],
    ["--every", "25h"],
    ["--every", "30m", "--json"],
    ["--every", "30m", "--baseline", "old.json"],
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
    assert.match(
      text,
      /critical {2}A credential \(github-pat-classic, GitHub\).*\n.*\n {12}~\/\.claude\.json:\d+$/m,
    )
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

  it("exits with 3 where one of the named paths cannot be read: a misspelt one is not clean", async (t) => {
    const world = worldOf(t)
    mkdirSync(join(world.deps.cwd, "empty"))
    assert.equal(await runScan(asked({ paths: ["empty", "nowhere"] }), world.deps), 3)
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

describe("the help of scan", () => {
  it("names every format, option and exit code", () => {
    const words = ["pretty", "json", "sarif", "cyclonedx", "html", "--fail-on", "--baseline"]
    for (const word of words) assert.ok(SCAN_HELP.includes(word), word)
    for (const code of Object.values(SCAN_EXIT))
      assert.match(SCAN_HELP, new RegExp(`Exit codes:[^]*\\b${code} `))
  })
})

describe("the formats of scan", () => {
  for (const format of ["pretty", "json", "sarif", "cyclonedx", "html"] as const) {
    it(`hold no byte of a secret: ${format}`, async (t) => {
      const world = worldOf(t)
      assert.equal(await runScan(asked({ format }), world.deps), 0)
      assert.match(world.stdout(), /in-home/)
      for (let at = 0; at + 8 <= CANARY.length; at++) {
        assert.ok(!world.stdout().includes(CANARY.slice(at, at + 8)), `byte ${at} of the canary`)
      }
    })
  }

  it("are each what they are called", async (t) => {
    assert.equal(JSON.parse(await written(t, "sarif")).version, "2.1.0")
    assert.equal(JSON.parse(await written(t, "cyclonedx")).bomFormat, "CycloneDX")
    assert.match(await written(t, "html"), /^<!doctype html>/)
  })
})

describe("a report for people", () => {
  it("says first what to do first, and draws each agent by its access and autonomy", async (t) => {
    const text = await written(t, "pretty")
    assert.match(text, /^Do first\n {2}1 {2}critical {2}Replace it at its provider/m)
    assert.match(text, /And 1 more like it/)
    assert.match(text, /^ {2}Claude Code +\d+ \w+ +\d+–\d+ +█+░* \w+/m)
    assert.equal(text.match(/●/g)?.length, 1)
    assert.ok(text.indexOf("Do first") < text.indexOf("Local agents"))
  })
})

describe("failing on findings", () => {
  it("ends with 4 where one is as severe, or more", async (t) => {
    for (const failOn of ["low", "medium", "high", "critical"] as const) {
      assert.equal(await runScan(asked({ failOn }), worldOf(t).deps), 4, failOn)
    }
  })

  it("ends with 0 where none is", async (t) => {
    const { deps } = worldOf(t)
    assert.equal(await runScan(asked({ paths: ["."], failOn: "critical" }), deps), 0)
  })

  it("ends with 3 where nothing could be read: what was not seen is not clean", async (t) => {
    assert.equal(await runScan(asked({ paths: ["nowhere"], failOn: "low" }), worldOf(t).deps), 3)
  })
})

describe("a baseline", () => {
  it("leaves out what it has, says how much, and lets only new findings fail", async (t) => {
    const world = worldOf(t)
    await runScan(asked({ format: "json" }), world.deps)
    const old = join(world.deps.cwd, "old.json")
    writeFileSync(old, world.stdout())
    const again = { ...world.deps, fingerprintKey: () => Promise.resolve(new Secret("0".repeat(32))) }

    assert.equal(await runScan(asked({ baseline: "old.json", failOn: "low" }), again), 0)
    assert.match(world.stderr(), /^\d findings that the baseline has are left out\.$/m)

    mkdirSync(join(world.deps.cwd, "new"))
    const more = { mcpServers: { fresh: { command: "npx", args: ["fresh-mcp"] } } }
    writeFileSync(join(world.deps.cwd, "new", ".mcp.json"), JSON.stringify(more))
    assert.equal(await runScan(asked({ baseline: "old.json", failOn: "medium" }), again), 4)
  })

  for (const [what, make] of Object.entries({
    "is not there": () => undefined,
    "is a folder": (path: string) => mkdirSync(path),
    "is no report": (path: string) => writeFileSync(path, "[]"),
  })) {
    it(`is refused before anything is read where it ${what}`, async (t) => {
      const world = worldOf(t)
      make(join(world.deps.cwd, "old.json"))
      await assert.rejects(
        runScan(asked({ baseline: "old.json" }), world.deps),
        (error) => error instanceof UsageError && error.message.includes("tabard scan --json > FILE"),
      )
      assert.equal(world.stdout(), "")
    })
  }
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

/** Put together here, so that no scanner takes this file for a leak. */
const CANARY = ["gh", "p_", "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"].join("")

async function written(t: TestContext, format: ScanArguments["format"]): Promise<string> {
  const world = worldOf(t)
  writeFileSync(
    join(world.deps.cwd, ".mcp.json"),
    JSON.stringify({ mcpServers: { "in-cwd": { command: "npx", args: ["x"] } } }),
  )
  await runScan(asked({ format }), world.deps)
  return world.stdout()
}

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
  const inHome = { "in-home": { command: "npx", args: ["tavily-mcp"], env: { TOKEN: CANARY } } }
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
    env: {},
    systemRoot: null,
    host: "test-host",
    clock: new ManualClock("2026-11-21T00:00:00Z"),
    signal: new AbortController().signal,
    fingerprintKey: () => Promise.resolve(new Secret("f".repeat(32))),
  }
  return { deps, stdout: () => out.join(""), stderr: () => err.join("") }
}

function asked(some: Partial<ScanArguments> = {}): ScanArguments {
  return {
    paths: [],
    format: "pretty",
    failOn: null,
    baseline: null,
    push: null,
    every: null,
    quiet: false,
    ...some,
  }
}

function names(servers: readonly { readonly name: string }[]): readonly string[] {
  return servers.map(({ name }) => name).toSorted()
}
