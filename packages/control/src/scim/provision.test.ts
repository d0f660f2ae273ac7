import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id, Role, User } from "@tabard/core"
import { changeRole, deactivatePerson, reactivatePerson } from "../access/people.ts"
import type { Caller } from "../registry/caller.ts"
import { type ControlWorld, openControlWorld } from "../testing/control-world.ts"
import { changeProvisioned } from "./change-provisioned.ts"
import { provisionPerson } from "./provision-person.ts"
import { releasePerson } from "./release-person.ts"
import { removeProvisioned } from "./remove-provisioned.ts"
import type { PersonSaid } from "./said-of-person.ts"

const ANN: PersonSaid = {
  userName: "Ann@acme.example",
  externalId: "x-1",
  words: { givenName: "Ann", familyName: "Lee" },
}

describe("a person whom a directory brings", () => {
  it("is a member, called what the directory says, without a link or a session", async () => {
    await using world = await openScimWorld()
    const id = await provisionPerson(world, world.by, ANN)
    const { name, email, role, active } = await world.user(id)
    assert.deepEqual([name, email, role, active], ["Ann Lee", "Ann@acme.example", "member", true])
    assert.deepEqual(await world.told(), [["person.entered", { user: id, role: "member", by: "scim" }]])
    const until = await world.snapshot(({ invitations }) => invitations.pendingUntil(id, world.clock.now()))
    assert.equal(until, undefined)
  })

  it("is called on one line, whatever the directory says", async () => {
    await using world = await openScimWorld()
    const words = { displayName: `  Ann\n\u0007Lee${"!".repeat(300)}` }
    const id = await provisionPerson(world, world.by, { ...ANN, words })
    assert.match((await world.user(id)).name, /^Ann Lee!{193}$/)
  })

  it("is refused where their user name or address is somebody else's, in other letters too", async () => {
    await using world = await openScimWorld()
    await world.person("member", { email: "bob@acme.example" })
    await provisionPerson(world, world.by, { ...ANN, address: "ann.lee@acme.example" })
    for (const said of [
      { userName: "ANN@acme.example", address: "other@acme.example" },
      { userName: "other", address: "ANN.lee@acme.example" },
      { userName: "bob@ACME.example", address: "other@acme.example" },
      { userName: "bob@ACME.example" },
    ])
      await assert.rejects(provisionPerson(world, world.by, said), { code: "person_exists" }, said.userName)
  })

  it("needs an address, or a user name that is one", async () => {
    await using world = await openScimWorld()
    for (const said of [{ userName: "ann" }, { userName: "ann", address: "no address" }, {}])
      await assert.rejects(provisionPerson(world, world.by, said), { code: "body_invalid" })
    await provisionPerson(world, world.by, { userName: "ann", address: "ann@acme.example" })
  })
})

