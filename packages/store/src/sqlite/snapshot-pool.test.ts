import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { openTemporarySqlite } from "../testing/temporary-sqlite.ts"
import { SnapshotPool } from "./snapshot-pool.ts"

/** Reads for some milliseconds, and nothing of it waits. */
const LONG = {
  sql: "with recursive n(x) as (select 1 union all select x + 1 from n where x < 50000) select count(*) from n",
  parameters: [],
}

/** A long row of readings, each in a snapshot of its own, or all in one. */
const ROWS: readonly (readonly [said: string, read: (pool: SnapshotPool, times: number) => Promise<void>])[] =
  [
    [
      "snapshots that follow each other",
      async (pool, times) => {
        for (let read = 0; read < times; read++) await pool.run((run) => run(LONG))
      },
    ],
    [
      "readings of one snapshot",
      (pool, times) =>
        pool.run(async (run) => {
          for (let read = 0; read < times; read++) await run(LONG)
        }),
    ],
  ]

describe("reading in the server's own thread", () => {
  for (const [said, read] of ROWS)
    it(`lets whatever else waits have its turn between ${said}`, async () => {
      await using opened = await openTemporarySqlite()
      await using pool = new SnapshotPool(opened.path)
      let turns = 0
      using others = setInterval(() => turns++, 1)
      await read(pool, 50)
      assert.ok(turns > 3, `others had ${turns} turns`)
      assert.ok(others)
    })

  it("answers any number of snapshots at once, each behind long ones", async () => {
    await using opened = await openTemporarySqlite()
    await using pool = new SnapshotPool(opened.path)
    const answers = await Promise.all(Array.from({ length: 40 }, () => pool.run((run) => run(LONG))))
    assert.equal(answers.length, 40)
  })
})
