import assert from "node:assert/strict"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client"
import { boundFetch } from "@tabard/client"
import { postgresMissing, startPostgresCluster } from "@tabard/store/testing"
import { makeMachine } from "../../test/world/machine.ts"
import { type Standing, spreadOf } from "../contest.ts"
import type { Figure, Measuring, Table } from "../figure.ts"
import { startChild } from "../world/child.ts"
import { type ListeningConsole, openConsole } from "../world/listening-console.ts"
import type { LiveReady } from "../world/live-process.ts"
import { postgresTime, processorTime } from "../world/processor-time.ts"

/** How often the agent acts, in a second. */
const ACTS_A_SECOND = 5

/** How many calls of it may wait for their answers. */
const MOST_UNDER_WAY = 8

/** What live updates for fifty people may cost: a fifth of a core. */
const LIMIT_MICROSECONDS = 200_000

/** One way in which fifty people are signed in. */
interface Situation {
  readonly name: string
  readonly open: (ready: LiveReady) => Promise<readonly ListeningConsole[]>
}

const SITUATIONS: readonly Situation[] = [
  { name: "nobody is signed in", open: async () => [] },
  { name: "50 people are told what changes", open: (ready) => opened(ready, false) },
  {
    name: "50 consoles at the overview, told, and asking for what that touches",
    open: (ready) => opened(ready, true),
  },
]

/** The processor's time that fifty people on live updates cost while an agent acts, in a large organisation. */
export const live: Figure = {
  name: "live",
  async measure(measuring) {
    await using stack = new AsyncDisposableStack()
    const { notes } = stack.use(await makeMachine())
    const only = process.env["BENCH_LIVE_STORE"]
    const tables: Table[] = []
    if (only !== "PostgreSQL") tables.push(await measureOn("SQLite", "", notes, measuring))
    if (only === "SQLite" || measuring.quick || postgresMissing()) return tables
    const cluster = stack.use(await startPostgresCluster())
    tables.push(await measureOn("PostgreSQL", await cluster.createDatabase(), notes, measuring))
    return tables
  },
}

async function measureOn(name: string, store: string, notes: string, measuring: Measuring): Promise<Table> {
  const agents = measuring.quick ? 500 : 10_000
  await using stack = new AsyncDisposableStack()
  const folder = process.env[`BENCH_LIVE_${name.toUpperCase()}`] ?? (await temporary(stack))
  measuring.say(`live: an organisation of ${agents} agents on ${name}`)
  const { ready } = stack.use(
    await startChild<LiveReady>("live-process.ts", [folder, `${agents}`, notes, store]),
  )
  await untilIdle(ready.pid, measuring)
  const acting = stack.use(await actOn(ready, join(notes, "groceries.md")))
  const rounds: Map<Situation, number>[] = []
  const notesOf = new Set<string>()
  for (let round = 0; round < (measuring.quick ? 1 : 3); round++) {
    const times = new Map<Situation, number>()
    for (const situation of SITUATIONS) {
      measuring.signal.throwIfAborted()
      measuring.say(`live: ${name}, ${situation.name}`)
      const { microseconds, asked, heard } = await costOf(situation, ready, { store, measuring })
      times.set(situation, microseconds)
      if (round === 0 && heard + asked > 0)
        notesOf.add(
          `${situation.name}: ${heard} changes heard and ${asked} questions asked in a second, together`,
        )
    }
    rounds.push(times)
  }
  if (acting.failed() > 0) throw new Error(`${acting.failed()} calls of the agent failed`)
  return tableOf(name, agents, rounds, [...notesOf])
}