describe("a person of whom a directory says something", () => {
  it("is switched off as by an administrator, with sessions and all, and let in again", async () => {
    await using world = await openScimWorld()
    const id = await provisionPerson(world, world.by, ANN)
    const before = await world.version()
    await changeProvisioned(world, world.by, id, { active: false })
    assert.equal((await world.user(id)).active, false)
    assert.ok((await world.version()) > before)
    await changeProvisioned(world, world.by, id, { active: true })
    assert.equal((await world.user(id)).active, true)
    assert.deepEqual(
      (await world.events("person.deactivated", "person.reactivated")).map(({ type, door }) => [type, door]),
      [
        ["person.deactivated", "scim"],
        ["person.reactivated", "scim"],
      ],
    )
  })

  it("stays off where an administrator switched them off, whatever the directory says", async () => {
    await using world = await openScimWorld()
    const id = await provisionPerson(world, world.by, ANN)
    await deactivatePerson(world, world.by, { person: id, reason: "compromised" })
    await changeProvisioned(world, world.by, id, { active: true })
    await changeProvisioned(world, world.by, id, { active: false })
    await changeProvisioned(world, world.by, id, { active: true })
    assert.equal((await world.user(id)).active, false)
    await reactivatePerson(world, world.by, id)
    assert.equal((await world.user(id)).active, true)
  })

  it("is let in again by an administrator only once SCIM keeps them no longer", async () => {
    await using world = await openScimWorld()
    const id = await provisionPerson(world, world.by, ANN)
    await changeProvisioned(world, world.by, id, { active: false })
    await assert.rejects(reactivatePerson(world, world.by, id), { code: "person_kept_by_scim" })
    await assert.rejects(releasePerson(world, { ...world.by, role: "security" }, id), { code: "not_allowed" })
    await releasePerson(world, world.by, id)
    await assert.rejects(releasePerson(world, world.by, id), { code: "person_state_conflict" })
    await reactivatePerson(world, world.by, id)
    assert.equal((await world.user(id)).active, true)
  })

  it("stays an administrator's equal: the last active one cannot be switched off, nor removed", async () => {
    await using world = await openScimWorld()
    await assert.rejects(
      changeProvisioned(world, world.by, world.by.id, { active: false, words: { title: "x" } }),
      {
        code: "last_administrator",
      },
    )
    await assert.rejects(removeProvisioned(world, world.by, world.by.id), { code: "last_administrator" })
    assert.equal((await world.user(world.by.id)).active, true)
    assert.equal((await world.told()).length, 0)
    await world.person("administrator")
    await changeProvisioned(world, world.by, world.by.id, { active: false })
    assert.equal((await world.user(world.by.id)).active, false)
  })

  it("keeps their role, whatever they are", async () => {
    await using world = await openScimWorld()
    const id = await provisionPerson(world, world.by, ANN)
    await changeRole(world, world.by, { person: id, role: "security" })
    await changeProvisioned(world, world.by, id, { words: { displayName: "Ann B. Lee" } })
    const { name, role } = await world.user(id)
    assert.deepEqual([name, role], ["Ann B. Lee", "security"])
  })

  it("is told of by what changed, and not at all where nothing did", async () => {
    await using world = await openScimWorld()
    const id = await provisionPerson(world, world.by, ANN)
    await changeProvisioned(world, world.by, id, ANN)
    assert.equal((await world.told()).length, 1)
    await changeProvisioned(world, world.by, id, {
      userName: "ann.lee@acme.example",
      address: "ann.lee@acme.example",
      words: { givenName: "Anne", title: "Lead" },
    })
    const [, ...told] = await world.told()
    assert.deepEqual(
      told.map(([type, data]) => [type, Object.keys(data ?? {}).toSorted()]),
      [
        ["person.kept", ["said", "user"]],
        ["person.address-changed", ["address", "before", "user"]],
        ["person.renamed", ["before", "name", "user"]],
      ],
    )
    assert.deepEqual(told[0]?.[1], { user: id, said: ["userName", "givenName", "title"] })
    const { name, email } = await world.user(id)
    assert.deepEqual([name, email], ["Anne Lee", "ann.lee@acme.example"])
  })

  it("keeps their address where they are more than a member, until they have signed in at the provider", async () => {
    await using world = await openScimWorld()
    const bob = await world.person("security", { email: "bob@acme.example" })
    const provider = "https://idp.example"
    const move = (address: string) =>
      changeProvisioned({ ...world, provider }, world.by, bob.id, {
        address,
        words: { displayName: address },
      })
    await move("stranger@acme.example")
    const { email, name } = await world.user(bob.id)
    assert.deepEqual([email, name], ["bob@acme.example", "stranger@acme.example"])
    const bind = (issuer: string) =>
      world.transact(({ bindings }) => bindings.bind({ issuer, subject: "bob" }, bob.id))
    await bind("https://earlier.example")
    await move("stranger@acme.example")
    assert.equal((await world.user(bob.id)).email, "bob@acme.example", "an earlier provider is another one")
    await bind(provider)
    await move("robert@acme.example")
    assert.equal((await world.user(bob.id)).email, "robert@acme.example")
  })

  it("is kept by SCIM from its first word on, also where an administrator had entered them", async () => {
    await using world = await openScimWorld()
    const bob = await world.person("security", { name: "Bob", email: "bob@acme.example" })
    await changeProvisioned(world, world.by, bob.id, { externalId: "x-2" })
    const kept = await world.snapshot(({ provisioned }) => provisioned.of([bob.id]))
    const { userName, externalId } = kept.get(bob.id) ?? {}
    assert.deepEqual([userName, externalId], ["bob@acme.example", "x-2"])
    assert.equal((await world.user(bob.id)).name, "Bob")
  })

  it("answers to a manager by any name that the directory has for one, and to nobody above themselves", async () => {
    await using world = await openScimWorld()
    const id = await provisionPerson(world, world.by, ANN)
    const boss = await provisionPerson(world, world.by, { userName: "boss@acme.example", externalId: "x-9" })
    for (const manager of [boss, "BOSS@acme.example", "x-9"]) {
      await changeProvisioned(world, world.by, id, { manager })
      assert.equal((await world.user(id)).manager, boss, manager)
      await changeProvisioned(world, world.by, id, { manager: null })
      assert.equal((await world.user(id)).manager, undefined)
    }
    await changeProvisioned(world, world.by, id, { manager: "nobody here yet" })
    assert.equal((await world.user(id)).manager, undefined)
    await changeProvisioned(world, world.by, id, { manager: boss })
    await assert.rejects(changeProvisioned(world, world.by, boss, { manager: id }), {
      code: "manager_invalid",
    })
    await changeProvisioned(world, world.by, boss, { manager: id, active: false })
    assert.equal((await world.user(boss)).active, false)
  })
})

