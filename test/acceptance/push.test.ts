import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { chmod, cp, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import { fileURLToPath } from "node:url"
import { main } from "@tabard/cli"
import { systemClock } from "@tabard/core"
import { watchInstall } from "../../packages/cli/src/commands/watch.ts"
import { CANARY, makeMachine } from "../world/machine.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { startTabard, type TabardProcess, temporaryDirectory } from "../world/tabard-process.ts"

const LAUNCHER = fileURLToPath(new URL("../../packages/cli/bin/tabard.js", import.meta.url))

describe("a machine at the command line", () => {
  it("enrols, pushes what it scans, and keeps its key for its user alone", async () => {
    await using world = await openWorld()
    const enrolled = await world.type("reporters", "enroll", world.url, await world.code())
    assert.equal(enrolled.code, 0, enrolled.stderr)
    const path = /Its key is in (.*)\.\n/.exec(enrolled.stdout)?.[1] ?? ""
    assert.equal((await stat(path)).mode & 0o777, 0o600)

    await chmod(path, 0o644)
    const open = await world.type("scan", world.root, "--push", world.url, "--quiet")
    assert.deepEqual([open.code, /others may read it: chmod 600/.test(open.stderr)], [1, true], open.stderr)
    await chmod(path, 0o600)

    const pushed = await world.type("scan", world.root, "--push", world.url, "--quiet")
    assert.deepEqual([pushed.code, pushed.stdout], [0, ""], pushed.stderr)
    assert.match(pushed.stderr, /The report is recorded at .*: [4-9] new agents\n/)
    assert.ok((await world.ann.api.listAgents({})).items.length >= 4)

    const again = await world.type("scan", world.root, "--push", world.url, "--quiet")
    assert.match(again.stderr, /: 0 new agents\n/)
    assert.deepEqual(world.tabard.faults, [])
  })

  it("says what to do where it is not enrolled, the code was used, or it is enrolled already", async () => {
    await using world = await openWorld()
    const early = await world.type("scan", world.root, "--push", world.url)
    assert.deepEqual([early.code, early.stdout], [1, ""])
    assert.match(early.stderr, /not enrolled at .* run tabard reporters enroll http/)
    const code = await world.code()
    await world.type("reporters", "enroll", world.url, code)
    const twice = await world.type("reporters", "enroll", world.url, code)
    assert.match(twice.stderr, /enrolled there already .*--replace/)
    const used = await world.type("reporters", "enroll", world.url, code, "--replace")
    assert.deepEqual([used.code, /not valid \(any more\)/.test(used.stderr)], [1, true], used.stderr)
    assert.equal(
      (await world.type("scan", world.root, "--push", world.url)).code,
      0,
      "the key before is kept",
    )
  })

  it("keeps a report that was refused for a revoked key, and sends it once it is enrolled anew", async () => {
    await using world = await openWorld()
    const enrolled = await world.type("reporters", "enroll", world.url, await world.code())
    assert.equal(enrolled.code, 0, enrolled.stderr)
    const [reporter] = (await world.ann.api.listReporters({})).items
    await world.ann.api.revokeReporter({ id: reporter?.id ?? "", reason: "a test" })
    const refused = await world.type("scan", world.root, "--push", world.url, "--quiet")
    assert.equal(refused.code, 6, refused.stderr)
    assert.match(refused.stderr, /refused by .*, and is kept: .*enrol it with a new code/)
    await world.type("reporters", "enroll", world.url, await world.code(), "--replace")
    const sent = await world.type("scan", world.root, "--push", world.url, "--quiet")
    assert.equal(sent.code, 0, sent.stderr)
    assert.match(sent.stderr, /An earlier report is recorded .*\nThe report is recorded/)
  })

  it("keeps a report for its user alone where nobody answers, and sends it with the next run", async () => {
    await using world = await openWorld()
    await world.type("reporters", "enroll", world.url, await world.code())
    const port = Number(new URL(world.url).port)
    await world.tabard.server[Symbol.asyncDispose]()
    for (let n = 0; n < 3; n++) {
      const away = await world.type("scan", world.root, "--push", world.url, "--quiet")
      assert.equal(away.code, 5)
      assert.match(away.stderr, /kept and goes with the next run: no Tabard answers at http/)
    }
    const kept = await filesOf(world.home)
    const unsent = kept.filter(({ path }) => path.includes(".unsent"))
    assert.equal(unsent.length, 1, "of the same places, the last one waits")
    for (const { mode, text } of kept) assert.deepEqual([mode, text.includes(CANARY)], [0o600, false])

    await using again = await runTabard({ data: world.tabard.data, port })
    const sent = await world.type("scan", world.root, "--push", world.url, "--quiet")
    assert.deepEqual([sent.code, again.faults], [0, []], sent.stderr)
    assert.match(sent.stderr, /An earlier report is recorded .*\nThe report is recorded/)
    assert.equal((await filesOf(world.home)).filter(({ path }) => path.includes(".unsent")).length, 0)
  })

  it("runs one watch at a time, which stops at once when it is told to", async () => {
    await using world = await openWorld()
    await world.type("reporters", "enroll", world.url, await world.code())
    const stop = new AbortController()
    const watching = world.typeUntil(stop.signal, "scan", world.root, "--every", "1h", "--push", world.url)
    while ((await world.ann.api.listAgents({})).items.length === 0)
      await new Promise((r) => setTimeout(r, 20))
    const second = await world.type("scan", world.root, "--every", "1h")
    assert.deepEqual([second.code, /another tabard scan --every/.test(second.stderr)], [1, true])
    stop.abort()
    const ended = await watching
    assert.equal(ended.code, 130)
    assert.match(ended.stdout, / = \d+ agents/)
  })
})

describe("a watch that the system keeps", () => {
  it("runs, word for word, a command that scans and pushes", async () => {
    await using world = await openWorld()
    await world.type("reporters", "enroll", world.url, await world.code())
    const odd = join(world.home, 'my "notes" 100% $HOME')
    await cp(world.root, odd, { recursive: true })
    const machine = {
      os: "linux" as const,
      uid: 1000,
      program: async () => [process.execPath, LAUNCHER] as const,
      ask: async () => undefined,
      run: async () => undefined,
    }
    const install = ["--push", world.url, "--yes", odd]
    assert.equal(await watchInstall(install, world.surroundings, machine), 0)
    const unit = await readFile(join(world.home, ".config/systemd/user/tabard-watch.service"), "utf8")
    const [program = "", ...args] = wordsOf(/^ExecStart=(.*)$/m.exec(unit)?.[1] ?? "")
    const { status, stdout, stderr } = await ran(program, args, world.home)
    assert.deepEqual([status, stdout], [0, ""], stderr)
    const [scanned] = (await world.ann.api.listScans({})).items
    assert.deepEqual(scanned?.roots, [odd])
    assert.ok((await world.ann.api.listAgents({})).items.length >= 4)
  })
})

/** The words of a line as systemd takes it apart; the colon before the first says that it replaces no variables. */
function wordsOf(line: string): readonly string[] {
  const words = [...line.matchAll(/"((?:\\.|[^"\\])*)"/g)].map(([, word = ""]) =>
    word.replaceAll(/\\(.)/g, "$1").replaceAll("%%", "%"),
  )
  return words.map((word, at) => (at === 0 ? word.replace(/^:/, "") : word))
}

