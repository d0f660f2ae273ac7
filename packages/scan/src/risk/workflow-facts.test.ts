import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { sampleReport } from "../formats/fixtures/sample-report.ts"
import type { SeenAgent } from "../report.ts"
import { riskOfSeen } from "./seen-risk.ts"

describe("the risk of an agent in a CI workflow", () => {
  it("rises with a token that writes, and again where strangers can start it; each names the workflow", () => {
    const quiet = riskOf([
      ["ci.token", "read only"],
      ["ci.guard", "author association"],
    ])
    const writing = riskOf([
      ["ci.token", "contents: write"],
      ["ci.guard", "author association"],
    ])
    const open = riskOf([
      ["ci.token", "contents: write"],
      ["ci.guard", "none"],
      ["ci.untrusted-trigger", "issue_comment"],
    ])
    assert.ok(quiet.score < writing.score && writing.score < open.score)
    const evidence = open.points.flatMap((point) => point.evidence)
    assert.ok(evidence.includes("workflow: its token has contents: write"))
    assert.ok(evidence.includes("workflow: anybody can start it (issue_comment)"))
  })

  it("is uncertain where the repository decides what the token may do", () => {
    const known = riskOf([["ci.token", "read only"]])
    const unknown = riskOf([["ci.token", "repository default"]])
    assert.ok(unknown.high > known.high)
    assert.ok(unknown.unknown.some((what) => what.includes("what the repository lets its token do")))
  })

  it("is that of any agent where nothing is told of a workflow", () => {
    assert.equal(riskOf([]).score, riskOf([["permission mode", "ask"]]).score)
  })
})

function riskOf(
  settings: readonly (readonly [string, string])[],
): NonNullable<ReturnType<ReturnType<typeof riskOfSeen>["get"]>> {
  const sample = sampleReport()
  const [first = assert.fail()] = sample.agents
  const effective = settings.map(([setting, value]) => ({
    setting,
    value,
    source: "/repo/.github/workflows/a.yml",
  }))
  const agent: SeenAgent = {
    ...first,
    category: "production",
    client: "claude-code",
    mcpServers: [],
    credentials: [],
    autonomy: { level: "broad", effective },
  }
  return riskOfSeen({ ...sample, agents: [agent] }).get(agent.key) ?? assert.fail()
}
