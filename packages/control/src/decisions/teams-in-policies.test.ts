import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { addTeamMember, makeTeam, removeTeamMember } from "../directory/teams.ts"
import { putPolicies } from "./put-policies.ts"
import { openCallWorld } from "./testing/call-world.ts"

const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } }

describe("a policy about the people of a team", () => {
  it("holds for whoever belongs to it when it is asked, and for nobody who left it", async () => {
    await using world = await openCallWorld()
    const { owner } = world
    const ann = await world.world.person("administrator", { email: "ann@acme.example" })
    const words = { externalName: null, keptBy: "people", lead: null } as const
    const team = await makeTeam(world, ann, { name: "Interns", ...words })
    await world.transact(async (tx) => {
      const text = `forbid (principal in Tabard::Team::"${team}", action, resource);`
      const policies = [{ id: "own/1", text }]
      await putPolicies(world, tx, { kind: "guard", subject: "own", author: ann.id, policies })
      await tx.organisation.bumpVersion()
    })
    const effect = async () => (await world.enforce(READ)).effect
    assert.equal(await effect(), "permit")
    await addTeamMember(world, ann, { team, user: owner.id })
    assert.equal(await effect(), "deny")
    await removeTeamMember(world, ann, { team, user: owner.id })
    assert.equal(await effect(), "permit")
  })
})
