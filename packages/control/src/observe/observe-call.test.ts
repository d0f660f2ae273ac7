import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Enforcement } from "../decisions/attempt.ts"
import { PolicyKeeper } from "../decisions/policies-in-force.ts"
import { putPolicies } from "../decisions/put-policies.ts"
import { type CallWorld, openCallWorld, tokenFor } from "../decisions/testing/call-world.ts"
import { visibleTools } from "../decisions/visible-tools.ts"
import { suspendAgent } from "../lifecycle/stop-agent.ts"
import { closeTask } from "../tasks/close-task.ts"
import { DAY, mandateOf } from "../testing/control-world.ts"
import { WITHHELD } from "./kept-arguments.ts"
import { enforceAgent, observeAgent } from "./observe-mode.ts"

const ELSEWHERE = { tool: "read_note", arguments: { path: "/etc/passwd" } }
const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } }
const DELETE = { tool: "delete_note", arguments: { path: "/notes/a.md" } }

describe("a call of an agent that is observed", () => {
  it("is let through where its own bounds would have denied it, and recorded as what it would have been", async () => {
    await using world = await observedWorld()
    const through = await world.enforce(ELSEWHERE)
    assert.ok(through.effect === "permit")
    const { effect, code, observed } = through.decision
    assert.deepEqual([effect, code, observed], ["deny", "no_policy", "let_through"])
    const [event] = await world.events("call.decided")
    assert.deepEqual(event?.["decision"], {
      id: through.decision.id,
      effect: "deny",
      code: "no_policy",
      reasons: [],
      version: await world.version(),
      observed: "let_through",
    })
    const kept = await world.snapshot(({ decisions }) => decisions.find(through.decision.id))
    assert.deepEqual(kept, through.decision)
  })

  it("asks nobody what a person would have been asked, and spends no yes that was given", async () => {
    await using world = await observedWorld()
    assert.deepEqual(told(await world.enforce(DELETE)), "permit ask let_through")
    assert.deepEqual(told(await world.enforce(READ)), "permit permit let_through")
    assert.deepEqual(await world.events("approval.requested"), [])
  })

  it("is held by a question of a guard-rail to somebody other than its owner, who is asked", async () => {
    await using world = await observedWorld()
    const guarded = (route: string) =>
      world.transact(async (tx) => {
        const text = `@ask("${route}") forbid (principal is Tabard::Agent, action in Tabard::Action::"effect:read", resource) unless { context.session.approved.contains("${route}") };`
        const policies = [{ id: "own/1", text }]
        await putPolicies(world, tx, { kind: "guard", subject: "own", author: "x", policies })
        await tx.organisation.bumpVersion()
      })
    await guarded("owner")
    assert.equal(told(await world.enforce(READ)), "permit ask let_through")
    await guarded("security")
    assert.equal(told(await world.enforce(READ)), "ask ask held")
    const [{ data } = assert.fail()] = await world.events("approval.requested")
    assert.deepEqual(Object(data).approvers, [world.security.id])
  })

  it("is held by what guard-rails forbid and where the ceiling of its tier stops", async () => {
    await using world = await observedWorld()
    await world.transact(async (tx) => {
      const text = `forbid (principal is Tabard::Agent, action, resource) when { context.session.door == "gateway" };`
      const policies = [{ id: "own/1", text }]
      await putPolicies(world, tx, { kind: "guard", subject: "own", author: "x", policies })
      await tx.organisation.bumpVersion()
    })
    const denied = await world.enforce(READ)
    assert.ok(denied.effect === "deny")
    assert.deepEqual([denied.code, denied.decision?.observed], ["forbidden", "held"])
  })

  it("is held by a guard-rail that could not be judged", async () => {
    await using world = await observedWorld()
    await world.transact(async (tx) => {
      const text = `forbid (principal is Tabard::Agent, action, resource) when { 9223372036854775807 + 1 > context.session.depth };`
      const policies = [{ id: "own/1", text }]
      await putPolicies(world, tx, { kind: "guard", subject: "own", author: "x", policies })
      await tx.organisation.bumpVersion()
    })
    assert.equal(told(await world.enforce(READ)), "deny deny held")
  })

  it("is refused where it may not act at all, as it ever was", async () => {
    await using world = await observedWorld()
    assert.equal((await world.enforce({ tool: "no_such_tool" })).effect, "deny")
    await closeTask(world, world.owner, world.task.id)
    assert.equal((await world.enforce(READ)).effect, "deny")
  })

  it("is refused once its agent is suspended", async () => {
    await using world = await observedWorld()
    await suspendAgent(world, world.security, { agent: world.agent.id, reason: "odd" })
    assert.equal((await world.enforce(READ)).effect, "deny")
  })

  it("is enforced again once a person says so, once its time is over, and where it acts elsewhere", async () => {
    await using world = await observedWorld()
    await enforceAgent(world, world.owner, { agent: world.agent.id, reason: "seen enough" })
    assert.equal(told(await world.enforce(ELSEWHERE)), "deny deny null")

    await observeAgent(world, world.security, { agent: world.agent.id, reason: "once more", days: 1 })
    assert.equal(told(await world.enforce(ELSEWHERE)), "permit deny let_through")
    await statesEnvironment(world, "production")
    assert.equal(told(await world.enforce(ELSEWHERE)), "deny deny null")
  })

  it("ends by itself when its days are over", async () => {
    await using world = await observedWorld()
    world.clock.advance(DAY / 2)
    const later = await tokenFor(world, { ...world, task: null })
    assert.equal(told(await world.enforce({ ...ELSEWHERE, caller: later })), "permit deny let_through")
    world.clock.advance(DAY / 2)
    const last = await tokenFor(world, { ...world, task: null })
    assert.equal(told(await world.enforce({ ...ELSEWHERE, caller: last })), "deny deny null")
  })

  it("lets nothing through that was decided after enforcing was answered for, of twenty at once", async () => {
    await using world = await observedWorld()
    const calls = Array.from({ length: 20 }, () => world.enforce(ELSEWHERE))
    await enforceAgent(world, world.owner, { agent: world.agent.id, reason: "now" })
    const enforcedFrom = await world.version()
    calls.push(world.enforce(ELSEWHERE), world.enforce(ELSEWHERE))
    const decided = await Promise.all(calls)
    for (const one of decided) {
      const isThrough = one.effect === "permit"
      assert.equal(isThrough, (one.decision?.version ?? 0) < enforcedFrom, told(one))
    }
    assert.ok(decided.slice(-2).every(({ effect }) => effect === "deny"))
  })

  it("keeps facts of what was called and no contents, and nothing that looks like a secret", async () => {
    await using world = await observedWorld()
    const key = `ghp_${"a1B2".repeat(9)}`
    await world.enforce({ arguments: { path: "/notes/a.md", content: "Dear Ada" } })
    await world.enforce({ tool: "read_note", arguments: { path: `/notes/${key}` } })
    const kept = await world.snapshot(({ observing }) => observing.calls(world.agent.id, 10))
    const facts = kept.map(({ tool, arguments: args, withheld }) => ({ tool, args, withheld }))
    assert.deepEqual(
      facts.toSorted((a, b) => (a.tool < b.tool ? -1 : 1)),
      [
        { tool: "read_note", args: { path: WITHHELD }, withheld: ["path"] },
        { tool: "write_note", args: { path: "/notes/a.md", content: WITHHELD }, withheld: ["content"] },
      ],
    )
    assert.doesNotMatch(JSON.stringify(kept), /Dear Ada|ghp_/)
  })

  it("sees every tool that it would be let through to", async () => {
    await using world = await observedWorld()
    const deps = { ...world, policies: new PolicyKeeper() }
    const names = async () => (await visibleTools(deps, world.caller, world.server)).map(({ name }) => name)
    const all = await names()
    await enforceAgent(world, world.owner, { agent: world.agent.id, reason: "seen enough" })
    const enforced = await names()
    assert.ok(all.length > enforced.length, `${all.join()} and ${enforced.join()}`)
  })
})

