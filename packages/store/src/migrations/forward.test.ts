import assert from "node:assert/strict"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { after, before, describe, it } from "node:test"
import { markEvents, type Store, type Transaction } from "@tabard/control"
import { Client } from "pg"
import { openPostgres } from "../postgres/open-postgres.ts"
import { openSqlite } from "../sqlite/open-sqlite.ts"
import { FIRST, firstStep } from "../testing/first-step.ts"
import { type PostgresCluster, postgresMissing, startPostgresCluster } from "../testing/postgres-cluster.ts"
import { POSTGRES_TYPES, SQLITE_TYPES } from "./column-types.ts"

describe("a database of the first release, brought forward on SQLite", () => {
  it("keeps its rows, and what an agent uses and holds is what its sightings say", async () => {
    const directory = await mkdtemp(join(tmpdir(), "tabard-forward-"))
    try {
      const path = join(directory, "tabard.db")
      const database = new DatabaseSync(path)
      for (const sql of firstStep(SQLITE_TYPES)) database.exec(sql)
      database.close()
      for (let opened = 0; opened < 2; opened++) {
        await using store = await openSqlite({ path })
        await keepsItsRows(store)
      }
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  })
})

describe("a database of the first release, brought forward on PostgreSQL", {
  skip: postgresMissing(),
}, () => {
  let cluster: PostgresCluster
  before(async () => {
    cluster = await startPostgresCluster()
  })
  after(() => cluster[Symbol.asyncDispose]())

  it("keeps its rows, and what an agent uses and holds is what its sightings say", async () => {
    const url = await cluster.createDatabase()
    const client = new Client({ connectionString: url })
    await client.connect()
    await client.query(`select set_config('tabard.organisation', '${FIRST.organisation}', false)`)
    for (const sql of firstStep(POSTGRES_TYPES)) await client.query(sql)
    await client.end()
    for (let opened = 0; opened < 2; opened++) {
      await using store = await openPostgres({ url, maxConnections: 2 })
      await keepsItsRows(store)
    }
  })
})

const USES = { servers: [FIRST.server], credentials: [FIRST.credential] }

async function keepsItsRows(store: Store): Promise<void> {
  const { transact, snapshot } = store.shelf(FIRST.organisation)
  await snapshot(async (tx) => {
    await keepsItsAgent(tx)
    await keepsWhatWasSeen(tx)
  })
  await transact(({ observations }) => observations.relink([FIRST.agent]))
  const links = await snapshot(({ observations }) => observations.linksOf([FIRST.agent]))
  assert.deepEqual(links.get(FIRST.agent), USES)
  await findsItsEvent(store)
}

async function findsItsEvent(store: Store): Promise<void> {
  const shelf = store.shelf(FIRST.organisation)
  assert.ok((await markEvents(shelf)) <= 1)
  assert.equal(await markEvents(shelf), 0)
  const found = await shelf.snapshot(({ outbox }) => outbox.list({ person: FIRST.user, limit: 10 }))
  assert.deepEqual(
    found.map(({ id }) => id),
    [FIRST.event],
  )
}

async function keepsItsAgent(tx: Transaction): Promise<void> {
  const found = await tx.agents.list({ limit: 10, vanished: false })
  assert.deepEqual(
    found.map(({ id, owner }) => [id, owner]),
    [[FIRST.agent, FIRST.user]],
  )
  assert.deepEqual(
    (await tx.users.list()).map(({ name }) => name),
    ["Ann"],
  )
  assert.deepEqual(
    (await tx.facts.of([FIRST.agent])).map(({ value }) => value),
    ["Cursor"],
  )
  assert.equal((await tx.risks.latest([FIRST.agent])).get(FIRST.agent)?.score, 40)
  assert.equal(await tx.organisation.version(), 7)
}

async function keepsWhatWasSeen({ observations }: Transaction): Promise<void> {
  assert.deepEqual(
    (await observations.listScans({ limit: 10 })).map(({ id }) => id),
    [FIRST.scan],
  )
  assert.deepEqual(
    (await observations.of([FIRST.agent])).map(({ key, digest, vanishedAt }) => [key, digest, vanishedAt]),
    [["agent-1", null, null]],
  )
  const servers = await observations.listServers({ limit: 10 })
  assert.deepEqual(
    servers.map(({ system }) => system),
    ["GitHub"],
  )
  const credentials = await observations.withFingerprints(["f1"])
  assert.deepEqual(
    credentials.map(({ id }) => id),
    [FIRST.credential],
  )
  assert.deepEqual((await observations.linksOf([FIRST.agent])).get(FIRST.agent), USES)
}
