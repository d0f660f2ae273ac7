import { mkdtemp, rm } from "node:fs/promises"
import { Agent, get } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import { postgresMissing, startPostgresCluster } from "@tabard/store/testing"
import { type Standing, spreadOf } from "../contest.ts"
import type { Figure, Measuring, Table } from "../figure.ts"
import { startChild } from "../world/child.ts"
import { administratorQuestions, BARE, memberQuestions, type Question } from "../world/large/questions.ts"
import type { LargeTabardReady } from "../world/large-organisation-process.ts"

/** What any page of a list may take, 19 times of 20. */
const LIMIT_MS = 30

/** How far a list is read to find a page deep inside: pages of a thousand, of which the middle one is asked for. */
const DEPTH = 50

const STORES = ["SQLite", "PostgreSQL"] as const

/** What is asked of a large organisation. */
export interface Asking {
  readonly name: string
  /** What any answer may take, 19 times of 20. */
  readonly limitMs: number
  readonly questionsOf: (world: LargeTabardReady, as: Question["as"]) => readonly Question[]
  /** What has to be waited for first. */
  readonly until?: (world: LargeTabardReady) => Promise<void>
}

/** Every list of the API over a large organisation, beside the least that the API answers, and beside a smaller one. */
export const lists: Figure = {
  name: "lists",
  measure: (measuring) =>
    askLargeOrganisations({ name: "lists", limitMs: LIMIT_MS, questionsOf: listQuestions }, measuring),
}

/** Asks the same of a large organisation and of a smaller one, on both stores. */
export async function askLargeOrganisations(asking: Asking, measuring: Measuring): Promise<readonly Table[]> {
  const tables: Table[] = []
  for (const store of STORES) tables.push(...(await measureOver(store, asking, measuring)))
  return tables
}

async function measureOver(
  store: (typeof STORES)[number],
  asking: Asking,
  measuring: Measuring,
): Promise<readonly Table[]> {
  if (store === "PostgreSQL" && postgresMissing()) return []
  await using stack = new AsyncDisposableStack()
  const cluster = store === "PostgreSQL" ? stack.use(await startPostgresCluster()) : undefined
  const world = async (agents: number): Promise<LargeTabardReady> => {
    measuring.say(`${asking.name}: ${agents} agents on ${store}`)
    const folder = await folderOf(stack, cluster ? undefined : `lists-${agents}`)
    const args = [folder, String(agents), ...(cluster ? [await cluster.createDatabase()] : [])]
    const child = await startChild<LargeTabardReady>("large-organisation-process.ts", args)
    stack.use(child)
    await asking.until?.(child.ready)
    return child.ready
  }
  const [few, many] = measuring.quick ? [500, 1_000] : [1_000, 10_000]
  // Awaited here: what is measured stands only as long as this function does.
  return await measureLists({ store, fewer: await world(few), many: await world(many) }, asking, measuring)
}

