import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { AGENT_STATES, type Agent, type AgentState, type User } from "@tabard/core"
import { type ControlWorld, mandateOf, openControlWorld, twentyAtOnce } from "../testing/control-world.ts"
import { PLAIN_TOKEN } from "../tokens/testing/plain-token.ts"
import { agentOf, instanceOf, taskOf } from "../tokens/testing/token-world.ts"
import { retireAgent } from "./retire-agent.ts"
import { dismissAgent, resumeAgent, type StandingChange, suspendAgent } from "./stop-agent.ts"

type Act = (world: ControlWorld, by: User, change: StandingChange) => Promise<Agent>

/** Who may go where: written out, so that a changed table is noticed. */
const ROWS: readonly (readonly [string, Act, Partial<Record<AgentState, AgentState>>, string])[] = [
  ["suspend", suspendAgent, { active: "suspended", quarantined: "suspended" }, "agent.suspended"],
  ["resume", resumeAgent, { suspended: "active", quarantined: "active" }, "agent.resumed"],
  ["dismiss", dismissAgent, { discovered: "dismissed", proposed: "dismissed" }, "agent.dismissed"],
  [
    "retire",
    retireAgent,
    { proposed: "retired", active: "retired", suspended: "retired", quarantined: "retired" },
    "agent.retired",
  ],
]

for (const [name, act, rows, event] of ROWS) {
  describe(`to ${name} an agent`, () => {
    const from = AGENT_STATES.find((state) => rows[state]) ?? assert.fail()
    let world: ControlWorld
    before(async () => {
      world = await openControlWorld()
    })
    after(() => world[Symbol.asyncDispose]())
    const told = async ({ id }: Agent) =>
      (await world.events(event)).filter(({ agent }) => agent === id).length

    for (const state of AGENT_STATES) {
      const to = rows[state]
      it(
        to ? `leads from ${state} to ${to}` : `is refused where it is ${state}, and changes nothing`,
        async () => {
          const { owner, agent } = await standing(world, state)
          const version = await world.version()
          const change = { agent: agent.id, reason: "because" }
          if (to) {
            assert.equal((await act(world, owner, change)).state, to)
            assert.ok((await world.version()) > version, "decisions must see it")
          } else {
            await assert.rejects(act(world, owner, change), { code: "agent_state_conflict" })
            assert.equal(await world.version(), version)
          }
          assert.equal((await world.found(agent))?.state, to ?? state)
          assert.equal(await told(agent), to ? 1 : 0)
        },
      )
    }

    it("is for its owner, security and administrators, and for nobody else", async () => {
      for (const role of ["member", "auditor"] as const) {
        const { agent } = await standing(world, from)
        const stranger = await world.person(role)
        await assert.rejects(act(world, stranger, { agent: agent.id, reason: "mine" }), {
          code: "not_allowed",
        })
        assert.equal((await world.found(agent))?.state, from)
      }
      for (const role of ["security", "administrator"] as const) {
        const { agent } = await standing(world, from)
        await act(world, await world.person(role), { agent: agent.id, reason: "because" })
      }
    })

    it("is refused where there is no such agent", async () => {
      const admin = await world.person("administrator")
      for (const agent of ["agt_none", "", "usr_1", "x".repeat(10_000)]) {
        await assert.rejects(act(world, admin, { agent, reason: "" }), { code: "agent_not_found" })
      }
    })

    it("happens once where twenty want it at once", async () => {
      const { owner, agent } = await standing(world, from)
      const outcomes = await twentyAtOnce(async (n) => {
        await act(world, owner, { agent: agent.id, reason: `try ${n}` })
        return { done: true }
      })
      assert.equal(outcomes.filter((outcome) => typeof outcome !== "string").length, 1)
      assert.equal(outcomes.filter((outcome) => outcome === "agent_state_conflict").length, 19)
      assert.equal(await told(agent), 1)
    })
  })
}

