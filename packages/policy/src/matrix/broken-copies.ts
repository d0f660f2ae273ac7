import assert from "node:assert/strict"
import { CedarRecord, CedarSet, type CedarValue } from "../cedar/values.ts"
import { evaluateSlice } from "../evaluate-slice.ts"
import type { Judge, Standing } from "../judge-link.ts"
import type { PolicyBase } from "../policy-base.ts"
import type { Question } from "../question.ts"
import { type Decides, ours } from "./narrowing-world.ts"

/** Ways in which peers, or a hasty change, have gone wrong; and the law that tells. */
export const BROKEN: readonly (readonly [string, Decides, string])[] = [
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
    "takes the yes of one for the yes of everybody who is asked",
    judgedBy((slice, link, question) => {
      const { held, erred } = judged(slice, link, question)
      const some = textsIn(question.context, "approved").length > 0
      return { kind: "judged", erred, held: held.filter(({ kind }) => !some || kind !== "ask") }
    }),
    "one more who has to agree never widens, and nothing is permitted until they have",
  ],
  [
    "takes who has not answered beside others for who agreed",
    judgedBy((slice, link, question) =>
      evaluateSlice(slice, link, {
        ...question,
        context: within(question.context, "approved", (set) =>
          set instanceof CedarSet && set.items.length !== 1 ? set : new CedarSet(["owner"]),
        ),
      }),
    ),
    "taking one of several agreements away never widens",
  ],
  [
    "leaves the set of origins empty where none is known",
    judgedBy((slice, link, question) =>
      evaluateSlice(slice, link, {
        ...question,
        context: within(question.context, "prov", (prov) => without(prov, "unknown")),
      }),
    ),
    "not knowing where a value came from never widens",
  ],
  [
    "takes nothing for read where nobody knows what was",
    (base, question) => {
      const { session } = question
      return ours(base, { ...question, session: { ...session, read: session.read ?? [] } })
    },
    "not knowing what was read never widens",
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
  [
    "asks people for what nothing permits",
    judgedBy((...asked) => {
      const { held, erred } = judged(...asked)
      const asking = held.length > 0 && held.every(({ kind }) => kind === "ask")
      const any = asked[0].policies.filter(({ kind, json }) => kind === "plain" && json.effect === "permit")
      return { kind: "judged", erred, held: asking ? [...held, ...any] : held }
    }),
    "adding a policy that forbids never widens",
  ],
  [
    "lets those who agreed pass what is forbidden plainly",
    judgedBy((slice, link, question) => {
      const { held, erred } = judged(slice, link, question)
      const agreed = textsIn(question.context, "approved").includes("owner")
      return {
        kind: "judged",
        erred,
        held: held.filter(({ kind, json }) => !agreed || kind === "ask" || json.effect === "permit"),
      }
    }),
    "what is forbidden plainly is denied, whoever agreed and whatever permits",
  ],
  [
    "forgets strangers among those from whom a value came",
    judgedBy((slice, link, question) =>
      evaluateSlice(slice, link, {
        ...question,
        context: within(question.context, "prov", (prov) => without(prov, "stranger")),
      }),
    ),
    "a value that a stranger may have written never widens",
  ],
  [
    "takes having read what is critical for being cleared for it",
    judgedBy((slice, link, question) => {
      const cleared = textsIn(question.context, "read").includes("critical")
      const context = within(question.context, "posture", (posture) =>
        cleared ? new CedarSet(["managed"]) : (posture ?? new CedarSet([])),
      )
      return evaluateSlice(slice, link, {
        ...question,
        context: cleared ? within(context, "read", () => new CedarSet([])) : context,
      })
    }),
    "having read what is critical never widens",
  ],
  [
    "takes a posture of which nothing is known for a good one",
    (base, question) =>
      ours(base, {
        ...question,
        session: { ...question.session, posture: question.session.posture ?? ["managed"] },
      }),
    "not knowing the posture never widens",
  ],
  [
    "takes an address that nobody saw for one of its own",
    (base, question) =>
      ours(base, { ...question, session: { ...question.session, ip: question.session.ip ?? "10.0.0.1" } }),
    "not knowing the address never widens",
  ],
  [
    "takes a budget of nothing for none",
    (base, question) =>
      ours(
        base,
        question.session.left.calls === 0
          ? { ...question, session: { ...question.session, left: { calls: 1_000_000, spend: "1000000.00" } } }
          : question,
      ),
    "a budget that is used up never widens",
  ],
]

function judgedBy(judge: Judge): Decides {
  return (base, question) => ours({ ...base, judge }, question)
}

function judged(...asked: Parameters<Judge>): Standing & { kind: "judged" } {
  const standing = evaluateSlice(...asked)
  assert.ok(standing.kind === "judged")
  return standing
}

/** Origins but for one, and nothing where there are no others. */
function without(prov: CedarValue | undefined, origin: string): CedarRecord {
  assert.ok(prov instanceof CedarRecord)
  return CedarRecord.of(
    [...prov.members].map(([name, set]) => [
      name,
      new CedarSet(set instanceof CedarSet ? set.items.filter((item) => item !== origin) : []),
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

function textsIn({ members }: CedarRecord, name: string): readonly CedarValue[] {
  const session = members.get("session")
  const set = session instanceof CedarRecord ? session.members.get(name) : undefined
  assert.ok(set instanceof CedarSet)
  return set.items
}