async function ran(
  program: string,
  args: readonly string[],
  home: string,
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const cwd = join(home, ".config/tabard/watch")
  const child = spawn(program, args, { cwd, env: { HOME: home, PATH: process.env["PATH"] } })
  const said = { stdout: "", stderr: "" }
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => (said[name] += text))
  await once(child, "close")
  return { status: child.exitCode, ...said }
}

describe("a standing watch as a process of its own", () => {
  it("ends when it is told to, an hour before its next scan, and one that was killed keeps nobody from the next", async () => {
    await using machine = await makeMachine()
    await using cwd = await temporaryDirectory()
    const args = ["scan", machine.root, "--every", "1h"]
    const killed = startTabard(args, { cwd: cwd.path })
    await firstWords(killed)
    killed.child.kill("SIGKILL")
    assert.equal((await killed.ended()).signal, "SIGKILL")
    await using next = startTabard(args, { cwd: cwd.path })
    await firstWords(next)
    next.child.kill("SIGTERM")
    assert.equal((await next.ended()).code, 130)
  })
})

async function firstWords(watch: TabardProcess): Promise<void> {
  while (!/ = \d+ agents/.test(watch.said())) {
    assert.equal(watch.child.exitCode, null, "it ended before it said anything")
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

interface Typed {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

interface World extends AsyncDisposable {
  readonly tabard: RunningTabard
  readonly ann: SignedInPerson
  readonly url: string
  /** What is scanned. */
  readonly root: string
  /** Where settings are kept. */
  readonly home: string
  readonly surroundings: Parameters<typeof watchInstall>[1]
  code(): Promise<string>
  type(...args: readonly string[]): Promise<Typed>
  typeUntil(signal: AbortSignal, ...args: readonly string[]): Promise<Typed>
}

async function openWorld(): Promise<World> {
  const stack = new AsyncDisposableStack()
  const data = await mkdtemp(join(tmpdir(), "tabard-push-"))
  stack.defer(() => rm(data, { recursive: true, force: true }))
  const home = await mkdtemp(join(tmpdir(), "tabard-home-"))
  stack.defer(() => rm(home, { recursive: true, force: true }))
  const machine = stack.use(await makeMachine())
  const tabard = stack.use(await runTabard({ data }))
  const ann = await signInFirst(tabard.server, "Ann")
  const surroundings = {
    stdout: { write: () => true },
    stderr: { write: () => true },
    cwd: machine.root,
    home,
    host: "build-7",
    env: {},
    clock: systemClock,
    signal: AbortSignal.timeout(240_000),
  }
  const typeUntil: World["typeUntil"] = async (signal, ...args) => {
    const said = { stdout: "", stderr: "" }
    const code = await main(args, {
      ...surroundings,
      stdout: { write: (text) => (said.stdout += text) },
      stderr: { write: (text) => (said.stderr += text) },
      signal,
    })
    return { code, ...said }
  }
  return {
    tabard,
    ann,
    url: tabard.server.publicUrl,
    root: machine.root,
    home,
    surroundings,
    code: async () => (await ann.api.offerReporterEnrolment({ name: "build-7" })).code,
    typeUntil,
    type: (...args) => typeUntil(AbortSignal.timeout(240_000), ...args),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function filesOf(folder: string): Promise<readonly { path: string; mode: number; text: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return Promise.all(
    paths.map(async (path) => ({
      path,
      mode: (await stat(path)).mode & 0o777,
      text: await readFile(path, "utf8"),
    })),
  )
}
