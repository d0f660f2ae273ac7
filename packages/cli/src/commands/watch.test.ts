import assert from "node:assert/strict"
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { describe, it } from "node:test"
import { createKey, writeReporter } from "@tabard/client"
import { ManualClock } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import type { PlannedCommand } from "../watch/watch-plan.ts"
import { reporterFile } from "./reporter-file.ts"
import { type WatchMachine, watchInstall, watchShow, watchUninstall } from "./watch.ts"
import { parseWatchInstall } from "./watch-arguments.ts"

const ORIGIN = "https://tabard.example"

describe("the arguments of a watch", () => {
  it("are a server, how often, and what to read", () => {
    assert.deepEqual(parseWatchInstall(["--push", `${ORIGIN}/`, "--every", "2h", "--yes", "a"]), {
      push: ORIGIN,
      everyMs: 7_200_000,
      paths: ["a"],
      yes: true,
    })
    assert.equal(parseWatchInstall(["--push", ORIGIN])?.everyMs, 1_800_000)
  })

  it("are refused without a server, and more often than a server takes", () => {
    for (const args of [
      [],
      ["--push", ORIGIN, "--every", "1m"],
      ["--push", ORIGIN, "--every", "x"],
      ["--frob"],
    ])
      assert.throws(() => parseWatchInstall(args), UsageError)
  })
})

describe("installing a watch", () => {
  it("shows what it would write and run, and does nothing before a person types yes", async () => {
    await using world = await openWorld()
    assert.equal(await watchInstall(["--push", ORIGIN], world.surroundings, world.machine("no")), 0)
    assert.match(world.said(), /ExecStart=.*"scan" "--quiet" "--push" "https:\/\/tabard\.example"/)
    assert.match(world.said(), /run systemctl --user enable --now tabard-watch\.timer/)
    assert.match(world.said(), /Nothing was written\.\n$/)
    assert.deepEqual([await world.units(), world.ran], [[], []])
    await assert.rejects(
      watchInstall(["--push", ORIGIN], world.surroundings, world.machine(undefined)),
      /add --yes/,
    )
    assert.deepEqual([await world.units(), world.ran], [[], []])
  })

  it("writes it for its user alone, begins it, and does nothing the second time", async () => {
    await using world = await openWorld()
    await watchInstall(["--push", ORIGIN], world.surroundings, world.machine("yes"))
    assert.deepEqual(await world.units(), ["tabard-watch.service", "tabard-watch.timer"])
    assert.equal((await stat(join(world.folder, "tabard-watch.service"))).mode & 0o777, 0o600)
    assert.deepEqual(world.ran.at(-1), ["systemctl", "--user", "enable", "--now", "tabard-watch.timer"])
    const before = world.ran.length
    await watchInstall(["--push", ORIGIN, "--yes"], world.surroundings, world.machine(undefined))
    assert.equal(world.ran.length, before)
    assert.match(world.said(), /installed already; nothing was changed/)
  })

  it("puts another schedule in the place of the one before", async () => {
    await using world = await openWorld()
    await watchInstall(["--push", ORIGIN, "--yes"], world.surroundings, world.machine(undefined))
    await watchInstall(
      ["--push", ORIGIN, "--every", "2h", "--yes"],
      world.surroundings,
      world.machine(undefined),
    )
    const timer = await readFile(join(world.folder, "tabard-watch.timer"), "utf8")
    assert.match(timer, /OnUnitActiveSec=7200s/)
  })

  it("writes no secret, and none that an address brings along", async () => {
    await using world = await openWorld()
    const push = "https://user:hunter2@tabard.example/?token=hunter2"
    await watchInstall(["--push", push, "--yes"], world.surroundings, world.machine(undefined))
    for (const name of await world.units()) {
      const text = await readFile(join(world.folder, name), "utf8")
      for (const secret of ["hunter2", world.fingerprintKey, world.key]) assert.ok(!text.includes(secret))
    }
  })

  it("is refused where the machine is not enrolled, where a plain file is not, and what failed is said", async () => {
    await using world = await openWorld()
    const elsewhere = ["--push", "https://other.example", "--yes"]
    await assert.rejects(watchInstall(elsewhere, world.surroundings, world.machine("yes")), /not enrolled at/)
    await mkdir(join(world.folder, "tabard-watch.service"), { recursive: true })
    const install = watchInstall(["--push", ORIGIN, "--yes"], world.surroundings, world.machine("yes"))
    await assert.rejects(install, /no plain file/)
    await rm(join(world.folder, "tabard-watch.service"), { recursive: true })
    const failing: WatchMachine = { ...world.machine("yes"), run: () => Promise.reject(new Error("no bus")) }
    await assert.rejects(
      watchInstall(["--push", ORIGIN, "--yes"], world.surroundings, failing),
      /systemctl --user daemon-reload failed: run it yourself/,
    )
    assert.deepEqual(await world.units(), [], "what could not begin is not left behind")
  })
})

