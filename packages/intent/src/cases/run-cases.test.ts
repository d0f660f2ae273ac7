import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Problem } from "@tabard/core"
import { checkManifest } from "../reading/read-manifest.ts"
import { type AgentDeclaration } from "../standards/declaration.ts"
import { declareAgent } from "../standards/declare-agent.ts"
import { DEFAULT_STANDARDS } from "../standards/standards.ts"
import { readToolCatalogue } from "../standards/tool-catalogue.ts"
import type { CaseResult, CaseSources } from "./policy-cases.ts"
import { readCases } from "./read-cases.ts"
import { runCases } from "./run-cases.ts"

const CATALOGUE = readToolCatalogue(
  JSON.stringify({
    servers: {
      bank: {
        tools: [
          {
            name: "send_money",
            inputSchema: {
              type: "object",
              properties: { amount: { type: "number" }, to: { type: "string" } },
              required: ["amount", "to"],
            },
          },
        ],
      },
    },
  }),
)

const PAYER = `purpose: Pay the invoices that were approved
tier: transactional
environment: staging
tools:
  - { server: bank, tool: send_money, arguments: { amount: { atMost: "500.00" } } }
`
const CALL = `call: { server: bank, tool: send_money, arguments: { amount: 12, to: a } }`
const NONE: CaseSources = { guardRails: [], offered: null, byHand: {}, application: null }

describe("cases that are kept as data", () => {
  it("are answered as the call itself would be: the owner is asked, and what they agreed to is done", () => {
    assert.deepEqual(complaintsOf(`{ name: a, ${CALL}, expect: { effect: ask, asks: [owner] } }`), [])
    assert.deepEqual(complaintsOf(`{ name: a, ${CALL}, when: { approved: [owner] }, expect: permit }`), [])
  })

  it("say in words what is otherwise: effect, code, words, policies, who is asked", () => {
    const expect = `{ effect: permit, code: permitted, says: xyz, policies: [own/1], asks: [security] }`
    assert.deepEqual(complaintsOf(`{ name: a, ${CALL}, expect: ${expect} }`), [
      "the effect is ask and has to be permit",
      "the code is approval_needed and has to be permitted",
      'the answer does not say "xyz"',
      "the policy own/1 is missing; there are guard/2, guard/5",
      "the route security is missing; there are owner, owner",
    ])
  })

  it("meet the organisation's guard-rails and what was written by hand", () => {
    const guard = `@id("none") forbid (principal, action in Tabard::Action::"effect:financial", resource);`
    const own = { ...NONE, guardRails: [guard] }
    const denied = `{ name: a, ${CALL}, when: { approved: [owner] }, expect: { effect: deny, policies: [own/none] } }`
    assert.deepEqual(complaintsOf(denied, own), [])
    const byHand = { payer: `forbid (principal == Tabard::Agent::"agt_payer", action, resource);` }
    assert.deepEqual(complaintsOf(`{ name: a, ${CALL}, expect: deny }`, { ...NONE, byHand }), [])
  })

  it("are refused as a whole where what they are held against could not be in force", () => {
    const wrong: readonly Partial<CaseSources>[] = [
      { guardRails: ["permit (principal, action, resource);"] },
      { guardRails: ["forbid (principal, action, resource) when { context.nothing };"] },
      { guardRails: ["forbid ("] },
      { byHand: { payer: `forbid (principal == Tabard::Agent::"agt_other", action, resource);` } },
      { offered: "proven: [production]" },
      { application: { schema: "namespace", policies: "", entities: [] } },
    ]
    for (const sources of wrong)
      assert.throws(
        () => run(`{ name: a, ${CALL}, expect: deny }`, { ...NONE, ...sources }),
        (error: unknown) => error instanceof Problem && error.code === "policy_invalid",
        JSON.stringify(sources),
      )
    assert.throws(() => run(`{ name: a, ${CALL}, expect: deny }`, NONE, [...AGENTS, ...AGENTS]), /one agent/)
  })

  it("fail where their agent or server is not there: a refusal for want of both is no refusal by a policy", () => {
    const nobody = `{ name: a, who: other, ${CALL}, expect: deny }`
    assert.deepEqual(complaintsOf(nobody), ["there is no manifest of an agent other; there are payer"])
    const nowhere = `{ name: a, call: { server: none, tool: send_money }, expect: deny }`
    assert.deepEqual(complaintsOf(nowhere), ["there is no server none in the definitions"])
  })

  it("allow an agent that acts for another no more than the other may", () => {
    const reader = agent("reader", "purpose: Read the balance every day\ntier: read-only\ntools: []\n")
    const acting = `{ name: a, who: payer, actingFor: [reader], ${CALL}, when: { approved: [owner] }, expect: deny }`
    const [result] = run(acting, NONE, [...AGENTS, reader])
    assert.deepEqual(result?.complaints, [])
  })
})

