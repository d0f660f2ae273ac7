import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { resolveApproval } from "../approvals/resolve-approval.ts"
import { suspendAgent } from "../lifecycle/stop-agent.ts"
import { closeTask } from "../tasks/close-task.ts"
import { DAY } from "../testing/control-world.ts"
import type { Transaction } from "../transaction.ts"
import {
  type CallEvaluation,
  type EvaluateCallDeps,
  evaluateCall,
  type Supposing,
  type WouldBeCall,
} from "./evaluate-call.ts"
import { KnownInputs } from "./known-inputs.ts"
import { PolicyKeeper } from "./policies-in-force.ts"
import { putManifest } from "./put-manifest.ts"
import { putPolicies } from "./put-policies.ts"
import { asked, type CallWorld, MANIFEST, openCallWorld } from "./testing/call-world.ts"

const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } }
const WRITE = { tool: "write_note", arguments: { path: "/notes/a.md", content: "tidy" } }
const OUTSIDE = { tool: "read_note", arguments: { path: "/etc/passwd" } }
const CALLS = { READ, WRITE, OUTSIDE, UNKNOWN: { tool: "no_such_tool", arguments: {} } }

describe("evaluating a call", () => {
  it("answers as enforcing it would, for a token and for whom a door names, and leaves nothing behind", async () => {
    await using world = await openEvaluating()
    const before = await everything(world)
    const answers = new Map<string, string>()
    for (const [name, call] of Object.entries(CALLS)) {
      const byToken = await world.evaluate(call)
      const named = { agent: world.agent.id, task: world.task.id }
      const byName = await world.evaluate({ ...call, who: { named } })
      assert.deepEqual(shown(byName), shown(byToken))
      assert.deepEqual(await world.evaluate(call), byToken, "the same question has the same answer")
      answers.set(name, shown(byToken))
    }
    assert.deepEqual(await everything(world), before)
    for (const [name, call] of Object.entries(CALLS)) {
      const enforced = await world.enforce(call)
      const code = "code" in enforced ? enforced.code : enforced.decision.code
      assert.equal(answers.get(name), `${enforced.effect} ${code}`, name)
    }
  })

  it("counts what is left of limits afresh each time, and takes nothing of them", async () => {
    await using world = await openEvaluating()
    const text = `${MANIFEST}limits: { calls: [{ atMost: 1, per: hour }] }\n`
    await putManifest(world.world, world.owner, { agent: world.agent.id, text })
    for (const _ of [1, 2, 3]) assert.equal(shown(await world.evaluate(READ)), "permit permitted")
    assert.equal((await world.enforce(READ)).effect, "permit")
    const answer = await world.evaluate(READ)
    assert.equal(shown(answer), "deny limit_reached")
    assert.match(answer.missing, /may make at most one call an hour: nothing is left/)
    assert.equal(shown(await world.evaluate(WRITE)), "deny limit_reached")
  })

  it("counts what people agreed to without using it up, and their no", async () => {
    await using world = await openEvaluating()
    const waiting = asked(await world.enforce(WRITE))
    assert.equal(shown(await world.evaluate(WRITE)), "ask approval_needed")
    await resolveApproval(world, world.owner.id, waiting.id, "approved")
    for (let again = 0; again < 3; again++)
      assert.equal(shown(await world.evaluate(WRITE)), "permit permitted")
    assert.equal((await world.enforce(WRITE)).effect, "permit")
    assert.equal(shown(await world.evaluate(WRITE)), "ask approval_needed")

    const next = asked(await world.enforce(WRITE))
    await resolveApproval(world, world.owner.id, next.id, "denied")
    assert.equal(shown(await world.evaluate(WRITE)), "deny denied_by_person")
  })

  it("is refused for an agent that the door may not ask for, whatever is known of it", async () => {
    await using world = await openEvaluating()
    assert.equal(shown(await world.evaluate(READ)), "permit permitted")
    const point = { ...world.point, subjects: [] }
    assert.equal(shown(await world.evaluate({ ...READ, point })), "deny not_allowed")
  })

  it("is refused for whoever may not act", async () => {
    await using world = await openEvaluating()
    const { caller, agent, task } = world
    const stranger = await world.world.person("member")
    for (const [who, code] of [
      [{ token: { ...caller, jti: "nobody's" } }, "token_unknown"],
      [{ named: { agent: "agt_0" } }, "agent_not_found"],
      [{ named: { agent: agent.id, task: "tsk_0" } }, "task_not_found"],
      [{ named: { agent: agent.id, instance: "ins_0" } }, "instance_not_found"],
      [{ named: { agent: agent.id, onBehalfOf: "usr_0" } }, "person_inactive"],
      [{ named: { agent: agent.id, task: task.id, onBehalfOf: stranger.id } }, "not_allowed"],
    ] as const)
      assert.equal(shown(await world.evaluate({ ...READ, who })), `deny ${code}`)
    await world.transact(({ users }) => users.deactivate(stranger.id))
    const served = { named: { agent: agent.id, onBehalfOf: stranger.id } }
    assert.equal(shown(await world.evaluate({ ...READ, who: served })), "deny person_inactive")
  })

  it("counts only what the door is registered to have seen", async () => {
    await using world = await openEvaluating()
    await guard(
      world,
      `forbid (principal, action, resource) unless { context.session has ip && context.session.ip.isInRange(ip("10.0.0.0/8")) };`,
    )
    const circumstances = { ip: "10.1.2.3", posture: ["managed"] }
    assert.equal(shown(await world.evaluate({ ...READ, circumstances })), "deny forbidden")
    const point = { ...world.point, asserts: ["network"] } as const
    assert.equal(shown(await world.evaluate({ ...READ, circumstances, point })), "permit permitted")
    assert.equal(
      shown(await world.evaluate({ ...READ, circumstances: { ip: "192.0.2.1" }, point })),
      "deny forbidden",
    )
  })

  it("takes from no door what the decision point finds out by itself", async () => {
    await using world = await openEvaluating()
    await guard(
      world,
      `forbid (principal, action, resource) unless { context.session.posture.contains("key:tpm") };`,
    )
    const point = { ...world.point, asserts: ["posture"] } as const
    const circumstances = { posture: ["key:tpm"] }
    assert.equal(shown(await world.evaluate({ ...READ, circumstances, point })), "deny forbidden")
  })

  it("answers what would be if a person supposes something else", async () => {
    await using world = await openEvaluating()
    const supposing: Supposing = {
      question: (question) => ({ ...question, session: { ...question.session, approved: ["owner"] } }),
      counted: (counted) => counted,
    }
    assert.equal(shown(await world.evaluate({ ...WRITE, supposing })), "permit permitted")
    assert.equal(shown(await world.evaluate(WRITE)), "ask approval_needed")
  })
})

