import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { sampleReport } from "../formats/fixtures/sample-report.ts"
import type { SeenAgent } from "../report.ts"
import { riskOfSeen } from "./seen-risk.ts"

const SAMPLE = sampleReport()

describe("the risk of what a scan saw", () => {
  it("is a score for each agent, by its key", () => {
    const risks = riskOfSeen(SAMPLE)
    assert.deepEqual(
      [...risks.keys()],
      SAMPLE.agents.map(({ key }) => key),
    )
    for (const { score, low, high } of risks.values()) assert.ok(low <= score && score <= high)
  })

  it("leaves open who answers for an agent, since no scan can see it", () => {
    for (const { unknown, low, high } of riskOfSeen(SAMPLE).values()) {
      assert.ok(unknown.some((what) => what.includes("who answers for it")))
      assert.ok(low < high)
    }
  })

  it("falls where a key in plain text is gone, and rises where nobody is asked any more", () => {
    const [first = assert.fail()] = SAMPLE.agents
    const scoreOf = (agent: SeenAgent): number =>
      riskOfSeen({ ...SAMPLE, agents: [agent] }).get(agent.key)?.score ?? Number.NaN
    const holding = { ...first, credentials: SAMPLE.credentials.map(({ key }) => key) }
    const free = { ...holding, autonomy: { level: "unrestricted", effective: [] } } as const
    assert.ok(scoreOf({ ...first, credentials: [] }) < scoreOf(holding))
    assert.ok(scoreOf(free) > scoreOf(holding))
  })
})
