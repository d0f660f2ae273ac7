import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { DAY, mandateOf, openControlWorld } from "../testing/control-world.ts"
import { changeRole, deactivatePerson, inviteAgain, invitePerson, reactivatePerson } from "./people.ts"
import { sessionUser } from "./sessions.ts"
import { checkSignInLink, signIn } from "./sign-in.ts"

const BOB = { name: "Bob", email: "bob@acme.example", role: "member" } as const

describe("an invitation", () => {
  it("lets the person in whom it names, once, as what the administrator said", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator")
    const { code, user } = await invitePerson(world, ann, BOB)
    assert.equal(await checkSignInLink(world, code), false)
    const signedIn = await signIn(world, code, { name: "Eve", email: "eve@acme.example" })
    assert.deepEqual(signedIn.user, user)
    assert.equal(signedIn.user.role, "member")
    await assert.rejects(signIn(world, code, {}), { code: "sign_in_invalid" })
  })

  it("ends after three days, and by the next one", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator")
    const { code, user } = await invitePerson(world, ann, BOB)
    const again = await inviteAgain(world, ann, user.id)
    await assert.rejects(signIn(world, code, {}), { code: "sign_in_invalid" })
    world.clock.advance(3 * DAY)
    await assert.rejects(signIn(world, again.code, {}), { code: "sign_in_invalid" })
  })

  it("is kept as a hash alone", async () => {
    await using world = await openControlWorld()
    const { code } = await invitePerson(world, await world.person("administrator"), BOB)
    assert.ok(!JSON.stringify(await world.events()).includes(code))
    assert.equal(await world.snapshot(({ invitations }) => invitations.valid(code, world.clock.now())), false)
  })

  it("is made for nobody whose email is taken", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator", { email: "ann@acme.example" })
    const taken = { ...BOB, email: "ANN@acme.example" }
    await assert.rejects(invitePerson(world, ann, taken), { code: "person_exists" })
    assert.deepEqual(await world.events("person.invited"), [])
  })
})

describe("switching a person off", () => {
  it("ends their sessions and their invitation at once, and leaves their agents without an owner", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator")
    const { code, user } = await invitePerson(world, ann, BOB)
    const { token } = await signIn(world, code, {})
    const open = await inviteAgain(world, ann, user.id)
    await world.agent({ state: "active", owner: user.id, mandate: mandateOf(user, world.clock) })

    await deactivatePerson(world, ann, { person: user.id, reason: "left" })
    assert.equal(await sessionUser(world, token), undefined)
    await assert.rejects(signIn(world, open.code, {}), { code: "sign_in_invalid" })
    assert.equal(await world.snapshot(({ agents }) => agents.countOrphaned()), 1)
    const standing = await world.snapshot(({ findings }) =>
      findings.list({ now: world.clock.now(), limit: 10 }),
    )
    assert.ok(
      standing.some(({ rule }) => rule.includes("owner")),
      JSON.stringify(standing),
    )

    await reactivatePerson(world, ann, user.id)
    assert.equal(await sessionUser(world, token), undefined, "an ended session stays ended")
    assert.equal(await world.snapshot(({ agents }) => agents.countOrphaned()), 0)
    assert.equal((await world.events("person.deactivated", "person.reactivated")).length, 2)
  })

  it("is refused for the last active administrator, as is another role", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator")
    const off = (person: typeof ann) => deactivatePerson(world, ann, { person: person.id, reason: "left" })
    await assert.rejects(off(ann), { code: "last_administrator" })
    await assert.rejects(changeRole(world, ann, { person: ann.id, role: "member" }), {
      code: "last_administrator",
    })
    const bea = await world.person("administrator", { email: "bea@acme.example" })
    await changeRole(world, ann, { person: bea.id, role: "auditor" })
    await assert.rejects(off(ann), { code: "last_administrator" })
    await changeRole(world, ann, { person: bea.id, role: "administrator" })
    await off(bea)
    await off(bea)
    assert.equal((await world.events("person.deactivated")).length, 1, "twice is as once")
  })

  it("is for administrators, as all of this is", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator", { email: "ann@acme.example" })
    for (const role of ["security", "auditor", "member"] as const) {
      const by = await world.person(role, { email: `${role}@acme.example` })
      for (const attempt of [
        invitePerson(world, by, BOB),
        inviteAgain(world, by, ann.id),
        changeRole(world, by, { person: by.id, role: "administrator" }),
        deactivatePerson(world, by, { person: ann.id, reason: "x" }),
        reactivatePerson(world, by, ann.id),
      ]) {
        await assert.rejects(attempt, { code: "not_allowed" })
      }
    }
  })
})
