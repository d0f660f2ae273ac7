import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Effect } from "@tabard/core"
import {
  type Arbitrary,
  assert as assertProperty,
  boolean,
  constantFrom,
  integer,
  property,
  record,
  subarray,
} from "fast-check"
import { evaluateSlice } from "./evaluate-slice.ts"
import { NOTHING_ASKED } from "./facts/asked-facts.ts"
import type { Standing } from "./judge-link.ts"
import { type Ask, baseOf, decideIn, questionOf } from "./matrix/world.ts"
import { askOracle } from "./oracle/ask-oracle.ts"
import type { PolicyText } from "./parse-policy.ts"
import { whatIsAsked } from "./what-is-asked.ts"

const SEND = `action == Tabard::Action::"srv_bank/send_money", resource`
const AGREED = `context.session.approved.contains("owner")`

const PERMITS = [
  `permit (principal == Tabard::Agent::"agt_1", ${SEND}) when { context.session has task };`,
  `permit (principal == Tabard::Agent::"agt_1", ${SEND}) when { context.session has task && context.input.amount has long && context.input.amount.long < 50 };`,
  `permit (principal in Tabard::Tier::"transactional", action in Tabard::Action::"effect:financial", resource) when { context.session has task };`,
  `permit (principal == Tabard::Agent::"agt_2", action in [Tabard::Action::"tools/call", Tabard::Action::"effect:read"], resource) when { context.session has task };`,
  `@requestable("owner") permit (principal is Tabard::Agent, ${SEND}) when { context.session has task };`,
  `permit (principal is Tabard::Agent in Tabard::Organisation::"org_1", ${SEND}) when { ${AGREED} };`,
  `permit (principal == Tabard::Task::"tsk_1", ${SEND}) when { context.input.to == "bob" };`,
  `permit (principal in Tabard::Agent::"agt_1", ${SEND}) when { context.session has task };`,
  `permit (principal == Tabard::User::"usr_1", action, resource in Tabard::System::"production");`,
  `permit (principal in Tabard::Team::"finance", ${SEND});`,
]

const FORBIDS = [
  `forbid (principal, action in Tabard::Action::"effect:financial", resource) when { context.session.env == "dev" };`,
  `forbid (principal, ${SEND} == Tabard::Resource::"srv_bank/eve");`,
  `@ask("owner") forbid (principal is Tabard::Agent, action in Tabard::Action::"effect:egress", resource) unless { ${AGREED} };`,
  `@ask("owner") forbid (principal == Tabard::Agent::"agt_2", action, resource) unless { ${AGREED} };`,
  `forbid (principal is Tabard::Agent in Tabard::Tier::"read-only", action, resource);`,
  `forbid (principal, action, resource in Tabard::Server::"srv_files");`,
]

/** Overflows where the amount is 99 and the agent's chain is asked. */
const ERRING = [
  `permit (principal is Tabard::Agent, ${SEND}) when { context.input.amount has long && context.input.amount.long == 99 && 9223372036854775807 + context.session.depth > 0 };`,
  `forbid (principal, ${SEND}) when { context.input.amount has long && context.input.amount.long == 99 && 9223372036854775807 + context.session.depth < 0 };`,
]

const named = (prefix: string, texts: readonly string[]): PolicyText[] =>
  texts.map((text, at) => ({ id: `${prefix}/${at}`, text }))
const SOUND = [...named("permit", PERMITS), ...named("forbid", FORBIDS)]

const asks: Arbitrary<Ask> = record({
  arguments: record({ to: constantFrom("bob", "eve"), amount: constantFrom(5, 60, 99, 1.5) }),
  task: boolean(),
  user: boolean(),
  agents: constantFrom<NonNullable<Ask["agents"]>>(
    [{ id: "agt_1" }],
    [{ id: "agt_2" }],
    [{ id: "agt_1" }, { id: "agt_2", tier: "read-only" }],
  ),
  session: record({ env: constantFrom("prod", "dev"), approved: subarray(["owner", "security"]) }),
})

const ORDER: Readonly<Record<Effect, number>> = { deny: 0, ask: 1, permit: 2 }

/** All that the properties use, parsed and checked once. */
const ALL = baseOf([...SOUND, ...named("more", FORBIDS), ...named("erring", ERRING)])