/** Answers how much of a core's time passes in a second, in microseconds, and what the consoles did in it. */
async function costOf(
  { open }: Situation,
  ready: LiveReady,
  { store, measuring }: { readonly store: string; readonly measuring: Measuring },
): Promise<{ microseconds: number; heard: number; asked: number }> {
  await using stack = new AsyncDisposableStack()
  const consoles = await open(ready)
  for (const one of consoles) stack.use(one)
  await wait(measuring.quick ? 1_500 : 4_000)
  const taken = (): number => processorTime(ready.pid) + (store ? postgresTime(store) : 0)
  const count = (of: "heard" | "asked"): number => consoles.reduce((sum, { counts }) => sum + counts[of], 0)
  const before = { at: performance.now(), taken: taken(), heard: count("heard"), asked: count("asked") }
  await wait(measuring.quick ? 4_000 : 12_000)
  const seconds = (performance.now() - before.at) / 1_000
  return {
    microseconds: ((taken() - before.taken) * 1_000) / seconds,
    heard: Math.round((count("heard") - before.heard) / seconds),
    asked: Math.round((count("asked") - before.asked) / seconds),
  }
}

function tableOf(
  name: string,
  agents: number,
  rounds: readonly ReadonlyMap<Situation, number>[],
  notes: readonly string[],
): Table {
  const [nobody] = SITUATIONS
  const of = (situation: Situation | undefined, times: ReadonlyMap<Situation, number>): number =>
    (situation && times.get(situation)) ?? Number.NaN
  const standing = (named: string, each: (times: ReadonlyMap<Situation, number>) => number): Standing => ({
    name: named,
    others: null,
    microseconds: spreadOf(rounds.map(each)),
    toRival: spreadOf(rounds.map((times) => each(times) / LIMIT_MICROSECONDS)),
    toFewer: null,
  })
  return {
    title: `time of one core in a second, ${ACTS_A_SECOND} calls a second of one agent, ${agents.toLocaleString("en")} agents, ${name}`,
    standings: [
      { ...standing("the limit of live updates", () => LIMIT_MICROSECONDS), toRival: null },
      standing(nobody?.name ?? "", (times) => of(nobody, times)),
      ...SITUATIONS.slice(1).map((situation) =>
        standing(
          `more than that where ${situation.name}`,
          (times) => of(situation, times) - of(nobody, times),
        ),
      ),
    ],
    notes,
  }
}

/** Waits until what a start sets going (an index of what was there before) is done. */
async function untilIdle(pid: number, { signal, say }: Measuring): Promise<void> {
  const began = performance.now()
  for (let busy = true; busy; ) {
    signal.throwIfAborted()
    if (performance.now() - began > 600_000) throw new Error("it does not come to rest")
    const before = { taken: processorTime(pid), at: performance.now() }
    await wait(3_000)
    busy = (processorTime(pid) - before.taken) / (performance.now() - before.at) > 0.1
  }
  say(`live: at rest after ${Math.round((performance.now() - began) / 1_000)} s`)
}

async function opened(ready: LiveReady, asks: boolean): Promise<readonly ListeningConsole[]> {
  return Promise.all(ready.listeners.map((one) => openConsole({ ...ready, ...one }, asks)))
}

/** An agent that reads a file again and again. */
async function actOn(ready: LiveReady, path: string): Promise<AsyncDisposable & { failed: () => number }> {
  const client = new Client({ name: "bench", version: "1.0.0" })
  const fetch = boundFetch(ready.credentials, { task: ready.task })
  await client.connect(new StreamableHTTPClientTransport(new URL(ready.mcp), { fetch }))
  let failed = 0
  let under = 0
  const timer = setInterval(() => {
    // An agent waits for its answers: a server that is slow is not asked ever more.
    if (under > MOST_UNDER_WAY) return
    under += 1
    void client
      .callTool({ name: "read_text_file", arguments: { path } })
      .then(({ isError }) => assert.ok(!isError))
      .catch(() => {
        failed += 1
      })
      .finally(() => {
        under -= 1
      })
  }, 1_000 / ACTS_A_SECOND)
  return {
    failed: () => failed,
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await client.close()
    },
  }
}

async function temporary(stack: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tabard-live-"))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  return folder
}
