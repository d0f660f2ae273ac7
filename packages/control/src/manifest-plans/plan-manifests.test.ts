import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { type Agent, newId, type User } from "@tabard/core"
import { putManifest } from "../decisions/put-manifest.ts"
import { seedPolicies } from "../decisions/seed-policies.ts"
import { type ControlWorld, mandateOf, openControlWorld } from "../testing/control-world.ts"
import { notesServer } from "../testing/notes-server.ts"
import type { AgentPlan, ManifestDraft } from "./manifest-plan.ts"
import { applyPlan, planManifests } from "./plan-manifests.ts"

const READS = "{ server: notes, tool: read_note, arguments: { path: { under: /notes } } }"
const DELETES = "{ server: notes, tool: delete_note, arguments: { path: { under: /notes } } }"

let world: ControlWorld
let owner: User
before(async () => {
  world = await openControlWorld()
  await seedPolicies({ ...world, production: false })
  owner = await world.person("member")
  await notesServer(world, owner)
})
after(() => world[Symbol.asyncDispose]())

describe("planning a manifest", () => {
  it("says what a first one gives, whom it matters to and what the risk becomes, and keeps nothing", async () => {
    const agent = await adopted()
    const earlier = await kept(agent)
    const only = await planned({ agent: agent.id, text: manifest(READS) })
    assert.deepEqual([only.change, only.version, only.takesAway], ["first", null, []])
    assert.ok(only.adds.some((words) => words.includes("read_note only under /notes")))
    assert.deepEqual(
      only.tools.map(({ tool, before: was, after: is }) => [tool, was, is]),
      [["read_note", "nothing", "permit"]],
    )
    assert.equal(only.concerned.owner, owner.id)
    assert.ok(only.risk.after.score < only.risk.before.score)
    assert.deepEqual(await kept(agent), earlier)
  })

  it("says what one takes away, and where people will be asked by a guard-rail", async () => {
    const agent = await adopted()
    await putManifest(world, owner, { agent: agent.id, text: manifest(READS) })
    const only = await planned({ agent: agent.id, text: manifest(DELETES) })
    assert.deepEqual([only.change, only.version], ["changed", 1])
    assert.ok(only.takesAway.some((words) => words.includes("read_note")))
    const [deletes, reads] = only.tools
    assert.deepEqual([deletes?.tool, deletes?.before, deletes?.after], ["delete_note", "nothing", "ask"])
    assert.ok(deletes?.guardRails.includes("guard/1"))
    assert.deepEqual([reads?.tool, reads?.before, reads?.after], ["read_note", "permit", "nothing"])
  })

  it("answers the same for the same, and no changes for what is in force word for word", async () => {
    const agent = await adopted()
    const drafts = [{ agent: agent.id, text: manifest(READS) }]
    const plan = await planManifests(world, owner, { drafts })
    assert.equal((await planManifests(world, owner, { drafts })).digest, plan.digest)
    await putManifest(world, owner, { agent: agent.id, text: manifest(READS) })
    const again = await planManifests(world, owner, { drafts })
    assert.deepEqual([again.changes, again.agents[0]?.change, again.agents[0]?.adds], [0, "same", []])
  })

  it("is refused to whoever does not answer for each of the agents, and for what could not be in force", async () => {
    const agent = await adopted()
    const stranger = await world.person("member")
    const plan = (by: User, ...drafts: { agent: string; text: string }[]): Promise<unknown> =>
      planManifests(world, by, { drafts })
    const good = { agent: agent.id, text: manifest(READS) }
    await assert.rejects(plan(stranger, good), { code: "not_allowed" })
    await assert.rejects(plan(owner, good, good), { code: "body_invalid", message: /two manifests/ })
    await assert.rejects(plan(owner, good, { ...good, agent: "agt_none" }), { code: "agent_not_found" })
    await assert.rejects(plan(owner, { ...good, text: "tools: [" }), { code: "manifest_invalid" })
    const many = Array.from({ length: 51 }, () => good)
    await assert.rejects(plan(owner, ...many), { code: "body_invalid", message: /50/ })
  })
})

