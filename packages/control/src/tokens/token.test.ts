import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { DEFAULT_TOKEN_SETTINGS, type Id, newId } from "@tabard/core"
import { checkToken, type PresentedToken } from "./check-token.ts"
import { type IssuedToken, issueToken, type TokenRequest } from "./issue-token.ts"
import { agentOf, openTokenWorld, type TokenWorld, taskOf } from "./testing/token-world.ts"
import { spiffeId, tokenClaims } from "./token-claims.ts"

const AUDIENCE = "https://tabard.example/mcp"

describe("the claims of a token", () => {
  it("name the install below its agent, and no task where there is none", () => {
    const subject = {
      trustDomain: "acme.example",
      agent: "agt_1",
      instance: "ins_1",
      owner: "usr_1",
      tier: "read-only",
      task: null,
    } as const
    assert.deepEqual(tokenClaims(subject), {
      sub: "spiffe://acme.example/agent/agt_1/instance/ins_1",
      agent: "agt_1",
      instance: "ins_1",
      owner: "usr_1",
      tier: "read-only",
    })
    assert.equal(tokenClaims({ ...subject, task: "tsk_1" }).task, "tsk_1")
    assert.equal(spiffeId("acme.example", "agt_1"), "spiffe://acme.example/agent/agt_1")
  })
})

describe("issuing a token", () => {
  it("keeps it and its event together", async () => {
    await using world = await openTokenWorld()
    const { claims, issuedAt, expiresAt } = await issued(world)

    assert.equal(expiresAt.getTime() - issuedAt.getTime(), 300_000)
    const record = await world.snapshot(({ tokens }) => tokens.find("jti-1"))
    assert.deepEqual(
      { ...record },
      {
        jti: "jti-1",
        agent: world.agent.id,
        instance: world.instance.id,
        task: world.task.id,
        audience: AUDIENCE,
        jkt: world.instance.thumbprint,
        grant: "client_credentials",
        lineage: [],
        actors: [],
        served: null,
        delegations: [],
        mayAct: null,
        scope: null,
        callsLeft: null,
        conditions: [],
        issuedAt,
        expiresAt,
        revokedAt: null,
      },
    )
    const [event] = await world.events("token.issued")
    assert.equal(event?.["task"], claims.task)
    assert.equal(event?.["owner"], world.owner.id)
    const used = await world.snapshot(({ instances }) => instances.find(world.instance.id))
    assert.deepEqual(used?.lastUsedAt, world.clock.now())
  })

  it("is good for less than asked where the mandate or the task ends sooner", async () => {
    await using world = await openTokenWorld()
    world.clock.advance(3600_000 - 60_500)
    const { expiresAt } = await issued(world)
    assert.deepEqual(expiresAt, world.task.expiresAt)
  })

  it("never ends in the second in which it began, and the door judges the task by itself", async () => {
    await using world = await openTokenWorld()
    world.clock.advance(3600_000 - 500)
    const token = await issued(world)
    assert.equal(token.expiresAt.getTime() - token.issuedAt.getTime(), 1000)
    world.clock.advance(500)
    await assert.rejects(checked(world, token), { name: "TokenRefused" })
  })

  const stops: readonly [string, (world: TokenWorld) => Promise<Partial<TokenRequest> | void>][] = [
    ["instance_not_found", async ({ clock }) => ({ instance: newId("instance", clock) })],
    [
      "instance_not_found",
      async ({ transact, instance, clock }) =>
        void (await transact((tx) => tx.instances.revoke(instance.id, clock.now()))),
    ],
    [
      "agent_not_active",
      async ({ transact, agent }) =>
        void (await transact((tx) => tx.agents.move(agent.id, ["active"], "quarantined"))),
    ],
    [
      "agent_orphaned",
      async ({ transact, owner }) => void (await transact((tx) => tx.users.setActive(owner.id, false))),
    ],
    ["agent_expired", async ({ clock }) => clock.advance(24 * 3600_000)],
    ["task_not_found", async ({ clock }) => ({ task: newId("task", clock) })],
    ["task_not_found", async (world) => ({ task: await taskOfAnother(world) })],
    [
      "task_not_open",
      async ({ transact, task, clock }) =>
        void (await transact((tx) => tx.tasks.close(task.id, clock.now()))),
    ],
    ["task_not_open", async ({ clock }) => clock.advance(3600_000)],
  ]
  for (const [code, stop] of stops) {
    it(`is refused with ${code}, recorded as such, and leaves no token`, async () => {
      await using world = await openTokenWorld()
      const differences = (await stop(world)) ?? {}
      await assert.rejects(issued(world, differences), { code })

      assert.equal(await world.snapshot(({ tokens }) => tokens.find("jti-1")), undefined)
      assert.deepEqual(await world.events("token.issued"), [])
      const [refusal] = await world.events("token.refused")
      assert.equal(refusal?.["outcome"], code)
    })
  }
})

