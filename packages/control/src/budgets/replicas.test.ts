import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { openTemporaryPostgres, postgresMissing, startPostgresCluster } from "@tabard/store/testing"
import { putManifest } from "../decisions/put-manifest.ts"
import { type CallWorld, openCallWorld } from "../decisions/testing/call-world.ts"
import { limitsOfAgent } from "./limits-of-agent.ts"
import { type StartedReplica, startReplica } from "./testing/calling-replica.ts"

const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } }

// Limits of a task: no window of theirs ends while a test runs, whatever the time is at the database.
describe("a limit on two replicas, in two processes over PostgreSQL", { skip: postgresMissing() }, () => {
  const stack = new AsyncDisposableStack()
  let cluster: Awaited<ReturnType<typeof startPostgresCluster>>
  before(async () => {
    cluster = stack.use(await startPostgresCluster())
  })
  after(() => stack.disposeAsync())

  it("lets exactly ten of fifty calls at once pass", async () => {
    await using world = await limited(cluster)
    const replicas = await Promise.all([world.replica(25), world.replica(25)])
    const answers = (await Promise.all(replicas.map(({ decide }) => all(decide())))).flat()
    assert.equal(answers.length, 50)
    assert.equal(answers.filter((answer) => answer === "permit ").length, 10)
    assert.equal(answers.filter((answer) => answer === "deny limit_reached").length, 40)
    assert.equal(await world.used(), "10")
  })

  it("keeps what a replica had reserved that was killed before anybody knew how its calls ended", async () => {
    await using world = await limited(cluster)
    const replica = await world.replica(6)
    let permitted = 0
    for await (const answer of replica.decide()) {
      assert.equal(answer, "permit ")
      permitted += 1
      if (permitted === 2) break
    }
    await replica.kill()
    const before = Number(await world.used())
    assert.ok(before >= permitted)
    let more = 0
    while ((await world.enforce(READ)).effect === "permit") more += 1
    assert.equal(before + more, 10)
  })
})

async function all(lines: AsyncIterable<string>): Promise<readonly string[]> {
  const told: string[] = []
  for await (const line of lines) told.push(line)
  return told
}

interface LimitedWorld extends CallWorld {
  replica(calls: number): Promise<StartedReplica>
  used(): Promise<string | undefined>
}

/** The call world over PostgreSQL, its agent limited to ten calls in one task. */
async function limited(cluster: Parameters<typeof openTemporaryPostgres>[0]): Promise<LimitedWorld> {
  let url = ""
  const world = await openCallWorld(async (settings) => {
    const opened = await openTemporaryPostgres(cluster, settings)
    url = opened.url
    return opened
  })
  const text = `
purpose: Keeps the notes tidy
tier: transactional
limits: { calls: [{ atMost: 10, per: task }] }
tools: [{ server: notes, tool: read_note, arguments: { path: { under: /notes } } }]
`
  await putManifest(world.world, world.owner, { agent: world.agent.id, text })
  const { organisation, caller, server, point, clock } = world
  const told = { url, now: clock.now().toISOString(), organisation, caller, server, point, attempt: READ }
  return {
    ...world,
    replica: (calls) => startReplica({ ...told, calls }),
    used: async () => {
      const [limit] = await world.snapshot((tx) => limitsOfAgent(tx, world.agent, clock.now()))
      return limit?.uses[0]?.used
    },
  }
}
