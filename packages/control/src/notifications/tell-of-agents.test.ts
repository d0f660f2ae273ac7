import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Agent, type Approval, type Finding, newId, type Severity, type User } from "@tabard/core"
import { recordEvent } from "../audit/event/record-event.ts"
import { findingEvent } from "../findings/settle-findings.ts"
import { mandateOf } from "../testing/control-world.ts"
import { openTellingWorld, type TellingWorld } from "./testing/telling-world.ts"

const MINUTE = 60_000

describe("a question of an agent", () => {
  it("is told to whoever may answer it, and again five minutes before it expires", async () => {
    await using world = await openTellingWorld()
    const owner = await world.person("member")
    await ask(world, owner)
    await world.tell()
    assert.deepEqual(await kindsTold(world, owner), ["approval-waiting"])
    world.clock.advance(9 * MINUTE)
    await world.tell()
    assert.deepEqual(await kindsTold(world, owner), ["approval-waiting"])
    world.clock.advance(1 * MINUTE)
    await world.tell()
    assert.deepEqual(await kindsTold(world, owner), ["approval-expiring", "approval-waiting"])
  })

  it("is not spoken of again once it was answered", async () => {
    await using world = await openTellingWorld()
    const owner = await world.person("member")
    const { id } = await ask(world, owner)
    await world.tell()
    const verdict = { kind: "denied", by: owner.id, at: world.clock.now() } as const
    await world.transact(({ approvals }) => approvals.resolve(id, verdict, world.clock.now()))
    world.clock.advance(11 * MINUTE)
    await world.tell()
    assert.deepEqual(await kindsTold(world, owner), ["approval-waiting"])
  })
})

describe("a finding", () => {
  for (const [severity, told] of [
    ["critical", ["finding-opened"]],
    ["high", ["finding-opened"]],
    ["medium", []],
    ["low", []],
  ] as const) {
    it(`that is ${severity} is told to ${told.length > 0 ? "the owner" : "nobody"}`, async () => {
      await using world = await openTellingWorld()
      const [owner, other] = [await world.person("member"), await world.person("member")]
      const agent = await active(world, owner)
      await find(world, agent, { severity })
      await world.tell()
      assert.deepEqual(await kindsTold(world, owner), told)
      assert.deepEqual(await kindsTold(world, other), [])
    })
  }

  it("that was put right before it could be told is not told", async () => {
    await using world = await openTellingWorld()
    const owner = await world.person("member")
    const { id } = await find(world, await active(world, owner), { severity: "high" })
    const resolved = { kind: "resolved", at: world.clock.now() } as const
    await world.transact(({ findings }) => findings.move(id, "open", resolved))
    await world.tell()
    assert.deepEqual(await kindsTold(world, owner), [])
  })

  it("of a shadow agent is told to those who look after all agents", async () => {
    await using world = await openTellingWorld()
    const [security, member] = [await world.person("security"), await world.person("member")]
    await find(world, await world.agent(), { rule: "shadow-agent", severity: "medium" })
    await world.tell()
    assert.deepEqual(await kindsTold(world, security), ["agent-shadow"])
    assert.deepEqual(await kindsTold(world, member), [])
  })
})

describe("a channel", () => {
  it("is given what it carries, and of that nothing twice and nothing that is one person's own", async () => {
    await using world = await openTellingWorld()
    const channel = newId("channel", world.clock)
    await world.transact(({ channels }) =>
      channels.insert({
        id: channel,
        kind: "webhook",
        name: "On call",
        shown: "https://hooks.example/…",
        sealed: Uint8Array.of(1),
        kinds: ["finding-opened"],
        madeBy: newId("user", world.clock),
        madeAt: world.clock.now(),
      }),
    )
    const agent = await active(world, await world.person("member"))
    await find(world, agent, { severity: "high" })
    await find(world, agent, { rule: "review-overdue", severity: "low" })
    await world.tell()
    await world.tell()
    const given = await world.snapshot(({ deliveries }) => deliveries.list({ channel, limit: 100 }))
    assert.deepEqual(
      given.map(({ to, digest, state }) => [to, digest, state]),
      [[null, false, "pending"]],
    )
  })
})

async function kindsTold(world: TellingWorld, person: User): Promise<readonly string[]> {
  return (await world.toldTo(person)).map(({ kind }) => kind)
}

async function active(world: TellingWorld, owner: User): Promise<Agent> {
  const mandate = mandateOf(owner, world.clock)
  return world.agent({ state: "active", owner: owner.id, mandate })
}

async function find(
  world: TellingWorld,
  agent: Agent,
  { severity, rule = "static-credential" }: { severity: Severity; rule?: string },
): Promise<Finding> {
  const at = world.clock.now()
  const finding: Finding = {
    id: newId("finding", world.clock),
    rule,
    subject: agent.id,
    severity,
    message: "It is so.",
    evidence: [],
    standing: { kind: "open" },
    openedAt: at,
    lastSeenAt: at,
    reopened: 0,
  }
  await world.transact(async ({ findings, outbox }) => {
    await findings.insert([finding])
    const actor = { kind: "system", id: "findings" } as const
    await recordEvent(world, outbox, { ...findingEvent(finding), type: "finding.opened", actor })
  })
  return finding
}

async function ask(world: TellingWorld, owner: User): Promise<Approval> {
  const agent = await active(world, owner)
  const createdAt = world.clock.now()
  const approval: Approval = {
    id: newId("approval", world.clock),
    handle: "a handle",
    question: {
      kind: "call",
      agent: agent.id,
      instance: newId("instance", world.clock),
      task: null,
      server: newId("server", world.clock),
      tool: "write",
      toolDigest: "digest",
      arguments: {},
      chain: [],
      resource: "x",
    },
    actionHash: "a",
    nonce: "n",
    bindingHash: "b",
    say: [],
    policies: [],
    routes: ["owner"],
    approvers: [owner.id],
    state: { kind: "pending" },
    createdAt,
    expiresAt: new Date(createdAt.getTime() + 15 * MINUTE),
    agreed: [],
    spentBy: null,
  }
  await world.transact(async ({ approvals, outbox }) => {
    await approvals.request(approval)
    const actor = { kind: "agent", id: agent.id } as const
    await recordEvent(world, outbox, {
      type: "approval.requested",
      actor,
      agent: agent.id,
      approval: approval.id,
    })
  })
  return approval
}
