import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, it } from "node:test"
import { Ajv2020 } from "ajv/dist/2020.js"
import addFormats from "ajv-formats"
import { readStandards, standardsJsonSchema } from "./read-standards.ts"
import { DEFAULT_STANDARDS } from "./standards.ts"
import { readToolCatalogue } from "./tool-catalogue.ts"

const WHOLE = `version: 1
purposeWords: 6
expiryDays: 90
sensitive: [production, staging]
identities: [federated]
isolation: { of: [local, production], by: [container] }
consequential: [financial]
tiers: { payments: [read, financial] }
sets: { payees: [a, b] }
separation:
  - { name: Pay and approve, sets: [{ tools: [bank/request_*] }, { effects: [financial], resources: ["files:/srv"] }], atMost: 1, across: [agent] }
severities: { owner-missing: critical, tool-not-defined: "off" }
workloads: [{ agent: payer, accounts: [agents/payer] }]
exceptions: [{ rule: owner-missing, agent: a, until: 2027-06-30, reason: It is being handed over, by: ann }]
lock: required
`

/** What is no standard, and words of the refusal. */
const BAD: readonly (readonly [text: string, words: RegExp])[] = [
  ["", /the standards cannot be used/],
  ["version: 2\n", /version/],
  ["version: 1\nexpiryDay: 3\n", /expiryDay/],
  ["version: 1\nexpiryDays: 0\n", /expiryDays/],
  ["version: 1\nexpiryDays: &a 3\npurposeWords: *a\n", /alias/],
  ["version: 1\nversion: 1\n", /unique|twice/i],
  ["version: 1\nseparation: [{ name: a, sets: [{}, {}] }]\n", /keeps nothing apart/],
  [
    "version: 1\nseparation: [{ name: a, sets: [{ tools: [a/b] }, { tools: [a/c] }], atMost: 2 }]\n",
    /atMost/,
  ],
  ["version: 1\nseparation: [{ name: a, sets: [{ tools: [ab] }, { tools: [a/c] }] }]\n", /tools/],
  [
    "version: 1\nexceptions: [{ rule: a, agent: b, until: soon, reason: because it is so, by: c }]\n",
    /until/,
  ],
  [`version: 1\n# ${"x".repeat(10 * 1024 * 1024)}`, /longer/],
  [`version: ${"[".repeat(20_000)}`, /the standards cannot be used/],
]

describe("an organisation's standards", () => {
  it("are what ships where they say nothing", () => {
    assert.deepEqual(readStandards("version: 1\n"), { version: 1, ...DEFAULT_STANDARDS })
  })

  it("are what they say", () => {
    const standards = readStandards(WHOLE)
    assert.equal(standards.expiryDays, 90)
    assert.deepEqual(standards.separation[0]?.across, ["agent"])
    assert.deepEqual(standards.severities, { "owner-missing": "critical", "tool-not-defined": "off" })
    assert.deepEqual(standards.workloads, [{ agent: "payer", accounts: ["agents/payer"] }])
  })

  for (const [text, words] of BAD)
    it(`are refused in words where they read ${JSON.stringify(text.slice(0, 60))}`, () => {
      assert.throws(() => readStandards(text), words)
    })

  it("agree with the schema that editors read", () => {
    const ajv = new Ajv2020({ strict: false })
    addFormats.default(ajv)
    const isStandards = ajv.compile(standardsJsonSchema())
    assert.ok(isStandards({ version: 1, ...DEFAULT_STANDARDS }), JSON.stringify(isStandards.errors))
    assert.ok(!isStandards({ version: 2 }))
    assert.ok(!isStandards({ version: 1, expiryDay: 3 }))
  })
})

describe("the published schema of the standards", () => {
  it("is what the reader demands; write it anew where that has changed", () => {
    const published: unknown = JSON.parse(
      readFileSync(join(import.meta.dirname, "../../../../docs/tabard.standards.schema.json"), "utf8"),
    )
    assert.deepEqual(published, standardsJsonSchema())
  })
})

describe("definitions of tools", () => {
  for (const [text, words] of [
    ["{", /JSON/],
    ["[]", /no "servers"/],
    [`{"servers":{"a":{}}}`, /no list "tools"/],
    [`{"servers":{"a":{"tools":[1]}}}`, /no tool/],
    [`{"servers":{"a":{"tools":[{"name":"x"}]}}}`, /input schema/],
    [`{"servers":{"a":{"tools":[{"name":"x","inputSchema":{}},{"name":"x","inputSchema":{}}]}}}`, /x twice/],
    [`{"servers":{},"servers":{"a":1}}`, /cannot be used/],
    ["[".repeat(100_000), /cannot be used/],
    [" ".repeat(17 * 1024 * 1024), /longer/],
  ] as const)
    it(`are refused in words where they read ${JSON.stringify(text.slice(0, 60))}`, () => {
      assert.throws(() => readToolCatalogue(text), words)
    })
})
