import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Id, newId, systemClock } from "@tabard/core"
import { limitsOfAgent } from "../budgets/limits-of-agent.ts"
import type { Attempt, Enforcement } from "../decisions/attempt.ts"
import type { EnforceCallDeps } from "../decisions/enforce-call.ts"
import { evaluateCall } from "../decisions/evaluate-call.ts"
import { KnownInputs } from "../decisions/known-inputs.ts"
import { PolicyKeeper } from "../decisions/policies-in-force.ts"
import { putManifest } from "../decisions/put-manifest.ts"
import { putPolicies } from "../decisions/put-policies.ts"
import { type CallWorld, MANIFEST, openCallWorld } from "../decisions/testing/call-world.ts"
import { quarantineAgent } from "../lifecycle/quarantine-agent.ts"
import { describeAgent } from "../registry/describe-agent.ts"
import { mandateOf } from "../testing/control-world.ts"
import type { PresentedToken } from "../tokens/check-token.ts"
import { instanceOf } from "../tokens/testing/token-world.ts"
import type { TokenRecord } from "../tokens/token-store.ts"
import { agentObserving, observeAgent } from "./observe-mode.ts"

const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } }
const DELETE = { tool: "delete_note", arguments: { path: "/notes/a.md" } }
const ELSEWHERE = { tool: "read_note", arguments: { path: "/etc/passwd" } }

interface Held {
  readonly code: string
  /** What is done before the call, and what is different about it. */
  readonly given?: (world: ObservedWorld) => Promise<Partial<Attempt>>
  readonly deps?: Partial<EnforceCallDeps>
}

/** What no observing waives, with a call that its agent's own bounds permit. */
const HELD: Readonly<Record<string, Held>> = {
  "a token that was revoked": {
    code: "token_revoked",
    given: async (world) => {
      await world.transact(({ tokens }) => tokens.revokeOne(world.caller.jti, world.clock.now()))
      return {}
    },
  },
  "an agent in quarantine": {
    code: "token_revoked",
    given: async (world) => {
      await quarantineAgent(world, world.security, { agent: world.agent.id, reason: "odd" })
      return {}
    },
  },
  "a token that was issued for less": {
    code: "insufficient_scope",
    given: async (world) => ({ ...DELETE, caller: await withToken(world, { scope: ["read"] }) }),
  },
  "a token whose calls were all made": {
    code: "calls_spent",
    given: async (world) => ({ caller: await withToken(world, { callsLeft: 0 }) }),
  },
  "a record that cannot be kept": {
    code: "record_unavailable",
    deps: { record: { stop: async () => ({ words: "the record cannot be kept", all: true }) } },
  },
  "a door that may not ask for it": {
    code: "not_allowed",
    deps: {
      point: {
        id: newId("enforcementPoint", systemClock),
        name: "x",
        kind: "gateway",
        subjects: [],
        asserts: [],
      },
    },
  },
  "a tool that nobody has reviewed": {
    code: "tool_not_found",
    given: async () => ({ tool: "no_such_tool" }),
  },
  "the ceiling of its tier": {
    code: "forbidden",
    given: async (world) => {
      await world.transact(async (tx) => {
        const text = `forbid (principal in Tabard::Tier::"transactional", action in Tabard::Action::"effect:delete", resource);`
        const policies = [{ id: "tier/own/1", text }]
        await putPolicies(world, tx, { kind: "tier", subject: "own", author: "x", policies })
        await tx.organisation.bumpVersion()
      })
      return DELETE
    },
  },
}

describe("a call of an observed agent that its own bounds permit", () => {
  for (const [what, { code, given, deps }] of Object.entries(HELD))
    it(`is denied all the same by ${what}`, async () => {
      await using world = await observedWorld()
      const differs = (await given?.(world)) ?? {}
      const denied = await world.enforce({ ...READ, ...differs }, deps)
      assert.deepEqual([denied.effect, denied.effect === "deny" && denied.code], ["deny", code])
      const kept = await world.snapshot(({ observing }) => observing.calls(world.agent.id, 10))
      assert.deepEqual(kept, [])
    })
})

describe("limits while an agent is observed", () => {
  it("are rehearsed where they are its own: what is over them goes on, says so, and takes nothing", async () => {
    await using world = await observedWorld()
    await limited(world, world.agent.id, 1)
    assert.equal(told(await world.enforce(READ)), "permit permitted let_through")
    for (const _ of [1, 2]) assert.equal(told(await world.enforce(READ)), "permit limit_reached let_through")
    assert.equal(await used(world), "1")
  })

  it("count a call once, and it is kept once, however often it is asked about", async () => {
    await using world = await observedWorld()
    await limited(world, world.agent.id, 5)
    const call = newId("call", world.clock)
    for (const _ of [1, 2, 3]) assert.equal((await world.enforce({ ...READ, call })).effect, "permit")
    assert.equal(await used(world), "1")
    const { period } = await agentObserving(world, world.agent.id)
    const kept = await world.snapshot(({ observing }) => observing.calls(world.agent.id, 10))
    assert.deepEqual([period?.calls, kept.length], [1, 1])
  })

  it("hold where they are somebody else's, and what is let through against its own bounds takes from those", async () => {
    await using world = await observedWorld()
    const front = await frontOf(world)
    await limited(world, front.agent, 2)
    const { caller } = front
    const narrow = MANIFEST.replaceAll("under: /notes", "under: /notes/b")
    await putManifest(world.world, world.owner, { agent: world.agent.id, text: narrow })
    for (const _ of [1, 2])
      assert.equal(told(await world.enforce({ ...READ, caller })), "permit no_policy let_through")
    const third = await world.enforce({ ...READ, caller })
    assert.equal(told(third), "deny no_policy held")
    assert.equal(told(await world.enforce(READ)), "permit no_policy let_through", "and bind nobody else")
  })
})

