import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { openControlWorld } from "../testing/control-world.ts"
import { type ProviderWord, signInByProvider } from "./sign-in-by-provider.ts"

const WORD: ProviderWord = {
  issuer: "https://id.example",
  subject: "1",
  email: "bob@acme.example",
  emailVerified: true,
  agent: null,
}
const REFUSED = { code: "sign_in_refused" }

describe("signing in by a provider", () => {
  it("finds a person by verified email once, and by issuer and subject for ever after", async () => {
    await using world = await openControlWorld()
    const bob = await world.person("member", { email: "Bob@acme.example" })
    assert.equal((await signInByProvider(world, WORD)).user.id, bob.id)
    const moved = { ...WORD, email: "robert@acme.example", emailVerified: false }
    assert.equal((await signInByProvider(world, moved)).user.id, bob.id)
    assert.equal((await world.events("person.bound")).length, 1)
    assert.equal((await world.events("session.started")).length, 2)
  })

  it("lets nobody take a bound person's place by their email", async () => {
    await using world = await openControlWorld()
    await world.person("administrator", { email: WORD.email ?? "" })
    await signInByProvider(world, WORD)
    await assert.rejects(signInByProvider(world, { ...WORD, subject: "2" }), REFUSED)
  })

  it("refuses the unknown, the unverified and the switched off, makes nobody and binds nothing", async () => {
    await using world = await openControlWorld()
    const bob = await world.person("member", { email: "bob@acme.example" })
    for (const word of [
      { ...WORD, email: "eve@acme.example" },
      { ...WORD, email: undefined },
      { ...WORD, emailVerified: false },
    ]) {
      await assert.rejects(signInByProvider(world, word), REFUSED)
    }
    await world.transact(({ users }) => users.setActive(bob.id, false))
    await assert.rejects(signInByProvider(world, WORD), REFUSED)
    assert.equal((await world.snapshot(({ users }) => users.list())).length, 1)
    assert.equal(await world.snapshot(({ bindings }) => bindings.find(WORD)), undefined)
    assert.deepEqual(await world.events(), [])
  })
})
