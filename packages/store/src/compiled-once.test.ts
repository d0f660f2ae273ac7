import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Kysely } from "kysely"
import { compiledOnce } from "./compiled-once.ts"
import { POSTGRES, queriesOver, SQLITE } from "./database.ts"
import type { Statement } from "./statement.ts"
import type { ReplayRow } from "./tables/authority.ts"
import type { Tables } from "./tables/tables.ts"

describe("a statement that is written once", () => {
  it("is given other values each time, and is what the query builder would write", async () => {
    const { find, timesWritten } = finding()
    const { db, ran } = recorded(SQLITE)
    await find(db, { namespace: "dpop", key: "1" })
    await find(db, { namespace: "dpop", key: null as never })
    const words = `select "key" from "replay" where "namespace" = ? and "key" = ? and "expires_at" > ?`
    assert.deepEqual(ran, [
      { sql: words, parameters: ["dpop", "1", 7] },
      { sql: words, parameters: ["dpop", null, 7] },
    ])
    assert.equal(timesWritten(), 1)
  })

  it("is written apart for each kind of database", async () => {
    const { find } = finding()
    const [first, second] = [recorded(SQLITE), recorded(POSTGRES)]
    for (const { db } of [first, second, first]) await find(db, { namespace: "dpop", key: "1" })
    assert.deepEqual([first.ran.length, second.ran.length], [2, 1])
    assert.match(second.ran[0]?.sql ?? "", /"key" = \$2/)
  })

  it("goes to the transaction that it is asked in", async () => {
    const { find } = finding()
    const [first, second] = [recorded(SQLITE), recorded(SQLITE)]
    await find(first.db, { namespace: "dpop", key: "1" })
    await find(second.db, { namespace: "dpop", key: "2" })
    assert.deepEqual(
      [first.ran, second.ran].map((ran) => ran.map(({ parameters }) => parameters[1])),
      [["1"], ["2"]],
    )
  })
})

function finding() {
  let written = 0
  const find = compiledOnce((db, { namespace, key }: Pick<ReplayRow, "namespace" | "key">) => {
    written++
    const replays = db.selectFrom("replay").select("key").where("namespace", "=", namespace)
    return replays.where("key", "=", key).where("expires_at", ">", 7)
  })
  return { find, timesWritten: () => written }
}

function recorded(kind: typeof SQLITE): { db: Kysely<Tables>; ran: Statement[] } {
  const ran: Statement[] = []
  const db = queriesOver(kind, async ({ sql, parameters }) => {
    ran.push({ sql, parameters })
    return { rows: [] }
  })
  return { db, ran }
}
