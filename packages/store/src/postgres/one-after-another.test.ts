import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Statement, StatementResult } from "../statement.ts"
import { OneAfterAnother } from "./one-after-another.ts"

describe("the statements of a transaction on one connection", () => {
  it("are run one after another, in the order in which they were asked for", async () => {
    const { statements, begun, answer } = connection()
    const all = Promise.all(["1", "2", "3"].map((sql) => statements.run(statement(sql))))
    await answer("1")
    assert.deepEqual(begun, ["1", "2"], "the third waits for the second")
    await answer("2")
    await answer("3")
    assert.deepEqual(
      (await all).map(({ rows }) => rows),
      [["1"], ["2"], ["3"]],
    )
  })

  it("are not run behind one that failed", async () => {
    const { statements, begun, answer } = connection()
    const all = Promise.allSettled(["1", "2", "3"].map((sql) => statements.run(statement(sql))))
    await answer("1", new Error("no"))
    assert.deepEqual(
      (await all).map(({ status }) => status),
      ["rejected", "rejected", "rejected"],
    )
    assert.deepEqual(begun, ["1"])
  })

  it("are not run where they still wait at its end", async () => {
    const { statements, begun, answer } = connection()
    const all = Promise.allSettled(["1", "2"].map((sql) => statements.run(statement(sql))))
    statements.end()
    await answer("1").catch(() => undefined)
    assert.deepEqual(
      (await all).map(({ status }) => status),
      ["rejected", "rejected"],
    )
    assert.deepEqual(begun, [])
  })
})

/** A connection on which the test says when a statement is answered. */
function connection() {
  const begun: string[] = []
  const answers = new Map<string, PromiseWithResolvers<StatementResult>>()
  const waiting = (sql: string): PromiseWithResolvers<StatementResult> => {
    const known = answers.get(sql) ?? Promise.withResolvers<StatementResult>()
    answers.set(sql, known)
    return known
  }
  const statements = new OneAfterAnother(({ sql }) => {
    begun.push(sql)
    return waiting(sql).promise
  })
  return {
    statements,
    begun,
    answer: async (sql: string, error?: Error): Promise<void> => {
      if (error) waiting(sql).reject(error)
      else waiting(sql).resolve({ rows: [sql] })
      await waiting(sql).promise.catch(() => undefined)
      // Every promise that hangs on it has its turn.
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

function statement(sql: string): Statement {
  return { sql, parameters: [] }
}