describe("what is only asked about an observed agent", () => {
  it("is answered by what would be decided, and not by what is let through", async () => {
    await using world = await observedWorld()
    assert.equal(told(await world.enforce(ELSEWHERE)), "permit no_policy let_through")
    const { caller, server, point } = world
    const deps = { ...world, policies: new PolicyKeeper(), known: new KnownInputs() }
    for (const who of [{ token: caller }, { named: { agent: world.agent.id, task: world.task.id } }]) {
      const answer = await evaluateCall(deps, { who, server: server.id, point, ...ELSEWHERE })
      assert.deepEqual([answer.effect, answer.code], ["deny", "no_policy"])
    }
  })

  it("takes no door's word that it was rehearsed", async () => {
    await using world = await observedWorld()
    await world.transact(async (tx) => {
      const text = `forbid (principal, action, resource) unless { context.session.posture.contains("rehearsed") };`
      const posture = `forbid (principal, action, resource) unless { context.session.posture.contains("managed") };`
      const policies = [
        { id: "own/1", text },
        { id: "own/2", text: posture },
      ]
      await putPolicies(world, tx, { kind: "guard", subject: "own", author: "x", policies })
      await tx.organisation.bumpVersion()
    })
    const point = { ...world.point, asserts: ["posture"] } as const
    const deps = { ...world, policies: new PolicyKeeper(), known: new KnownInputs() }
    const circumstances = { posture: ["managed", "rehearsed"] }
    const asked = { who: { token: world.caller }, server: world.server.id, point, circumstances, ...READ }
    const { effect, reasons } = await evaluateCall(deps, asked)
    assert.deepEqual([effect, reasons], ["deny", ["own/1"]])
  })
})

describe("where an observed agent acts", () => {
  it("neither begins observing it, nor has it last longer, by being said otherwise", async () => {
    await using world = await openCallWorld()
    const { agent, owner, clock } = world
    const say = async (environment: "staging" | "test"): Promise<void> => {
      clock.advance(1000)
      await describeAgent(world, owner, { agent: agent.id, change: { environment } })
    }
    await say("staging")
    assert.equal(told(await world.enforce(ELSEWHERE)), "deny no_policy null")
    const { endsAt } = await observeAgent(world, owner, { agent: agent.id, reason: "to see", days: 1 })
    await say("test")
    assert.equal(told(await world.enforce(ELSEWHERE)), "deny no_policy null")
    await assert.rejects(observeAgent(world, owner, { agent: agent.id, reason: "longer", days: 9 }), {
      code: "agent_state_conflict",
    })
    await say("staging")
    assert.equal(told(await world.enforce(ELSEWHERE)), "permit no_policy let_through")
    const { period } = await agentObserving(world, agent.id)
    assert.deepEqual(period?.endsAt, endsAt)
  })
})

interface ObservedWorld extends CallWorld {
  readonly security: CallWorld["owner"]
}

async function observedWorld(): Promise<ObservedWorld> {
  const world = await openCallWorld()
  const security = await world.person("security")
  await observeAgent(world, security, { agent: world.agent.id, reason: "before it goes live", days: 1 })
  return { ...world, security }
}

/** Has an agent limited to so many calls a day. */
async function limited(world: CallWorld, agent: Id<"agent">, atMost: number): Promise<void> {
  const text = `${MANIFEST}limits: { calls: [{ atMost: ${atMost}, per: day }] }\n`
  await putManifest(world.world, world.owner, { agent, text })
}

async function used(world: CallWorld): Promise<string | undefined> {
  const [limit] = await world.snapshot((tx) => limitsOfAgent(tx, world.agent, world.clock.now()))
  return limit?.uses[0]?.used
}

/** An agent that the world's one acts for, and a token by which it does. */
async function frontOf(
  world: CallWorld,
): Promise<{ readonly agent: Id<"agent">; readonly caller: PresentedToken }> {
  const { owner, clock } = world
  const mandate = mandateOf(owner, clock)
  const { id: agent, ...front } = await world.world.agent({ state: "active", owner: owner.id, mandate })
  const instance = instanceOf({ id: agent, ...front }, clock)
  await world.transact(({ instances }) => instances.insert(instance))
  return { agent, caller: await withToken(world, { actors: [{ agent, instance: instance.id }] }) }
}

/** The world's token again, different in what is named. */
async function withToken(
  { transact, caller }: CallWorld,
  differs: Partial<Pick<TokenRecord, "actors" | "callsLeft" | "scope">>,
): Promise<PresentedToken> {
  const jti = crypto.randomUUID()
  await transact(async ({ tokens }) => {
    const found = (await tokens.find(caller.jti)) ?? assert.fail("the token is gone")
    await tokens.insert({ ...found, ...differs, jti })
  })
  return { ...caller, jti }
}

/** What happened to the call, why, and what the decision says of observing. */
function told({ effect, decision }: Enforcement): string {
  return `${effect} ${decision?.code} ${decision?.observed}`
}
