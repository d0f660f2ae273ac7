import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Approval, type Id, newId, type User } from "@tabard/core"
import { guardRails } from "@tabard/intent"
import { isAbout } from "../approvals/exact-question.ts"
import { expireApprovals } from "../approvals/expire-approvals.ts"
import { resolveApproval } from "../approvals/resolve-approval.ts"
import { retireAgent } from "../lifecycle/retire-agent.ts"
import { resumeAgent, suspendAgent } from "../lifecycle/stop-agent.ts"
import { closeTask } from "../tasks/close-task.ts"
import { DAY, HOUR, mandateOf, twentyAtOnce } from "../testing/control-world.ts"
import { NOTES_TOOLS, notesServer, versionOf } from "../testing/notes-server.ts"
import { PLAIN_TOKEN } from "../tokens/testing/plain-token.ts"
import { instanceOf } from "../tokens/testing/token-world.ts"
import type { TokenRecord } from "../tokens/token-store.ts"
import type { Attempt, Enforcement } from "./attempt.ts"
import type { EnforceCallDeps } from "./enforce-call.ts"
import { type Explanation, explainDecision } from "./explain-decision.ts"
import { PolicyKeeper } from "./policies-in-force.ts"
import { putManifest } from "./put-manifest.ts"
import { putPolicies } from "./put-policies.ts"
import { asked, type CallWorld, MANIFEST, openCallWorld, tokenFor } from "./testing/call-world.ts"

const MINUTE = 60_000
const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } }
const DELETE = { tool: "delete_note", arguments: { path: "/notes/a.md" } }

describe("deciding an attempt", () => {
  it("permits what manifest, task and the person's side allow, for the definition that was judged", async () => {
    await using world = await openCallWorld()
    const permit = await world.enforce(READ)
    assert.ok(permit.effect === "permit")
    assert.deepEqual([permit.tool.name, permit.tool.server], ["read_note", world.server.id])
    const [event] = await world.events("call.decided")
    assert.deepEqual(event?.["decision"], {
      id: permit.decision.id,
      effect: "permit",
      code: "permitted",
      reasons: permit.decision.reasons,
      version: await world.version(),
    })
    assert.equal(event?.["onBehalfOf"], world.owner.id)
  })

  it("denies what nobody allowed, in words that say what is", async () => {
    await using world = await openCallWorld()
    const denied = await world.enforce({ tool: "read_note", arguments: { path: "/etc/passwd" } })
    assert.ok(denied.effect === "deny")
    assert.match(denied.words, /only under \/notes/)
  })

  it("denies everything where no policy is in force", async () => {
    await using world = await openCallWorld()
    await world.transact(async ({ policies, organisation }) => {
      for (const { kind, subject } of await policies.inForce()) {
        await policies.remove(kind, subject, world.clock.now())
      }
      await organisation.bumpVersion()
    })
    for (const attempt of [READ, DELETE, {}]) assert.equal((await world.enforce(attempt)).effect, "deny")
  })

  it("denies where a policy of the slice errs, whatever the others allow", async () => {
    await using world = await openCallWorld()
    await world.transact(async (tx) => {
      const text = `forbid (principal is Tabard::Agent, action, resource) when { 9223372036854775807 + 1 > context.session.depth };`
      await putPolicies(world, tx, {
        kind: "guard",
        subject: "own",
        author: "x",
        policies: [{ id: "own/1", text }],
      })
      await tx.organisation.bumpVersion()
    })
    assert.deepEqual(codeOf(await world.enforce(READ)), "deny evidence_missing")
  })

  it("writes decision and event in one transaction, so that neither stands without the other", async () => {
    await using world = await openCallWorld()
    const before = (await world.events()).length
    await assert.rejects(world.enforce(READ, cutOff(world)), /power went/)
    assert.equal((await world.events()).length, before)
    assert.deepEqual(await world.snapshot(({ decisions }) => decisions.list({ limit: 10 })), [])
  })

  it("judges a path by where it leads on disk, where the door may say so, and by its spelling where not", async () => {
    await using world = await openCallWorld()
    const linked = { ...READ, resolvedPaths: new Map([["/notes/a.md", "/etc/passwd"]]) }
    assert.equal((await world.enforce(linked)).effect, "deny")
    const mute = { point: { ...world.point, asserts: [] } }
    assert.equal((await world.enforce(linked, mute)).effect, "permit")
  })
})

