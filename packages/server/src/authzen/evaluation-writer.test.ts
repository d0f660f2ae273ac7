import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { RecordedEvaluation } from "@tabard/control"
import { EvaluationWriter } from "./evaluation-writer.ts"

describe("evaluations that wait at once", () => {
  it("are written together, each once, and answered after", async () => {
    const batches: string[][] = []
    const writer = new EvaluationWriter(async (evaluations) => {
      batches.push(evaluations.map(({ evaluation }) => evaluation))
    })
    const names = Array.from({ length: 20 }, (_, n) => `e${n}`)
    await Promise.all(names.map((name) => writer.keep([named(name)])))
    assert.deepEqual(batches.flat(), names)
    assert.ok(batches.length < names.length, `${batches.length} transactions`)
    await writer.keep([named("later")])
    assert.deepEqual(batches.at(-1), ["later"])
  })

  it("are written with those that come back while the others wait", async () => {
    const batches: number[] = []
    const writer = new EvaluationWriter(async (evaluations) => {
      batches.push(evaluations.length)
    })
    const asking = async (name: string): Promise<void> => {
      for (let again = 0; again < 3; again++) await writer.keep([named(`${name}${again}`)])
    }
    const first = asking("first")
    await Promise.resolve()
    // The first is being written by now: these wait.
    await Promise.all([first, ...Array.from({ length: 15 }, (_, n) => asking(`other${n}`))])
    assert.equal(batches[0], 1)
    assert.equal(Math.max(...batches), 16, batches.join(" "))
  })

  it("do not wait for whoever does not come back", async () => {
    const batches: number[] = []
    const writer = new EvaluationWriter(async (evaluations) => {
      batches.push(evaluations.length)
    })
    const once = Array.from({ length: 5 }, (_, n) => writer.keep([named(`once${n}`)]))
    await Promise.resolve()
    await Promise.all([...once, ...Array.from({ length: 5 }, (_, n) => writer.keep([named(`late${n}`)]))])
    assert.equal(
      batches.reduce((sum, size) => sum + size),
      10,
    )
  })

  it("are each told why they were not kept, and those after them are kept", async () => {
    const fault = new Error("the disk is full")
    let failing = true
    const writer = new EvaluationWriter(async () => {
      if (failing) throw fault
    })
    const settled = await Promise.allSettled([writer.keep([named("a")]), writer.keep([named("b")])])
    assert.deepEqual(
      settled.map((one) => one.status === "rejected" && one.reason === fault),
      [true, true],
    )
    failing = false
    await writer.keep([named("c")])
  })
})

function named(evaluation: string): RecordedEvaluation {
  const thing = { type: "book", id: "b1" }
  return {
    evaluation,
    application: "library",
    subject: thing,
    action: "read",
    resource: thing,
    effect: "permit",
    code: "permitted",
    policies: [],
    version: 1,
  }
}
