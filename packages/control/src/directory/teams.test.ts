import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Agent, User } from "@tabard/core"
import { shelfFor } from "../access/own-shelf.ts"
import { describeAgent } from "../registry/describe-agent.ts"
import { addMaintainingTeam, removeMaintainingTeam } from "../registry/maintain-by-team.ts"
import { type ControlWorld, openControlWorld } from "../testing/control-world.ts"
import { addTeamMember, changeTeam, makeTeam, removeTeam, removeTeamMember, type TeamWords } from "./teams.ts"

describe("a team that helps with an agent", () => {
  it("lets its people see and describe it, from their next request on, and nobody else", async () => {
    await using world = await openControlWorld()
    const { ann, bob, eve, agent, team } = await lay(world)
    assert.deepEqual([await sees(world, bob, agent), await sees(world, eve, agent)], [false, false])
    await addTeamMember(world, ann, { team, user: bob.id })
    assert.deepEqual([await sees(world, bob, agent), await sees(world, eve, agent)], [true, false])
    await describeAgent(world, bob, { agent: agent.id, change: { environment: "test" } })
    await assert.rejects(describeAgent(world, eve, { agent: agent.id, change: { environment: "test" } }), {
      code: "not_allowed",
    })
  })

  it("gives nothing any more to who left it, and nothing at all once it is removed", async () => {
    await using world = await openControlWorld()
    const { ann, bob, eve, agent, team } = await lay(world)
    for (const { id: user } of [bob, eve]) await addTeamMember(world, ann, { team, user })
    const other = await makeTeam(world, ann, words({ name: "Other" }))
    await addTeamMember(world, ann, { team: other, user: bob.id })

    await removeTeamMember(world, ann, { team, user: bob.id })
    assert.deepEqual([await sees(world, bob, agent), await sees(world, eve, agent)], [false, true])
    await assert.rejects(describeAgent(world, bob, { agent: agent.id, change: { environment: "test" } }), {
      code: "not_allowed",
    })
    await removeTeam(world, ann, team)
    assert.equal(await sees(world, eve, agent), false)
    const again = await makeTeam(world, ann, words({ name: "Web" }))
    await addTeamMember(world, ann, { team: again, user: eve.id })
    assert.equal(await sees(world, eve, agent), false, "a new team of the old name helps with nothing")
  })

  it("stops helping where its owner says so, and is told in the record", async () => {
    await using world = await openControlWorld()
    const { ann, bob, agent, team, owner } = await lay(world)
    await addTeamMember(world, ann, { team, user: bob.id })
    await assert.rejects(removeMaintainingTeam(world, bob, { agent: agent.id, team }), {
      code: "not_allowed",
    })
    await removeMaintainingTeam(world, owner, { agent: agent.id, team })
    await removeMaintainingTeam(world, owner, { agent: agent.id, team })
    assert.equal(await sees(world, bob, agent), false)
    const told = await world.events("maintainer.team-added", "maintainer.team-removed", "team.member-added")
    assert.deepEqual(
      told.map(({ type, data }) => [type, data]),
      [
        ["maintainer.team-added", { team, name: "Web" }],
        ["team.member-added", { team, name: "Web", user: bob.id }],
        ["maintainer.team-removed", { team, name: "Web" }],
      ],
    )
  })

  it("is one of five at most", async () => {
    await using world = await openControlWorld()
    const { ann, agent } = await lay(world)
    const add = async (name: string) =>
      addMaintainingTeam(world, ann, {
        agent: agent.id,
        team: await makeTeam(world, ann, words({ name })),
      })
    for (const name of ["b", "c", "d", "e"]) await add(name)
    await assert.rejects(add("f"), { code: "agent_state_conflict" })
  })
})