/** What makes the same attempt worth nothing, and the code of the refusal. */
const REFUSALS: readonly (readonly [
  string,
  string,
  (world: CallWorld) => Promise<Partial<Attempt> | void>,
])[] = [
  [
    "token_unknown",
    "it was never issued",
    async ({ caller }) => ({ caller: { ...caller, jti: "nobody's" } }),
  ],
  ["token_unknown", "it hides its task", async ({ caller }) => ({ caller: { ...caller, task: null } })],
  [
    "token_unknown",
    "it names another agent",
    async ({ caller }) => ({ caller: { ...caller, agent: "agt_2" } }),
  ],
  [
    "token_unknown",
    "it is for another door",
    async ({ caller }) => ({ caller: { ...caller, audience: "https://b" } }),
  ],
  [
    "token_revoked",
    "it was revoked",
    async ({ transact, agent, clock }) =>
      void (await transact(({ tokens }) => tokens.revoke({ agent: agent.id }, clock.now()))),
  ],
  ["token_expired", "its time is over", async ({ clock }) => clock.advance(DAY)],
  [
    "token_unknown",
    "its key is another",
    async ({ caller }) => ({ caller: { ...caller, jkt: "another key" } }),
  ],
  [
    "instance_revoked",
    "its key was revoked",
    async ({ transact, instance, clock }) =>
      void (await transact(({ instances }) => instances.revoke(instance.id, clock.now()))),
  ],
  [
    "agent_not_active",
    "the agent was quarantined",
    async ({ transact, agent }) =>
      void (await transact(({ agents }) => agents.move(agent.id, ["active"], "quarantined"))),
  ],
  ["agent_expired", "the mandate ended", (world) => ofAnother(world, { expiresAt: world.clock.now() })],
  [
    "agent_orphaned",
    "the owner left",
    async ({ transact, owner }) => void (await transact(({ users }) => users.setActive(owner.id, false))),
  ],
  [
    "task_not_open",
    "the task was closed",
    async ({ transact, task, clock }) =>
      void (await transact(({ tasks }) => tasks.close(task.id, clock.now()))),
  ],
  ["task_not_open", "the task's time is over", async ({ clock }) => clock.advance(10 * HOUR)],
  ["tool_not_found", "nobody reviewed the tool", async () => ({ tool: "rename_note" })],
  [
    "tool_not_found",
    "the server is not registered",
    async ({ server, clock }) => ({ server: { ...server, id: newId("server", clock) } }),
  ],
]

describe("an attempt is refused, and the refusal recorded and kept like any decision,", () => {
  for (const [code, what, spoil] of REFUSALS) {
    it(`with ${code} where ${what}`, async () => {
      await using world = await openCallWorld()
      const differences = (await spoil(world)) ?? {}
      const denied = await world.enforce({ ...READ, ...differences })
      assert.deepEqual(codeOf(denied), `deny ${code}`)
      const [event, ...more] = await world.events("call.decided")
      assert.deepEqual(more, [])
      assert.equal(Reflect.get(Object(event?.["decision"]), "code"), code)
      await assertKept(world, denied)
    })
  }

  it("with record_unavailable or insufficient_scope, and with what was known by then", async () => {
    await using world = await openCallWorld()
    const record = { stop: async () => ({ words: "the record cannot be kept", all: true }) }
    await assertKept(world, await world.enforce(READ, { record }))
    const { decision } = await explained(world)
    assert.equal(decision.onBehalfOf, world.owner.id)
    assert.ok(decision.grounds?.toolDigest)
    world.clock.advance(1)
    await world.transact(({ tokens }) => tokens.insert(narrowed(world)))
    const denied = await world.enforce({ ...READ, caller: { ...world.caller, jti: "narrowed" } })
    assert.deepEqual(codeOf(denied), "deny insufficient_scope")
    await assertKept(world, denied)
  })

  it("under a name that every store keeps, whatever the agent calls", async () => {
    await using world = await openCallWorld()
    const tool = `a\0b\uD800${"c".repeat(300)}`
    await assertKept(world, await world.enforce({ ...READ, tool }))
    const { decision } = await explained(world)
    assert.equal(decision.action, `notes/a\uFFFDb\uFFFD${"c".repeat(196)}`)
  })

  it("with not_allowed, where the door is not registered for the agent", async () => {
    await using world = await openCallWorld()
    const doorOf = (...subjects: Id<"agent">[]) => ({ point: { ...world.point, subjects } })
    assert.deepEqual(codeOf(await world.enforce(READ, doorOf())), "deny not_allowed")
    assert.deepEqual(codeOf(await world.enforce(READ, doorOf("agt_other"))), "deny not_allowed")
    assert.deepEqual(codeOf(await world.enforce(READ, doorOf(world.agent.id))), "permit permitted")
  })

  it("with no_policy, under a token without a task, unless the intent is a standing one", async () => {
    await using world = await openCallWorld()
    const caller = await tokenFor(world, { ...world, task: null })
    assert.deepEqual(codeOf(await world.enforce({ ...READ, caller })), "deny no_policy")
    const text = MANIFEST.replace("tools:", "standing: true\ntools:")
    await putManifest(world, world.owner, { agent: world.agent.id, text })
    assert.deepEqual(codeOf(await world.enforce({ ...READ, caller })), "permit permitted")
  })
})

