import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { firstThings } from "./first-things.ts"
import { sampleReport } from "./fixtures/sample-report.ts"

describe("the five things to do first", () => {
  const [finding] = sampleReport().findings
  assert.ok(finding)

  it("are the worst, and are five", () => {
    const severities = ["low", "critical", "medium", "high", "low", "critical"] as const
    const findings = severities.map((severity, at) => ({ ...finding, severity, remediation: `do ${at}` }))
    assert.deepEqual(
      firstThings(sampleReport({ findings })).map((thing) => `${thing.severity} ${thing.remediation}`),
      ["critical do 1", "critical do 5", "high do 3", "medium do 2", "low do 0"],
    )
  })

  it("count as one what one remedy puts right, the most frequent first", () => {
    const findings = ["one", "two", "two"].map((remediation) => ({ ...finding, remediation }))
    assert.deepEqual(
      firstThings(sampleReport({ findings })).map((thing) => [thing.remediation, thing.findings.length]),
      [
        ["two", 2],
        ["one", 1],
      ],
    )
  })

  it("are as grave as the worst that one remedy puts right", () => {
    const severities = ["low", "critical", "medium"] as const
    const findings = severities.map((severity) => ({ ...finding, severity, remediation: "do it" }))
    assert.deepEqual(
      firstThings(sampleReport({ findings })).map((thing) => [thing.severity, thing.findings.length]),
      [["critical", 3]],
    )
  })

  it("are none where nothing was found", () => {
    assert.deepEqual(firstThings(sampleReport({ findings: [] })), [])
  })
})
