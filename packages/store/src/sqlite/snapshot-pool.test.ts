import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { openTemporarySqlite } from "../testing/temporary-sqlite.ts"
import { SnapshotPool } from "./snapshot-pool.ts"

/** Reads for some milliseconds, and nothing of it waits. */
const LONG = {
  sql: "with recursive n(x) as (select 1 union all select x + 1 from n where x < 50000) select count(*) from n",
  parameters: [],
}

describe("snapshots that follow each other", () => {
  it("let whatever else waits have its turn between them, however many there are", async () => {
    await using opened = await openTemporarySqlite()
    await using pool = new SnapshotPool(opened.path)
    let turns = 0
    using others = setInterval(() => turns++, 1)
    for (let read = 0; read < 50; read++) await pool.run((run) => run(LONG))
    assert.ok(turns > 3, `of 50 readings in a row, others had ${turns} turns`)
    assert.ok(others)
  })

  it("are answered in any number at once, also behind long ones", async () => {
    await using opened = await openTemporarySqlite()
    await using pool = new SnapshotPool(opened.path)
    const answers = await Promise.all(Array.from({ length: 40 }, () => pool.run((run) => run(LONG))))
    assert.equal(answers.length, 40)
  })
})
