import assert from "node:assert/strict"
import { DatabaseSync } from "node:sqlite"
import { after, before, describe, it } from "node:test"
import type { DecisionQuery } from "@tabard/control"
import { type DecisionRecord, type Id, newId, systemClock } from "@tabard/core"
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely"
import { openSqlite } from "../sqlite/open-sqlite.ts"
import type { Tables } from "../tables/tables.ts"
import { openTemporarySqlite } from "../testing/temporary-sqlite.ts"
import { wantedDecisions } from "./list-decisions.ts"

const MANY = 10_000
const AT = Date.parse("2026-11-01T12:00:00Z")

const db = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (opened) => new SqliteIntrospector(opened),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

describe("among ten thousand decisions", () => {
  const stack = new AsyncDisposableStack()
  const organisation = newId("organisation", systemClock)
  const [rare, task, onBehalfOf] = [
    newId("agent", systemClock),
    newId("task", systemClock),
    newId("user", systemClock),
  ]
  let database: DatabaseSync

  before(async () => {
    const { store, path } = stack.use(await openTemporarySqlite())
    const words = { slug: "acme", name: "Acme", trustDomain: "acme.example" }
    await store.ensureOrganisation("acme", () => ({ id: organisation, ...words }))
    const busy = newId("agent", systemClock)
    const rares = { agent: rare, task, onBehalfOf, effect: "deny", code: "tool_not_found" } as const
    await store.shelf(organisation).transact(async ({ decisions }) => {
      for (let n = 0; n < MANY; n++)
        await decisions.insert(
          decision(n, n === MANY / 2 ? { ...rares, effects: ["financial"] } : { agent: busy }),
        )
    })
    await store[Symbol.asyncDispose]()
    // What is known of the indexes is looked at as a store is opened.
    stack.use(await openSqlite({ path }))
    database = stack.adopt(new DatabaseSync(path, { readOnly: true }), (opened) => opened.close())
  })
  after(() => stack.disposeAsync())

  for (const [what, query, index] of [
    ["everybody's", {}, /decision_by_time/],
    ["an agent's", { agent: rare }, /decision_by_agent/],
    ["a task's", { task }, /decision_by_task/],
    ["a person's", { onBehalfOf }, /decision_by_person/],
    ["a tool's", { action: "notes/rare" }, /decision_by_action/],
    ["those denied", { effect: "deny" }, /decision_refused|decision_by_time/],
    ["those denied for a reason", { code: "tool_not_found" }, /decision_refused_for/],
    ["those that move money", { effectClass: "financial" }, /decision_to_financial/],
    ["those before a time", { until: new Date(AT + 5) }, /decision_by_time/],
  ] as const)
    it(`${what} are led to by an index, without sorting`, () => {
      const plan = planOf({ ...query, limit: 100 })
      assert.match(plan, index)
      assert.doesNotMatch(plan, /SCAN decision|TEMP B-TREE/)
    })

  function planOf(query: DecisionQuery): string {
    const scope = { db, organisation, databaseTime: false }
    const { sql, parameters } = wantedDecisions(Object(scope), query).compile()
    const rows = database.prepare(`explain query plan ${sql}`).all(...parameters.map(bound))
    return rows.map(({ detail }) => String(detail)).join("; ")
  }
})

function bound(value: unknown): string | number {
  return typeof value === "number" ? value : String(value)
}

function decision(n: number, differs: Partial<DecisionRecord>): DecisionRecord {
  return {
    id: newId("decision", systemClock),
    call: newId("call", systemClock),
    agent: newId("agent", systemClock),
    task: null,
    action: "notes/read",
    resource: "srv_1" satisfies Id<"server">,
    effect: "permit",
    code: "permitted",
    reasons: [],
    approval: null,
    version: 1,
    observed: null,
    at: new Date(AT + n),
    effects: ["read"],
    ...differs,
  }
}
