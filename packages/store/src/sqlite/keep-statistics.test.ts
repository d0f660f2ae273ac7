import assert from "node:assert/strict"
import { DatabaseSync } from "node:sqlite"
import { describe, it } from "node:test"
import { type Id, newId, systemClock } from "@tabard/core"
import { openTemporarySqlite } from "../testing/temporary-sqlite.ts"
import { openSqlite } from "./open-sqlite.ts"
import { SnapshotPool } from "./snapshot-pool.ts"

describe("what SQLite knows of its indexes", () => {
  it("is looked at when a store is opened, so that a few rows are not looked for among all", async () => {
    await using opened = await openTemporarySqlite()
    const { store, path } = opened
    const organisation = newId("organisation", systemClock)
    const words = { slug: "acme", name: "Acme", trustDomain: "acme.example" }
    await store.ensureOrganisation("acme", () => ({ id: organisation, ...words }))
    const agents = Array.from({ length: 500 }, () => newId("agent", systemClock))
    await store.shelf(organisation).transact((tx) => tx.findings.insert(agents.map(findingAbout)))
    assert.match(planOf(path), /finding_by_rank/, "it would walk through all of them")
    await store[Symbol.asyncDispose]()
    await using again = await openSqlite({ path })
    assert.match(planOf(path), /sqlite_autoindex_finding_2/)
    assert.ok(again)
  })

  it("is read anew by snapshots from then on, while those that stand go on", async () => {
    await using opened = await openTemporarySqlite()
    await using pool = new SnapshotPool(opened.path)
    const ask = { sql: "select count(*) as organisations from organisation", parameters: [] }
    await pool.run(async (run) => {
      await run(ask)
      pool.renew()
      assert.equal((await run(ask)).rows.length, 1)
    })
    assert.equal((await pool.run((run) => run(ask))).rows.length, 1)
  })
})

function findingAbout(subject: Id<"agent">) {
  const at = systemClock.now()
  return {
    id: newId("finding", systemClock),
    rule: "no-owner",
    subject,
    severity: "high",
    message: "nobody owns it",
    evidence: [],
    standing: { kind: "open" },
    openedAt: at,
    lastSeenAt: at,
    reopened: 0,
  } as const
}

/** How a connection that begins now would look for the findings about two things. */
function planOf(path: string): string {
  using stack = new DisposableStack()
  const database = stack.adopt(new DatabaseSync(path, { readOnly: true }), (opened) => opened.close())
  const sql = `explain query plan select * from finding
    where organisation = 'a' and subject in ('a', 'b') order by rank desc, id desc limit 10`
  return JSON.stringify(database.prepare(sql).all())
}
