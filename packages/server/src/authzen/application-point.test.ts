import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type ApplicationQuestion, compileApplication, type DisputedQuestion } from "@tabard/control"
import { applicationPoint } from "./application-point.ts"

const DISPUTED = { allowed: false, reasons: [], erred: [], dispute: "one says yes" }
const COMPILED = compileApplication({
  name: "books",
  schema:
    "namespace Books { entity User; entity Book; action see appliesTo { principal: User, resource: Book }; }",
  policies: "permit (principal, action, resource);",
  entities: [{ uid: { type: "Book", id: "b1" } }],
})
const QUESTION: ApplicationQuestion = {
  subject: { type: "User", id: "ann", properties: {} },
  action: { name: "see", properties: {} },
  resource: { type: "Book", id: "b1", properties: {} },
  context: {},
}

describe("an application about which two judges differ", () => {
  it("denies, and the alarm is raised before it is answered, by evaluations and by searches", async () => {
    const raised: (readonly [Omit<DisputedQuestion, "by">, string])[] = []
    const point = pointThat(async (about, words) => void raised.push([about, words]))
    const { effect, code } = await point.evaluate(QUESTION)
    assert.deepEqual([effect, code], ["deny", "judges_disagree"])
    const page = { from: 0, limit: 10, isWanted: () => true }
    assert.deepEqual((await point.search("resource", QUESTION, page)).results, [])
    const about = { application: "books", action: "see", resource: "Book/b1" }
    assert.deepEqual(raised, [
      [about, "one says yes"],
      [about, "one says yes"],
    ])
  })

  it("is not answered where the alarm cannot be raised", async () => {
    const point = pointThat(() => Promise.reject(new Error("the store is gone")))
    await assert.rejects(point.evaluate(QUESTION), /the store is gone/)
  })
})

function pointThat(
  disputed: Parameters<typeof applicationPoint>[2]["disputed"],
): ReturnType<typeof applicationPoint> {
  const compiled = { ...COMPILED, judge: () => DISPUTED }
  return applicationPoint("books", { version: 1, recorded: false, compiled }, { recorded: false, disputed })
}