describe("checking a token", () => {
  it("answers who it speaks for", async () => {
    await using world = await openTokenWorld()
    const principal = await checked(world, await issued(world))
    assert.equal(principal.agent.id, world.agent.id)
    assert.equal(principal.owner.id, world.owner.id)
    assert.equal(principal.instance.id, world.instance.id)
    assert.equal(principal.task?.id, world.task.id)
  })

  it("answers no task where the token has none", async () => {
    await using world = await openTokenWorld()
    assert.equal((await checked(world, await issued(world, { task: null }))).task, null)
  })

  const changes: readonly [string, (world: TokenWorld) => Promise<unknown>][] = [
    [
      "token_revoked",
      ({ transact, agent, clock }) => transact((tx) => tx.tokens.revoke({ agent: agent.id }, clock.now())),
    ],
    ["token_expired", async ({ clock }) => clock.advance(300_000)],
    [
      "instance_revoked",
      ({ transact, instance, clock }) => transact((tx) => tx.instances.revoke(instance.id, clock.now())),
    ],
    [
      "agent_not_active",
      ({ transact, agent }) => transact((tx) => tx.agents.move(agent.id, ["active"], "suspended")),
    ],
    ["agent_orphaned", ({ transact, owner }) => transact((tx) => tx.users.setActive(owner.id, false))],
    ["task_not_open", ({ transact, task, clock }) => transact((tx) => tx.tasks.close(task.id, clock.now()))],
  ]
  for (const [code, change] of changes) {
    it(`refuses with ${code} what was good a moment ago`, async () => {
      await using world = await openTokenWorld()
      const token = await issued(world)
      await checked(world, token)
      await change(world)
      await assert.rejects(checked(world, token), { name: "TokenRefused", code })
    })
  }

  it("refuses a token as soon as one that it came from is revoked, or not there", async () => {
    await using world = await openTokenWorld()
    const first = await issued(world)
    const record = await world.snapshot(({ tokens }) => tokens.find("jti-1"))
    assert.ok(record)
    await world.transact(async ({ tokens }) => {
      await tokens.insert({ ...record, jti: "jti-2", lineage: ["jti-1"] })
      await tokens.insert({ ...record, jti: "jti-3", lineage: ["jti-2", "never issued"] })
    })
    await checked(world, first, { jti: "jti-2" })
    await assert.rejects(checked(world, first, { jti: "jti-3" }), { code: "token_revoked" })
    await world.transact(({ tokens }) => tokens.revokeOne("jti-1", world.clock.now()))
    await assert.rejects(checked(world, first, { jti: "jti-2" }), { code: "token_revoked" })
  })

  const lies: readonly [keyof PresentedToken, string, string][] = [
    ["jti", "jti-2", "token_unknown"],
    ["audience", "https://elsewhere.example", "token_unknown"],
    ["agent", "agt_2", "token_unknown"],
    ["instance", "ins_2", "token_unknown"],
    ["task", "tsk_2", "token_unknown"],
    ["jkt", "another", "token_unknown"],
  ]
  for (const [claim, value, code] of lies) {
    it(`refuses a token whose ${claim} is not what was issued`, async () => {
      await using world = await openTokenWorld()
      const token = await issued(world)
      await assert.rejects(checked(world, token, { [claim]: value }), { name: "TokenRefused", code })
    })
  }
})

describe("a token request that was made before", () => {
  const once = [{ namespace: "proof", key: "k", expiresAt: new Date("2030-01-01T00:00:00Z") }]

  it("is issued nothing, however often it comes at once, and leaves no event", async () => {
    await using world = await openTokenWorld()
    const asked = ["a", "b", "c", "d"].map((jti) => issued(world, { jti, once }))
    const answers = await Promise.allSettled(asked)
    assert.equal(answers.filter(({ status }) => status === "fulfilled").length, 1)
    assert.equal((await world.events("token.issued")).length, 1)
    assert.equal((await world.events("token.refused")).length, 0)
  })

  it("is told apart from the first one where that was refused", async () => {
    await using world = await openTokenWorld()
    const refused = { task: newId("task", world.clock), once }
    await assert.rejects(issued(world, refused), { code: "task_not_found" })
    await assert.rejects(issued(world, refused), { name: "AlreadyUsed" })
    assert.equal((await world.events("token.refused")).length, 1)
  })
})

function issued(world: TokenWorld, differences: Partial<TokenRequest> = {}): Promise<IssuedToken> {
  const { instance, task } = world
  const request = {
    jti: "jti-1",
    instance: instance.id,
    task: task.id,
    audience: AUDIENCE,
    jkt: instance.thumbprint,
    grant: "client_credentials" as const,
    lifetimeSeconds: 300,
    once: [],
    settings: DEFAULT_TOKEN_SETTINGS,
  }
  return issueToken(world, { ...request, ...differences })
}

function checked(
  world: TokenWorld,
  { claims }: IssuedToken,
  differences: Partial<PresentedToken> = {},
): ReturnType<typeof checkToken> {
  const task: Id<"task"> | null = claims.task ?? null
  const { agent, instance } = claims
  const presented = {
    jti: "jti-1",
    agent,
    instance,
    task,
    audience: AUDIENCE,
    jkt: world.instance.thumbprint,
  }
  return checkToken(world, { ...presented, ...differences })
}

async function taskOfAnother({ transact, owner, clock }: TokenWorld): Promise<Id<"task">> {
  const agent = agentOf(owner, clock)
  const task = taskOf(agent, clock)
  await transact(async (tx) => {
    await tx.agents.insert(agent)
    await tx.tasks.insert(task)
  })
  return task.id
}