describe("a team", () => {
  it("is made, changed and removed by administrators alone", async () => {
    await using world = await openControlWorld()
    const { ann, bob, team } = await lay(world)
    const security = await world.person("security", { email: "s@acme.example" })
    for (const who of [bob, security]) {
      const refused = { code: "not_allowed" }
      await assert.rejects(makeTeam(world, who, words({ name: "X" })), refused)
      await assert.rejects(changeTeam(world, who, team, words({})), refused)
      await assert.rejects(removeTeam(world, who, team), refused)
      await assert.rejects(addTeamMember(world, who, { team, user: who.id }), refused)
      await assert.rejects(removeTeamMember(world, who, { team, user: who.id }), refused)
    }
    await changeTeam(world, ann, team, words({ name: "Web and API", lead: bob.id }))
    await removeTeam(world, ann, team)
    await assert.rejects(removeTeam(world, ann, team), { code: "team_not_found" })
    assert.deepEqual(
      (await world.events("team.made", "team.changed", "team.removed")).map(({ type }) => type),
      ["team.made", "team.changed", "team.removed"],
    )
  })

  it("has a name of its own, and a lead who is active", async () => {
    await using world = await openControlWorld()
    const { ann, team } = await lay(world)
    await assert.rejects(makeTeam(world, ann, words({ name: "wEB" })), { code: "team_exists" })
    const ops = await makeTeam(world, ann, words({ name: "Ops" }))
    await assert.rejects(changeTeam(world, ann, ops, words({ name: "WEB" })), { code: "team_exists" })
    const gone = await world.person("member", { email: "g@acme.example", active: false })
    await assert.rejects(changeTeam(world, ann, team, words({ lead: gone.id })), {
      code: "person_not_found",
    })
  })

  it("that the provider keeps takes nobody in or out by hand, and has a name there", async () => {
    await using world = await openControlWorld()
    const { ann, bob } = await lay(world)
    const kept = { name: "Kept", keptBy: "provider" } as const
    await assert.rejects(makeTeam(world, ann, words(kept)), { code: "body_invalid" })
    const team = await makeTeam(world, ann, words({ ...kept, externalName: "g-1" }))
    for (const act of [addTeamMember, removeTeamMember])
      await assert.rejects(act(world, ann, { team, user: bob.id }), { code: "team_kept_by_provider" })
  })

  it("that SCIM keeps is filled and named there, until an administrator takes it back", async () => {
    await using world = await openControlWorld()
    const { ann, bob } = await lay(world)
    const kept = { name: "Sales", keptBy: "scim" } as const
    const team = await makeTeam(world, ann, words(kept))
    for (const act of [addTeamMember, removeTeamMember])
      await assert.rejects(act(world, ann, { team, user: bob.id }), { code: "team_kept_by_provider" })
    await assert.rejects(changeTeam(world, ann, team, words({ ...kept, name: "Ours" })), {
      code: "team_kept_by_provider",
    })
    await changeTeam(world, ann, team, words({ ...kept, lead: bob.id }))
    await changeTeam(world, ann, team, words({ name: "Ours", keptBy: "people" }))
    await addTeamMember(world, ann, { team, user: bob.id })
  })
})

async function lay(world: ControlWorld) {
  const ann = await world.person("administrator")
  const person = (name: string) => world.person("member", { name, email: `${name}@acme.example` })
  const [owner, bob, eve] = [await person("owner"), await person("bob"), await person("eve")]
  const agent = await world.agent({ owner: owner.id })
  const team = await makeTeam(world, ann, words({}))
  await addMaintainingTeam(world, owner, { agent: agent.id, team })
  return { ann, owner, bob, eve, agent, team }
}

function words(differs: Partial<TeamWords>): TeamWords {
  return { name: "Web", externalName: null, keptBy: "people", lead: null, ...differs }
}

async function sees(world: ControlWorld, user: User, { id }: Agent): Promise<boolean> {
  const own = shelfFor(world, user)
  const found = await own.snapshot(({ agents }) => agents.find(id))
  const listed = await own.snapshot(({ agents }) => agents.list({ limit: 10 }))
  const touched = await own.transact(({ agents }) => agents.find(id))
  assert.deepEqual([listed.length === 1, touched !== undefined], [found !== undefined, found !== undefined])
  return found !== undefined
}
