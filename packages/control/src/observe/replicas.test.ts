import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { openTemporaryPostgres, postgresMissing, startPostgresCluster } from "@tabard/store/testing"
import type { Enforcement } from "../decisions/attempt.ts"
import { PolicyKeeper } from "../decisions/policies-in-force.ts"
import { openCallWorld, tokenFor } from "../decisions/testing/call-world.ts"
import { DAY } from "../testing/control-world.ts"
import { enforceAgent, observeAgent } from "./observe-mode.ts"

const ELSEWHERE = { tool: "read_note", arguments: { path: "/etc/passwd" } }

describe("observing on several replicas over PostgreSQL", { skip: postgresMissing() }, () => {
  const stack = new AsyncDisposableStack()
  let cluster: Awaited<ReturnType<typeof startPostgresCluster>>
  before(async () => {
    cluster = stack.use(await startPostgresCluster())
  })
  after(() => stack.disposeAsync())

  it("is over by the database's time, on a replica whose own clock is days behind as well", async () => {
    await using world = await openCallWorld((settings) => openTemporaryPostgres(cluster, settings))
    const { agent, clock } = world
    const security = await world.person("security")
    const there = await world.transact(({ budgets }) => budgets.time(clock.now()))
    clock.advance(there.getTime() - clock.now().getTime() - 3 * DAY)
    const caller = await tokenFor(world, { ...world, task: null })
    await observeAgent(world, security, { agent: agent.id, reason: "for long", days: 30 })
    assert.equal(told(await world.enforce({ ...ELSEWHERE, caller })), "permit let_through")
    await enforceAgent(world, security, { agent: agent.id, reason: "anew" })
    await observeAgent(world, security, {
      agent: agent.id,
      reason: "until a day that is past there",
      days: 1,
    })
    assert.equal(told(await world.enforce({ ...ELSEWHERE, caller })), "deny null")
  })

  it("ends for calls in flight on all of them, from the moment that ending it was answered for", async () => {
    await using world = await openCallWorld((settings) => openTemporaryPostgres(cluster, settings))
    const there = await world.transact(({ budgets }) => budgets.time(world.clock.now()))
    world.clock.advance(there.getTime() - world.clock.now().getTime())
    const caller = await tokenFor(world, { ...world, task: null })
    const security = await world.person("security")
    await observeAgent(world, security, { agent: world.agent.id, reason: "to see", days: 30 })
    const replicas = [new PolicyKeeper(), new PolicyKeeper()]
    const call = (policies: PolicyKeeper): Promise<Enforcement> =>
      world.enforce({ ...ELSEWHERE, caller }, { policies })
    assert.deepEqual((await Promise.all(replicas.map(call))).map(told), Array(2).fill("permit let_through"))
    const inFlight = Array.from({ length: 5 }, () => replicas.map(call)).flat()
    await enforceAgent(world, security, { agent: world.agent.id, reason: "now" })
    const enforcedFrom = await world.version()
    const decided = await Promise.all([...inFlight, ...replicas.map(call)])
    for (const one of decided)
      assert.equal(one.effect === "permit", (one.decision?.version ?? 0) < enforcedFrom, told(one))
    assert.deepEqual(decided.slice(-2).map(told), Array(2).fill("deny null"))
  })
})

function told({ effect, decision }: Enforcement): string {
  return `${effect} ${decision?.observed}`
}
