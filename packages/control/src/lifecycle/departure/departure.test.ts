import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { AGENT_STATES, type Agent, type Id, newHandle, newId, type Plan, type User } from "@tabard/core"
import { erasePerson } from "../../access/erase-person.ts"
import { deactivatePerson, reactivatePerson } from "../../access/people.ts"
import { makeApiToken } from "../../api-tokens/make-api-token.ts"
import { importPeople } from "../../directory/import/import-people.ts"
import { openTellingWorld } from "../../notifications/testing/telling-world.ts"
import { addMaintainer } from "../../registry/maintain-agent.ts"
import { changeProvisioned } from "../../scim/change-provisioned.ts"
import { removeProvisioned } from "../../scim/remove-provisioned.ts"
import {
  type ControlWorld,
  DAY,
  mandateOf,
  openControlWorld,
  twentyAtOnce,
} from "../../testing/control-world.ts"
import { PLAIN_TOKEN } from "../../tokens/testing/plain-token.ts"
import { instanceOf, taskOf } from "../../tokens/testing/token-world.ts"
import { acceptOwnership, declineOwnership } from "../answer-offer.ts"
import { offerOwnership } from "../offer-ownership.ts"
import { dyingAt, Killed } from "../plans/testing/killed.ts"
import { gatherEstate } from "./gather-estate.ts"
import { nameAgentSuccessor, namePersonSuccessor } from "./name-successor.ts"
import { planDeparture } from "./plan-departure.ts"
import { runDeparture, startMissedDepartures } from "./start-departure.ts"

