import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { declared, NOW, SOUND, UNKNOWN, vetted } from "./fixtures/declared.ts"
import { STANDARD_RULES } from "./standard-rules.ts"
import type { Standards } from "./standards.ts"
import { vet } from "./vet.ts"
import type { Vetted } from "./vetted.ts"

const READS = `tools: [{ server: bank, tool: get_balance }]`
const WRITER = SOUND.replace("read-only", "operator")
const PEOPLE = new Map([
  ["ann@example.test", true],
  ["gone@example.test", false],
])
const LAPTOP = SOUND.replace("category: production", "category: local").replace(
  "environment: production",
  "environment: development",
)

type Extra = Partial<Standards> & Partial<Pick<Vetted, "people">>

/** A manifest in which the rule finds something, the nearest one in which it does not, and what is demanded besides. */
const CASES: readonly (readonly [rule: string, bad: string, good: string, extra?: Extra])[] = [
  ["owner-missing", `${SOUND.replace(/owner.*\n/, "")}${READS}`, `${SOUND}${READS}`],
  ["owner-missing", `${SOUND.replace("ann@example.test", '" "')}${READS}`, `${SOUND}${READS}`],
  [
    "owner-unknown",
    `${SOUND.replace("ann@", "bea@")}${READS}`,
    `${SOUND.replace("ann@", "Ann@")}${READS}`,
    { people: PEOPLE },
  ],
  ["owner-unknown", `${SOUND.replace("ann@", "gone@")}${READS}`, `${SOUND}${READS}`, { people: PEOPLE }],
  ["purpose-not-stated", `${SOUND.replace(/purpose: .*/, "purpose: TODO")}${READS}`, `${SOUND}${READS}`],
  [
    "purpose-not-stated",
    `${SOUND.replace(/purpose: .*/, "purpose: agent agent test tool for the agent pays pays pays")}${READS}`,
    `${SOUND}${READS}`,
  ],
  ["expiry-missing", `${SOUND.replace(/expires.*\n/, "")}${READS}`, `${SOUND}${READS}`],
  ["expiry-too-far", `${SOUND.replace("2027-06-30", "2028-03-03")}${READS}`, `${SOUND}${READS}`],
  ["expiry-too-far", `${SOUND}${READS}`, `${SOUND.replace("06-30", "03-20")}${READS}`, { expiryDays: 30 }],
  [
    "expiry-passed",
    `${SOUND.replace("2027-06-30", "2027-02-28")}${READS}`,
    `${SOUND.replace("2027-06-30", "2027-03-01")}${READS}`,
  ],
  ["tool-beyond-tier", `${SOUND}tools: [{ server: files, tool: write_file }]`, `${SOUND}${READS}`],
  ["tool-beyond-tier", `${SOUND}tools: [{ server: elsewhere, tool: frobnicate }]`, `${SOUND}${READS}`],
  [
    "tool-beyond-tier",
    `${SOUND.replace("tier: read-only", "tier: operator")}tools: [{ server: files, tool: write_file }]`,
    `${SOUND}tools: [{ server: files, tool: read_text_file }]`,
    { tiers: { operator: ["read"] } },
  ],
  [
    "consequential-tool-unlimited",
    `${WRITER}tools: [{ server: bank, tool: request_payment }]`,
    `${WRITER}tools: [{ server: bank, tool: request_payment, arguments: { amount: { atMost: "500.00" } } }]`,
  ],
  [
    "consequential-tool-unlimited",
    `${WRITER}tools: [{ server: bank, tool: request_payment, arguments: { amount: { given: true } } }]`,
    `${WRITER}tools: [{ server: bank, tool: request_payment, ask: owner }]`,
  ],
  [
    "consequential-tool-unlimited",
    `${WRITER}tools: [{ server: bank, tool: request_payment, limits: { calls: [] } }]`,
    `${WRITER}tools: [{ server: bank, tool: request_payment, limits: { calls: [{ atMost: 3, per: day }] } }]`,
  ],
  [
    "consequential-tool-unlimited",
    `${WRITER}ask: { egress: owner }\ntools: [{ server: bank, tool: request_payment }]`,
    `${WRITER}ask: { financial: owner, egress: owner }\ntools: [{ server: bank, tool: request_payment }]`,
  ],
  [
    "consequential-tool-unlimited",
    `${WRITER}tools: [{ server: bank, tool: request_payment, arguments: { to: { matches: "(?:.|x)+" } } }]`,
    `${WRITER}tools: [{ server: bank, tool: request_payment, arguments: { to: { matches: "DE[0-9]{20}" } } }]`,
  ],
  [
    "wildcard-in-production",
    `${SOUND}tools: [{ server: files, tool: read_text_file, arguments: { path: { under: /srv/../.. } } }]`,
    `${SOUND}tools: [{ server: files, tool: read_text_file, arguments: { path: { given: true } } }]`,
  ],
  [
    "write-by-class",
    `${WRITER}tools: [{ server: files, tool: "effect:write" }]`,
    `${WRITER}tools: [{ server: files, tool: "effect:read" }]`,
  ],
  [
    "wildcard-in-production",
    `${SOUND}tools: [{ server: bank, tool: "effect:read" }]`,
    `${SOUND.replace("environment: production", "environment: staging")}tools: [{ server: bank, tool: "effect:read" }]`,
  ],
  [
    "wildcard-in-production",
    `${SOUND.replace("environment: production\n", "")}tools: [{ server: bank, tool: "effect:read" }]`,
    `${SOUND}${READS}`,
  ],
  [
    "wildcard-in-production",
    `${SOUND}tools: [{ server: files, tool: read_text_file, arguments: { path: { under: / } } }]`,
    `${SOUND}tools: [{ server: files, tool: read_text_file, arguments: { path: { under: /srv/reports } } }]`,
  ],
  [
    "wildcard-in-production",
    `${SOUND}tools: [{ server: bank, tool: get_balance, arguments: { account: { matches: ".*" } } }]`,
    `${SOUND}tools: [{ server: bank, tool: get_balance, arguments: { account: { matches: "DE[0-9]{20}" } } }]`,
  ],
  ["isolation-undeclared", `${LAPTOP}${READS}`, `${LAPTOP}isolation: sandbox\n${READS}`],
  ["isolation-undeclared", `${LAPTOP}isolation: none\n${READS}`, `${SOUND}${READS}`],
  [
    "isolation-undeclared",
    `${SOUND.replace("category: production\n", "")}${READS}`,
    `${SOUND.replace("category: production\n", "isolation: container\n")}${READS}`,
  ],
  [
    "identity-too-weak",
    `${SOUND.replace("[federated]", "[federated, file-key]")}${READS}`,
    `${SOUND}${READS}`,
  ],
  [
    "identity-too-weak",
    `${SOUND.replace("identity: [federated]\n", "")}${READS}`,
    `${SOUND.replace("identity: [federated]\n", "").replace("environment: production", "environment: test")}${READS}`,
  ],
  ["tool-not-defined", `${SOUND}tools: [{ server: elsewhere, tool: get_weather }]`, `${SOUND}${READS}`],
  ["delegate-unknown", `${SOUND}delegatesTo: [nobody]\n${READS}`, `${SOUND}delegatesTo: [reader]\n${READS}`],
]

