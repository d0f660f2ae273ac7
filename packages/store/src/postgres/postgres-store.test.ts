import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { RecordFollower, type StoredEvent } from "@tabard/control"
import { type Id, newId, type Organisation, systemClock } from "@tabard/core"
import { Client } from "pg"
import { MIGRATIONS } from "../migrations/migrations.ts"
import { StoreProblem, type StoreProblemCode } from "../store-problem.ts"
import {
  openTemporaryPostgres,
  type PostgresCluster,
  postgresMissing,
  startPostgresCluster,
} from "../testing/postgres-cluster.ts"
import { openPostgres } from "./open-postgres.ts"

describe("a PostgreSQL store", { skip: postgresMissing() }, () => {
  let cluster: PostgresCluster
  before(async () => {
    cluster = await startPostgresCluster()
  })
  after(() => cluster[Symbol.asyncDispose]())

  it("is brought up once by many processes that start together", async () => {
    const url = await cluster.createDatabase()
    const stores = await Promise.all(
      Array.from({ length: 6 }, () => openPostgres({ url, maxConnections: 2 })),
    )
    for (const store of stores) {
      await store.ping()
      await store[Symbol.asyncDispose]()
    }
    assert.deepEqual(
      await query(url, "select version from schema_migration order by version"),
      MIGRATIONS.map(({ version }) => ({ version: String(version) })),
    )
  })

  it("has forced row-level security on every table of an organisation", async () => {
    await using opened = await openTemporaryPostgres(cluster)
    const open = await query(
      opened.url,
      `select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation'
       where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not (c.relrowsecurity and c.relforcerowsecurity)`,
    )
    assert.deepEqual(open, [])
  })

  it("shows no row to the tables' owner without an organisation, and takes none for another", async () => {
    await using opened = await openTemporaryPostgres(cluster)
    const [mine, theirs] = [await organisationIn(opened.store), await organisationIn(opened.store)]
    const count = "select count(*)::int as tiers from tier"
    assert.deepEqual(await query(opened.url, count), [{ tiers: 0 }])
    assert.deepEqual(await query(opened.url, `${entered(mine)}; ${count}`), [{ tiers: 3 }])
    await assert.rejects(
      query(opened.url, `${entered(mine)}; insert into tier (organisation, name) values ('${theirs}', 'x')`),
      /row-level security/,
    )
  })

  it("knows whether its user stands above row-level security", async () => {
    const url = await cluster.createDatabase()
    await using bound = await openPostgres({ url })
    assert.equal(await bound.bypassesRowSecurity(), false)
    const above = new URL(url.replace("postgres://tabard@", "postgres://postgres@"))
    await using superuser = await openPostgres({ url: above.href })
    assert.equal(await superuser.bypassesRowSecurity(), true)
  })

  it("goes by the database's time for leases, whatever a process believes", async () => {
    await using opened = await openTemporaryPostgres(cluster)
    const { transact } = opened.store.shelf(await organisationIn(opened.store))
    const acquire = (holder: string, now: Date) =>
      transact(({ leases }) => leases.acquire("job", holder, 60_000, now))
    assert.ok(await acquire("a", new Date(0)))
    assert.equal(await acquire("b", new Date("2999-01-01")), undefined)
  })

  it("rejects a transaction whose connection is cut, keeps nothing of it, and goes on", async () => {
    await using opened = await openTemporaryPostgres(cluster)
    const { transact, snapshot } = opened.store.shelf(await organisationIn(opened.store))
    const cut = transact(async ({ organisation }) => {
      await organisation.bumpVersion()
      await query(
        opened.url,
        "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()",
      )
      return organisation.bumpVersion()
    })
    await assert.rejects(cut)
    await transact(({ organisation }) => organisation.bumpVersion())
    assert.equal(await snapshot(({ organisation }) => organisation.version()), 1)
  })

  it("runs again what met another transaction, also where the work made its own error of it", async () => {
    await using opened = await openTemporaryPostgres(cluster)
    const { transact, snapshot } = opened.store.shelf(await organisationIn(opened.store))
    const bump = () =>
      transact(({ organisation }) =>
        organisation.bumpVersion().catch((cause: unknown) => {
          throw new Error("an error of the work's own", { cause })
        }),
      )
    await Promise.all(Array.from({ length: 10 }, bump))
    assert.equal(await snapshot(({ organisation }) => organisation.version()), 10)
  })

  it("lets a follower of the record hear of an event whose transaction ends after a later one's, once", async () => {
    await using opened = await openTemporaryPostgres(cluster)
    const shelf = opened.store.shelf(await organisationIn(opened.store))
    const follower = new RecordFollower({ snapshot: shelf.snapshot, clock: systemClock })
    await follower.begin()
    const [slow, quick] = [newEvent(), newEvent()]
    const written = Promise.withResolvers<void>()
    const mayEnd = Promise.withResolvers<void>()
    const ending = shelf.transact(async ({ outbox }) => {
      await outbox.append(slow)
      written.resolve()
      await mayEnd.promise
    })
    await written.promise
    await shelf.transact(({ outbox }) => outbox.append(quick))
    const heard = async () => (await follower.read()).arrivals.map(({ id }) => id)
    assert.deepEqual(await heard(), [quick.id])
    mayEnd.resolve()
    await ending
    assert.deepEqual(await heard(), [slow.id])
    assert.deepEqual(await heard(), [])
  })

  it("is refused where the schema asks for a newer program", async () => {
    await using opened = await openTemporaryPostgres(cluster)
    await query(opened.url, "insert into schema_migration values (1000, 999, 0)")
    await assert.rejects(openPostgres({ url: opened.url }), isProblem("newer_schema"))
  })

  it("says that nobody answers, and never the password", async () => {
    const url = "postgres://tabard:hunter2@127.0.0.1:1/tabard"
    await assert.rejects(openPostgres({ url }), (error) => {
      assert.ok(isProblem("unreachable")(error))
      assert.ok(!JSON.stringify([String(error), error]).includes("hunter2"))
      return true
    })
  })

  it("tells a refusal without the values that stand in the rows", async () => {
    await using opened = await openTemporaryPostgres(cluster)
    const { transact } = opened.store.shelf(await organisationIn(opened.store))
    const take = () =>
      transact(({ instances }) =>
        instances.offerEnrolment({
          codeHash: "a-hash-of-a-code",
          agent: newId("agent", systemClock),
          createdBy: newId("user", systemClock),
          expiresAt: new Date(),
        }),
      )
    await take()
    await assert.rejects(take(), (error) => {
      assert.ok(isProblem("refused")(error))
      assert.ok(!JSON.stringify([String(error), error]).includes("a-hash-of-a-code"))
      return true
    })
  })
})

async function query(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const results: unknown = await client.query(sql)
    const last: unknown = Array.isArray(results) ? results.at(-1) : results
    return typeof last === "object" && last !== null && "rows" in last ? last.rows : undefined
  } finally {
    await client.end()
  }
}

function entered(organisation: Id<"organisation">): string {
  return `select set_config('tabard.organisation', '${organisation}', false)`
}

type Openable = {
  ensureOrganisation(slug: string, create: () => Organisation): Promise<Organisation>
}

async function organisationIn(store: Openable): Promise<Id<"organisation">> {
  const id = newId("organisation", systemClock)
  const slug = id.slice(4)
  await store.ensureOrganisation(slug, () => ({ id, slug, name: slug, trustDomain: `${slug}.test` }))
  return id
}

function isProblem(code: StoreProblemCode): (error: unknown) => boolean {
  return (error) => error instanceof StoreProblem && error.code === code
}

function newEvent(): StoredEvent {
  const bytes = new TextEncoder().encode("{}")
  const base = { at: systemClock.now(), agent: null, task: null, call: null, bytes, index: null }
  return { id: newId("event", systemClock), type: "agent.described", ...base }
}