describe("having an agent observed", () => {
  it("takes security's word where nobody says where the agent acts, and where that is production", async () => {
    await using world = await openCallWorld()
    const wish = { agent: world.agent.id, reason: "to see", days: 3 }
    await assert.rejects(observeAgent(world, world.owner, wish), { code: "not_allowed" })
    await statesEnvironment(world, "production")
    await assert.rejects(observeAgent(world, world.owner, wish), { code: "not_allowed" })
    await statesEnvironment(world, "staging")
    const { endsAt, environment } = await observeAgent(world, world.owner, wish)
    assert.deepEqual([endsAt, environment], [new Date(world.clock.now().getTime() + 3 * DAY), "staging"])
    const [event] = await world.events("agent.mode-changed")
    assert.deepEqual(event?.["agent"], world.agent.id)
  })

  it("is refused for longer than thirty days, to a stranger, twice at once, and for who may not act", async () => {
    await using world = await openCallWorld()
    const security = await world.person("security")
    const stranger = await world.person("member")
    const wish = { agent: world.agent.id, reason: "to see", days: 30 }
    for (const days of [0, 1.5, 31])
      await assert.rejects(observeAgent(world, security, { ...wish, days }), { code: "body_invalid" })
    await assert.rejects(observeAgent(world, stranger, wish), { code: "not_allowed" })
    await observeAgent(world, security, wish)
    await assert.rejects(observeAgent(world, security, wish), { code: "agent_state_conflict" })
    const other = await world.world.agent({
      owner: world.owner.id,
      mandate: mandateOf(world.owner, world.clock),
    })
    await assert.rejects(observeAgent(world, security, { ...wish, agent: other.id }), {
      code: "agent_state_conflict",
    })
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

async function statesEnvironment(world: CallWorld, value: string): Promise<void> {
  const { agent, clock, owner } = world
  await world.transact(({ facts }) =>
    facts.putAll([
      { subject: agent.id, name: "environment", kind: "declared", source: owner.id, value, at: clock.now() },
    ]),
  )
}

/** What happened to the call, what was decided of it, and what the decision says of observing. */
function told({ effect, decision }: Enforcement): string {
  return `${effect} ${decision?.effect} ${decision?.observed}`
}
