import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Agent, type Id, LosslessNumber, newId } from "@tabard/core"
import { resolveApproval } from "../approvals/resolve-approval.ts"
import type { Attempt, Enforcement } from "../decisions/attempt.ts"
import { type CallOutcome, finishCall } from "../decisions/finish-call.ts"
import { putManifest } from "../decisions/put-manifest.ts"
import { putPolicies } from "../decisions/put-policies.ts"
import { asked, type CallWorld, openCallWorld, tokenFor } from "../decisions/testing/call-world.ts"
import { openTask } from "../tasks/open-task.ts"
import { DAY, HOUR, mandateOf } from "../testing/control-world.ts"
import type { PresentedToken } from "../tokens/check-token.ts"
import { instanceOf } from "../tokens/testing/token-world.ts"
import { limitsOfAgent } from "./limits-of-agent.ts"

const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } }
const MINUTE = 60_000

describe("a limit on calls", () => {
  it("lets exactly ten of fifty at once pass, and tells the others which limit, what is left and until when", async () => {
    await using world = await limited("calls: [{ atMost: 10, per: hour }]")
    const answers = await Promise.all(Array.from({ length: 50 }, () => world.enforce(READ)))
    assert.equal(answers.filter(({ effect }) => effect === "permit").length, 10)
    for (const answer of answers.filter(({ effect }) => effect !== "permit")) {
      assert.equal(codeOf(answer), "deny limit_reached")
      const words = `${world.agent.id} may make at most 10 calls an hour: nothing is left until 2026-11-01T13:00:00.000Z`
      assert.equal(answer.effect === "deny" && answer.words, words)
    }
    assert.equal((await world.snapshot(({ decisions }) => decisions.list({ limit: 100 }))).length, 50)
  })

  it("is told with each permit that took from it, and with no denial", async () => {
    await using world = await limited("calls: [{ atMost: 2, per: hour }]")
    for (const _ of [1, 2, 3]) await world.enforce(READ)
    const told = (await world.events("call.decided")).map(({ data }) => Object(data).reserved)
    const reserved = (left: string) => [{ of: world.agent.id, limit: "calls/hour", amount: "1", left }]
    assert.deepEqual(told, [reserved("1"), reserved("0"), undefined])
  })

  it("counts a call once, however often it is asked, also where it took the last that was left", async () => {
    await using world = await limited("calls: [{ atMost: 1, per: hour }]")
    const call = newId("call", world.clock)
    for (let time = 0; time < 3; time++)
      assert.equal((await world.enforce({ ...READ, call })).effect, "permit")
    assert.equal(codeOf(await world.enforce(READ)), "deny limit_reached")
  })

  it("takes nothing for what policy denies, and nothing while people are asked", async () => {
    await using world = await limited("calls: [{ atMost: 1, per: hour }]")
    assert.equal((await world.enforce({ ...READ, arguments: { path: "/etc/passwd" } })).effect, "deny")
    const { id } = asked(await world.enforce())
    assert.equal((await world.enforce(READ)).effect, "permit")
    await resolveApproval(world, world.owner.id, id, "approved")
    assert.equal(codeOf(await world.enforce()), "deny limit_reached")
    const approval = await world.snapshot(({ approvals }) => approvals.find(id))
    assert.equal(approval?.spentBy, null, "the agreement is still there when the limit opens again")
    world.clock.advance(HOUR)
    assert.equal(
      (await world.enforce({ call: newId("call", world.clock) })).effect,
      "ask",
      "but it has expired by then",
    )
  })

  it("has nobody asked about what could not be done if they agreed", async () => {
    await using world = await limited("calls: [{ atMost: 1, per: hour }]")
    await world.enforce(READ)
    assert.equal(codeOf(await world.enforce()), "deny limit_reached")
    assert.deepEqual(await world.events("approval.requested"), [])
  })

  it("opens again with the next window, and not before, and a clock that is set back opens nothing", async () => {
    await using world = await limited("calls: [{ atMost: 1, per: hour }]")
    assert.equal((await world.enforce(READ)).effect, "permit")
    world.clock.advance(HOUR - 1)
    assert.equal(codeOf(await world.enforce(READ)), "deny limit_reached")
    world.clock.advance(1)
    assert.equal((await world.enforce(READ)).effect, "permit")
    world.clock.advance(-MINUTE)
    assert.equal(codeOf(await world.enforce(READ)), "deny limit_reached")
  })

  it("of a minute, an hour and a day holds all at once; the tightest stops", async () => {
    await using world = await limited(
      "calls: [{ atMost: 2, per: minute }, { atMost: 3, per: hour }, { atMost: 100, per: day }]",
    )
    const effects = async (times: number) => {
      const answers: string[] = []
      for (let time = 0; time < times; time++) answers.push((await world.enforce(READ)).effect)
      return answers.join(" ")
    }
    assert.equal(await effects(3), "permit permit deny")
    world.clock.advance(MINUTE)
    assert.equal(await effects(2), "permit deny")
    world.clock.advance(MINUTE)
    assert.equal(await effects(1), "deny")
  })

  it("of a task counts within that task, and a call outside of every task has none of it", async () => {
    await using world = await limited("calls: [{ atMost: 1, per: task }]", "standing: true\n")
    assert.equal((await world.enforce(READ)).effect, "permit")
    const denied = await world.enforce(READ)
    assert.match(
      denied.effect === "deny" ? denied.words : "",
      /at most one call in one task: nothing is left/,
    )
    world.clock.advance(DAY / 3)
    assert.equal(codeOf(await world.enforce(READ)), "deny limit_reached")
    const caller = await tokenFor(world.world, { agent: world.agent, instance: world.instance, task: null })
    const outside = await world.enforce({ ...READ, caller })
    assert.match(outside.effect === "deny" ? outside.words : "", /this call belongs to none/)
  })

  it("of a task's own counts whatever is done in it, beside the agent's, and is shown with it", async () => {
    await using world = await limited("calls: [{ atMost: 5, per: hour }]")
    const scope = { server: world.server.id, tools: ["read_note"], folder: "/notes" }
    const { owner, agent, instance } = world
    const request = { agent: agent.id, text: "tidy", scope, minutes: 60, budget: { calls: 2 } }
    const task = await openTask(world.world, owner, request)
    const caller = await tokenFor(world.world, { agent, instance, task: task.id })
    const effects: string[] = []
    for (const _ of [1, 2, 3]) effects.push((await world.enforce({ ...READ, caller })).effect)
    assert.deepEqual(effects, ["permit", "permit", "deny"])
    assert.match(
      wordsOf(await world.enforce({ ...READ, caller })),
      new RegExp(`^${task.id} may make at most 2`),
    )
    const limits = await world.snapshot((tx) => limitsOfAgent(tx, agent, world.clock.now()))
    const told = limits.map((limit) => [limit.task, limit.budget.name, limit.uses.map(({ used }) => used)])
    assert.deepEqual(
      new Set(told.map((each) => JSON.stringify(each))),
      new Set([JSON.stringify([null, "calls/hour", ["2"]]), JSON.stringify([task.id, "calls/task", ["2"]])]),
    )
    assert.equal((await world.enforce(READ)).effect, "permit", "another task has none of its own")
  })

  it("of one entry counts the tools of that entry alone", async () => {
    await using world = await openCallWorld()
    await manifest(world, world.agent, ["limits: { calls: [{ atMost: 1, per: hour }] }"])
    assert.equal((await world.enforce(READ)).effect, "permit")
    assert.match(wordsOf(await world.enforce(READ)), /at most one call an hour with notes\/read_note/)
    assert.equal((await world.enforce()).effect, "ask")
  })

  it("keeps what was used when it is raised or lowered", async () => {
    await using world = await limited("calls: [{ atMost: 5, per: hour }]")
    for (let time = 0; time < 3; time++) await world.enforce(READ)
    await limit(world, "calls: [{ atMost: 2, per: hour }]")
    assert.equal(codeOf(await world.enforce(READ)), "deny limit_reached")
    await limit(world, "calls: [{ atMost: 4, per: hour }]")
    assert.equal((await world.enforce(READ)).effect, "permit")
    assert.equal(codeOf(await world.enforce(READ)), "deny limit_reached")
  })

  it("reaches policies as what is left before the call, apart from what it reserved itself", async () => {
    await using world = await limited("calls: [{ atMost: 5, per: hour }]")
    await world.transact(async (tx) => {
      const text =
        "forbid (principal is Tabard::Agent, action, resource) unless { context.session.left.calls > 3 };"
      await putPolicies(world, tx, {
        kind: "guard",
        subject: "own",
        author: "x",
        policies: [{ id: "own/1", text }],
      })
      await tx.organisation.bumpVersion()
    })
    const [first, second] = [newId("call", world.clock), newId("call", world.clock)]
    for (const call of [first, second, first, second]) {
      assert.equal((await world.enforce({ ...READ, call })).effect, "permit")
    }
    assert.equal(codeOf(await world.enforce(READ)), "deny forbidden")
  })

  it("of each agent of a chain counts, all or none", async () => {
    await using world = await limited("calls: [{ atMost: 5, per: hour }]")
    const { caller, front } = await onBehalfOfAnother(
      world,
      "limits: { calls: [{ atMost: 2, per: hour }] }\n",
    )
    const answers = await Promise.all(Array.from({ length: 6 }, () => world.enforce({ ...READ, caller })))
    assert.equal(answers.filter(({ effect }) => effect === "permit").length, 2)
    assert.match(
      wordsOf(await world.enforce({ ...READ, caller })),
      new RegExp(`^${front.id} may make at most 2`),
    )
    for (let time = 0; time < 3; time++) assert.equal((await world.enforce(READ)).effect, "permit")
    assert.match(wordsOf(await world.enforce({ ...READ, caller })), /nothing is left/)
    assert.match(wordsOf(await world.enforce(READ)), new RegExp(`^${world.agent.id} may make at most 5`))
  })
})

