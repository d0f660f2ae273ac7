import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { AGENT_STATES, type Agent, newId, type User } from "@tabard/core"
import { type ControlWorld, mandateOf, openControlWorld } from "../testing/control-world.ts"
import { PLAIN_TOKEN } from "../tokens/testing/plain-token.ts"
import { instanceOf, taskOf } from "../tokens/testing/token-world.ts"
import type { Transact } from "../transaction.ts"
import { type ActOutcome, actOnAgents } from "./act-on-agents.ts"
import type { AgentAct } from "./agent-act.ts"
import { type ActsPreview, previewActs } from "./preview-acts.ts"

const PAST = "agt_01890000-0000-7000-8000-000000000000"
const STANDING = ["suspend", "resume", "dismiss", "retire"] as const

let world: ControlWorld
let to: User
before(async () => {
  world = await openControlWorld()
  to = await world.person("member", { name: "Bob" })
})
after(() => world[Symbol.asyncDispose]())

function acts(): readonly AgentAct[] {
  return [
    ...STANDING.map((kind) => ({ kind, reason: "because" })),
    { kind: "offer-ownership", to: to.id },
    { kind: "add-maintainer", user: to.id },
    { kind: "set-next-review", day: "2027-01-31" },
  ]
}

describe("an act on many agents", () => {
  for (const role of ["administrator", "security", "auditor", "member"] as const) {
    it(`does for ${role} what was told before, agent by agent, in every state`, async () => {
      for (const act of acts()) {
        const by = await world.person(role)
        const agents = [...(await oneOfEach(by)), ...(await oneOfEach(await world.person("member")))]
        const ids = [...agents.map(({ id }) => id), PAST, "no id"]
        const told = await preview(by, act, ids)
        const outcomes = await actOnAgents({ ...world, onFault: unexpected }, by, { act, agents: ids })
        assert.deepEqual(refusals(outcomes), [...told.skipped], `${role}: ${act.kind}`)
        assert.equal(outcomes.filter(({ kind }) => kind === "done").length, told.agents)
      }
    })
  }

  it("ends and withdraws as much as was told", async () => {
    const by = await world.person("administrator")
    for (const kind of ["suspend", "retire"] as const) {
      const agents = [await working(by), await working(by), await working(by)]
      const ids = agents.map(({ id }) => id)
      const { attached } = await preview(by, { kind, reason: "because" }, ids)
      const own = (type: string) => ofAgents(world, type, ids)
      await actOnAgents({ ...world, onFault: unexpected }, by, {
        act: { kind, reason: "because" },
        agents: ids,
      })
      const ended = (await own("token.revoked")).reduce(
        (sum, { data }) => sum + Number(Reflect.get(Object(data), "tokens")),
        0,
      )
      assert.deepEqual([attached.tokens, attached.approvals], [6, 0])
      assert.equal(ended, 6)
      assert.equal((await own("task.closed")).length, attached.tasks)
      assert.equal((await own("instance.revoked")).length, attached.keys)
      assert.equal(attached.tasks, kind === "retire" ? 3 : 0)
    }
  })

  it("is in the record as each single act is, with its reason", async () => {
    const by = await world.person("security")
    const ids = [(await working(by)).id, (await working(by)).id]
    const act = { kind: "suspend", reason: "they ran wild" } as const
    await actOnAgents({ ...world, onFault: unexpected }, by, { act, agents: ids })
    const told = await ofAgents(world, "agent.suspended", ids)
    assert.deepEqual(
      told.map(({ agent, data, actor }) => [agent, data, actor]),
      ids.map((id) => [id, { reason: "they ran wild" }, { kind: "user", id: by.id }]),
    )
  })

  it("goes on behind an agent with which something went wrong, which is told apart and reported", async () => {
    const by = await world.person("administrator")
    const agents = [await working(by), await working(by), await working(by)]
    const ids = agents.map(({ id }) => id)
    let turn = 0
    const breaking: Transact = (work) =>
      ++turn === 2 ? Promise.reject(new Error("the disk is full")) : world.transact(work)
    const faults: unknown[] = []
    const deps = { ...world, transact: breaking, onFault: (error: unknown) => void faults.push(error) }
    const outcomes = await actOnAgents(deps, by, { act: { kind: "suspend", reason: "x" }, agents: ids })
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      ["done", "failed", "done"],
    )
    assert.match(String(faults), /the disk is full/)
  })

  it("ends with its time: whose turn did not come is told, and left alone", async () => {
    const by = await world.person("administrator")
    const agents = [await working(by), await working(by)]
    const slow: Transact = async (work) => {
      const answer = await world.transact(work)
      world.clock.advance(25_000)
      return answer
    }
    const outcomes = await actOnAgents({ ...world, transact: slow, onFault: unexpected }, by, {
      act: { kind: "suspend", reason: "x" },
      agents: agents.map(({ id }) => id),
    })
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      ["done", "not-reached"],
    )
    const [first, second] = agents
    assert.equal(first && (await world.found(first))?.state, "suspended")
    assert.equal(second && (await world.found(second))?.state, "active")
  })

  it("tells nothing of people who are not there", async () => {
    const by = await world.person("administrator")
    const agent = await working(by)
    await assert.rejects(preview(by, { kind: "offer-ownership", to: "usr_none" }, [agent.id]), {
      code: "person_not_found",
    })
  })
})

/** One agent in each state, of this owner where it can have one. */
async function oneOfEach(owner: User): Promise<readonly Agent[]> {
  const agents: Agent[] = []
  for (const state of AGENT_STATES) {
    const mandate = state === "discovered" || state === "dismissed" ? null : mandateOf(owner, world.clock)
    agents.push(await world.agent({ state, owner: owner.id, mandate }))
  }
  return agents
}

/** An active agent with a key, a task and two live tokens. */
async function working(owner: User): Promise<Agent> {
  const agent = await world.agent({
    state: "active",
    owner: owner.id,
    mandate: mandateOf(owner, world.clock),
  })
  const instance = instanceOf(agent, world.clock)
  const issuedAt = world.clock.now()
  await world.transact(async ({ instances, tasks, tokens }) => {
    await instances.insert({ ...instance, thumbprint: instance.id })
    await tasks.insert(taskOf(agent, world.clock))
    for (const _ of [1, 2]) {
      await tokens.insert({
        ...PLAIN_TOKEN,
        jti: newId("call", world.clock),
        agent: agent.id,
        instance: instance.id,
        task: null,
        audience: "https://tabard.example",
        issuedAt,
        expiresAt: new Date(issuedAt.getTime() + 300_000),
        revokedAt: null,
      })
    }
  })
  return agent
}

function preview(by: User, act: AgentAct, agents: readonly string[]): Promise<ActsPreview> {
  return world.snapshot((tx) => previewActs(tx, by, { act, agents, now: world.clock.now() }))
}

function unexpected(error: unknown): never {
  throw error
}

function refusals(outcomes: readonly ActOutcome[]): readonly object[] {
  return outcomes.flatMap((one) =>
    one.kind === "refused" ? [{ agent: one.agent, code: one.code, says: one.says }] : [],
  )
}

async function ofAgents(
  from: ControlWorld,
  type: string,
  ids: readonly string[],
): Promise<readonly Record<string, unknown>[]> {
  return (await from.events(type)).filter(({ agent }) => ids.includes(String(agent)))
}
