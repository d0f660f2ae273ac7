import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { Agent, Task, Upstream, User } from "@tabard/core"
import type { ControlWorld } from "../testing/control-world.ts"
import { DAY, HOUR, mandateOf, openControlWorld, twentyAtOnce } from "../testing/control-world.ts"
import { notesServer } from "../testing/notes-server.ts"
import { PLAIN_TOKEN } from "../tokens/testing/plain-token.ts"
import { instanceOf } from "../tokens/testing/token-world.ts"
import { closeTask, expireTasks } from "./close-task.ts"
import { openTask, type TaskRequest } from "./open-task.ts"

let world: ControlWorld
let owner: User
let server: Upstream
before(async () => {
  world = await openControlWorld()
  owner = await world.person("member")
  server = await notesServer(world, owner)
})
after(() => world[Symbol.asyncDispose]())

describe("opening a task", () => {
  it("keeps the person's words as evidence, and compiles their choices alone to policies", async () => {
    const agent = await active()
    const task = await openTask(
      world,
      owner,
      requestFor(agent, { text: "delete everything; permit(principal, action, resource);" }),
    )
    const { ofTask, ofUser } = await policiesOf(task)
    assert.ok(ofTask && ofUser)
    assert.ok(!JSON.stringify([ofTask, ofUser]).includes("everything"))
    assert.deepEqual([task.onBehalfOf, task.opener], [owner.id, { kind: "user", user: owner.id }])
    assert.equal(task.expiresAt.getTime() - world.clock.now().getTime(), 30 * 60_000)
    const [event] = (await world.events("task.opened")).filter(({ task: id }) => id === task.id)
    assert.equal(event?.["onBehalfOf"], owner.id)
  })

  it("raises the version that decisions are made on", async () => {
    const agent = await active()
    const version = await world.version()
    await openTask(world, owner, requestFor(agent))
    assert.ok((await world.version()) > version)
  })

  it("serves whoever opens it: a steward's task is the steward's, not the owner's", async () => {
    const agent = await active()
    const steward = await world.person("security")
    assert.equal((await openTask(world, steward, requestFor(agent))).onBehalfOf, steward.id)
  })

  it("is refused to strangers", async () => {
    const agent = await active()
    for (const role of ["member", "auditor"] as const) {
      await refused(await world.person(role), requestFor(agent), "not_allowed")
    }
  })

  const standings: readonly (readonly [string, () => Promise<Agent>])[] = [
    [
      "agent_not_active",
      () => world.agent({ state: "suspended", owner: owner.id, mandate: mandateOf(owner, world.clock) }),
    ],
    ["agent_not_active", () => world.agent({ state: "active", owner: owner.id, mandate: null })],
    ["agent_expired", () => active({ expiresAt: world.clock.now() })],
    ["agent_orphaned", () => orphan()],
  ]
  for (const [code, agent] of standings) {
    it(`is refused with ${code}, and nothing of it stays`, async () => {
      await refused(await world.person("administrator"), requestFor(await agent()), code)
    })
  }

  it("is refused for what cannot be bounded: no such tool, no such server, files without a folder", async () => {
    const agent = await active()
    const scope = requestFor(agent).scope
    await refused(owner, requestFor(agent, { scope: { ...scope, tools: ["rename_note"] } }), "tool_not_found")
    await refused(owner, requestFor(agent, { scope: { ...scope, server: "srv_none" } }), "server_not_found")
    await refused(owner, requestFor(agent, { scope: { ...scope, folder: null } }), "manifest_invalid")
    await refused(owner, requestFor(agent, { scope: { ...scope, folder: "notes" } }), "manifest_invalid")
    await refused(owner, requestFor({ id: "agt_none" }), "agent_not_found")
  })
})

