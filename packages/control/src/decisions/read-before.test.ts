import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type DecisionRecord, type Id, newId, type Upstream } from "@tabard/core"
import { READ_LABELS } from "@tabard/policy"
import { ownAddress } from "../policies/own-address.ts"
import { putOwnPolicies } from "../policies/put-own-policies.ts"
import { openTask } from "../tasks/open-task.ts"
import { readBefore } from "./read-before.ts"
import { type CallWorld, openCallWorld, tokenFor } from "./testing/call-world.ts"

const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } }
const GITHUB = "https://api.githubcopilot.com/mcp/"
const ASKED = { asksRead: true }

describe("what a run has read so far", () => {
  it("forbids what must not follow upon it, from the next call of that run on and of no other", async () => {
    await using world = await openCallWorld()
    await guarded(
      world,
      `@id("mixed") forbid (principal, action in Tabard::Action::"effect:read", resource) when { context.session.read.contains("confidential") };`,
    )
    assert.equal((await world.enforce(READ)).effect, "permit", "nothing was read before")
    assert.deepEqual((await world.enforce(READ)).decision?.reasons, ["own/mixed"])

    const scope = { server: world.server.id, tools: ["read_note"], folder: "/notes" }
    const task = await openTask(world, world.owner, {
      agent: world.agent.id,
      text: "tidy",
      scope,
      minutes: 60,
    })
    const caller = await tokenFor(world, { ...world, task: task.id })
    assert.equal((await world.enforce({ ...READ, caller })).effect, "permit", "another run begins anew")
  })

  it("is everything without a task: nobody knows where the run began", async () => {
    await using world = await openCallWorld()
    await guarded(
      world,
      `@id("mixed") forbid (principal, action, resource) when { context.session.read.contains("critical") };`,
    )
    const caller = await tokenFor(world, { ...world, task: null })
    assert.deepEqual((await world.enforce({ ...READ, caller })).decision?.reasons, ["own/mixed"])
  })

  it("is as sensitive as the systems that were reached, and all there is of one that nobody knows", async () => {
    await using world = await openCallWorld()
    const github = await serverAt(world, "code", GITHUB)
    assert.deepEqual(await readIn(world, []), [])
    assert.deepEqual(await readIn(world, [github]), ["public", "workspace", "confidential", "strangers"])
    assert.deepEqual(await readIn(world, [github, world.server.id]), READ_LABELS)
    assert.deepEqual(await readIn(world, [newId("server", world.clock)]), READ_LABELS, "it is not there")
  })

  it("costs nothing where no policy asks", async () => {
    await using world = await openCallWorld()
    const read = await world.snapshot((tx) => readBefore(tx, { base: { asksRead: false }, task: world.task }))
    assert.deepEqual(read, {})
  })

  for (const [source, words] of [
    [
      `permit (principal, action, resource) when { context.session.read.contains("public") };`,
      /never allows more/,
    ],
    [
      `forbid (principal, action, resource) unless { context.session.read.contains("public") };`,
      /never allows/,
    ],
    [
      `forbid (principal, action, resource) when { !context.session.read.contains("public") };`,
      /never allows/,
    ],
    [
      `forbid (principal, action, resource) when { context.session.read.contains("public") == false };`,
      /never/,
    ],
    [`forbid (principal, action, resource) when { context.session.read.isEmpty() };`, /only as context/],
    [`forbid (principal, action, resource) when { context.session.read == ["public"] };`, /only as context/],
    [
      `forbid (principal, action, resource) when { context.session.read.contains("confidental") };`,
      /is confidential meant/,
    ],
    [`forbid (principal, action, resource) when { context.session.read.contains("secret") };`, /read secret/],
  ] as const)
    it(`is refused where it is asked otherwise than it binds: ${source}`, async () => {
      await using world = await openCallWorld()
      const by = source.replace("principal,", `principal == Tabard::Agent::"${world.agent.id}",`)
      await assert.rejects(
        putOwnPolicies(world, world.owner, {
          address: ownAddress("hand", world.agent.id),
          source: by,
          seen: 0,
        }),
        (error) => error instanceof Error && words.test(error.message),
      )
    })

  it("may be what a permit leaves out", async () => {
    await using world = await openCallWorld()
    const source = `permit (principal == Tabard::Agent::"${world.agent.id}", action, resource) unless { context.session.read.containsAny(["critical", "strangers"]) };`
    const address = ownAddress("hand", world.agent.id)
    assert.equal((await putOwnPolicies(world, world.owner, { address, source, seen: 0 })).version, 1)
  })
})

async function guarded(world: CallWorld, source: string): Promise<void> {
  const security = await world.person("security")
  await putOwnPolicies(world, security, { address: ownAddress("guard", "own"), source, seen: 0 })
}

async function serverAt(world: CallWorld, name: string, url: string): Promise<Id<"server">> {
  const { clock, owner } = world
  const server: Upstream = {
    id: newId("server", clock),
    name,
    launch: { transport: "http", url },
    registeredBy: owner.id,
    registeredAt: clock.now(),
  }
  await world.transact(({ servers }) => servers.insert(server))
  return server.id
}

/** What a run has read that was let through to these servers. */
async function readIn(world: CallWorld, servers: readonly Id<"server">[]): Promise<unknown> {
  const task = newId("task", world.clock)
  await world.transact(async ({ decisions }) => {
    for (const resource of servers) await decisions.insert(permitted(world, { task, resource }))
  })
  return (await world.snapshot((tx) => readBefore(tx, { base: ASKED, task: { id: task } }))).read
}

function permitted(
  { agent, clock }: CallWorld,
  { task, resource }: { task: Id<"task">; resource: string },
): DecisionRecord {
  return {
    id: newId("decision", clock),
    call: newId("call", clock),
    agent: agent.id,
    task,
    action: "code/read",
    resource,
    effect: "permit",
    code: "permitted",
    reasons: [],
    approval: null,
    version: 1,
    observed: null,
    at: clock.now(),
  }
}
