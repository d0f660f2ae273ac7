import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Json, parseLossless } from "@tabard/core"
import { decide } from "./decide.ts"
import type { PolicyDecision } from "./decision.ts"
import type { PolicyText } from "./parse-policy.ts"
import type { PinnedTool } from "./pinned-tool.ts"
import { compilePolicies, type PolicyBase } from "./policy-base.ts"
import type { Question } from "./question.ts"
import { compileSchema } from "./schema.ts"

describe("deciding", () => {
  it("denies where no policy permits", () => {
    const decision = ask(base([]), send("1.00"))
    assert.equal(decision.effect, "deny")
    assert.equal(decision.code, "no_policy")
  })
  it("permits what a policy permits", () => {
    const decision = ask(base([intent("500.00")]), send("1.00"))
    assert.deepEqual([decision.effect, decision.reasons], ["permit", ["agt_1/1"]], decision.missing)
  })
})

const TOOL: PinnedTool = {
  server: "srv_1",
  name: "send_money",
  digest: "d1",
  inputSchema: {
    type: "object",
    properties: { to: { type: "string" }, amount: { type: "number" } },
    required: ["to", "amount"],
  },
  effects: ["financial"],
  roles: { to: ["target"], amount: ["amount"] },
}

function base(policies: readonly PolicyText[]): PolicyBase {
  return compilePolicies({ schema: compileSchema([TOOL]), policies, version: 1 })
}

function intent(limit: string): PolicyText {
  return {
    id: "agt_1/1",
    text: `permit (principal == Tabard::Agent::"agt_1", action == Tabard::Action::"srv_1/send_money", resource)
      when { context.input.amount has dec && context.input.amount.dec.lessThanOrEqual(decimal("${limit}")) };`,
  }
}

function send(amount: string): Json {
  return parseLossless(`{"to":"bob","amount":${amount}}`)
}

function ask(policies: PolicyBase, args: Json, change: Partial<Question> = {}): PolicyDecision {
  return decide(policies, {
    organisation: "org_1",
    action: { tool: "send_money", digest: "d1", arguments: args },
    server: { id: "srv_1" },
    links: { agents: [{ id: "agt_1", tier: "transactional", category: "local", risk: 10 }] },
    session: {
      now: new Date("2026-11-21T10:00:00Z"),
      door: "gateway",
      env: "prod",
      bound: "dpop",
      left: { calls: 10, spend: "100.00" },
    },
    ...change,
  })
}
