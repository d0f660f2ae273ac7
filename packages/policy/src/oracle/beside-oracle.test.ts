import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { isJsonObject, parseLossless } from "@tabard/core"
import { decide } from "../decide.ts"
import type { PolicyDecision } from "../decision.ts"
import { evaluateSlice } from "../evaluate-slice.ts"
import type { Judge, Standing } from "../judge-link.ts"
import { type Ask, questionOf, TOOLS, texts } from "../matrix/world.ts"
import { compilePolicies } from "../policy-base.ts"
import { compileSchema } from "../schema.ts"
import { besideOracle } from "./beside-oracle.ts"

const SEND = `action == Tabard::Action::"srv_bank/send_money", resource`
const POLICIES = {
  "permit/1": `permit (principal == Tabard::Agent::"agt_1", ${SEND});`,
  "forbid/1": `forbid (principal, ${SEND}) when { context.session.env == "dev" };`,
  "ask/1": `@ask("owner") forbid (principal is Tabard::Agent, ${SEND}) when { context.input.amount has long && context.input.amount.long > 50 };`,
  "requestable/1": `@requestable("owner") permit (principal == Tabard::Agent::"agt_2", ${SEND});`,
  "exact/1": `forbid (principal, ${SEND}) when { context.input.amount has long && context.input.amount.long == 9007199254740993 };`,
  "erring/1": `forbid (principal, ${SEND}) when { context.input.to == "err" && 9223372036854775807 + context.session.depth > 0 };`,
}

const QUESTIONS: Readonly<Record<string, Ask>> = {
  "permit permitted": {},
  "deny forbidden": { session: { env: "dev" } },
  "ask approval_needed": { arguments: { to: "bob", amount: 60 } },
  "deny no_policy": { agents: [{ id: "agt_3" }] },
  "deny evidence_missing": { arguments: { to: "err", amount: 5 } },
}

describe("judging beside Cedar itself", () => {
  it("answers as the evaluator alone, where it is right", () => {
    for (const [expected, ask] of Object.entries(QUESTIONS)) {
      assert.equal(shown(decideBy(evaluateSlice, ask)), expected)
      assert.equal(shown(decideBy(besideOracle(evaluateSlice), ask)), expected)
    }
    const requested = decideBy(besideOracle(evaluateSlice), { agents: [{ id: "agt_2" }] })
    assert.equal(shown(requested), "ask approval_needed")
  })

  it("carries every digit of an integer to both", () => {
    for (const [amount, expected] of [
      ["9007199254740992", "ask approval_needed"],
      ["9007199254740993", "deny forbidden"],
      ["9007199254740994", "ask approval_needed"],
      ["9223372036854775807", "ask approval_needed"],
      ["-9223372036854775808", "permit permitted"],
    ]) {
      const sent = parseLossless(`{"to":"bob","amount":${amount}}`)
      assert.ok(isJsonObject(sent))
      assert.equal(shown(decideBy(besideOracle(evaluateSlice), { arguments: sent })), expected)
    }
  })

  for (const [what, wrong, ask] of [
    ["sees no forbid", without(({ json }) => json.effect === "forbid"), { session: { env: "dev" } }],
    ["sees no @ask", without(({ kind }) => kind === "ask"), { arguments: { to: "bob", amount: 60 } }],
    ["sees no permit", without(({ json }) => json.effect === "permit"), {}],
    ["sees no @requestable", without(({ kind }) => kind === "requestable"), { agents: [{ id: "agt_2" }] }],
    ["lets everything hold", everything, {}],
    ["takes an error for a no", unerring, { arguments: { to: "err", amount: 5 } }],
  ] as const) {
    it(`is disputed, and so denied, where the evaluator ${what}`, () => {
      const decision = decideBy(besideOracle(wrong), ask)
      assert.equal(shown(decision), "deny judges_disagree")
      assert.match(decision.dispute ?? "", /the evaluator answers .*, and Cedar/)
      assert.match(decision.missing, /two judges differ/)
    })
  }

  it("is disputed where Cedar takes no such question", () => {
    const odd: Judge = (slice, link, question) =>
      besideOracle(evaluateSlice)(slice, link, {
        ...question,
        known: [...question.known, ...question.known.map((each) => ({ ...each, parents: [] }))],
      })
    assert.equal(shown(decideBy(odd, {})), "deny judges_disagree")
  })
})

function decideBy(judge: Judge, ask: Ask): PolicyDecision {
  const base = compilePolicies({ schema: compileSchema(TOOLS), policies: texts(POLICIES), version: 1, judge })
  return decide(base, questionOf(ask))
}

type Held = Extract<Standing, { kind: "judged" }>["held"][number]

/** A judge that does not see some of what holds. */
function without(unseen: (policy: Held) => boolean): Judge {
  return (slice, link, question) => {
    const standing = judged(slice, link, question)
    return { ...standing, held: standing.held.filter((policy) => !unseen(policy)) }
  }
}

function everything(...asked: Parameters<Judge>): Standing {
  const [{ policies }] = asked
  return { ...judged(...asked), held: policies }
}

function unerring(...asked: Parameters<Judge>): Standing {
  return { ...judged(...asked), erred: [] }
}

function judged(...asked: Parameters<Judge>): Extract<Standing, { kind: "judged" }> {
  const standing = evaluateSlice(...asked)
  assert.ok(standing.kind === "judged")
  return standing
}

function shown({ effect, code }: PolicyDecision): string {
  return `${effect} ${code}`
}