/** With BENCH_KEEP=DIR what was made on SQLite stays there, and the next run begins with it. */
async function folderOf(stack: AsyncDisposableStack, name: string | undefined): Promise<string> {
  const kept = process.env["BENCH_KEEP"]
  if (kept !== undefined && name !== undefined) return join(kept, name)
  const folder = await mkdtemp(join(tmpdir(), "tabard-large-"))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Two organisations that are asked the same. */
interface ListWorlds {
  readonly store: string
  readonly fewer: LargeTabardReady
  readonly many: LargeTabardReady
}

/** Asks everything of both in turns, and answers how long each took. */
async function measureLists(
  worlds: ListWorlds,
  asking: Asking,
  measuring: Measuring,
): Promise<readonly Table[]> {
  const tables: Table[] = []
  for (const as of ["administrator", "member"] as const) {
    measuring.say(`${asking.name}: ${worlds.store}, asked by ${as}`)
    const asked = [
      asker(worlds.fewer, asking.questionsOf(worlds.fewer, as), as),
      asker(worlds.many, asking.questionsOf(worlds.many, as), as),
    ] as const
    const standings: Standing[] = []
    const count = asking.questionsOf(worlds.many, as).length
    for (let place = -1; place < count; place++) standings.push(await standingOf(asked, place, measuring))
    tables.push({
      title: `${worlds.store}, asked by ${as === "member" ? "a member who owns 20 agents" : "an administrator"}`,
      head: "p50 (least–p95)",
      standings,
      notes: notesOf(standings, asking.limitMs),
    })
  }
  return tables
}

interface Asker {
  readonly ask: (question: Question) => Promise<number>
  readonly questions: readonly Question[]
}

function asker(world: LargeTabardReady, questions: readonly Question[], as: Question["as"]): Asker {
  const agent = new Agent({ keepAlive: true })
  const reach = new Map<Question, string>()
  const cookie = world.cookies[as]
  return {
    questions,
    ask: async (question) => {
      const path =
        reach.get(question) ?? (await addressOf(question, (at) => fetched(world, { at, cookie, agent })))
      reach.set(question, path)
      const started = performance.now()
      await fetched(world, { at: path, cookie, agent })
      return (performance.now() - started) * 1000
    },
  }
}

function listQuestions(world: LargeTabardReady, as: Question["as"]): readonly Question[] {
  return as === "member" ? memberQuestions(world) : administratorQuestions(world)
}

/** One question, with the bare limit beside it in each round, in the small organisation and the large one. */
async function standingOf(
  [fewer, many]: readonly [Asker, Asker],
  place: number,
  { rounds, quick, signal }: Measuring,
): Promise<Standing> {
  const question = { few: fewer.questions[place] ?? BARE, many: many.questions[place] ?? BARE }
  const times: number[] = []
  const [toRival, toFewer]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    signal.throwIfAborted()
    const bare = await sampled(() => many.ask(BARE), quick)
    const few = await sampled(() => fewer.ask(question.few), quick)
    const own = await sampled(() => many.ask(question.many), quick)
    if (round > 0) times.push(...own)
    toRival.push(spreadOf(own).median / spreadOf(bare).median)
    toFewer.push(spreadOf(own).median / spreadOf(few).median)
  }
  const sorted = times.toSorted((a, b) => a - b)
  const { median, min } = spreadOf(times)
  const max = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN
  return {
    name: question.many.name,
    others: null,
    microseconds: { median, min, max },
    toRival: place < 0 ? null : spreadOf(toRival),
    toFewer: spreadOf(toFewer),
  }
}

async function sampled(ask: () => Promise<number>, quick: boolean): Promise<readonly number[]> {
  const times: number[] = []
  for (let sample = 0; sample < (quick ? 3 : 8); sample++) times.push(await ask())
  return times
}

function notesOf(standings: readonly Standing[], limitMs: number): readonly string[] {
  const over = standings.filter(({ microseconds }) => microseconds.max > limitMs * 1000)
  const names = over.map(({ name }) => name).join(", ")
  return [over.length === 0 ? `all within ${limitMs} ms` : `beyond ${limitMs} ms: ${names}`]
}

/** The address of a question; for a page deep inside, with the cursor that leads there. */
async function addressOf(
  { path, deep }: Question,
  ask: (path: string) => Promise<{ readonly next?: string | null }>,
): Promise<string> {
  if (!deep) return path
  // In the middle of what was read: behind the last page there is nothing.
  const places: string[] = []
  let next = (await ask(`${path}?limit=1000`)).next
  while (next && places.length < DEPTH) {
    places.push(next)
    next = (await ask(`${path}?limit=1000&after=${next}`)).next
  }
  const place = places[Math.floor(places.length / 2)] ?? (await ask(`${path}?limit=100`)).next
  return `${path}?after=${place ?? ""}`
}

/** The answer is read to its end, as a program does. */
function fetched(
  { publicUrl }: Pick<LargeTabardReady, "publicUrl">,
  { at, cookie, agent }: { readonly at: string; readonly cookie: string; readonly agent: Agent },
): Promise<{ readonly next?: string | null }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ next?: string | null }>()
  get(`${publicUrl}/api/v1${at}`, { agent, headers: { cookie } }, (response) => {
    let text = ""
    response.setEncoding("utf8").on("data", (piece: string) => {
      text += piece
    })
    response.on("end", () => {
      if (response.statusCode === 200) resolve(JSON.parse(text))
      else reject(new Error(`${at} was answered with ${response.statusCode}: ${text.slice(0, 300)}`))
    })
  }).on("error", reject)
  return promise
}
