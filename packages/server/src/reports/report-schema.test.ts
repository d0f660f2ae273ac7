import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { PushedReport } from "./report-schema.ts"
import { reportOf, sawAgent, sawServer } from "./testing/pushed-report.ts"

describe("a report that is pushed", () => {
  it("is taken where a file of a stranger names more servers than an agent has, with as many as are kept", () => {
    const mcpServers = Array.from({ length: 2_000 }, (_, n) => sawServer(`server ${n}`))
    const named = mcpServers.map(({ key }) => key)
    const taken = PushedReport.parse(reportOf([sawAgent("a", { mcpServers: named })], { mcpServers }))
    assert.deepEqual(taken.agents[0]?.mcpServers, named.slice(0, 1_000))
    assert.equal(taken.mcpServers.length, 2_000)
  })

  it("is refused where it has a member that no report has, or more of anything than a machine could", () => {
    assert.ok(!PushedReport.safeParse({ ...reportOf([]), owner: "me" }).success)
    const roots = Array.from({ length: 101 }, (_, n) => `/r${n}`)
    assert.ok(!PushedReport.safeParse(reportOf([], { roots })).success)
  })
})
