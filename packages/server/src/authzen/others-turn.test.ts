import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { compileApplication } from "@tabard/control"
import type { JsonObject } from "@tabard/core"
import { answerEvaluations } from "./answer-question.ts"
import { answerSearch } from "./answer-search.ts"
import { applicationPoint } from "./application-point.ts"

const SUBJECT = { type: "User", id: "ann" }
const ACTION = { name: "see" }

/** More than fit into one turn of a process that others wait for. */
const MANY = 300

describe("a request that holds many questions", () => {
  it("lets others be answered between any two of its evaluations", async () => {
    const evaluations = Array.from({ length: MANY }, (_, n) => ({ resource: { type: "Book", id: `b${n}` } }))
    const body = { subject: SUBJECT, action: ACTION, evaluations }
    const { answer, turns } = await beside(() => answerEvaluations(point(), async () => undefined, body))
    assert.equal(list(answer["evaluations"]).length, MANY)
    assert.ok(turns >= MANY - 1, `others had ${turns} turns`)
  })

  it("lets others be answered between any two that a search looks at, and finds all of them", async () => {
    const body = { subject: SUBJECT, action: ACTION, resource: { type: "Book" } }
    const { answer, turns } = await beside(() => answerSearch(point(), "resource", body))
    assert.equal(list(answer["results"]).length, 100)
    assert.ok(turns >= 100, `others had ${turns} turns`)
  })
})

/** Does a work, and counts the turns that others had meanwhile. */
async function beside(work: () => Promise<JsonObject>): Promise<{ answer: JsonObject; turns: number }> {
  let turns = 0
  let done = false
  const count = (): void => {
    if (done) return
    turns++
    setImmediate(count)
  }
  setImmediate(count)
  const answer = await work()
  done = true
  return { answer, turns }
}

function point(): ReturnType<typeof applicationPoint> {
  const compiled = compileApplication({
    name: "books",
    schema:
      "namespace Books { entity User; entity Book; action see appliesTo { principal: User, resource: Book }; }",
    policies: "permit (principal, action, resource);",
    entities: Array.from({ length: MANY }, (_, n) => ({ uid: { type: "Book", id: `b${n}` } })),
  })
  return applicationPoint("books", { version: 1, recorded: false, compiled }, { recorded: false, disputed })
}

async function disputed(): Promise<void> {
  assert.fail("one judge alone differs from nobody")
}

function list(value: unknown): readonly unknown[] {
  assert.ok(Array.isArray(value))
  return value
}