describe("what a call has reserved", () => {
  for (const [ran, left, told] of [
    ["yes", "deny", "spent"],
    ["no", "permit", "returned"],
    ["unknown", "deny", undefined],
  ] as const) {
    it(`is ${told ?? "kept"} where it is ${ran === "unknown" ? "not known whether it ran" : `known that it ran: ${ran}`}`, async () => {
      await using world = await limited("calls: [{ atMost: 1, per: hour }]")
      const call = newId("call", world.clock)
      await world.enforce({ ...READ, call })
      for (const _ of [1, 2]) await finish(world, call, ran)
      assert.equal((await world.enforce(READ)).effect, left)
      const [first, second] = await world.events("call.finished")
      assert.deepEqual(
        [first, second].map((event) => Object(event?.["data"]).reserved),
        [told, undefined],
      )
    })
  }

  it("stays reserved where nobody tells how it ended, until its window is over and swept", async () => {
    await using world = await limited("calls: [{ atMost: 1, per: hour }]")
    await world.enforce(READ)
    assert.equal(codeOf(await world.enforce(READ)), "deny limit_reached")
    world.clock.advance(HOUR + 1)
    assert.equal((await world.enforce(READ)).effect, "permit")
    const dropped = await world.transact(({ budgets }) => budgets.prune(world.clock.now()))
    assert.equal(dropped, 1)
    assert.equal(codeOf(await world.enforce(READ)), "deny limit_reached")
  })

  it("is not taken where the permit did not commit", async () => {
    await using world = await limited("calls: [{ atMost: 1, per: hour }]")
    const cutOff: CallWorld["world"]["transact"] = (work) =>
      world.transact(async (tx) => {
        await work(tx)
        throw new Error("the power went")
      })
    await assert.rejects(world.enforce(READ, { transact: cutOff }), /power went/)
    assert.equal((await world.enforce(READ)).effect, "permit")
  })

  it("is given back where the token had no call left for it", async () => {
    await using world = await limited("calls: [{ atMost: 1, per: hour }]")
    const caller = await withToken(world, { callsLeft: 0 })
    assert.equal(codeOf(await world.enforce({ ...READ, caller })), "deny calls_spent")
    assert.equal((await world.enforce(READ)).effect, "permit")
  })
})