describe("applying a plan", () => {
  it("puts in force exactly what was seen, and once: asked again it changes nothing", async () => {
    const [one, two] = [await adopted(), await adopted()]
    const drafts = [one, two].map(({ id }) => ({ agent: id, text: manifest(READS) }))
    const { digest } = await planManifests(world, owner, { drafts })
    const applied = await applyPlan(world, owner, { drafts, digest })
    assert.deepEqual([applied.changes, applied.digest], [2, digest])
    for (const agent of [one, two])
      assert.deepEqual((await kept(agent)).sets, [[1, manifest(READS), owner.id]])
    const now = await Promise.all([kept(one), kept(two)])
    assert.equal((await applyPlan(world, owner, { drafts, digest })).changes, 0)
    assert.deepEqual(await Promise.all([kept(one), kept(two)]), now)
  })

  it("is refused where another manifest came in force meanwhile, or another text is handed in", async () => {
    const agent = await adopted()
    const drafts = [{ agent: agent.id, text: manifest(READS) }]
    const { digest } = await planManifests(world, owner, { drafts })
    const wider = [{ agent: agent.id, text: manifest(READS, DELETES) }]
    await assert.rejects(applyPlan(world, owner, { drafts: wider, digest }), { code: "plan_changed" })
    await putManifest(world, owner, { agent: agent.id, text: manifest() })
    const now = await kept(agent)
    await assert.rejects(applyPlan(world, owner, { drafts, digest }), { code: "plan_changed" })
    assert.deepEqual(await kept(agent), now)
  })

  it("is refused where a tool that the manifest names is another since", async () => {
    const agent = await adopted()
    const server = await notesServer(world, owner, `notes-${agent.id.slice(-6)}`)
    const text = manifest(`{ server: ${server.name}, tool: "effect:read" }`)
    const drafts = [{ agent: agent.id, text }]
    const { digest } = await planManifests(world, owner, { drafts })
    await world.transact(async ({ servers, organisation }) => {
      const [tool] = (await servers.pinned()).filter(
        (each) => each.server === server.id && each.name === "write_note",
      )
      assert.ok(tool)
      await servers.repin(tool.id, { ...tool, id: newId("toolVersion", world.clock), effects: ["read"] })
      await organisation.bumpVersion()
    })
    await assert.rejects(applyPlan(world, owner, { drafts, digest }), { code: "plan_changed" })
  })

  it("puts none in force where one of them cannot be", async () => {
    const [one, two] = [await adopted(), await adopted()]
    const good = { agent: one.id, text: manifest(READS) }
    const { digest } = await planManifests(world, owner, { drafts: [good] })
    const drafts = [good, { agent: two.id, text: manifest("{ server: notes, tool: none }") }]
    const now = await kept(one)
    await assert.rejects(applyPlan(world, owner, { drafts, digest }), { code: "manifest_invalid" })
    assert.deepEqual(await kept(one), now)
  })

  it("says where the manifests are kept, as it was planned, also where their text is in force already", async () => {
    const agent = await adopted()
    await putManifest(world, owner, { agent: agent.id, text: manifest(READS) })
    const drafts = [
      { agent: agent.id, text: manifest(READS), repository: "https://github.com/acme/agents.git" },
    ]
    const { digest } = await planManifests(world, owner, { drafts })
    const keptIn = async () =>
      (await world.snapshot(({ facts }) => facts.of([agent.id]))).find(
        ({ name }) => name === "manifestRepository",
      )?.value
    assert.equal(await keptIn(), undefined)
    await applyPlan(world, owner, { drafts, digest })
    assert.equal(await keptIn(), "repository:github.com/acme/agents")
    const now = await kept(agent)
    await applyPlan(world, owner, { drafts, digest })
    assert.deepEqual(await kept(agent), now)
    const elsewhere = [
      { agent: agent.id, text: manifest(READS, DELETES), repository: "gitlab.com/acme/agents" },
    ]
    const unsaid = [{ agent: agent.id, text: manifest(READS, DELETES) }]
    const other = await planManifests(world, owner, { drafts: unsaid })
    await assert.rejects(applyPlan(world, owner, { drafts: elsewhere, digest: other.digest }), {
      code: "plan_changed",
    })
  })

  it("tells a manifest that is kept in the same repository and is not among those planned; it stays", async () => {
    const [one, two] = [await adopted(), await adopted()]
    const repository = "gitlab.com/acme/told"
    const draftOf = ({ id }: Agent): ManifestDraft => ({ agent: id, text: manifest(READS), repository })
    const drafts = [draftOf(one), draftOf(two)]
    const both = await planManifests(world, owner, { drafts })
    assert.deepEqual(both.unfiled, [])
    await applyPlan(world, owner, { drafts, digest: both.digest })
    const now = await kept(two)
    const left = await planManifests(world, owner, { drafts: [draftOf(one)], prune: true })
    assert.deepEqual([left.changes, left.unfiled], [0, [two.id]])
    assert.deepEqual(await kept(two), now)
    const elsewhere = { ...draftOf(one), repository: "gitlab.com/acme/other" }
    assert.deepEqual((await planManifests(world, owner, { drafts: [elsewhere] })).unfiled, [])
  })

  it("is carried out by one of twenty at once", async () => {
    const agent = await adopted()
    const drafts = [{ agent: agent.id, text: manifest(READS) }]
    const { digest } = await planManifests(world, owner, { drafts })
    await Promise.all(Array.from({ length: 20 }, () => applyPlan(world, owner, { drafts, digest })))
    assert.equal((await kept(agent)).sets.length, 1)
  })
})

/** Plans a single manifest. */
async function planned(draft: ManifestDraft): Promise<AgentPlan> {
  const { agents, changes } = await planManifests(world, owner, { drafts: [draft] })
  const [only] = agents
  assert.ok(only)
  assert.equal(changes, 1)
  return only
}

async function adopted(): Promise<Agent> {
  return world.agent({ state: "active", owner: owner.id, mandate: mandateOf(owner, world.clock) })
}

/** Whatever a plan must not touch. */
async function kept({ id }: Agent): Promise<{
  readonly version: number
  readonly sets: readonly (readonly [number, string | null, string])[]
  readonly events: number
  readonly risks: unknown
}> {
  const sets = await world.snapshot(({ policies }) => policies.history("intent", id))
  return {
    version: await world.version(),
    sets: sets.map(({ version, source, author }) => [version, source, author]),
    events: (await world.events()).length,
    risks: await world.snapshot(({ risks }) => risks.history(id, 10)),
  }
}

function manifest(...tools: readonly string[]): string {
  return `purpose: Tidies notes\ntier: transactional\ntools: [${tools.join(", ")}]`
}
