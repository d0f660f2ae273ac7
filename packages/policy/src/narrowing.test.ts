import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { assert as assertProperty, boolean, constantFrom, integer, property } from "fast-check"
import { BROKEN } from "./matrix/broken-copies.ts"
import {
  askingFor,
  asks,
  type Decider,
  ERRING,
  effect,
  FORBIDDEN,
  FORBIDS,
  MORE_ASKED,
  named,
  never,
  neverByMissing,
  neverBySession,
  ORDER,
  ours,
  RUNS,
  SOUND,
  someOf,
} from "./matrix/narrowing-world.ts"

/** Each law of design, as a property of whatever decides. It throws where it does not hold. */
const LAWS: Readonly<Record<string, (by: Decider) => void>> = {
  "taking a policy that permits away never widens": (by) =>
    never(by, SOUND, integer({ min: 0, max: 99 }), ({ policies, ask }, which) => {
      const permits = policies.filter(({ id }) => id.startsWith("permit"))
      const removed = permits[which % Math.max(permits.length, 1)]
      return { policies: policies.filter((policy) => policy !== removed), ask }
    }),
  "adding a policy that forbids never widens": (by) =>
    never(by, SOUND, constantFrom(...named("more", FORBIDS)), ({ policies, ask }, forbid) => ({
      policies: [...policies, forbid],
      ask,
    })),
  "what is forbidden plainly is denied, whoever agreed and whatever permits": (by) =>
    assertProperty(
      property(someOf(SOUND), asks, (policies, ask) => {
        assert.equal(effect(by.decides, [...policies, FORBIDDEN], ask), ORDER.deny)
      }),
      by.runs,
    ),
  // Where it errs it denies, whatever else is in force; where it does not, the permit among them never holds.
  "adding a policy that errs never widens, and denies where it errs": (by) =>
    never(by, SOUND, constantFrom(...named("erring", ERRING)), ({ policies, ask }, erring) => {
      const more = [...policies, erring]
      if (ask.arguments?.["amount"] === 99) assert.equal(effect(by.decides, more, ask), ORDER.deny)
      return { policies: more, ask }
    }),
  "taking an approval away never widens": (by) => neverByMissing(by, "approved"),
  "taking one of several agreements away never widens": (by) =>
    never(
      by,
      SOUND,
      constantFrom("owner", "security", "2 of owner | security"),
      ({ policies, ask }, gone) => {
        const approved = (ask.session?.approved ?? []).filter((route) => route !== gone)
        return { policies, ask: { ...ask, session: { ...ask.session, approved } } }
      },
    ),
  "one more who has to agree never widens, and nothing is permitted until they have": (by) =>
    never(by, SOUND, constantFrom(...MORE_ASKED), ({ policies, ask }, route) => {
      const more = [...policies, askingFor(route)]
      const agreed = ask.session?.approved?.includes(route) ?? false
      assert.ok(agreed || effect(by.decides, more, ask) < ORDER.permit)
      return { policies: more, ask }
    }),
  "not knowing where a value came from never widens": (by) => neverByMissing(by, "prov"),
  "a value that a stranger may have written never widens": (by) =>
    neverBySession(by, ({ prov, ...session }) => ({
      ...session,
      prov: { target: [...(prov?.target ?? []), "stranger"] },
    })),
  "having read what is critical never widens": (by) =>
    neverBySession(by, (session) => ({ ...session, read: ["critical"] })),
  "not knowing what was read never widens": (by) => neverByMissing(by, "read"),
  "not knowing the posture never widens": (by) => neverByMissing(by, "posture"),
  "not knowing the address never widens": (by) => neverByMissing(by, "ip"),
  "a budget that is used up never widens": (by) =>
    neverBySession(by, (session) => ({ ...session, left: { calls: 0, spend: "0" } })),
  "a risk that is the worst that it may be never widens": (by) =>
    never(by, SOUND, boolean(), ({ policies, ask }) => ({
      policies,
      ask: { ...ask, agents: (ask.agents ?? []).map((agent) => ({ ...agent, risk: 100 })) },
    })),
  // No intent among them is standing.
  "taking the task away never widens": (by) => {
    const bound = SOUND.filter(({ text }) => text.includes("has task") || !text.includes("Agent"))
    never(by, bound, boolean(), ({ policies, ask }) => ({ policies, ask: { ...ask, task: false } }))
  },
  "a longer chain never widens": (by) =>
    never(by, SOUND, boolean(), ({ policies, ask }) => ({
      policies,
      ask: { ...ask, agents: [...(ask.agents ?? []), { id: "agt_3" as const }] },
    })),
  "the same question has the same answer": (by) =>
    assertProperty(
      property(someOf(SOUND), asks, (policies, ask) => {
        assert.equal(effect(by.decides, policies, ask), effect(by.decides, policies, ask))
      }),
      by.runs,
    ),
}

/** The same cases at each run, so that a copy is told by its law today as tomorrow; the first one is enough. */
const FOUND = { numRuns: 30_000, seed: 7, endOnFailure: true }

describe("for any policies and any call", () => {
  for (const [law, holds] of Object.entries(LAWS)) it(law, () => holds({ decides: ours, runs: RUNS }))

  it("each law is shown to be one that can fail", () => {
    const told = new Set(BROKEN.map(([, , law]) => law))
    assert.deepEqual(
      Object.keys(LAWS).filter((law) => !told.has(law)),
      [],
    )
  })

  for (const [what, copy, law] of BROKEN) {
    it(`a copy that ${what} is told by its law`, () => {
      assert.throws(() => LAWS[law]?.({ decides: copy, runs: FOUND }), law)
    })
  }
})