/** The refusal is found by its id and by its call's, and is the one that the event tells of. */
async function assertKept(world: CallWorld, denied: Enforcement): Promise<void> {
  const { decision, event } = await explained(world)
  assert.ok(denied.effect === "deny" && denied.decision)
  assert.deepEqual(decision, denied.decision)
  assert.deepEqual(decision.grounds?.links, [])
  assert.equal(decision.grounds.missing, denied.words)
  const told = event && (await world.snapshot(({ outbox }) => outbox.find(event)))
  assert.equal(told?.type, "call.decided")
}

async function explained(world: CallWorld): Promise<Explanation> {
  return world.snapshot(async (tx) => {
    const [newest] = await tx.decisions.list({ effect: "deny", limit: 1 })
    return explainDecision(tx, newest?.call ?? "")
  })
}

/** A token for the same that is good for nothing but writing. */
function narrowed({ caller, clock }: CallWorld): TokenRecord {
  const expiresAt = new Date(clock.now().getTime() + HOUR)
  const times = { issuedAt: clock.now(), expiresAt, revokedAt: null }
  return { ...PLAIN_TOKEN, ...caller, jti: "narrowed", scope: ["write"], ...times }
}

describe("asking people", () => {
  it("asks the owner once, however often the agent asks, and records one question", async () => {
    await using world = await openCallWorld()
    const first = asked(await world.enforce())
    assert.deepEqual(first.approvers, [world.owner.id])
    assert.deepEqual(first.say, ["the manifest asks before each write_note"])
    assert.equal(asked(await world.enforce()).id, first.id)
    const many = await twentyAtOnce(async () => asked(await world.enforce()))
    assert.deepEqual(new Set(many.map((one) => typeof one === "object" && one.id)), new Set([first.id]))
    assert.equal((await world.events("approval.requested")).length, 1)
  })

  it("asks anew about a changed argument, another tool, another task", async () => {
    await using world = await openCallWorld()
    const questions = [
      await world.enforce(),
      await world.enforce({ arguments: { path: "/notes/a.md", content: "tidy " } }),
      await world.enforce({ arguments: { path: "/notes/b.md", content: "tidy" } }),
      await world.enforce(DELETE),
    ]
    assert.equal(new Set(questions.map((question) => asked(question).actionHash)).size, 4)
  })

  it("joins what a guard-rail and the manifest ask", async () => {
    await using world = await openCallWorld()
    assert.deepEqual(asked(await world.enforce(DELETE)).say, ["something is deleted or replaced for good"])
  })

  it("denies where nobody is registered for the route", async () => {
    await using world = await openCallWorld()
    await world.transact(async (tx) => {
      const text = `@ask("board") @say("the board wants to know")
forbid (principal is Tabard::Agent, action, resource) unless { context.session.approved.contains("board") };`
      await putPolicies(world, tx, {
        kind: "guard",
        subject: "own",
        author: "x",
        policies: [{ id: "own/1", text }],
      })
      await tx.organisation.bumpVersion()
    })
    const denied = await world.enforce(READ)
    assert.deepEqual(codeOf(denied), "deny nobody_to_ask")
    assert.match(denied.effect === "deny" ? denied.words : "", /agreement of board/)
    assert.deepEqual(await world.events("approval.requested"), [])
  })
})