describe("a file of cases", () => {
  it("is refused with line and column where anything in it is misspelt", () => {
    const bad: readonly (readonly [string, RegExp])[] = [
      ["", /cannot be used/],
      ["version: 2\ncases: []\n", /line 1, column 1/],
      ["version: 1\ncases: []\n", /line 2, column 1/],
      [`version: 1\ncases:\n  - { name: a, ${CALL}, expects: deny }\n`, /line 3.*expect/],
      [`version: 1\ncases:\n  - { name: a, ${CALL}, expect: allow }\n`, /line 3/],
      [`version: 1\ncases:\n  - { name: a, expect: deny }\n`, /either has a call/],
      [
        `version: 1\ncases:\n  - { name: a, ${CALL}, expect: deny }\n  - { name: a, ${CALL}, expect: ask }\n`,
        /line 4.*stands twice/,
      ],
      [`version: 1\ncases: &a [{ name: a, ${CALL}, expect: deny }]\nmanifests: *a\n`, /alias/],
      [`version: 1\n__proto__: { a: 1 }\ncases: [{ name: a, ${CALL}, expect: deny }]\n`, /__proto__/],
      [`version: 1\ncases: ${"[".repeat(5000)}`, /cannot be used/],
      [" ".repeat(1_048_577), /longer than/],
    ]
    for (const [text, words] of bad)
      assert.throws(
        () => readCases(text),
        (error: unknown) => error instanceof Problem && words.test(error.message),
        text.slice(0, 80),
      )
  })

  it("loses no digit: a number that YAML would round has to be written as JSON text", () => {
    const file = (args: string): string =>
      `version: 1\ncases: [{ name: a, call: { server: bank, tool: send_money, arguments: ${args} }, expect: deny }]\n`
    assert.throws(() => readCases(file("{ amount: 9007199254740993 }")), /more digits than YAML keeps/)
    assert.throws(() => readCases(file("{ list: [1e999] }")), /arguments is not as it has to be/)
    assert.throws(() => readCases(file('\'{ "a": 1, "a": 2 }\'')), /stands twice/)
    assert.throws(() => readCases(file("'[1]'")), /no object/)
    const beyond = `'{ "amount": 500.000000000000000000001, "to": "a" }'`
    const call = `call: { server: bank, tool: send_money, arguments: ${beyond} }`
    assert.deepEqual(complaintsOf(`{ name: a, ${call}, when: { approved: [owner] }, expect: deny }`), [])
  })
})

const AGENTS = [agent("payer", PAYER)]

function agent(name: string, text: string): AgentDeclaration {
  const { manifest } = checkManifest(text)
  assert.ok(manifest)
  return declareAgent({ file: `${name}.tabard.yaml`, name, manifest }, CATALOGUE)
}

function run(each: string, sources = NONE, agents = AGENTS): readonly CaseResult[] {
  const terms = { agents, catalogue: CATALOGUE, standards: DEFAULT_STANDARDS, sources }
  return runCases(readCases(`version: 1\ncases:\n  - ${each}\n`), terms)
}

function complaintsOf(each: string, sources = NONE): readonly string[] {
  return run(each, sources).flatMap(({ complaints }) => complaints)
}