describe("a person who leaves", () => {
  it("leaves a plan that is run as it was shown", async () => {
    await using world = await openControlWorld()
    const { left, admin, ...estate } = await furnished(world)
    const shown = await preview(world, left)
    assert.deepEqual(
      shown.map(({ does, to }) => [does, to]),
      [
        ["revoke-api-token", estate.apiToken],
        ["close-task", estate.task],
        ["revoke-served-tokens", left.id],
        ["withdraw-question", estate.question],
        ["withdraw-offer", estate.offer],
        ["end-helping", estate.other.id],
        ["hand-over", estate.agent.id],
        ["hand-over", estate.agent.id],
        ["suspend", estate.agent.id],
      ],
    )
    await deactivatePerson(world, admin, { person: left.id, reason: "moved on" })
    await run(world, left)
    const plan = await planOf(world, left)
    const steps = await stepsOf(world, plan)
    assert.deepEqual(
      steps.map(({ does, to, agent, with: needs }) => ({ does, to, agent, with: needs })),
      shown.map(({ does, to, agent, with: needs }) => ({ does, to, agent, with: needs })),
    )
    assert.deepEqual(outcomes(steps), [
      "revoke-api-token revoked",
      "close-task closed",
      "revoke-served-tokens 1 revoked",
      "withdraw-question withdrawn",
      "withdraw-offer withdrawn",
      "end-helping ended",
      "hand-over offered",
      "hand-over waits",
      "suspend waits",
    ])
    assert.equal(plan.startedBy, admin.id)
    const told = await world.events("plan.step-done")
    assert.equal(told.length, 7, "each step is recorded")
    assert.ok(told.every(({ data }) => Reflect.get(Object(data), "user") === left.id))
  })

  it("is followed by the agent's own successor, then by their own, then by their manager", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const [own, general, manager] = [
      await world.person("member"),
      await world.person("member"),
      await world.person("member"),
    ]
    const left = await world.person("member", { manager: manager.id })
    const agent = await owned(world, left)
    await nameAgentSuccessor(world, left, { agent: agent.id, successor: own.id })
    await namePersonSuccessor(world, left, { person: left.id, successor: general.id })
    await deactivatePerson(world, admin, { person: left.id, reason: "moved on" })
    const askedNow = async (candidate: User): Promise<Id<"offer">> => {
      await run(world, left)
      const offer = (await pendingTo(world, candidate)) ?? assert.fail("they are not asked")
      assert.deepEqual([offer.agent, offer.by], [agent.id, left.id])
      return offer.id
    }
    for (const candidate of [own, general]) {
      const offer = await askedNow(candidate)
      await declineOwnership(world, candidate, { offer, reason: "too much" })
      world.clock.advance(DAY / 4)
    }
    await acceptOwnership(world, manager, await askedNow(manager))
    world.clock.advance(20 * DAY)
    await run(world, left)
    const found = await world.found(agent)
    assert.deepEqual([found?.owner, found?.state], [manager.id, "active"])
    const plan = await planOf(world, left)
    assert.equal(plan.ended?.how, "done")
    assert.equal(outcomes(await stepsOf(world, plan)).at(-1), "suspend taken over")
  })

  it("leaves agents that nobody took over suspended after the grace period, and security is told", async () => {
    await using world = await openTellingWorld()
    const [admin, security] = [await world.person("administrator"), await world.person("security")]
    const manager = await world.person("member")
    const left = await world.person("member", { manager: manager.id })
    const agent = await owned(world, left)
    await deactivatePerson(world, admin, { person: left.id, reason: "moved on" })
    await run(world, left)
    await world.tell()
    assert.deepEqual(
      (await world.toldTo(manager)).map(({ kind }) => kind),
      ["ownership-offered"],
    )
    assert.deepEqual(
      (await world.toldTo(security)).map(({ kind, details }) => [kind, details["agents"]]),
      [["person-left", 1]],
    )
    world.clock.advance(14 * DAY - 1)
    await run(world, left)
    assert.equal((await world.found(agent))?.state, "active")
    world.clock.advance(1)
    await run(world, left)
    assert.equal((await world.found(agent))?.state, "suspended")
    const [suspended] = await world.events("agent.suspended")
    assert.deepEqual(suspended?.["actor"], { kind: "system", id: "departure" })
    await world.tell()
    assert.deepEqual(
      (await world.toldTo(security)).map(({ kind }) => kind),
      ["agent-stopped", "person-left"],
    )
    assert.equal((await planOf(world, left)).ended?.how, "done")
  })

  it("leaves at once what may not wait, where the organisation settled no grace", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    await world.transact(async ({ organisation }) =>
      organisation.putSettings({ ...(await organisation.settings()), leaverGraceDays: 0 }),
    )
    const left = await world.person("member")
    const agents = new Map<string, Agent>()
    for (const state of AGENT_STATES) agents.set(state, await owned(world, left, state))
    await deactivatePerson(world, admin, { person: left.id, reason: "moved on" })
    await run(world, left)
    for (const [state, agent] of agents)
      assert.equal((await world.found(agent))?.state, state === "active" ? "suspended" : state)
  })

  it("who comes back finds the plan called off, and what was offered theirs again", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const manager = await world.person("member")
    const left = await world.person("member", { manager: manager.id })
    const agent = await owned(world, left)
    await deactivatePerson(world, admin, { person: left.id, reason: "by mistake" })
    await run(world, left)
    assert.ok(await pendingTo(world, manager))
    await reactivatePerson(world, admin, left.id)
    assert.equal(await pendingTo(world, manager), undefined)
    assert.equal((await planOf(world, left)).ended?.how, "cancelled")
    world.clock.advance(30 * DAY)
    await run(world, left)
    const found = await world.found(agent)
    assert.deepEqual([found?.owner, found?.state], [left.id, "active"])
    await deactivatePerson(world, admin, { person: left.id, reason: "for good" })
    assert.equal((await planOf(world, left)).ended, null, "another begins")
  })

  it("is taken up by whatever way they were switched off, once", async () => {
    await using world = await openControlWorld()
    const left = await world.person("member", { active: false })
    const agent = await owned(world, left)
    assert.equal(await startMissedDepartures(world), 1)
    assert.equal(await startMissedDepartures(world), 0)
    world.clock.advance(15 * DAY)
    await run(world, left)
    world.clock.advance(15 * DAY)
    await run(world, left)
    assert.equal((await world.found(agent))?.state, "suspended")
    assert.equal(await startMissedDepartures(world), 0)
  })

  it("is asked of nobody who left too, and questions that others can answer stay", async () => {
    await using world = await openControlWorld()
    const [admin, gone] = [
      await world.person("administrator"),
      await world.person("member", { active: false }),
    ]
    const left = await world.person("member", { manager: gone.id })
    const agent = await owned(world, left)
    await world.transact(({ successors }) =>
      successors.name({ of: agent.id, user: gone.id, namedBy: admin.id, namedAt: world.clock.now() }),
    )
    await question(world, agent, [left.id, admin.id])
    assert.deepEqual(
      (await preview(world, left)).map(({ does }) => does),
      ["suspend"],
    )
  })
})