describe("an approval", () => {
  it("serves exactly one of twenty calls at once; the others are asked anew, none twice", async () => {
    await using world = await openCallWorld()
    const approval = await agreed(world)
    const outcomes = await twentyAtOnce(() => world.enforce())
    const effects = outcomes.map((one) => (typeof one === "string" ? one : one.effect))
    assert.equal(effects.filter((effect) => effect === "permit").length, 1, effects.join())
    assert.equal((await world.events("approval.spent")).length, 1)
    assert.notEqual((await kept(world, approval)).spentBy, null)
    assert.equal((await world.events("approval.requested")).length, 2)
  })

  it("is the same permit for the same call asked again, and is spent once", async () => {
    await using world = await openCallWorld()
    const { handle } = await agreed(world)
    const call = newId("call", world.clock)
    for (let time = 0; time < 3; time++) {
      assert.deepEqual(codeOf(await world.enforce({ call, handle })), "permit permitted")
    }
    const [spending, ...more] = await world.events("approval.spent")
    assert.deepEqual([spending?.["call"], more], [call, []])
  })

  it("is refused by its handle once it is spent, and nobody is asked behind a person's back", async () => {
    await using world = await openCallWorld()
    const { handle } = await agreed(world)
    assert.deepEqual(codeOf(await world.enforce({ handle })), "permit permitted")
    assert.deepEqual(codeOf(await world.enforce({ handle })), "deny approval_spent")
    assert.equal((await world.events("approval.requested")).length, 1)
    assert.equal((await world.enforce()).effect, "ask")
  })

  it("serves the agent that it was given to and no other, also by its handle", async () => {
    await using world = await openCallWorld()
    const { handle, id } = await agreed(world)
    const { owner, clock } = world
    const other = await world.world.agent({
      state: "active",
      owner: owner.id,
      mandate: mandateOf(owner, clock),
    })
    await putManifest(world, owner, {
      agent: other.id,
      text: MANIFEST.replace("tools:", "standing: true\ntools:"),
    })
    const instance = instanceOf(other, clock)
    await world.transact(({ instances }) => instances.insert(instance))
    const caller = await tokenFor(world, { agent: other, instance, task: null })

    const own = asked(await world.enforce({ caller, handle }))
    assert.notEqual(own.id, id)
    assert.equal((await kept(world, { id })).spentBy, null)
    assert.deepEqual(codeOf(await world.enforce({ handle })), "permit permitted")
    assert.equal(
      (await world.enforce({ caller, handle })).effect,
      "ask",
      "another's spent handle tells nothing",
    )
  })

  it("serves no other arguments, also by its handle", async () => {
    await using world = await openCallWorld()
    const { handle, id } = await agreed(world)
    const changed = await world.enforce({ handle, arguments: { path: "/notes/a.md", content: "else" } })
    assert.equal(changed.effect, "ask")
    assert.equal((await kept(world, { id })).spentBy, null)
  })

  it("is not spent where it was not approved: pending, denied, expired, withdrawn", async () => {
    await using world = await openCallWorld()
    assert.equal((await world.enforce()).effect, "ask")
    assert.equal((await world.enforce()).effect, "ask")
    world.clock.advance(15 * MINUTE)
    await expireApprovals(world)
    const again = asked(await world.enforce())
    await resolveApproval(world, world.owner.id, again.id, "approved")
    world.clock.advance(15 * MINUTE)
    assert.equal(
      (await world.enforce({ handle: again.handle })).effect,
      "ask",
      "it was approved, and is over",
    )
    assert.deepEqual(await world.events("approval.spent"), [])
  })

  it("stays whole where the transaction that spends it is cut off", async () => {
    await using world = await openCallWorld()
    const { id } = await agreed(world)
    await assert.rejects(world.enforce({}, cutOff(world)), /power went/)
    assert.equal((await kept(world, { id })).spentBy, null)
    assert.deepEqual(codeOf(await world.enforce()), "permit permitted")
  })
})