describe("a limit on spending", () => {
  it("counts amounts exactly, and says what is left of it and what the call spends", async () => {
    await using world = await limited('spend: [{ atMost: "0.30", per: day, currency: EUR }]', "", PAY)
    await unasked(world)
    assert.equal((await world.enforce(pay("0.1"))).effect, "permit")
    assert.equal((await world.enforce(pay("0.1000"))).effect, "permit")
    const words = `${world.agent.id} may spend at most 0.30 EUR a day: 0.10 is left until 2026-11-02T00:00:00.000Z, and this call spends 0.1001`
    assert.equal(wordsOf(await world.enforce(pay("0.1001"))), words)
    assert.equal((await world.enforce(pay("0.1"))).effect, "permit")
    assert.equal(codeOf(await world.enforce(pay("0.0001"))), "deny limit_reached")
    assert.equal((await world.enforce(pay("0"))).effect, "permit")
  })

  it("refuses what it cannot count, and takes nothing from it", async () => {
    await using world = await limited('spend: [{ atMost: "10", per: day, currency: EUR }]', "", PAY)
    await unasked(world)
    for (const amount of ["-5", "-0.0", "1e1", "1E0", "0.00001", "1000000000000", "9007199254740993"]) {
      assert.equal(codeOf(await world.enforce(pay(amount))), "deny amount_unknown", amount)
    }
    assert.equal(codeOf(await world.enforce({ ...pay("1"), arguments: { to: "a" } })), "deny amount_unknown")
    assert.equal((await world.enforce(pay("10"))).effect, "permit")
  })

  it("leaves what spends nothing alone", async () => {
    await using world = await limited('spend: [{ atMost: "0", per: day, currency: EUR }]')
    assert.equal((await world.enforce(READ)).effect, "permit")
  })

  it("does not stop what is limited by nothing", async () => {
    await using world = await openCallWorld()
    for (let time = 0; time < 20; time++) assert.equal((await world.enforce(READ)).effect, "permit")
  })
})