/** Every way in which somebody is switched off, and comes back by it. */
const WAYS: Readonly<Record<string, readonly [off: Way, back: Way]>> = {
  "an administrator": [
    (world, admin, { id }) => deactivatePerson(world, admin, { person: id, reason: "moved on" }),
    (world, admin, { id }) => reactivatePerson(world, admin, id),
  ],
  "a file of people": [
    (world, admin) => file(world, admin, [admin], { deactivateMissing: 1 }),
    (world, admin, left) => file(world, admin, [admin, left], { reactivate: true }),
  ],
  SCIM: [
    (world, admin, { id }) => changeProvisioned(world, admin, id, { active: false }),
    (world, admin, { id }) => changeProvisioned(world, admin, id, { active: true }),
  ],
}

type Way = (world: ControlWorld, admin: User, left: User) => Promise<unknown>

describe("what follows as a person leaves", () => {
  for (const [way, [off, back]] of Object.entries(WAYS))
    it(`begins by itself, and is called off, where it is ${way} that switches them off and lets them in`, async () => {
      await using world = await openControlWorld()
      const [admin, left] = [await world.person("administrator"), await world.person("member")]
      await off(world, admin, left)
      assert.equal((await planOf(world, left)).ended, null)
      await back(world, admin, left)
      assert.equal((await planOf(world, left)).ended?.how, "cancelled")
    })

  it("begins by itself where SCIM removes them, and goes on where they are erased", async () => {
    await using world = await openControlWorld()
    const [admin, left] = [await world.person("administrator"), await world.person("member")]
    const agent = await owned(world, left)
    await removeProvisioned(world, admin, left.id)
    await erasePerson(world, admin, { person: left.id, reason: "asked for" })
    world.clock.advance(15 * DAY)
    await run(world, left)
    world.clock.advance(15 * DAY)
    await run(world, left)
    assert.equal((await world.found(agent))?.state, "suspended")
  })
})

function file(
  world: ControlWorld,
  admin: User,
  people: readonly User[],
  wish: { deactivateMissing?: number; reactivate?: boolean },
): Promise<unknown> {
  const csv = ["email,name", ...people.map(({ email, name }) => `${email},${name}`)].join("\n")
  const { deactivateMissing, reactivate = false } = wish
  return importPeople(world, admin, { csv, apply: true, reactivate, deactivateMissing })
}

describe("a departure that is killed", () => {
  for (const when of ["before", "after"] as const)
    it(`${when} any of its transactions commits goes on where it was, and does nothing twice`, async () => {
      const whole = await departed()
      assert.ok(whole.begun > 9)
      for (let at = 1; at <= whole.begun; at++) {
        const killed = await departed({ at, when })
        assert.deepEqual(killed.steps, whole.steps, `killed ${when} transaction ${at}`)
        assert.deepEqual(killed.told, whole.told, `killed ${when} transaction ${at}`)
      }
    })

  it("is run by twenty at once and takes each step once", async () => {
    await using world = await openControlWorld()
    const { left, admin } = await furnished(world)
    await deactivatePerson(world, admin, { person: left.id, reason: "moved on" })
    const plan = await planOf(world, left)
    await twentyAtOnce(async () => {
      await runDeparture(world, plan.id)
      return {}
    })
    const done = (await world.events("plan.step-done")).map(({ data }) => Reflect.get(Object(data), "step"))
    assert.deepEqual(
      done.toSorted((a, b) => a - b),
      [0, 1, 2, 3, 4, 5, 6],
    )
  })
})

/** What came of a whole departure, killed once or not at all. */
async function departed(kill?: { at: number; when: "before" | "after" }): Promise<{
  readonly begun: number
  readonly steps: readonly string[]
  readonly told: Readonly<Record<string, number>>
}> {
  await using world = await openControlWorld()
  const { left, admin } = await furnished(world)
  await deactivatePerson(world, admin, { person: left.id, reason: "moved on" })
  const { id } = await planOf(world, left)
  const dying = dyingAt(world.transact, kill?.at ?? Number.POSITIVE_INFINITY, kill?.when ?? "before")
  const onFault = (error: unknown): void => {
    if (error instanceof Killed) throw error
    throw new Error("a step failed", { cause: error })
  }
  const dead = runDeparture({ ...world, transact: dying.transact, onFault }, id)
  await (kill ? assert.rejects(dead, Killed) : dead)
  await run(world, left)
  const told: Record<string, number> = {}
  for (const { type } of await world.events()) told[String(type)] = (told[String(type)] ?? 0) + 1
  return { begun: dying.begun(), steps: outcomes(await stepsOf(world, await planOf(world, left))), told }
}