/** What changes between a person's yes and its use, and makes the yes worth nothing. */
const BETWEEN: readonly (readonly [string, string, (world: CallWorld) => Promise<unknown>])[] = [
  [
    "a guard-rail that forbids it",
    "deny forbidden",
    (world) => guard(world, `forbid (principal, action in Tabard::Action::"effect:write", resource);`),
  ],
  [
    "a manifest without the tool",
    "deny no_policy",
    (world) =>
      putManifest(world, world.owner, {
        agent: world.agent.id,
        text: MANIFEST.replace(/.*write_note.*/, ""),
      }),
  ],
  [
    "a guard-rail that asks somebody else as well",
    "deny",
    (world) =>
      guard(
        world,
        `@ask("board") forbid (principal is Tabard::Agent, action, resource) unless { context.session.approved.contains("board") };`,
      ),
  ],
  [
    "a tool that is defined otherwise",
    "",
    async ({ transact, server, clock }) =>
      transact(async ({ servers, organisation }) => {
        const written = NOTES_TOOLS.find(({ name }) => name === "write_note") ?? assert.fail()
        await servers.pin(
          versionOf(server.id, { ...written, description: "writes elsewhere too" }, clock.now()),
        )
        await organisation.bumpVersion()
      }),
  ],
  [
    "an owner who left",
    "deny agent_orphaned",
    ({ transact, owner }) => transact(({ users }) => users.setActive(owner.id, false)),
  ],
  ["a task that was closed", "deny token_revoked", (world) => closeTask(world, world.owner, world.task.id)],
  [
    "a suspension",
    "deny token_revoked",
    (world) => suspendAgent(world, world.owner, { agent: world.agent.id, reason: "odd" }),
  ],
  [
    "a retirement",
    "deny token_revoked",
    (world) => retireAgent(world, world.owner, { agent: world.agent.id, reason: "done" }),
  ],
]

describe("an approval is not used up, and lets nothing through, after", () => {
  for (const [what, answer, change] of BETWEEN) {
    it(what, async () => {
      await using world = await openCallWorld()
      const { id } = await agreed(world)
      await change(world)
      const now = await world.enforce()
      assert.notEqual(now.effect, "permit")
      assert.ok(codeOf(now).startsWith(answer), codeOf(now))
      assert.equal((await kept(world, { id })).spentBy, null)
      assert.deepEqual(await world.events("approval.spent"), [])
    })
  }

  it("a suspension that was lifted again: what was withdrawn stays withdrawn", async () => {
    await using world = await openCallWorld()
    const { id, handle } = await agreed(world)
    await suspendAgent(world, world.owner, { agent: world.agent.id, reason: "odd" })
    await resumeAgent(world, world.owner, { agent: world.agent.id, reason: "fine" })
    const caller = await tokenFor(world, { ...world, task: world.task.id })
    assert.equal((await world.enforce({ caller, handle })).effect, "ask")
    assert.equal((await kept(world, { id })).state.kind, "cancelled")
  })
})

describe("a person's no", () => {
  it("stands for an hour against exactly this, and against nothing else", async () => {
    await using world = await openCallWorld()
    const question = asked(await world.enforce())
    await resolveApproval(world, world.owner.id, question.id, "denied")

    const denied = await world.enforce({ handle: question.handle })
    assert.deepEqual(codeOf(denied), "deny denied_by_person")
    assert.match(denied.effect === "deny" ? denied.words : "", /a person has denied exactly this/)
    assert.equal((await world.enforce({ arguments: { path: "/notes/b.md", content: "tidy" } })).effect, "ask")
    world.clock.advance(HOUR - 1)
    assert.deepEqual(codeOf(await world.enforce()), "deny denied_by_person")
    world.clock.advance(1)
    assert.equal((await world.enforce()).effect, "ask")
  })
})

describe("asking people", () => {
  it("ends at twenty questions of one agent, and joins those that wait", async () => {
    await using world = await openCallWorld()
    const question = (note: number) =>
      world.enforce({
        call: newId("call", world.clock),
        arguments: { path: `/notes/${note}.md`, content: "x" },
      })
    for (let note = 0; note < 20; note++) assert.equal((await question(note)).effect, "ask")
    const refused = await question(20)
    assert.ok(refused.effect === "deny")
    assert.equal(refused.code, "too_many_questions")
    assert.equal((await question(7)).effect, "ask")
  })

  it("is not done about more than a person could read", async () => {
    await using world = await openCallWorld()
    const refused = await world.enforce({ arguments: { path: "/notes/a.md", content: "x".repeat(70_000) } })
    assert.ok(refused.effect === "deny")
    assert.equal(refused.code, "too_large_to_ask")
  })

  it("needs an approval whose binding is whole", async () => {
    await using world = await openCallWorld()
    const asked = await world.enforce()
    assert.ok(asked.effect === "ask")
    await resolveApproval(world, world.owner.id, asked.approval.id, "approved")
    const { question } = asked.approval
    assert.ok(question.kind === "call")
    const exact = { agent: question.agent, hash: asked.approval.actionHash }
    assert.ok(isAbout(asked.approval, exact))
    assert.ok(!isAbout({ ...asked.approval, nonce: "another" }, exact))
    assert.ok(!isAbout({ ...asked.approval, bindingHash: "another" }, exact))
    assert.ok(!isAbout(asked.approval, { ...exact, hash: "another" }))
  })
})

