import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { makeReporter, reportOf, sawAgent } from "../world/reporter.ts"
import { runTabard, signInFirst } from "../world/running-tabard.ts"

describe("a machine that pushes what it scans", () => {
  it("enrols by a one-time code, and what it pushes is in the inventory when it is answered", async () => {
    await using tabard = await runTabard()
    const ann = await signInFirst(tabard.server, "Ann")
    const reporter = await makeReporter(tabard.server, ann, "build-7")
    const answer = await reporter.push(reportOf([sawAgent("one", "Cursor")]))
    assert.equal(answer.status, 200)
    const { items } = await ann.api.listAgents({})
    assert.deepEqual(
      items.map(({ name }) => name),
      ["Cursor"],
    )
    assert.deepEqual(tabard.faults, [])
  })
})