/** Somebody with one of everything that a leaver can leave behind. */
async function furnished(world: ControlWorld) {
  const { clock, transact } = world
  const admin = await world.person("administrator")
  const [manager, successor] = [await world.person("member"), await world.person("member")]
  const left = await world.person("security", { manager: manager.id })
  const agent = await owned(world, left)
  await nameAgentSuccessor(world, left, { agent: agent.id, successor: successor.id })
  const other = await owned(world, admin)
  await addMaintainer(world, admin, { agent: other.id, user: left.id })
  const third = await owned(world, admin)
  const { id: offer } = await offerOwnership(world, admin, { agent: third.id, to: left.id })
  const scopes = ["agents:read"]
  const { made } = await makeApiToken(world, left, { purpose: "export", scopes, role: "auditor", days: 9 })
  const task = { ...taskOf(other, clock), onBehalfOf: left.id }
  const instance = instanceOf(other, clock)
  const expiresAt = new Date(clock.now().getTime() + 300_000)
  await transact(async (tx) => {
    await tx.tasks.insert(task)
    await tx.instances.insert(instance)
    const about = { agent: other.id, instance: instance.id, task: null, audience: "a", revokedAt: null }
    const token = { ...PLAIN_TOKEN, ...about, issuedAt: clock.now(), expiresAt }
    await tx.tokens.insert({ ...token, jti: "served", served: left.id })
    await tx.tokens.insert({ ...token, jti: "not served" })
  })
  const asked = await question(world, other, [left.id])
  return { admin, left, agent, other, offer, apiToken: made.id, task: task.id, question: asked }
}

async function question(
  world: ControlWorld,
  agent: Agent,
  approvers: readonly Id<"user">[],
): Promise<Id<"approval">> {
  const { clock } = world
  const id = newId("approval", clock)
  await world.transact(({ approvals }) =>
    approvals.request({
      id,
      handle: newHandle(),
      question: {
        kind: "call",
        agent: agent.id,
        instance: newId("instance", clock),
        task: null,
        server: newId("server", clock),
        tool: "write_note",
        toolDigest: "digest",
        arguments: {},
        chain: [],
        resource: "/notes",
      },
      actionHash: id,
      nonce: newHandle(),
      bindingHash: id,
      say: [],
      policies: [],
      routes: ["owner"],
      approvers,
      state: { kind: "pending" },
      createdAt: clock.now(),
      expiresAt: new Date(clock.now().getTime() + 60 * DAY),
      agreed: [],
      spentBy: null,
    }),
  )
  return id
}

async function owned(world: ControlWorld, owner: User, state: Agent["state"] = "active"): Promise<Agent> {
  const expiresAt = new Date(world.clock.now().getTime() + 300 * DAY)
  return world.agent({ state, owner: owner.id, mandate: mandateOf(owner, world.clock, { expiresAt }) })
}

function preview(world: ControlWorld, person: User) {
  return world.snapshot(async (tx) => planDeparture(await gatherEstate(world, tx, person)))
}

async function run(world: ControlWorld, person: User): Promise<void> {
  const onFault = (error: unknown): never => {
    throw new Error("a step failed", { cause: error })
  }
  await runDeparture({ ...world, onFault }, (await planOf(world, person)).id)
}

async function planOf(world: ControlWorld, { id }: User): Promise<Plan> {
  const plan = await world.snapshot(({ plans }) => plans.latest("departure", id))
  assert.ok(plan, "nothing follows")
  return plan
}

function stepsOf({ snapshot }: ControlWorld, { id }: Plan) {
  return snapshot(({ plans }) => plans.steps(id))
}

function outcomes(steps: Awaited<ReturnType<typeof stepsOf>>): readonly string[] {
  return steps.map(({ does, done }) => `${does} ${done?.outcome ?? "waits"}`)
}

async function pendingTo(world: ControlWorld, { id }: User) {
  const [offer] = await world.snapshot(({ offers }) => offers.pendingTo(id, world.clock.now(), { limit: 5 }))
  return offer
}