const PAY = "  - { server: notes, tool: pay }\n"

function pay(amount: string): Partial<Attempt> {
  return { tool: "pay", arguments: { to: "a", amount: new LosslessNumber(amount) } }
}

/** The world's agent with limits on all that it does. */
async function limited(limits: string, more = "", tools = ""): Promise<CallWorld> {
  const world = await openCallWorld()
  await manifest(world, world.agent, ["", `${more}limits: { ${limits} }\n`, tools])
  return world
}

async function limit(world: CallWorld, limits: string): Promise<void> {
  await manifest(world, world.agent, ["", `limits: { ${limits} }\n`])
}

/** The manifest of these tests: a limit of its first entry, lines at its top, further entries. */
async function manifest(
  world: CallWorld,
  agent: Agent,
  [entry = "", top = "", tools = ""]: readonly string[],
): Promise<void> {
  const text = `
purpose: Keeps the notes tidy
tier: transactional
${top}tools:
  - { server: notes, tool: read_note, arguments: { path: { under: /notes } }${entry && `, ${entry}`} }
  - { server: notes, tool: write_note, arguments: { path: { under: /notes } }, ask: owner }
${tools}`
  await putManifest(world.world, world.owner, { agent: agent.id, text })
}

/** Lets the agent pay within its task, and asks nobody: what is tested here is counted, not asked. */
async function unasked(world: CallWorld): Promise<void> {
  await world.transact(async (tx) => {
    await tx.policies.remove("guard", "shipped", world.clock.now())
    for (const [kind, subject, principal] of [
      ["task", world.task.id, `Tabard::Task::"${world.task.id}"`],
      ["user", world.owner.id, `Tabard::User::"${world.owner.id}"`],
    ] as const) {
      const text = `permit (principal == ${principal}, action, resource);`
      await putPolicies(world, tx, { kind, subject, author: "x", policies: [{ id: `${subject}/1`, text }] })
    }
    await tx.organisation.bumpVersion()
  })
}

/** A second agent, and a token of the first that acts for it. */
async function onBehalfOfAnother(
  world: CallWorld,
  limits: string,
): Promise<{ caller: PresentedToken; front: Agent }> {
  const { owner, clock } = world
  const front = await world.world.agent({
    state: "active",
    owner: owner.id,
    mandate: mandateOf(owner, clock),
  })
  await manifest(world, front, ["", limits])
  const instance = instanceOf(front, clock)
  await world.transact(({ instances }) => instances.insert(instance))
  return { front, caller: await withToken(world, { actors: [{ agent: front.id, instance: instance.id }] }) }
}

/** The world's token again, different in what is named. */
async function withToken(
  { transact, caller }: CallWorld,
  differs: { callsLeft?: number; actors?: readonly { agent: Id<"agent">; instance: Id<"instance"> }[] },
): Promise<PresentedToken> {
  const jti = crypto.randomUUID()
  await transact(async ({ tokens }) => {
    const found = await tokens.find(caller.jti)
    assert.ok(found)
    await tokens.insert({ ...found, ...differs, jti })
  })
  return { ...caller, jti }
}

async function finish(
  { world, caller, server }: CallWorld,
  call: Id<"call">,
  ran: CallOutcome["ran"],
): Promise<void> {
  const moved = { bytesIn: 0, bytesOut: 0 }
  await finishCall(world, call, { caller, server, tool: "read_note", result: "ok", ran, ...moved })
}

function codeOf(answer: Enforcement): string {
  return `${answer.effect} ${answer.effect === "deny" ? answer.code : ""}`.trim()
}

function wordsOf(answer: Enforcement): string {
  return answer.effect === "deny" ? answer.words : answer.effect
}