describe("a person whom a directory removes", () => {
  it("is switched off, unknown to SCIM from then on, and nobody at the OpenID provider", async () => {
    await using world = await openScimWorld()
    const id = await provisionPerson(world, world.by, ANN)
    const identity = { issuer: "https://idp.example", subject: "s-1" }
    await world.transact(({ bindings }) => bindings.bind(identity, id))
    await removeProvisioned(world, world.by, id)
    const { active, removedAt } = await world.user(id)
    assert.deepEqual([active, removedAt], [false, world.clock.now()])
    assert.equal(await world.snapshot(({ bindings }) => bindings.find(identity)), undefined)
    for (const again of [
      removeProvisioned(world, world.by, id),
      changeProvisioned(world, world.by, id, { active: true }),
    ])
      await assert.rejects(again, { code: "person_not_found" })
  })

  it("is somebody new when they come back, or when somebody else gets their address", async () => {
    await using world = await openScimWorld()
    const id = await provisionPerson(world, world.by, ANN)
    await removeProvisioned(world, world.by, id)
    const again = await provisionPerson(world, world.by, ANN)
    assert.notEqual(again, id)
    assert.deepEqual(
      [(await world.user(id)).email, (await world.user(again)).email],
      [`${id}@removed.invalid`, "Ann@acme.example"],
    )
  })
})

interface ScimWorld extends ControlWorld {
  readonly by: Caller
  readonly door: "scim"
  user(id: Id<"user">): Promise<User>
  /** What was recorded of people, without who was there before. */
  told(): Promise<readonly (readonly [unknown, Record<string, unknown> | undefined])[]>
}

async function openScimWorld(): Promise<ScimWorld> {
  const world = await openControlWorld()
  const role: Role = "administrator"
  const { id } = await world.person(role)
  return {
    ...world,
    by: { id, role },
    door: "scim",
    user: async (one) => {
      const found = await world.snapshot(({ users }) => users.find(one))
      assert.ok(found)
      return found
    },
    told: async () =>
      (await world.events()).map(({ type, data }) => [type, data as Record<string, unknown> | undefined]),
  }
}