function effectOf(policies: readonly PolicyText[], ask: Ask): number {
  return ORDER[decideIn(baseOf(policies, ALL), ask).effect]
}

const RUNS = { numRuns: 150 }

describe("for any policies and any call", () => {
  it("taking a policy that permits away never widens", () => {
    assertProperty(
      property(subarray(SOUND), asks, integer({ min: 0, max: 99 }), (policies, ask, which) => {
        const permits = policies.filter(({ id }) => id.startsWith("permit"))
        const removed = permits[which % Math.max(permits.length, 1)]
        const fewer = policies.filter((policy) => policy !== removed)
        assert.ok(effectOf(fewer, ask) <= effectOf(policies, ask))
      }),
      RUNS,
    )
  })

  it("adding a policy that forbids never widens", () => {
    assertProperty(
      property(subarray(SOUND), asks, constantFrom(...named("more", FORBIDS)), (policies, ask, forbid) => {
        assert.ok(effectOf([...policies, forbid], ask) <= effectOf(policies, ask))
      }),
      RUNS,
    )
  })

  it("adding a policy that errs never widens", () => {
    assertProperty(
      property(subarray(SOUND), asks, constantFrom(...named("erring", ERRING)), (policies, ask, erring) => {
        const decision = decideIn(baseOf([...policies, erring], ALL), ask)
        // Where it errs it denies, whatever else is in force; where it does not, the permit among them never holds.
        if (ask.arguments?.["amount"] === 99) {
          assert.deepEqual([decision.effect, decision.code], ["deny", "evidence_missing"])
        } else assert.ok(ORDER[decision.effect] <= effectOf(policies, ask))
      }),
      RUNS,
    )
  })

  it("taking an approval away never widens", () => {
    assertProperty(
      property(subarray(SOUND), asks, (policies, ask) => {
        const without = { ...ask, session: { ...ask.session, approved: [] } }
        assert.ok(effectOf(policies, without) <= effectOf(policies, ask))
      }),
      RUNS,
    )
  })

  it("taking the task away never widens, as no intent among them is standing", () => {
    const bound = SOUND.filter(({ text }) => text.includes("has task") || !text.includes("Agent"))
    assertProperty(
      property(subarray(bound), asks, (policies, ask) => {
        assert.ok(effectOf(policies, { ...ask, task: false }) <= effectOf(policies, { ...ask, task: true }))
      }),
      RUNS,
    )
  })

  it("a longer chain never widens", () => {
    assertProperty(
      property(subarray(SOUND), asks, (policies, ask) => {
        const longer = [...(ask.agents ?? []), { id: "agt_3" as const }]
        assert.ok(effectOf(policies, { ...ask, agents: longer }) <= effectOf(policies, ask))
      }),
      RUNS,
    )
  })

  it("the same question has the same answer", () => {
    assertProperty(
      property(subarray(SOUND), asks, (policies, ask) => {
        assert.deepEqual(decideIn(baseOf(policies, ALL), ask), decideIn(baseOf(policies, ALL), ask))
      }),
      { numRuns: 30 },
    )
  })

  it("a slice answers as the whole set does, judged by the evaluator and by Cedar itself", () => {
    assertProperty(
      property(subarray([...SOUND, ...named("erring", ERRING)]), asks, (policies, ask) => {
        const base = baseOf(policies, ALL)
        const whole = { policies: [...base.policies.values()], broken: [], roots: [], asked: NOTHING_ASKED }
        const asked = whatIsAsked(base, questionOf(ask))
        assert.ok("links" in asked)
        for (const question of asked.questions) {
          for (const { link, slice } of asked.links) {
            assert.deepEqual(
              shown(evaluateSlice(slice, link, question)),
              shown(evaluateSlice(whole, link, question)),
            )
            assert.deepEqual(
              askOracle(slice.policies, link, question),
              askOracle(whole.policies, link, question),
            )
          }
        }
      }),
      RUNS,
    )
  })
})

function shown(standing: Standing): unknown {
  assert.ok(standing.kind === "judged")
  return { held: standing.held.map(({ id }) => id).toSorted(), erred: standing.erred.toSorted() }
}
