import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import { setTimeout as pause } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { type Contestant, hold, spreadOf } from "../contest.ts"
import type { Figure, Table } from "../figure.ts"

const ROOT = fileURLToPath(new URL("../..", import.meta.url))

/** What `npm start` may take on a warm cache. */
const LIMIT_SECONDS = 20

/** After this it counts as not started. */
const PATIENCE_MS = 120_000

/** From the command to a console that answers: of a clone that is installed, and of one that was just made. */
export const start: Figure = {
  name: "start",
  async measure(measuring) {
    const { signal } = measuring
    measuring.say("start: an installed clone")
    const standings = await hold(
      [
        { name: 'node -e ""', run: oneByOne(() => nodeAlone()) },
        {
          name: "tabard up --no-scan, until the console answers",
          run: oneByOne(() => untilItAnswers(tabardUp, signal)),
        },
      ],
      measuring,
    )
    const installed: Table = { title: "start of an installed clone", standings }
    return measuring.quick ? [installed] : [installed, await freshClone(measuring)]
  },
}

/** Clones what is committed, and starts it there as a newcomer would; the package cache is whatever the last one left. */
async function freshClone({ say, signal }: Parameters<Figure["measure"]>[0]): Promise<Table> {
  await using stack = new AsyncDisposableStack()
  const directory = await mkdtemp(join(tmpdir(), "tabard-clone-"))
  stack.defer(() => rm(directory, { recursive: true, force: true }))
  let clones = 0
  const rounds = async (): Promise<void> => {
    say(`start: a fresh clone, round ${clones + 1}`)
    const clone = join(directory, `${++clones}`)
    execFileSync("git", ["clone", "--quiet", "--local", ROOT, clone])
    await untilItAnswers((port) => npmStart(clone, port), signal)
    await rm(clone, { recursive: true, force: true })
  }
  // Whatever is not in the cache yet is fetched now, and not timed.
  await rounds()
  const took: number[] = []
  for (let round = 0; round < 2; round++) {
    const started = performance.now()
    await rounds()
    took.push((performance.now() - started) * 1000)
  }
  const limit = LIMIT_SECONDS * 1e6
  const standings = [
    { name: "the limit", others: null, microseconds: spreadOf([limit]), toRival: null, toFewer: null },
    {
      name: "git clone, npm start, until the console answers",
      others: null,
      microseconds: spreadOf(took),
      toRival: spreadOf(took.map((each) => each / limit)),
      toFewer: null,
    },
  ]
  return { title: "npm start of a fresh clone on a warm cache", standings }
}

function tabardUp(port: number, data: string): ChildProcess {
  const command = join(ROOT, "packages/cli/bin/tabard.js")
  return spawn(process.execPath, [command, "up", "--no-scan", "--port", `${port}`, "--data", data], QUIETLY)
}

/** As a newcomer types it, with the scan; npm hands the signal on, and its whole group is ended besides. */
function npmStart(clone: string, port: number): ChildProcess {
  return spawn("npm", ["start", "--", "--port", `${port}`], { ...QUIETLY, cwd: clone })
}

const QUIETLY = { stdio: "ignore", detached: true } as const

/** Starts it on a free port, waits for the page, and ends it. */
async function untilItAnswers(
  launch: (port: number, data: string) => ChildProcess,
  signal: AbortSignal,
): Promise<void> {
  await using stack = new AsyncDisposableStack()
  const data = await mkdtemp(join(tmpdir(), "tabard-start-"))
  stack.defer(() => rm(data, { recursive: true, force: true }))
  const port = await freePort()
  const child = launch(port, data)
  stack.defer(() => ended(child))
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)])
  while (!(await answers(port))) {
    deadline.throwIfAborted()
    if (child.exitCode !== null)
      throw new Error(`it ended with ${child.exitCode} before its console answered`)
    await pause(5)
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`)
    return response.ok && (await response.text()).includes("<!doctype html>")
  } catch {
    return false
  }
}

/** Ends the group that was made for it, and waits for the last of it: npm goes before what it started does. */
async function ended({ pid }: ChildProcess): Promise<void> {
  if (pid === undefined) return
  signalGroup(pid, "SIGTERM")
  while (signalGroup(pid, 0)) await pause(10)
}

/** Answers whether anything is left of the group. */
function signalGroup(pid: number, signal: "SIGTERM" | 0): boolean {
  try {
    process.kill(-pid, signal)
    return true
  } catch {
    return false
  }
}

async function nodeAlone(): Promise<void> {
  await once(spawn(process.execPath, ["-e", ""], { stdio: "ignore" }), "exit")
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  server.close()
  return typeof address === "object" && address ? address.port : 0
}

function oneByOne(operation: () => Promise<unknown>): Contestant["run"] {
  return async (count) => {
    for (let done = 0; done < count; done++) await operation()
  }
}
