import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it, type TestContext } from "node:test"
import { ManualClock, Secret } from "@tabard/core"
import type { ScanReport } from "@tabard/scan"
import type { Delivery } from "./scan.ts"
import { nextPause, type WatchDeps, watchScans } from "./scan-watch.ts"

const EVERY = 60_000

describe("a standing watch", () => {
  it("says once what there is, and from then on only what changed", async (t) => {
    const world = watchOf(t, [
      () => undefined,
      () => world.write("two", { mcpServers: { two: { command: "npx", args: ["two"] } } }),
      () => world.remove("two"),
      () => undefined,
    ])
    assert.equal(await world.run(), 130)
    const marks = world.lines().map((line) => line.split(" ")[1])
    assert.equal(marks[0], "=")
    assert.deepEqual(new Set(marks.slice(1)), new Set(["+", "-"]))
    assert.match(world.lines().find((line) => line.includes(" + MCP server two")) ?? "", /npx two/)
    assert.ok(world.lines().some((line) => line.includes(" - MCP server two")))
    assert.ok(
      !world
        .lines()
        .slice(1)
        .some((line) => line.includes("server one")),
    )
  })

  it("is not ended by a round that fails nor by a server that is gone, and leaves them longer alone each time", async (t) => {
    const deliveries: (() => Promise<Delivery>)[] = [
      async () => ({ code: 5, afterSeconds: null }),
      async () => {
        throw new Error("the disk is full\u001b[2J")
      },
      async () => ({ code: 5, afterSeconds: 900 }),
      async () => ({ code: 0, afterSeconds: null }),
    ]
    const world = watchOf(t, [() => undefined, () => undefined, () => undefined, () => undefined])
    const push = (): Promise<Delivery> => deliveries.shift()?.() ?? assert.fail()
    assert.equal(await world.run(push), 130)
    assert.deepEqual(world.pauses, [EVERY, 2 * EVERY, 900_000, EVERY])
    assert.match(
      world.stderr(),
      /This round failed, the next one comes all the same: the disk is full\\u\{1b\}/,
    )
  })

  it("pushes each scan whole", async (t) => {
    const sent: ScanReport[] = []
    const world = watchOf(t, [() => undefined, () => undefined])
    await world.run(async (report) => {
      sent.push(report)
      return { code: 0, afterSeconds: null }
    })
    assert.deepEqual(
      sent.map(({ mcpServers }) => mcpServers.length),
      [1, 1],
    )
  })
})

describe("the pause of a watch", () => {
  it("differs by a tenth at most, so that machines do not come all at once", () => {
    const pause = (random: number): number => nextPause(EVERY, { failures: 0, afterSeconds: null, random })
    assert.deepEqual([pause(0), pause(0.5), pause(1)].map(Math.round), [54_000, 60_000, 66_000])
  })

  it("is never shorter than a server asked for, and never longer than a day", () => {
    assert.equal(nextPause(EVERY, { failures: 1, afterSeconds: 300, random: 0.5 }), 300_000)
    assert.equal(nextPause(EVERY, { failures: 99, afterSeconds: 1e9, random: 0.5 }), 86_400_000)
    assert.equal(nextPause(EVERY, { failures: 99, afterSeconds: null, random: 0.5 }), 8 * EVERY)
  })
})

interface WatchWorld {
  readonly pauses: number[]
  run(push?: (report: ScanReport) => Promise<Delivery>): Promise<number>
  write(name: string, config: object): void
  remove(name: string): void
  lines(): readonly string[]
  stderr(): string
}

/** A watch over a folder that has one server; between rounds the steps are taken, and with the last one it is stopped. */
function watchOf(t: TestContext, steps: readonly (() => void)[]): WatchWorld {
  const root = mkdtempSync(join(tmpdir(), "tabard-watch-"))
  t.after(() => rmSync(root, { recursive: true }))
  const [out, err, pauses]: [string[], string[], number[]] = [[], [], []]
  const stop = new AbortController()
  const waiting = [...steps]
  const write = (name: string, config: object): void => {
    mkdirSync(join(root, name), { recursive: true })
    writeFileSync(join(root, name, ".mcp.json"), JSON.stringify(config))
  }
  write("one", { mcpServers: { one: { command: "npx", args: ["one"] } } })
  const deps: WatchDeps = {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    home: root,
    cwd: root,
    os: "linux",
    env: {},
    systemRoot: null,
    host: "test-host",
    clock: new ManualClock("2026-11-21T00:00:00Z"),
    signal: stop.signal,
    fingerprintKey: () => Promise.resolve(new Secret("f".repeat(32))),
    random: () => 0.5,
    pause: async (ms) => {
      pauses.push(ms)
      waiting.shift()?.()
      if (waiting.length === 0) stop.abort()
    },
  }
  return {
    pauses,
    write,
    remove: (name) => rmSync(join(root, name), { recursive: true }),
    run: (push) =>
      watchScans({ paths: ["."], quiet: false, every: EVERY }, { ...deps, ...(push && { push }) }),
    lines: () => out.join("").split("\n").filter(Boolean),
    stderr: () => err.join(""),
  }
}
