import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { describe, it } from "node:test"
import { type Id, newId, systemClock } from "@tabard/core"
import {
  checkPolicies,
  compileSchema,
  decide,
  joinPolicies,
  type PinnedTool,
  type Question,
} from "@tabard/policy"
import { assert as assertProperty, boolean, constantFrom, property, record, subarray } from "fast-check"
import type { PolicySetKind } from "../decisions/policy-store.ts"
import { byHandOf } from "../policies/own-address.ts"
import {
  letsThrough,
  type NamedPolicies,
  type OwnedPolicies,
  type Rehearsed,
  whileRehearsed,
} from "./lets-through.ts"

const AGENT = newId("agent", systemClock)
const FRONT = newId("agent", systemClock)
const TASK = newId("task", systemClock)
const USER = newId("user", systemClock)
const SERVER = newId("server", systemClock)

const TOOLS: readonly PinnedTool[] = (["read", "write", "delete"] as const).map((name) => ({
  server: SERVER,
  name,
  digest: name,
  inputSchema: { type: "object", properties: { path: { type: "string" } } },
  effects: [name],
  roles: {},
}))
const SCHEMA = compileSchema(TOOLS)

/** A call, and whether somebody is served and another agent is acted for. */
interface Called {
  readonly tool: "read" | "write" | "delete"
  readonly env: "production" | "staging"
  readonly managed: boolean
  readonly served: boolean
  readonly fronted: boolean
  readonly inTask: boolean
  readonly readOnly: boolean
  /** The definition is another than the one that was reviewed. */
  readonly changed: boolean
}

const calls = record<Called>({
  tool: constantFrom("read", "write", "delete"),
  env: constantFrom("production", "staging"),
  managed: boolean(),
  served: boolean(),
  fronted: boolean(),
  inTask: boolean(),
  readOnly: boolean(),
  changed: constantFrom(false, false, false, true),
})

/** What somebody else says, and of which calls it stops the agent. */
interface Theirs {
  readonly kind: PolicySetKind
  readonly subject: string
  readonly text: string
  readonly stops: (call: Called) => boolean
}

const AGENTS = "principal is Tabard::Agent"
const THEIRS: readonly Theirs[] = [
  guard(`forbid (${AGENTS}, action in Tabard::Action::"effect:delete", resource);`, isDelete),
  guard(
    `forbid (${AGENTS}, action, resource) when { context.session.env == "production" };`,
    ({ env }) => env === "production",
  ),
  guard(
    `forbid (principal, action, resource) unless { context.session.posture.contains("managed") };`,
    ({ managed }) => !managed,
  ),
  guard(
    `forbid (principal == Tabard::Agent::"${AGENT}", action == Tabard::Action::"${SERVER}/read", resource);`,
    ({ tool }) => tool === "read",
  ),
  // What cannot be judged is no leave.
  guard(
    `forbid (${AGENTS}, action, resource) when { 9223372036854775807 + 1 > context.session.depth };`,
    () => true,
  ),
  // A question about the agent itself is rehearsed; about whom it acts for it is not.
  guard(
    `@ask("owner") forbid (${AGENTS}, action in Tabard::Action::"effect:write", resource) unless { context.session.approved.contains("owner") };`,
    ({ tool, fronted }) => tool === "write" && fronted,
  ),
  // Whom else everybody's policies ask, the owner cannot answer for.
  ...["security", "2 of owner | security", "team:Payments"].map((route) =>
    guard(
      `@ask("${route}") forbid (${AGENTS}, action in Tabard::Action::"effect:write", resource) unless { context.session.approved.contains("${route}") };`,
      ({ tool }) => tool === "write",
    ),
  ),
  guard(
    `@ask("1 of security | owner") forbid (${AGENTS}, action in Tabard::Action::"effect:write", resource) unless { context.session.approved.contains("1 of security | owner") };`,
    ({ tool, fronted }) => tool === "write" && fronted,
  ),
  {
    kind: "tier",
    subject: "shipped",
    text: `forbid (principal in Tabard::Tier::"read-only", action in [Tabard::Action::"effect:write", Tabard::Action::"effect:delete"], resource);`,
    stops: ({ tool, readOnly }) => readOnly && tool !== "read",
  },
  {
    kind: "user",
    subject: USER,
    text: `forbid (principal == Tabard::User::"${USER}", action in Tabard::Action::"effect:delete", resource);`,
    stops: (call) => call.served && isDelete(call),
  },
  {
    kind: "intent",
    subject: FRONT,
    text: `forbid (principal == Tabard::Agent::"${FRONT}", action in Tabard::Action::"effect:write", resource);`,
    stops: ({ tool, fronted }) => fronted && tool === "write",
  },
]

/** Whoever is served and whom it acts for let it do what none of the above takes away. */
const LEAVE: readonly OwnedPolicies[] = [
  named("user", USER, `permit (principal == Tabard::User::"${USER}", action, resource);`),
  named("intent", FRONT, `permit (principal == Tabard::Agent::"${FRONT}", action, resource);`),
]

