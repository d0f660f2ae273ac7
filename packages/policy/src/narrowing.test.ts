import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { assert as assertProperty, boolean, constantFrom, integer, property } from "fast-check"
import { CedarRecord, CedarSet, type CedarValue } from "./cedar/values.ts"
import { evaluateSlice } from "./evaluate-slice.ts"
import type { Judge, Standing } from "./judge-link.ts"
import {
  asks,
  type Decider,
  type Decides,
  ERRING,
  effect,
  FORBIDS,
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
import type { PolicyBase } from "./policy-base.ts"
import type { Question } from "./question.ts"

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
  // Where it errs it denies, whatever else is in force; where it does not, the permit among them never holds.
  "adding a policy that errs never widens, and denies where it errs": (by) =>
    never(by, SOUND, constantFrom(...named("erring", ERRING)), ({ policies, ask }, erring) => {
      const more = [...policies, erring]
      if (ask.arguments?.["amount"] === 99) assert.equal(effect(by.decides, more, ask), ORDER.deny)
      return { policies: more, ask }
    }),
  "taking an approval away never widens": (by) => neverByMissing(by, "approved"),
  "not knowing where a value came from never widens": (by) => neverByMissing(by, "prov"),
  "a value that a stranger may have written never widens": (by) =>
    neverBySession(by, ({ prov, ...session }) => ({
      ...session,
      prov: { target: [...(prov?.target ?? []), "stranger"] },
    })),
  "having read what is secret never widens": (by) =>
    neverBySession(by, (session) => ({ ...session, read: ["secret"] })),
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

/** Ways in which peers, or a hasty change, have gone wrong; and the law that tells. */
const BROKEN: readonly (readonly [string, Decides, keyof typeof LAWS])[] = [
  [
    "skips what errs, as Cedar by itself does",
    judgedBy((...asked) => ({ ...judged(...asked), erred: [] })),
    "adding a policy that errs never widens, and denies where it errs",
  ],
  [
    "lets a question stand in for what is forbidden plainly",
    judgedBy((...asked) => {
      const { held, erred } = judged(...asked)
      const asking = held.some(({ kind }) => kind === "ask")
      return {
        kind: "judged",
        erred,
        held: held.filter(({ kind, json }) => !asking || kind === "ask" || json.effect === "permit"),
      }
    }),
    "adding a policy that forbids never widens",
  ],
  [
    "permits where nothing speaks",
    judgedBy((...asked) => {
      const { held, erred } = judged(...asked)
      const silent = held.length === 0
      return {
        kind: "judged",
        erred,
        held: silent
          ? asked[0].policies.filter(({ kind, json }) => kind === "plain" && json.effect === "permit")
          : held,
      }
    }),
    "taking a policy that permits away never widens",
  ],
  [
    "takes who has not answered for who agreed",
    judgedBy((slice, link, question) =>
      evaluateSlice(slice, link, {
        ...question,
        context: within(question.context, "approved", (set) =>
          set instanceof CedarSet && set.items.length > 0 ? set : new CedarSet(["owner"]),
        ),
      }),
    ),
    "taking an approval away never widens",
  ],
  [
    "leaves the set of origins empty where none is known",
    judgedBy((slice, link, question) =>
      evaluateSlice(slice, link, {
        ...question,
        context: within(question.context, "prov", withoutUnknown),
      }),
    ),
    "not knowing where a value came from never widens",
  ],
  [
    "asks the last agent of the chain alone",
    (base, question) => {
      const last = question.links.agents.at(-1) ?? question.links.agents[0]
      return ours(base, { ...question, links: { ...question.links, agents: [last] } })
    },
    "a longer chain never widens",
  ],
  [
    "takes an agent without a task for one with any",
    (base, question) =>
      ours(
        base,
        question.links.task
          ? question
          : { ...question, links: { agents: question.links.agents, task: { id: "tsk_1", agent: "agt_1" } } },
      ),
    "taking the task away never widens",
  ],
  [
    "takes what is unknown of an agent for harmless",
    (base, question) => {
      const [first, ...rest] = question.links.agents
      return ours(base, {
        ...question,
        links: { ...question.links, agents: [{ ...first, risk: (first.risk + 1) % 101 }, ...rest] },
      })
    },
    "a risk that is the worst that it may be never widens",
  ],
  [
    "remembers what it answered before",
    (() => {
      let turn = 0
      return (base: PolicyBase, question: Question) => (turn++ % 2 === 0 ? ours(base, question) : "permit")
    })(),
    "the same question has the same answer",
  ],
]

describe("for any policies and any call", () => {
  for (const [law, holds] of Object.entries(LAWS)) it(law, () => holds({ decides: ours, runs: RUNS }))

  for (const [what, copy, law] of BROKEN) {
    it(`a copy that ${what} is told by its law`, () => {
      assert.throws(() => LAWS[law]?.({ decides: copy, runs: FOUND }), law)
    })
  }
})

function judgedBy(judge: Judge): Decides {
  return (base, question) => ours({ ...base, judge }, question)
}

function judged(...asked: Parameters<Judge>): Standing & { kind: "judged" } {
  const standing = evaluateSlice(...asked)
  assert.ok(standing.kind === "judged")
  return standing
}

/** Origins as they are known, and nothing where none is. */
function withoutUnknown(prov: CedarValue | undefined): CedarRecord {
  assert.ok(prov instanceof CedarRecord)
  return CedarRecord.of(
    [...prov.members].map(([name, set]) => [
      name,
      new CedarSet(set instanceof CedarSet ? set.items.filter((item) => item !== "unknown") : []),
    ]),
  )
}

/** The context with another value in its session. */
function within(
  { members }: CedarRecord,
  name: string,
  change: (value: CedarValue | undefined) => CedarValue,
): CedarRecord {
  const session = members.get("session")
  assert.ok(session instanceof CedarRecord)
  const changed = CedarRecord.of([...session.members, [name, change(session.members.get(name))]])
  return CedarRecord.of([...members, ["session", changed]])
}
