import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Json } from "@tabard/core"
import {
  array,
  constantFrom,
  assert as holdsFor,
  integer,
  option,
  property,
  record,
  subarray,
} from "fast-check"
import { decide } from "../decide.ts"
import type { PolicyDecision } from "../decision.ts"
import { evaluateSlice } from "../evaluate-slice.ts"
import type { Judge } from "../judge-link.ts"
import { besideOracle } from "../oracle/beside-oracle.ts"
import type { PinnedTool } from "../pinned-tool.ts"
import { compilePolicies } from "../policy-base.ts"
import { compileSchema } from "../schema.ts"

const FETCH = `principal, action == Tabard::Action::"srv_1/fetch", resource`
const URL_AT = `context.facts.input has url && context.facts.input.url.hosts`
const TAGS = "context.facts.input has tags && context.facts.input.tags"

/** What could permit: each builds on facts, or on none. */
const PERMITS = [
  `permit (${FETCH});`,
  `permit (${FETCH}) when { ${URL_AT}.contains("api.example.com") };`,
  `permit (${FETCH}) when { ${URL_AT}.containsAny(["*.example.com", "http://10.0.0.1"]) };`,
  `permit (${FETCH}) when { ${TAGS}.every.recipients.contains("@a.example @b.example") };`,
  `permit (${FETCH}) when { ${TAGS}.every.matches.contains("[a-z@.]+") };`,
  `permit (${FETCH}) when { context.facts.within.contains("sat 10:00-11:00 UTC") };`,
  `permit (${FETCH}) when { ${URL_AT}.contains("api.example.com") || ${TAGS}.some.matches.contains("x") };`,
]

/** What could forbid: by a fact, by its absence, or by whether there is anything to ask about. */
const FORBIDS = [
  `forbid (${FETCH}) when { ${URL_AT}.contains("*.evil.example") };`,
  `forbid (${FETCH}) unless { ${URL_AT}.contains("*.example.com") };`,
  `forbid (${FETCH}) when { ${TAGS}.some.matches.contains(".*evil.*") };`,
  `forbid (${FETCH}) unless { ${TAGS}.every.recipients.contains("@a.example") };`,
  `forbid (${FETCH}) when { context.facts.input has url };`,
  `forbid (${FETCH}) unless { context.facts.within.contains("sat 10:00-12:00 UTC") };`,
]

const ORDER = { deny: 0, ask: 1, permit: 2 } as const

describe("for any policies that ask for facts, and any arguments", () => {
  it("to take a permit away never widens, and neither does one more forbid", () => {
    holdsFor(
      property(
        subarray(PERMITS),
        subarray(FORBIDS),
        calls,
        integer({ min: 0 }),
        (permits, forbids, args, at) => {
          const now = ORDER[decided([...permits, ...forbids], args).effect]
          const fewer = permits.filter((_, index) => index !== at % Math.max(permits.length, 1))
          assert.ok(ORDER[decided([...fewer, ...forbids], args).effect] <= now)
          const more = FORBIDS[at % FORBIDS.length] ?? ""
          assert.ok(ORDER[decided([...permits, ...forbids, more], args).effect] <= now)
        },
      ),
      { numRuns: 200 },
    )
  })

  it("Cedar itself answers the same", () => {
    let judged = 0
    holdsFor(
      property(subarray(PERMITS), subarray(FORBIDS), calls, (permits, forbids, args) => {
        const { dispute, code } = decided([...permits, ...forbids], args, ORACLE)
        assert.equal(dispute, undefined)
        if (code !== "arguments_refused") judged += 1
      }),
      { numRuns: 200 },
    )
    assert.ok(judged > 50, String(judged))
  })
})

const url = constantFrom(
  "https://api.example.com/x",
  "http://10.0.0.1/",
  "https://www.evil.example/",
  "https://api.example.com@www.evil.example/",
  "https://api.example.com\\\\@www.evil.example/",
  "https://WWW.EVIL.example.",
  "no URL",
  "",
)
const tag = constantFrom(
  "x",
  "u@a.example",
  "u@b.example",
  "evil@a.example",
  "U@A.EXAMPLE",
  "u@a.example,v@evil.example",
  "a".repeat(2000),
)
const calls = record(
  { url: option(url, { nil: undefined }), tags: option(array(tag, { maxLength: 3 }), { nil: undefined }) },
  { noNullPrototype: true },
)

const TEXT = { type: "string" }
const TOOL: PinnedTool = {
  server: "srv_1",
  name: "fetch",
  digest: "d",
  inputSchema: { type: "object", properties: { url: TEXT, tags: { type: "array", items: TEXT } } },
  effects: ["read"],
  roles: {},
}
const SCHEMA = compileSchema([TOOL])
const ORACLE = besideOracle(evaluateSlice)

function decided(
  texts: readonly string[],
  args: { readonly [name: string]: Json | undefined },
  judge?: Judge,
): PolicyDecision {
  const policies = texts.map((text, index) => ({ id: `p/${index + 1}`, text }))
  const base = compilePolicies({ schema: SCHEMA, policies, version: 1, ...(judge && { judge }) })
  return decide(base, {
    organisation: "org_1",
    action: { tool: "fetch", digest: "d", arguments: args },
    server: { id: "srv_1" },
    links: { agents: [{ id: "agt_1", owner: "usr_1", tier: "operator", category: "local", risk: 1 }] },
    session: {
      now: new Date("2026-11-21T10:00:00Z"),
      door: "gateway",
      env: "dev",
      bound: "dpop",
      left: { calls: 1, spend: "0" },
    },
  })
}