describe("a suspension", () => {
  it("ends every live token and withdraws the reason's questions, each told in the record", async () => {
    await using world = await openControlWorld()
    const { owner, agent } = await working(world)
    await suspendAgent(world, owner, { agent: agent.id, reason: "odd" })

    assert.deepEqual(await liveTokens(world, agent), [])
    const [revoked] = await world.events("token.revoked")
    assert.deepEqual(revoked?.["data"], { tokens: 2, why: "the agent was suspended" })
    const [suspended] = await world.events("agent.suspended")
    assert.deepEqual([suspended?.["data"], suspended?.["owner"]], [{ reason: "odd" }, owner.id])
  })

  it("keeps its keys and tasks, so that resuming it needs no new enrolment; its tokens stay ended", async () => {
    await using world = await openControlWorld()
    const { owner, agent } = await working(world)
    await suspendAgent(world, owner, { agent: agent.id, reason: "odd" })
    await resumeAgent(world, owner, { agent: agent.id, reason: "it was nothing" })

    const { instances, tasks } = await belongings(world, agent)
    assert.deepEqual(
      instances.map(({ revokedAt }) => revokedAt),
      [null],
    )
    assert.deepEqual(
      tasks.map(({ closedAt }) => closedAt),
      [null],
    )
    assert.deepEqual(await liveTokens(world, agent), [])
  })
})

describe("retiring", () => {
  it("ends keys, tokens, tasks and policies in one transaction, each told in the record", async () => {
    await using world = await openControlWorld()
    const { owner, agent } = await working(world)
    await retireAgent(world, owner, { agent: agent.id, reason: "done" })

    const { instances, tasks, intent } = await belongings(world, agent)
    assert.ok(instances.length > 0 && instances.every(({ revokedAt }) => revokedAt !== null))
    assert.ok(tasks.length > 0 && tasks.every(({ closedAt }) => closedAt !== null))
    assert.equal(intent, undefined)
    assert.deepEqual(await liveTokens(world, agent), [])
    const told = (await world.events()).map(({ type }) => type)
    for (const type of [
      "token.revoked",
      "task.closed",
      "instance.revoked",
      "agent.retiring",
      "agent.retired",
    ]) {
      assert.ok(told.includes(type), type)
    }
  })

  it("never gives its id to another", async () => {
    await using world = await openControlWorld()
    const { owner, agent } = await standing(world, "active")
    await retireAgent(world, owner, { agent: agent.id, reason: "done" })
    await assert.rejects(world.agent({ id: agent.id }))
    assert.equal((await world.found(agent))?.state, "retired")
  })
})

async function standing(world: ControlWorld, state: AgentState): Promise<{ owner: User; agent: Agent }> {
  const owner = await world.person("member")
  return {
    owner,
    agent: await world.agent({ state, owner: owner.id, mandate: mandateOf(owner, world.clock) }),
  }
}

/** An active agent in the middle of its work: a key, a task, a token with it and one without, a manifest. */
async function working(world: ControlWorld): Promise<{ owner: User; agent: Agent }> {
  const { clock, transact } = world
  const owner = await world.person("member")
  const agent = agentOf(owner, clock)
  const instance = instanceOf(agent, clock)
  const task = taskOf(agent, clock)
  const later = new Date(clock.now().getTime() + 300_000)
  const token = {
    agent: agent.id,
    instance: instance.id,
    audience: "https://tabard.example/mcp",
    revokedAt: null,
  }
  await transact(async (tx) => {
    await tx.agents.insert(agent)
    await tx.instances.insert(instance)
    await tx.tasks.insert(task)
    for (const [jti, under] of [
      ["jti-1", task.id],
      ["jti-2", null],
    ] as const) {
      await tx.tokens.insert({
        ...PLAIN_TOKEN,
        ...token,
        jti,
        task: under,
        issuedAt: clock.now(),
        expiresAt: later,
      })
    }
    await tx.policies.put({
      id: "pos_1",
      kind: "intent",
      subject: agent.id,
      version: 1,
      author: owner.id,
      source: null,
      policies: [],
      createdAt: clock.now(),
    })
  })
  return { owner, agent }
}

async function belongings({ snapshot }: ControlWorld, { id }: Agent) {
  return snapshot(async (tx) => ({
    instances: await tx.instances.of(id),
    tasks: await tx.tasks.of(id, 10),
    intent: await tx.policies.current("intent", id),
  }))
}

function liveTokens({ snapshot, clock }: ControlWorld, { id }: Agent): Promise<readonly object[]> {
  return snapshot(({ tokens }) => tokens.live(id, clock.now()))
}
