import assert from "node:assert/strict"
import type { Effect } from "@tabard/core"
import {
  type Arbitrary,
  assert as assertProperty,
  boolean,
  constantFrom,
  property,
  record,
  subarray,
  tuple,
} from "fast-check"
import { decide } from "../decide.ts"
import type { PolicyText } from "../parse-policy.ts"
import type { PolicyBase } from "../policy-base.ts"
import type { Question, SessionFacts } from "../question.ts"
import type { ReadLabel } from "../what-was-read.ts"
import { type Ask, baseOf, questionOf } from "./world.ts"

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
  `permit (principal is Tabard::Agent, ${SEND}) when { context.session.posture.contains("managed") && context.session has task };`,
  `permit (principal is Tabard::Agent, ${SEND}) when { context.session has ip && context.session.ip.isInRange(ip("10.0.0.0/8")) && context.session has task };`,
  `permit (principal is Tabard::Agent, ${SEND}) when { principal has owner && principal.risk < 50 && context.session has task };`,
]

/** Policies that forbid, plainly or until people agree. */
export const FORBIDS: readonly string[] = [
  `forbid (principal, action in Tabard::Action::"effect:financial", resource) when { context.session.env == "dev" };`,
  `forbid (principal, ${SEND} == Tabard::Resource::"srv_bank/eve");`,
  `@ask("owner") forbid (principal is Tabard::Agent, action in Tabard::Action::"effect:egress", resource) unless { ${AGREED} };`,
  `@ask("owner") forbid (principal == Tabard::Agent::"agt_2", action, resource) unless { ${AGREED} };`,
  `forbid (principal is Tabard::Agent in Tabard::Tier::"read-only", action, resource);`,
  `forbid (principal, action, resource in Tabard::Server::"srv_files");`,
  `forbid (principal, ${SEND}) unless { ["request", "record"].containsAll(context.session.prov.target) };`,
  `forbid (principal is Tabard::Agent, ${SEND}) when { context.session.read.contains("critical") };`,
  `forbid (principal is Tabard::Agent, action, resource) unless { context.session.left.calls > 0 && context.session.left.spend.greaterThan(decimal("1.0")) };`,
]

/** Those whom more policies ask, each by a policy of its own. */
export const MORE_ASKED = ["security", "2 of owner | security"] as const

/** Answers a policy that asks somebody besides. */
export function askingFor(route: (typeof MORE_ASKED)[number]): PolicyText {
  const text = `@ask("${route}") forbid (principal is Tabard::Agent, ${SEND}) unless { context.session.approved.contains("${route}") };`
  return { id: `asking/${MORE_ASKED.indexOf(route)}`, text }
}

/** Overflows where the amount is 99 and the agent's chain is asked. */
export const ERRING: readonly string[] = [
  `permit (principal is Tabard::Agent, ${SEND}) when { context.input.amount has long && context.input.amount.long == 99 && 9223372036854775807 + context.session.depth > 0 };`,
  `forbid (principal, ${SEND}) when { context.input.amount has long && context.input.amount.long == 99 && 9223372036854775807 + context.session.depth < 0 };`,
]

/** Gives texts ids. */
export const named = (prefix: string, texts: readonly string[]): PolicyText[] =>
  texts.map((text, at) => ({ id: `${prefix}/${at}`, text }))
/** All policies but those that err. */
export const SOUND: readonly PolicyText[] = [...named("permit", PERMITS), ...named("forbid", FORBIDS)]

/** Forbids every call of the small world, plainly. */
export const FORBIDDEN: PolicyText = { id: "plain/0", text: `forbid (principal, ${SEND});` }

/** Calls that the policies tell apart. */
export const asks: Arbitrary<Ask> = record({
  arguments: record({ to: constantFrom("bob", "eve"), amount: constantFrom(5, 60, 99, 1.5) }),
  task: boolean(),
  user: boolean(),
  agents: constantFrom<NonNullable<Ask["agents"]>>(
    [{ id: "agt_1" }],
    [{ id: "agt_2" }],
    [{ id: "agt_1", risk: 60 }],
    [{ id: "agt_1" }, { id: "agt_2", tier: "read-only" }],
  ),
  session: record({
    env: constantFrom("prod", "dev"),
    approved: subarray(["owner", "security", "2 of owner | security"]),
    prov: constantFrom<NonNullable<SessionFacts["prov"]>>(
      { target: ["request"] },
      { target: ["stranger"] },
      {},
    ),
    posture: subarray(["managed"]),
    read: subarray<ReadLabel>(["critical"]),
    ip: constantFrom("10.0.0.1", "192.0.2.1"),
    left: constantFrom({ calls: 10, spend: "100.00" }, { calls: 10, spend: "0.50" }),
  }),
})

/** How much each effect allows. */
export const ORDER: Readonly<Record<Effect, number>> = { deny: 0, ask: 1, permit: 2 }

/** All that the properties use, parsed and checked once. */
export const ALL: PolicyBase = baseOf([
  ...SOUND,
  FORBIDDEN,
  ...named("more", FORBIDS),
  ...named("erring", ERRING),
  ...MORE_ASKED.map(askingFor),
])

/** Something that decides: ours, or a copy of it that is wrong in one place. */
export type Decides = (base: PolicyBase, question: Question) => Effect

/** Who decides, and how often a law is tried on it. */
export interface Decider {
  readonly decides: Decides
  readonly runs: { readonly numRuns: number; readonly seed?: number; readonly endOnFailure?: boolean }
}

/** As decisions are made. */
export const ours: Decides = (base, question) => decide(base, question).effect

/** How often each property is tried. */
export const RUNS: Decider["runs"] = { numRuns: 1000 }

/** Some of these policies, with few that forbid: else nearly everything is denied, and nothing is told apart. */
export function someOf(among: readonly PolicyText[]): Arbitrary<PolicyText[]> {
  const forbids = among.filter(({ id }) => id.startsWith("forbid"))
  const others = among.filter((policy) => !forbids.includes(policy))
  return tuple(subarray(others), subarray(forbids, { maxLength: 2 })).map((each) => each.flat())
}

/** Policies in force, and a call. */
export interface Situation {
  readonly policies: readonly PolicyText[]
  readonly ask: Ask
}

/** Holds where the situation that is made of any other never allows more. */
export function never<Change>(
  by: Decider,
  among: readonly PolicyText[],
  changes: Arbitrary<Change>,
  narrowed: (situation: Situation, change: Change) => Situation,
): void {
  assertProperty(
    property(someOf(among), asks, changes, (policies, ask, change) => {
      const after = narrowed({ policies, ask }, change)
      assert.ok(effect(by.decides, after.policies, after.ask) <= effect(by.decides, policies, ask))
    }),
    by.runs,
  )
}

/** Holds where a call of which something is not known is never allowed more than one of which it is. */
export function neverByMissing(by: Decider, what: "approved" | "ip" | "posture" | "prov" | "read"): void {
  neverBySession(by, (session) =>
    Object.fromEntries(Object.entries(session).filter(([name]) => name !== what)),
  )
}

/** The same of what is changed in the session alone. */
export function neverBySession(
  by: Decider,
  narrowed: (session: Partial<SessionFacts>) => Partial<SessionFacts>,
): void {
  never(by, SOUND, boolean(), ({ policies, ask }) => ({
    policies,
    ask: { ...ask, session: narrowed(ask.session ?? {}) },
  }))
}

/** Answers how much is allowed. */
export function effect(by: Decides, policies: readonly PolicyText[], ask: Ask): number {
  return ORDER[by(baseOf(policies, ALL), questionOf(ask))]
}
