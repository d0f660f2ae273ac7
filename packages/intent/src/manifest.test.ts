import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Problem } from "@tabard/core"
import { readManifest } from "./manifest.ts"

describe("reading a manifest", () => {
  it("answers what it says", () => {
    const yaml = `
purpose: Pay the rent
tier: transactional
standing: true
tools:
  - server: bank
    tool: send_money
    arguments: { amount: { atMost: "500.00" }, to: { oneOf: [landlord] } }
    ask: owner
`
    assert.deepEqual(readManifest(yaml), {
      purpose: "Pay the rent",
      tier: "transactional",
      standing: true,
      tools: [
        {
          server: "bank",
          tool: "send_money",
          arguments: { amount: { atMost: "500.00" }, to: { oneOf: ["landlord"] } },
          ask: "owner",
        },
      ],
    })
  })

  it("refuses what is misspelt, doubled, aliased or too long, and says what", () => {
    const start = "purpose: p\ntier: read-only\n"
    for (const [yaml, words] of [
      ["", /expected object/i],
      ["{", /flow|expected/i],
      [`${start}tools: []\nstandng: true`, /standng/],
      [`purpose: p\ntier: admin\ntools: []`, /tier/],
      [`${start}tier: operator\ntools: []`, /unique/],
      [`${start}tools: [{ server: s, tool: t, arguments: { amount: { atMost: 500 } } }]`, /with quotes/],
      [
        `${start}tools: [{ server: s, tool: t, arguments: { amount: { under: /a, atMost: "5" } } }]`,
        /a limit is/,
      ],
      [`${start}tools: [{ server: s, tool: t, ask: everyone }]`, /owner/],
      [`${start}x: &x [1]\ntools: *x`, /aliases/],
      [`${start}tools: []\n${"#".repeat(70_000)}`, /longer than/],
    ] as const) {
      assert.throws(
        () => readManifest(yaml),
        (error) => error instanceof Problem && error.code === "manifest_invalid" && words.test(error.message),
        yaml.slice(0, 200),
      )
    }
  })
})
