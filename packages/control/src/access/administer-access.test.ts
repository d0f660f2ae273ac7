import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { User } from "@tabard/core"
import { type ControlWorld, openControlWorld } from "../testing/control-world.ts"
import { endSessionsOf, unbindPerson } from "./administer-access.ts"
import { sessionUser } from "./sessions.ts"
import { signInByProvider } from "./sign-in-by-provider.ts"

const ISSUER = "https://id.example"

describe("an administrator", () => {
  it("ends every session of a person, and nobody else's", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator")
    const bob = await world.person("member", { email: "bob@acme.example" })
    const tokens = [await signIn(world, bob, "bob"), await signIn(world, bob, "bob")]
    const own = await signIn(world, ann, "ann")
    await assert.rejects(endSessionsOf(world, bob, ann.id), { code: "not_allowed" })
    assert.equal(await endSessionsOf(world, ann, bob.id), 2)
    for (const token of tokens) assert.equal(await sessionUser(world, token), undefined)
    assert.equal((await sessionUser(world, own))?.user.id, ann.id)
    const told = await world.events("session.ended")
    assert.deepEqual(
      told.map(({ actor, data }) => [actor, Reflect.get(Object(data), "user")]),
      [1, 2].map(() => [{ kind: "user", id: ann.id }, bob.id]),
    )
  })

  it("takes back who a person is at a provider: their sessions end, and the identity is nobody's", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator")
    const bob = await world.person("member", { email: "bob@acme.example" })
    const token = await signIn(world, bob, "bob")
    await assert.rejects(unbindPerson(world, bob, { person: bob.id, issuer: ISSUER }), {
      code: "not_allowed",
    })
    await unbindPerson(world, ann, { person: bob.id, issuer: ISSUER })
    assert.equal(await sessionUser(world, token), undefined)
    await unbindPerson(world, ann, { person: bob.id, issuer: ISSUER })
    await assert.rejects(come(world, { email: "new@acme.example", subject: "bob" }), {
      code: "sign_in_refused",
    })
    const { user } = await come(world, { email: bob.email, subject: "bob-anew" })
    assert.equal(user.id, bob.id)
    assert.deepEqual(
      (await world.events("person.unbound")).map(({ data }) => data),
      [{ user: bob.id, issuer: ISSUER, sessions: 1 }],
    )
  })
})

async function signIn(world: ControlWorld, { email }: User, subject: string): Promise<string> {
  return (await come(world, { email, subject })).token
}

function come(world: ControlWorld, who: { email: string; subject: string }) {
  return signInByProvider(world, { ...who, issuer: ISSUER, emailVerified: true, agent: null })
}
