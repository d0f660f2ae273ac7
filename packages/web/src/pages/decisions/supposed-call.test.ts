import type { DecisionDetail } from "@tabard/api"
import { describe, expect, it } from "vitest"
import { asItWas, supposedCall, whyNotYet } from "./supposed-call.ts"

const DECISION: DecisionDetail = {
  id: "dec_1",
  at: "2026-11-22T18:00:00.000Z",
  sentence: "Helper had to ask the owner before using notes/write",
  effect: "ask",
  code: "approval_needed",
  agent: { id: "agt_1", name: "Helper" },
  onBehalfOf: null,
  task: "tsk_1",
  call: "cal_1",
  tool: "notes/write",
  effects: ["write"],
  policies: [],
  approval: null,
  answer: { effect: "ask", code: "approval_needed", reasons: [], asks: [], links: [], missing: "" },
  decidedBy: [],
  withheld: [],
  resolved: {},
  told: null,
  arguments: { path: "/notes/a.md" },
  circumstances: null,
  version: 1,
  event: null,
}

describe("a call that somebody supposes", () => {
  it("says of what was only what differs", () => {
    const was = asItWas(DECISION)
    expect(supposedCall(DECISION, was)).toEqual({ decision: "dec_1" })
    const changed = {
      ...was,
      arguments: "{}",
      environment: " staging ",
      posture: "key:hardware, managed",
      outsideTask: true,
      policiesNow: true,
      approved: ["owner"],
    }
    expect(supposedCall(DECISION, changed)).toEqual({
      decision: "dec_1",
      arguments: "{}",
      environment: "staging",
      posture: ["key:hardware", "managed"],
      task: null,
      policies: "now",
      approved: ["owner"],
    })
  })

  it("tells a moment with its zone, and a draft only where there is text", () => {
    const was = asItWas(DECISION)
    expect(supposedCall(DECISION, { ...was, at: "2026-11-22T18:00" }).at).toMatch(/^2026-11-2\dT.*Z$/)
    expect(supposedCall(DECISION, { ...was, draftKind: "guard" })).toEqual({ decision: "dec_1" })
    expect(supposedCall(DECISION, { ...was, draftKind: "guard", draft: "forbid" }).draft).toEqual({
      kind: "guard",
      text: "forbid",
    })
  })

  it("says what policies would be told of the agent, its tool and its limits", () => {
    const was = asItWas({ ...DECISION, resolved: { "/a": "/b" } })
    const decision = { ...DECISION, resolved: was.resolved }
    expect(supposedCall(decision, was)).toEqual({ decision: "dec_1" })
    const told = {
      tier: " clerks ",
      risk: "3",
      key: "tpm",
      effects: "delete, nonsense",
      callsLeft: "0",
    } as const
    const elsewhere = { actingFor: "agt_1 agt_2", resolved: { "/a": "/c" } }
    expect(supposedCall(decision, { ...was, ...told, ...elsewhere })).toEqual({
      decision: "dec_1",
      actingFor: ["agt_1", "agt_2"],
      tier: "clerks",
      risk: 3,
      key: "tpm",
      effects: ["delete"],
      left: { calls: 0 },
      resolved: { "/a": "/c" },
    })
  })

  it("drafts a set only under its name", () => {
    const set = { ...asItWas(DECISION), draftKind: "set", draft: "/a" } as const
    expect(supposedCall(DECISION, set)).toEqual({ decision: "dec_1" })
    const draft = { kind: "set", name: "folders", text: "/a" }
    expect(supposedCall(DECISION, { ...set, draftName: "folders" }).draft).toEqual(draft)
  })

  it("is not asked without arguments that are the JSON of an object", () => {
    expect(whyNotYet(asItWas({ ...DECISION, arguments: null }))).toMatch(/were not kept/)
    for (const text of ["{", "[]", "1", "null"])
      expect(whyNotYet({ arguments: text })).toMatch(/not the JSON/)
    expect(whyNotYet(asItWas(DECISION))).toBeUndefined()
  })
})