describe("closing a task", () => {
  it("ends its policies and tokens with it, once, and leaves the agent's other task alone", async () => {
    const agent = await active()
    const [task, other] = [
      await openTask(world, owner, requestFor(agent)),
      await openTask(world, owner, requestFor(agent)),
    ]
    await tokensFor(agent, [task, other])
    const closed = await closeTask(world, owner, task.id)
    assert.deepEqual(closed.closedAt, world.clock.now())
    assert.deepEqual(await policiesOf(task), { ofTask: undefined, ofUser: undefined })
    assert.ok((await policiesOf(other)).ofTask)
    const live = await world.snapshot(({ tokens }) => tokens.live(agent.id, world.clock.now()))
    assert.deepEqual(
      live.map(({ task: id }) => id),
      [other.id],
    )
    await assert.rejects(closeTask(world, owner, task.id), { code: "task_not_open" })
  })

  it("is for the person served and whoever answers for the agent", async () => {
    const agent = await active()
    const stranger = await world.person("member")
    const steward = await world.person("administrator")
    const task = await openTask(world, steward, requestFor(agent))
    await assert.rejects(closeTask(world, stranger, task.id), { code: "not_allowed" })
    await world
      .snapshot(({ tasks }) => tasks.find(task.id))
      .then((kept) => assert.equal(kept?.closedAt, null))
    await closeTask(world, owner, task.id)
    await assert.rejects(closeTask(world, owner, "tsk_none"), { code: "task_not_found" })
  })

  it("happens once where twenty want it at once", async () => {
    const task = await openTask(world, owner, requestFor(await active()))
    const outcomes = await twentyAtOnce(() => closeTask(world, owner, task.id))
    assert.equal(outcomes.filter((outcome) => typeof outcome !== "string").length, 1)
    assert.equal((await world.events("task.closed")).filter(({ task: id }) => id === task.id).length, 1)
  })
})

describe("a task's time", () => {
  it("ends it with all that hangs on it, once", async () => {
    await using own = await openControlWorld()
    const person = await own.person("member")
    const notes = await notesServer(own, person)
    const agent = await own.agent({
      state: "active",
      owner: person.id,
      mandate: mandateOf(person, own.clock),
    })
    const scope = { server: notes.id, tools: ["read_note"], folder: "/notes" }
    const task = await openTask(own, person, { agent: agent.id, text: "x", scope, minutes: 30 })
    own.clock.advance(30 * 60_000 - 1)
    assert.equal(await expireTasks(own), 0)
    own.clock.advance(HOUR)
    assert.equal(await expireTasks(own), 1)
    assert.equal(await expireTasks(own), 0)
    assert.equal((await own.events("task.expired")).length, 1)
    assert.equal(await own.snapshot(({ policies }) => policies.current("task", task.id)), undefined)
  })
})

function active(mandate: { expiresAt?: Date } = {}): Promise<Agent> {
  return world.agent({ state: "active", owner: owner.id, mandate: mandateOf(owner, world.clock, mandate) })
}

async function orphan(): Promise<Agent> {
  const gone = await world.person("member", { active: false })
  return world.agent({ state: "active", owner: gone.id, mandate: mandateOf(gone, world.clock) })
}

function requestFor({ id }: { id: string }, differences: Partial<TaskRequest> = {}): TaskRequest {
  const scope = { server: server.id, tools: ["read_note", "write_note"], folder: "/notes" }
  return { agent: id, text: "tidy the notes", scope, minutes: 30, ...differences }
}

async function refused(by: User, request: TaskRequest, code: string): Promise<void> {
  const opened = (await world.events("task.opened")).length
  const version = await world.version()
  await assert.rejects(openTask(world, by, request), { code })
  assert.equal((await world.events("task.opened")).length, opened)
  assert.equal(await world.version(), version)
}

async function policiesOf({ id }: Task) {
  return world.snapshot(async ({ policies }) => ({
    ofTask: await policies.current("task", id),
    ofUser: await policies.current("user", id),
  }))
}

async function tokensFor(agent: Agent, tasks: readonly Task[]): Promise<void> {
  const instance = instanceOf(agent, world.clock)
  const issuedAt = world.clock.now()
  const token = { ...PLAIN_TOKEN, audience: "https://b", issuedAt, revokedAt: null }
  const common = { ...token, agent: agent.id, instance: instance.id }
  await world.transact(async ({ instances, tokens }) => {
    await instances.insert(instance)
    for (const { id } of tasks) {
      await tokens.insert({ ...common, jti: id, task: id, expiresAt: new Date(issuedAt.getTime() + DAY) })
    }
  })
}
