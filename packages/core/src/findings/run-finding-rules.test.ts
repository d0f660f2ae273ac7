import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { FindingRule, RuleSighting } from "./finding-rule.ts"
import { runFindingRules } from "./run-finding-rules.ts"
import { bySeverity, isAtLeast, SEVERITIES } from "./severity.ts"

describe("finding rules", () => {
  it("give what they say of themselves to what they find, and yield to a sighting's own severity", () => {
    const findings = runFindingRules([rule("a", [sighting("x"), { ...sighting("y"), severity: "low" }])], 0)
    assert.deepEqual(
      findings.map(({ rule: id, severity, subject, remediation, controls }) => [
        id,
        severity,
        subject,
        remediation,
        controls,
      ]),
      [
        ["a", "medium", "x", "Mend a.", ["F:1"]],
        ["a", "low", "y", "Mend a.", ["F:1"]],
      ],
    )
  })

  it("are told the worst first, and in their own order where they are equal", () => {
    const severities = ["low", "critical", "medium", "high", "critical"] as const
    const rules = severities.map((severity, at) => rule(`r${at}`, [{ ...sighting("x"), severity }]))
    assert.deepEqual(
      runFindingRules(rules, 0).map(({ rule: id }) => id),
      ["r1", "r4", "r3", "r2", "r0"],
    )
  })

  it("are silent about a subject of which a sharper rule speaks, and about no other", () => {
    const dull = rule("dull", [sighting("x"), sighting("y")])
    const sharp = { ...rule("sharp", [sighting("x")]), sharpens: ["dull"] }
    for (const rules of [
      [dull, sharp],
      [sharp, dull],
    ])
      assert.deepEqual(
        runFindingRules(rules, 0)
          .map(({ rule: id, subject }) => `${id} ${subject}`)
          .toSorted(),
        ["dull y", "sharp x"],
      )
  })
})

describe("severities", () => {
  it("are ordered from the worst to the least", () => {
    assert.deepEqual(["low", "high", "critical", "medium"].filter(isSeverity).toSorted(bySeverity), [
      ...SEVERITIES,
    ])
    assert.deepEqual(
      SEVERITIES.filter((severity) => isAtLeast(severity, "high")),
      ["critical", "high"],
    )
  })
})

function isSeverity(word: string): word is (typeof SEVERITIES)[number] {
  return SEVERITIES.some((severity) => severity === word)
}

function rule(id: string, sightings: readonly RuleSighting[]): FindingRule<number> {
  return {
    id,
    severity: "medium",
    title: id,
    remediation: `Mend ${id}.`,
    controls: ["F:1"],
    judge: () => sightings,
  }
}

function sighting(subject: string): RuleSighting {
  return { subject, message: "it is so", evidence: [] }
}
