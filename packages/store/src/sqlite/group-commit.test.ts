import assert from "node:assert/strict"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, it } from "node:test"
import { StoreProblem } from "../store-problem.ts"
import { MAX_TRANSACTION_MS } from "../transaction-limit.ts"
import { GroupCommit } from "./group-commit.ts"
import { SqliteWriter } from "./sqlite-writer.ts"

describe("committing in groups", () => {
  let directory: string
  let writer: SqliteWriter
  let commits: GroupCommit

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "tabard-group-"))
    writer = await SqliteWriter.open(join(directory, "tabard.db"))
    // What is submitted together is committed together, however slow the machine is.
    commits = new GroupCommit(writer, Number.POSITIVE_INFINITY)
    await commits.submit(async (run) => {
      await run(statement("create table parent (id integer primary key) strict"))
      // A deferred constraint is looked at by the commit: the way to make one fail for real.
      await run(
        statement(
          "create table child (id integer primary key, parent integer references parent (id) deferrable initially deferred) strict",
        ),
      )
    })
  })

  afterEach(async () => {
    await commits[Symbol.asyncDispose]()
    await writer[Symbol.asyncDispose]()
    await rm(directory, { recursive: true, force: true })
  })

  const insert = (id: number, parent: number | null = null) =>
    commits.submit((run) => run(statement("insert into child (id, parent) values (?, ?)", id, parent)))

  const children = () =>
    commits.submit(async (run) => (await run(statement("select id from child order by id"))).rows)

  it("rolls a unit that rejects back by itself", async () => {
    const [first, failing, last] = await Promise.allSettled([
      insert(1),
      commits.submit(async (run) => {
        await run(statement("insert into child (id) values (2)"))
        throw new Error("no")
      }),
      insert(3),
    ])
    assert.deepEqual([first?.status, failing?.status, last?.status], ["fulfilled", "rejected", "fulfilled"])
    assert.deepEqual(await children(), [{ id: 1 }, { id: 3 }])
  })

  it("rejects everybody in a commit that fails, keeps nothing of it, and goes on with the next", async () => {
    const settled = await Promise.allSettled([insert(1), insert(2, 404), insert(3)])
    assert.deepEqual(
      settled.map(({ status }) => status),
      ["rejected", "rejected", "rejected"],
    )
    await insert(4)
    assert.deepEqual(await children(), [{ id: 4 }])
  })

  it("answers nobody before the commit, not even who is refused", async () => {
    const order: string[] = []
    const refused = commits.submit(async () => {
      throw new Error("no")
    })
    const second = commits.submit(async () => {
      order.push("second unit ran")
    })
    await Promise.allSettled([refused.catch(() => order.push("first was told")), second])
    assert.deepEqual(order, ["second unit ran", "first was told"])
  })

  it("commits more units than one group holds", async () => {
    await Promise.all(Array.from({ length: 600 }, (_, n) => insert(n)))
    assert.equal((await children()).length, 600)
  })

  it("rolls back and rejects a unit that is held too long, and lets the next one on", async (test) => {
    test.mock.timers.enable({ apis: ["setTimeout"] })
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const held = commits.submit(async (run) => {
      await run(statement("insert into child (id) values (1)"))
      begin()
      await Promise.withResolvers<never>().promise
    })
    await begun
    test.mock.timers.tick(MAX_TRANSACTION_MS)
    await assert.rejects(held, (error) => error instanceof StoreProblem && error.code === "transaction_over")
    test.mock.timers.reset()
    await insert(2)
    assert.deepEqual(await children(), [{ id: 2 }])
  })

  it("lets nothing through after a unit is over, into whichever unit runs then", async () => {
    const run = await commits.submit(async (running) => running)
    await assert.rejects(run(statement("insert into child (id) values (1)")), StoreProblem)
    assert.deepEqual(await children(), [])
  })
})

function statement(sql: string, ...parameters: unknown[]): { sql: string; parameters: unknown[] } {
  return { sql, parameters }
}
