import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Problem } from "@tabard/core"
import { checkManifest, readManifest } from "./read-manifest.ts"

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
    for (const [yaml, words] of [
      ["", /names with values/],
      ["{", /flow|expected/i],
      [`${START}tools: []\nstandng: true`, /standng/],
      [`purpose: p\ntier: Admin\ntools: []`, /tier/],
      [`${START}tier: operator\ntools: []`, /unique/],
      [`${START}tools: [{ server: s, tool: t, arguments: { amount: { atMost: 500 } } }]`, /with quotes/],
      [
        `${START}tools: [{ server: s, tool: t, arguments: { amount: { under: /a, atMost: "5" } } }]`,
        /a limit is/,
      ],
      [`${START}tools: [{ server: s, tool: t, ask: everyone }]`, /owner/],
      [`${START}tools: [{ server: s, tool: t, ask: { anyOf: [owner, owner] } }]`, /twice/],
      [`${START}ask: { delete: { anyOf: [owner], count: 0 } }\ntools: []`, /count: 2/],
      [`${START}x: &x [1]\ntools: *x`, /aliases/],
      [`${START}tools: []\n${"#".repeat(70_000)}`, /longer than/],
    ] as const) {
      assert.throws(
        () => readManifest(yaml),
        (error) => error instanceof Problem && error.code === "manifest_invalid" && words.test(error.message),
        yaml.slice(0, 200),
      )
    }
  })
})

describe("checking a manifest", () => {
  it("tells every problem at once, each with its line, its column and what to do next", () => {
    const { manifest, problems } = checkManifest(`tier: Admin
tools:
  - server: bank
    tool: send_money
    argumens: {}
    arguments:
      amount: { atMost: 500 }
      to: { oneOf: [] }
conditions:
  networks: ["10.0.0.0"]
  hours: [{ days: [mon], from: "8:00", to: "18:00", zone: UTC }]
`)
    assert.equal(manifest, undefined)
    assert.deepEqual(
      problems.map(({ line, column, path }) => [line, column, path.join(".")]),
      [
        [1, 1, "purpose"],
        [1, 1, "tier"],
        [5, 5, "tools.0.argumens"],
        [7, 7, "tools.0.arguments.amount"],
        [8, 13, "tools.0.arguments.to.oneOf"],
        [10, 14, "conditions.networks.0"],
        [11, 26, "conditions.hours.0.from"],
      ],
    )
    assert.ok(problems.every(({ message, next }) => message !== "" && next !== ""))
  })

  it("tells what no schema can: a time zone that there is not, two limits of one span", () => {
    const { problems } = checkManifest(`${START}tools: []
conditions: { hours: [{ days: [mon], from: "08:00", to: "18:00", zone: Mars/Olympus }] }
limits: { calls: [{ atMost: 1, per: day }, { atMost: 2, per: day }] }`)
    assert.deepEqual(
      problems.map(({ line, message }) => [line, message]),
      [
        [4, "there is no time zone Mars/Olympus"],
        [5, "this is the second limit per day"],
      ],
    )
  })

  it("tells the first fifty of any number of problems", () => {
    const lines = Array.from({ length: 500 }, (_, at) => `x${at}: 1`).join("\n")
    assert.equal(checkManifest(lines).problems.length, 50)
  })

  it("survives whatever YAML can be, and reads none of it otherwise than it stands", () => {
    for (const [text, words] of [
      ["[".repeat(60_000), /nested too deeply/],
      ["{a: ".repeat(10_000), /nested too deeply/],
      [`a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]`, /aliases/],
      [`${START}tools: []\n---\npurpose: other`, /multiple documents/],
      [`${START}tools: !!set {}`, /the tag .* is not read/],
      [`${START}tools: []\nowner: !!binary aGk=`, /the tag .* is not read/],
      [`${START}tools: [{ server: s, tool: t, arguments: { __proto__: { under: /a } } }]`, /__proto__/],
      [`${START}tools: [{ server: s, tool: t, arguments: { 1: { under: /a } } }]`, /in quotes/],
      [`${START}tools: []\n? [a, b]\n: c`, /in quotes/],
      [`${START}tools: []\n<<: { standing: true }`, /<< is no member/],
      ["\u0000", /./],
      ["- a", /names with values/],
    ] as const) {
      const { manifest, problems } = checkManifest(text)
      assert.equal(manifest, undefined, text.slice(0, 100))
      assert.match(
        problems.map(({ message, next }) => `${message}; ${next}`).join(),
        words,
        text.slice(0, 100),
      )
    }
  })
})

const START = "purpose: p\ntier: read-only\n"
