import { copyFile } from "node:fs/promises"
import { performance } from "node:perf_hooks"
import { DatabaseSync, type SQLInputValue } from "node:sqlite"
import { type RecordContext, recordScan, type Shelf } from "@tabard/control"
import { newId, systemClock } from "@tabard/core"
import { openTemporarySqlite } from "@tabard/store/testing"
import { spreadOf } from "../contest.ts"
import type { Figure, Table } from "../figure.ts"
import { openPlainSqlite } from "../world/plain-sqlite.ts"
import { scanOf } from "../world/scanned-agents.ts"

/** What an unchanged scan of ten thousand agents may take. */
const LIMIT_SECONDS = 3

/** Every table that a scan writes, in the order in which rows refer to each other. */
const WRITTEN =
  "organisation scan observation observed_server credential agent fact observed_use agent_use risk_score finding_sighting finding event search_word".split(
    " ",
  )

/** A scan brought into the inventory, the first time and again, beside node:sqlite inserting the rows that it leaves. */
export const reconcile: Figure = {
  name: "reconcile",
  async measure(measuring) {
    const agents = measuring.quick ? 1_000 : 10_000
    const rounds: Round[] = []
    for (let round = 0; round < Math.min(measuring.rounds, 3); round++) {
      measuring.say(`reconcile: ${agents} agents, round ${round + 1}`)
      measuring.signal.throwIfAborted()
      rounds.push(await roundOf(agents))
    }
    return tablesOf(agents, rounds)
  },
}

/** What one round took, in milliseconds. */
interface Round {
  readonly inserts: number
  readonly first: number
  readonly again: number
  /** The longest that another unit of work waited while the first scan was brought in. */
  readonly waited: number
}

async function roundOf(agents: number): Promise<Round> {
  await using stack = new AsyncDisposableStack()
  const { store, path } = stack.use(await openTemporarySqlite())
  const clock = systemClock
  const organisation = {
    id: newId("organisation", clock),
    slug: "default",
    name: "Default organisation",
    trustDomain: "tabard.localhost",
  }
  await store.ensureOrganisation(organisation.slug, () => organisation)
  const deps = { ...store.shelf(organisation.id), organisation, clock }
  const report = scanOf(agents)
  const probe = watch(deps)
  const first = await timed(() => recordScan(deps, "fleet", report))
  const waited = await probe.stop()
  const again = await timed(() => recordScan(deps, "fleet", report))
  return { first, again, waited, inserts: await insertSameRows(path) }
}

/** Asks for a unit of work again and again, as a decision would, and keeps how long the slowest took. */
function watch({ transact }: Shelf & RecordContext): { readonly stop: () => Promise<number> } {
  const stopping = new AbortController()
  let longest = 0
  const asking = (async () => {
    while (!stopping.signal.aborted)
      longest = Math.max(longest, await timed(() => transact((tx) => tx.organisation.version())))
  })()
  return {
    async stop() {
      stopping.abort()
      await asking
      return longest
    },
  }
}

async function insertSameRows(path: string): Promise<number> {
  await using plain = await openPlainSqlite()
  const copy = `${path}.copy`
  await copyFile(path, copy)
  await copyFile(`${path}-wal`, `${copy}-wal`)
  const source = new DatabaseSync(copy)
  const rows = WRITTEN.map((table) => ({ table, rows: source.prepare(`select * from ${table}`).all() }))
  source.close()
  return timed(async () => {
    plain.database.exec("begin immediate")
    for (const each of rows) insertAll(plain.database, each)
    plain.database.exec("commit")
  })
}

function insertAll(
  database: DatabaseSync,
  { table, rows }: { table: string; rows: readonly Record<string, SQLInputValue>[] },
): void {
  const [first] = rows
  if (!first) return
  const columns = Object.keys(first)
  const insert = database.prepare(
    `insert into ${table} (${columns.join(", ")}) values (${columns.map(() => "?").join(", ")})`,
  )
  for (const row of rows) insert.run(...Object.values(row))
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

function tablesOf(agents: number, rounds: readonly Round[]): readonly Table[] {
  const seen = `${agents} agents, each with 3 servers and 2 credentials`
  const limit = (LIMIT_SECONDS * 1000 * agents) / 10_000
  const standing = (name: string, took: (round: Round) => number, rival?: (round: Round) => number) => ({
    name,
    others: null,
    microseconds: spreadOf(rounds.map((round) => took(round) * 1000)),
    toRival: rival ? spreadOf(rounds.map((round) => took(round) / rival(round))) : null,
    toFewer: null,
  })
  const inserts = standing(
    "bare node:sqlite, inserting the same rows in one transaction",
    (round) => round.inserts,
  )
  const waited = Math.max(...rounds.map((round) => round.waited))
  return [
    {
      title: `the first scan of ${seen}`,
      standings: [
        inserts,
        standing(
          "Tabard, recordScan",
          ({ first }) => first,
          (round) => round.inserts,
        ),
      ],
      notes: [`while it was brought in, another unit of work waited ${Math.round(waited)} ms at most`],
    },
    {
      title: `the same scan of ${seen} again`,
      standings: [
        standing("the limit", () => limit),
        inserts,
        standing(
          "Tabard, recordScan",
          ({ again }) => again,
          () => limit,
        ),
      ],
    },
  ]
}
