import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Problem } from "@tabard/core"
import { ownCeilings, readTiers } from "./own-tiers.ts"

const PAYMENTS = `tiers:
  payments:
    words: Moves money for finance.
    reaches: [financial, read]
`

describe("reading the organisation's own tiers", () => {
  it("answers each with its effects in one order, and its ceiling as a policy", () => {
    const [payments, ...others] = readTiers(PAYMENTS)
    assert.deepEqual(others, [])
    assert.deepEqual(payments, {
      name: "payments",
      words: "Moves money for finance.",
      reaches: ["read", "financial"],
      forbids: "",
    })
    const [ceiling] = ownCeilings(readTiers(PAYMENTS))
    assert.equal(ceiling?.id, "tier-payments/1")
    assert.match(ceiling?.text ?? "", /forbid \(principal in Tabard::Tier::"payments"/)
    assert.match(ceiling?.text ?? "", /"effect:delete"/)
    assert.doesNotMatch(ceiling?.text ?? "", /"effect:financial"/)
  })

  it("answers none where nothing is written", () => {
    assert.deepEqual(readTiers(" \n"), [])
  })

  for (const [why, yaml, words] of [
    ["names a tier that ships", PAYMENTS.replace("payments", "operator"), /line 2, column 3.*ships/s],
    ["is spelt otherwise than names are", PAYMENTS.replace("payments", '"Payments!"'), /line 2, column 3/],
    ["reaches an effect that there is not", PAYMENTS.replace("read]", "reed]"), /line 4, column 5.*reaches/s],
    ["reaches nothing", PAYMENTS.replace("[financial, read]", "[]"), /line 4, column 5/],
    ["has a member that nobody knows", `${PAYMENTS}    reach: [read]\n`, /line 2, column 3/],
    ["stands twice", `${PAYMENTS}  payments:\n    words: a\n    reaches: [read]\n`, /line 5, column 3/],
    ["is no YAML", "tiers: [", /line 1/],
    ["uses aliases", "tiers:\n  a: &a\n    words: w\n    reaches: [read]\n  b: *a\n", /aliases/],
    ["is one too many", `tiers:\n${many(51)}`, /at most 50/],
    ["is longer than anybody reads", `#${"x".repeat(262_144)}`, /longer than/],
  ] as const) {
    it(`refuses one that ${why}, and says where`, () => {
      assert.throws(
        () => readTiers(yaml),
        (error: unknown) =>
          error instanceof Problem && error.code === "policy_invalid" && words.test(error.message),
      )
    })
  }
})

function many(count: number): string {
  return Array.from({ length: count }, (_, at) => `  t${at}:\n    words: w\n    reaches: [read]\n`).join("")
}