/** What the agent and its run say of themselves, which is what is rehearsed. */
const OWN: readonly OwnedPolicies[] = [
  named(
    "intent",
    AGENT,
    `permit (principal == Tabard::Agent::"${AGENT}", action == Tabard::Action::"${SERVER}/read", resource);`,
  ),
  named("intent", byHandOf(AGENT), `forbid (principal == Tabard::Agent::"${AGENT}", action, resource);`),
  named(
    "intent",
    AGENT,
    `@ask("owner") forbid (principal == Tabard::Agent::"${AGENT}", action, resource) unless { context.session.approved.contains("owner") };`,
  ),
  named(
    "intent",
    AGENT,
    `forbid (principal == Tabard::Agent::"${AGENT}", action, resource) when { 9223372036854775807 + 1 > 0 };`,
  ),
  named(
    "task",
    TASK,
    `permit (principal == Tabard::Task::"${TASK}", action == Tabard::Action::"${SERVER}/write", resource);`,
  ),
]

/** What observe mode is: which policies hold, and what of their answer lets through. */
interface Mode {
  readonly hold: typeof whileRehearsed
  readonly through: typeof letsThrough
}

const OURS: Mode = { hold: whileRehearsed, through: letsThrough }

/** Ways in which it could be a way around what binds everybody. */
const BROKEN: Readonly<Record<string, Mode>> = {
  "leaves guard-rails out": { ...OURS, hold: without("guard") },
  "leaves the ceilings of tiers out": { ...OURS, hold: without("tier") },
  "leaves the person's side out": {
    ...OURS,
    hold: (sets, whose) => whileRehearsed(sets.filter(isLeaveOr("user")), whose),
  },
  "rehearses the bounds of whom it acts for": {
    ...OURS,
    hold: (sets, whose) => whileRehearsed(sets.filter(isLeaveOr("intent")), whose),
  },
  "looks at the agent alone": {
    ...OURS,
    through: ({ links }, { agent }) => links.find(({ id }) => id === agent)?.effect !== "deny",
  },
  "takes a question to others for its own": {
    ...OURS,
    through: ({ links }) => links.every(({ effect }) => effect !== "deny"),
  },
  "takes a question to somebody else for the owner's": {
    ...OURS,
    through: ({ links }, whose) => letsThrough({ links, asks: [] }, whose),
  },
  "lets through whatever is observed": { ...OURS, through: () => true },
}

describe("what is let through while an agent is observed", () => {
  it("is exactly what nobody else stops, whatever its own bounds say of it", () =>
    law(OURS, { numRuns: 600 }))

  for (const [what, mode] of Object.entries(BROKEN))
    it(`could not be told by a mode that ${what}, which this test tells`, () => {
      assert.throws(() => law(mode, { numRuns: 20_000, seed: 7, endOnFailure: true }), /Property failed/)
    })
})

function law(mode: Mode, runs: object): void {
  assertProperty(
    property(calls, subarray([...THEIRS]), subarray([...OWN]), (call, theirs, own) => {
      const isStopped = call.changed || theirs.some(({ stops }) => stops(call))
      assert.equal(isThrough(mode, call, [...theirs.map(ownedOf), ...own]), !isStopped)
    }),
    runs,
  )
}

function isThrough(mode: Mode, call: Called, sets: readonly OwnedPolicies[]): boolean {
  const whose: Rehearsed = { agent: AGENT, ...(call.inTask && { task: TASK }) }
  const parts = mode.hold([...LEAVE, ...sets], whose).map(checked)
  return mode.through(decide(joinPolicies({ schema: SCHEMA, version: 1, parts }), asked(call)), whose)
}

const known = new Map<string, ReturnType<typeof checkPolicies>>()

/** Validating takes most of the time, and the same few sets come again and again. */
function checked({ id, policies }: NamedPolicies): ReturnType<typeof checkPolicies> {
  const policy = known.get(id) ?? checkPolicies(SCHEMA, policies)
  known.set(id, policy)
  return policy
}

function asked({ tool, env, managed, served, fronted, inTask, readOnly, changed }: Called): Question {
  const agent = (id: Id<"agent">) => ({ id, owner: USER, category: "production", risk: 10 })
  const tier = readOnly ? "read-only" : "operator"
  return {
    organisation: "org_1",
    action: { tool, digest: changed ? "another" : tool, arguments: { path: "/notes/a.md" } },
    server: { id: SERVER },
    links: {
      ...(served && { user: { id: USER, active: true, teams: [] } }),
      ...(inTask && { task: { id: TASK, agent: AGENT } }),
      agents: [{ ...agent(AGENT), tier }, ...(fronted ? [{ ...agent(FRONT), tier: "operator" }] : [])],
    },
    session: {
      now: new Date("2026-11-01T12:00:00Z"),
      door: "gateway",
      env,
      bound: "dpop",
      posture: managed ? ["managed"] : [],
      left: { calls: 0, spend: "0.0" },
      approved: [],
    },
  }
}

function named(kind: PolicySetKind, subject: string, text: string): OwnedPolicies {
  const id = `${subject}/${createHash("sha256").update(text).digest("hex").slice(0, 12)}`
  return { id, kind, subject, policies: [{ id, text }] }
}

function ownedOf({ kind, subject, text }: Theirs): OwnedPolicies {
  return named(kind, subject, text)
}

function guard(text: string, stops: Theirs["stops"]): Theirs {
  return { kind: "guard", subject: "own", text, stops }
}

function isDelete({ tool }: Called): boolean {
  return tool === "delete"
}

function without(kind: PolicySetKind): Mode["hold"] {
  return (sets, whose) =>
    whileRehearsed(
      sets.filter((set) => set.kind !== kind),
      whose,
    )
}

function isLeaveOr(kind: PolicySetKind): (set: OwnedPolicies) => boolean {
  return (set) => set.kind !== kind || LEAVE.includes(set) || set.subject === AGENT
}