describe("the policies that are held", () => {
  it("are those of a commit that stood: what a failed one put is not decided by", async () => {
    await using world = await openCallWorld()
    const policies = new PolicyKeeper()
    const failing = world.transact(async (tx) => {
      await tx.policies.remove("task", world.task.id, world.clock.now())
      await tx.organisation.bumpVersion()
      const principal = { agent: world.agent, chain: [], served: null, task: world.task }
      await policies.at(tx, { server: world.server.id, principal })
      throw new Error("the power went")
    })
    await assert.rejects(failing)
    const read = { tool: "read_note", arguments: { path: "/notes/a.md" } }
    assert.equal((await world.enforce(read, { policies })).effect, "permit")
  })

  it("are parsed once, for as long as their set is in force, whatever else changes", async () => {
    await using world = await openCallWorld()
    const policies = new PolicyKeeper()
    const principal = { agent: world.agent, chain: [], served: null, task: world.task }
    const inForce = async (): Promise<ReadonlyMap<string, unknown>> => {
      const { base } = await world.snapshot((tx) => policies.at(tx, { server: world.server.id, principal }))
      return base.policies
    }
    const before = await inForce()
    await guard(world, "forbid (principal, action, resource);")
    const after = await inForce()
    assert.equal(after.size, before.size + 1)
    for (const [id, policy] of before) assert.equal(after.get(id), policy)
  })

  it("deny where one of them no longer fits the tool that it speaks of", async () => {
    await using world = await openCallWorld()
    await world.transact(async (tx) => {
      const text = `forbid (principal, action == Tabard::Action::"${world.server.id}/read_note", resource) when { context.input.nothing == 1 };`
      const policies = [{ id: "guard-extra/1", text }]
      await putPolicies(world, tx, { kind: "guard", subject: "extra", author: "test", policies })
      await tx.organisation.bumpVersion()
    })
    const denied = await world.enforce({ tool: "read_note", arguments: { path: "/notes/a.md" } })
    assert.ok(denied.effect === "deny")
    assert.equal(denied.code, "evidence_missing")
  })
})

it("another server's tool of the same name is another action", async () => {
  await using world = await openCallWorld()
  await agreed(world)
  const twin = await notesServer(world, world.owner, "twin")
  assert.equal((await world.enforce({ server: twin })).effect, "deny")
})

it("the shipped guard-rails are in force in this world, so that these tests mean what they say", async () => {
  await using world = await openCallWorld()
  const inForce = await world.snapshot(({ policies }) => policies.inForce())
  assert.ok(inForce.some(({ kind, policies }) => kind === "guard" && policies.length === guardRails().length))
})

/** A question about the world's usual attempt, to which its owner said yes. */
async function agreed(world: CallWorld, by: Pick<User, "id"> = world.owner): Promise<Approval> {
  const approval = asked(await world.enforce())
  return resolveApproval(world, by.id, approval.id, "approved")
}

async function kept({ snapshot }: CallWorld, { id }: Pick<Approval, "id">): Promise<Approval> {
  return (await snapshot(({ approvals }) => approvals.find(id))) ?? assert.fail("it is gone")
}

function codeOf(enforcement: Enforcement): string {
  const code = enforcement.effect === "deny" ? enforcement.code : enforcement.decision.code
  return `${enforcement.effect} ${code}`
}

/** The power goes at the end of the transaction, before it is committed. */
function cutOff({ transact }: CallWorld): Pick<EnforceCallDeps, "transact"> {
  return {
    transact: (work) =>
      transact(async (tx) => {
        await work(tx)
        throw new Error("the power went")
      }),
  }
}

async function guard(world: CallWorld, text: string): Promise<void> {
  await world.transact(async (tx) => {
    await putPolicies(world, tx, {
      kind: "guard",
      subject: "own",
      author: "x",
      policies: [{ id: "own/1", text }],
    })
    await tx.organisation.bumpVersion()
  })
}

/** Another agent of the same owner, whose mandate is different and whose token names no task. */
async function ofAnother(world: CallWorld, mandate: { expiresAt: Date }): Promise<Partial<Attempt>> {
  const { owner, clock, transact } = world
  const agent = await world.world.agent({
    state: "active",
    owner: owner.id,
    mandate: mandateOf(owner, clock, mandate),
  })
  const instance = instanceOf(agent, clock)
  await transact(({ instances }) => instances.insert(instance))
  return { caller: await tokenFor(world, { agent, instance, task: null }) }
}