describe("taking a watch away", () => {
  it("ends it and removes its files and no other, and says so where there is none", async () => {
    await using world = await openWorld()
    await watchInstall(["--push", ORIGIN, "--yes"], world.surroundings, world.machine(undefined))
    await writeFile(join(world.folder, "other.service"), "")
    await watchUninstall(["--yes"], world.surroundings, world.machine(undefined))
    assert.deepEqual(await world.units(), ["other.service"])
    assert.ok(world.ran.some(([, , verb]) => verb === "disable"))
    await watchUninstall(["--yes"], world.surroundings, world.machine(undefined))
    assert.match(world.said(), /No watch is installed here\.\n$/)
  })

  it("takes the files away also where the system has forgotten the watch", async () => {
    await using world = await openWorld()
    await watchInstall(["--push", ORIGIN, "--yes"], world.surroundings, world.machine(undefined))
    const machine = world.machine(undefined)
    const forgetful: WatchMachine = {
      ...machine,
      run: async (command) => (command.includes("disable") ? Promise.reject(new Error("gone")) : undefined),
    }
    assert.equal(await watchUninstall(["--yes"], world.surroundings, forgetful), 0)
    assert.deepEqual(await world.units(), [])
  })
})

describe("showing a watch", () => {
  it("shows what is written, also where a hand has changed it", async () => {
    await using world = await openWorld()
    await watchShow([], world.surroundings, world.machine(undefined))
    assert.match(world.said(), /No watch is installed here/)
    await watchInstall(["--push", ORIGIN, "--yes"], world.surroundings, world.machine(undefined))
    await writeFile(join(world.folder, "tabard-watch.timer"), "[Timer]\nOnBootSec=1\u001b[31m\n")
    await watchShow([], world.surroundings, world.machine(undefined))
    assert.match(world.said(), /OnBootSec=1\\u\{1b\}\[31m\n$/)
  })
})

interface World extends AsyncDisposable {
  readonly surroundings: Surroundings
  readonly folder: string
  readonly fingerprintKey: string
  readonly key: string
  readonly ran: PlannedCommand[]
  machine(answer: string | undefined): WatchMachine
  units(): Promise<readonly string[]>
  said(): string
}

/** A person on Linux whose machine is enrolled at ORIGIN. */
async function openWorld(): Promise<World> {
  const home = await mkdtemp(join(tmpdir(), "tabard-watch-"))
  const said: string[] = []
  const ran: PlannedCommand[] = []
  const key = await createKey()
  const fingerprintKey = "secret-key-of-the-organisation-0123456789"
  const surroundings: Surroundings = {
    stdout: { write: (text) => said.push(text) },
    stderr: { write: (text) => said.push(text) },
    cwd: home,
    home,
    host: "test",
    env: {},
    clock: new ManualClock("2026-11-21T00:00:00Z"),
    signal: new AbortController().signal,
  }
  const path = reporterFile(surroundings, ORIGIN)
  await mkdir(dirname(path), { recursive: true })
  const reports = `${ORIGIN}/api/v1/reports`
  await writeFile(path, writeReporter({ reporter: "rep_1", name: "test", reports, fingerprintKey, key }), {
    mode: 0o600,
  })
  const folder = join(home, ".config/systemd/user")
  return {
    surroundings,
    folder,
    fingerprintKey,
    key: key.d,
    ran,
    said: () => said.join(""),
    units: async () => (await readdir(folder).catch(() => [])).toSorted(),
    machine: (answer) => ({
      os: "linux",
      uid: 1000,
      program: async () => ["/usr/bin/node", "/opt/tabard/bin/tabard.js"],
      ask: async () => answer,
      run: async (command) => void ran.push(command),
    }),
    [Symbol.asyncDispose]: () => rm(home, { recursive: true }),
  }
}