describe("standards", () => {
  for (const [at, [rule, bad, good, extra]] of CASES.entries()) {
    it(`${rule} speaks of what it is about, and of nothing near it (${at})`, () => {
      assert.ok(rulesIn(bad, extra).includes(rule), bad)
      assert.ok(!rulesIn(good, extra).includes(rule), good)
    })
  }

  it("are each shown to find something", () => {
    const shown = new Set(CASES.map(([rule]) => rule))
    const others = STANDARD_RULES.map(({ id }) => id).filter((id) => !shown.has(id))
    // What is by hand lies in a file of its own: declare-by-hand.test.ts.
    assert.deepEqual(others, ["separation-of-duties", "permit-by-hand", "owner-disputed"])
  })

  it("find nothing in a manifest that is sound", () => {
    assert.deepEqual(vet(vetted([declared(`${SOUND}${READS}`)], { people: PEOPLE })).findings, [])
  })

  it("tell the line and the column", () => {
    const text = `${SOUND}tools:\n  - server: files\n    tool: write_file\n`
    const [finding] = vet(vetted([declared(text)])).findings
    assert.deepEqual(finding?.evidence, [
      { path: "reader/tabard.yaml", line: 10, column: 5, what: "tools.0.tool" },
    ])
  })

  it("take a tool that nobody defined for the worst that its name allows", () => {
    const text = `${SOUND}tools: [{ server: bank, tool: settle }]`
    const [finding] = vet(vetted([declared(text, "reader", UNKNOWN)])).findings
    assert.match(finding?.message ?? "", /may have, as far as its name tells.*financial/)
  })

  it("take a server for the same under its id and under its name", () => {
    const text = `${WRITER}tools: [{ server: srv_7, tool: request_payment, ask: owner }, { server: bank, tool: approve_payment, ask: owner }]`
    const separation = [apart(["bank/request_payment"], ["bank/approve_payment"])]
    assert.ok(rulesIn(text, { separation }).includes("separation-of-duties"))
  })

  it("tell where two files of one agent name two owners, and not where they spell one in two ways", () => {
    const files = (owner: string): string[] =>
      vet(
        vetted([
          declared(`${SOUND}${READS}`),
          declared(`${SOUND.replace("ann@example.test", owner)}${READS}`),
        ]),
      ).findings.map(({ rule }) => rule)
    assert.deepEqual(files("bea@example.test"), ["owner-disputed", "owner-disputed"])
    assert.deepEqual(files("ANN@example.test"), [])
  })

  it("weigh a rule as the organisation does, and are silent where it is off", () => {
    const bad = `${SOUND.replace(/owner.*\n/, "")}${READS}`
    const weighed = vet(vetted([declared(bad)], { severities: { "owner-missing": "critical" } })).findings
    assert.equal(weighed[0]?.severity, "critical")
    assert.deepEqual(vet(vetted([declared(bad)], { severities: { "owner-missing": "off" } })).findings, [])
  })

  it("leave out what a person took upon themselves, to the day and no longer", () => {
    const bad = [declared(`${SOUND.replace(/owner.*\n/, "")}${READS}`)]
    const until = (day: string, agent = "reader"): number =>
      vet(
        vetted(bad, {
          exceptions: [{ rule: "owner-missing", agent, until: day, reason: "handed over", by: "bea" }],
        }),
      ).findings.length
    assert.equal(until(NOW.toISOString().slice(0, 10)), 0)
    assert.equal(until("2027-02-28"), 1)
    assert.equal(until("2027-12-31", "another"), 1)
  })
})

function rulesIn(text: string, extra: Extra = {}): readonly string[] {
  return vet(vetted([declared(text)], extra)).findings.map(({ rule }) => rule)
}

function apart(...sets: readonly (readonly string[])[]): Standards["separation"][number] {
  return {
    name: "Pay and approve",
    sets: sets.map((tools) => ({ tools })),
    atMost: 1,
    across: ["agent", "delegation", "owner"],
  }
}