describe("the version that an evaluation knows", () => {
  it("is named in the answer, and may be demanded", async () => {
    await using world = await openEvaluating()
    const { version } = await world.evaluate(READ)
    assert.equal(version, await world.version())
    const changed = await world.transact(({ organisation }) => organisation.bumpVersion())
    // What was known before is no answer to whoever knows of the change.
    assert.equal((await world.evaluate({ ...READ, atLeast: changed })).version, changed)
    const ahead = await world.evaluate({ ...READ, atLeast: changed + 1 })
    assert.equal(shown(ahead), "deny version_not_reached")
  })

  it("costs no reading for half a second, and is read again then", async () => {
    await using world = await openEvaluating()
    await world.evaluate(READ)
    const unreadable = { snapshot: () => Promise.reject(new Error("the store is gone")) }
    world.clock.advance(499)
    assert.equal(shown(await world.evaluate(READ, unreadable)), "permit permitted")
    world.clock.advance(1)
    await assert.rejects(world.evaluate(READ, unreadable), /the store is gone/)
  })

  it("is read once for however many ask at once, and by each where that reading fails", async () => {
    await using world = await openEvaluating()
    let reads = 0
    const counting: EvaluateCallDeps["snapshot"] = (work) => {
      reads++
      return world.snapshot(work)
    }
    const many = Array.from({ length: 16 }, () => world.evaluate(READ, { snapshot: counting }))
    const answers = await Promise.all(many)
    assert.deepEqual([reads, new Set(answers.map(shown))], [1, new Set(["permit permitted"])])
    world.clock.advance(500)
    const failing = Array.from({ length: 3 }, () =>
      world.evaluate(READ, { snapshot: () => Promise.reject(new Error("the store is gone")) }),
    )
    for (const one of await Promise.allSettled(failing)) assert.equal(one.status, "rejected")
    assert.equal(shown(await world.evaluate(READ)), "permit permitted")
  })

  it("lasts no longer for a clock that is set back", async () => {
    await using world = await openEvaluating()
    await world.evaluate(READ)
    world.clock.advance(-DAY)
    const unreadable = { snapshot: () => Promise.reject(new Error("the store is gone")) }
    await assert.rejects(world.evaluate(READ, unreadable), /the store is gone/)
  })

  it("is forgotten with a change here, also with one that comes while it is read", async () => {
    await using world = await openEvaluating()
    const { known } = world.evaluating
    const meanwhile: EvaluateCallDeps["snapshot"] = async (work) => {
      const answer = await world.snapshot(work)
      known.forget()
      return answer
    }
    await world.evaluate(READ, { snapshot: meanwhile })
    await suspendAgent(world, world.owner, { agent: world.agent.id, reason: "stop" })
    assert.equal(shown(await world.evaluate(READ)), "deny token_revoked")
  })

  it("does not outlast the task by which somebody acts", async () => {
    await using world = await openEvaluating()
    await world.evaluate(READ)
    await closeTask(world, world.owner, world.task.id)
    world.evaluating.known.forget()
    assert.notEqual((await world.evaluate(READ)).effect, "permit")
  })
})

interface Evaluating extends CallWorld {
  readonly evaluating: EvaluateCallDeps
  evaluate(
    call: Pick<WouldBeCall, "tool" | "arguments"> & Partial<WouldBeCall>,
    deps?: Partial<EvaluateCallDeps>,
  ): Promise<CallEvaluation>
}

async function openEvaluating(): Promise<Evaluating> {
  const world = await openCallWorld()
  const evaluating = { ...world, policies: new PolicyKeeper(), known: new KnownInputs() }
  const { caller, server, point } = world
  return {
    ...world,
    evaluating,
    evaluate: (call, deps) =>
      evaluateCall({ ...evaluating, ...deps }, { who: { token: caller }, server: server.id, point, ...call }),
  }
}

function shown({ effect, code }: Pick<CallEvaluation, "effect" | "code">): string {
  return `${effect} ${code}`
}

/** What enforcing would have changed. */
async function everything(world: CallWorld): Promise<unknown> {
  const kept = await world.snapshot(async ({ decisions, approvals, tokens }: Transaction) => ({
    decisions: await decisions.list({ limit: 100 }),
    approvals: await approvals.list({ limit: 100 }),
    token: await tokens.find(world.caller.jti),
  }))
  return { ...kept, events: await world.events(), version: await world.version() }
}

async function guard(world: CallWorld, text: string): Promise<void> {
  await world.transact(async (tx) => {
    const policies = [{ id: "test/1", text }]
    await putPolicies(world, tx, { kind: "guard", subject: "test", author: "test", policies })
    await tx.organisation.bumpVersion()
  })
}
