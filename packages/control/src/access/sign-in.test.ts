import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { openControlWorld, twentyAtOnce } from "../testing/control-world.ts"
import { checkSignInLink, offerSignInLink, sessionUser, signIn, signOut } from "./sign-in.ts"

const ANN = { name: "Ann", email: "ann@acme.example" }
const MINUTE = 60_000

describe("signing in by a link", () => {
  it("makes the first administrator, and the next link lets the same one in", async () => {
    await using world = await openControlWorld()
    const first = await signIn(world, await offerSignInLink(world), ANN)
    assert.equal(first.user.role, "administrator")
    const again = await signIn(world, await offerSignInLink(world), {
      name: "Eve",
      email: "eve@acme.example",
    })
    assert.equal(again.user.id, first.user.id)
    assert.equal((await world.snapshot(({ users }) => users.list())).length, 1)
    assert.equal((await world.events("session.started")).length, 2)
  })

  it("works once", async () => {
    await using world = await openControlWorld()
    const code = await offerSignInLink(world)
    await signIn(world, code, ANN)
    await assert.rejects(signIn(world, code, ANN), { code: "sign_in_invalid" })
    await assert.rejects(checkSignInLink(world, code), { code: "sign_in_invalid" })
  })

  it("lets exactly one of twenty in, and makes one person", async () => {
    await using world = await openControlWorld()
    const code = await offerSignInLink(world)
    const outcomes = await twentyAtOnce((n) =>
      signIn(world, code, { name: `P${n}`, email: `p${n}@acme.example` }),
    )
    assert.equal(outcomes.filter((outcome) => typeof outcome !== "string").length, 1)
    assert.equal(outcomes.filter((outcome) => outcome === "sign_in_invalid").length, 19)
    assert.equal((await world.snapshot(({ users }) => users.list())).length, 1)
  })

  it("takes the newest link alone", async () => {
    await using world = await openControlWorld()
    const [older, newer] = [await offerSignInLink(world), await offerSignInLink(world)]
    await assert.rejects(signIn(world, older, ANN), { code: "sign_in_invalid" })
    await signIn(world, newer, ANN)
  })

  it("is over after a quarter of an hour", async () => {
    await using world = await openControlWorld()
    const code = await offerSignInLink(world)
    world.clock.advance(15 * MINUTE - 1)
    assert.equal(await checkSignInLink(world, code), true)
    world.clock.advance(1)
    await assert.rejects(signIn(world, code, ANN), { code: "sign_in_invalid" })
    assert.deepEqual(await world.snapshot(({ users }) => users.list()), [], "nobody was made")
  })

  it("keeps the link where the introduction was refused, and makes nobody by a wrong one", async () => {
    await using world = await openControlWorld()
    const code = await offerSignInLink(world)
    await assert.rejects(signIn(world, code, {}), { code: "body_invalid" })
    await assert.rejects(signIn(world, "guess", ANN), { code: "sign_in_invalid" })
    assert.equal((await signIn(world, code, ANN)).user.name, "Ann")
  })

  it("keeps neither code nor token, in no table and no event", async () => {
    await using world = await openControlWorld()
    const code = await offerSignInLink(world)
    const { token } = await signIn(world, code, ANN)
    const told = JSON.stringify(await world.events())
    assert.ok(!told.includes(code) && !told.includes(token))
  })
})

describe("a session", () => {
  it("says who it is, until it ends", async () => {
    await using world = await openControlWorld()
    const { user, token } = await signIn(world, await offerSignInLink(world), ANN)
    const found = await sessionUser(world, token)
    assert.deepEqual(found?.user, user)
    await signOut(world, found?.session ?? assert.fail(), user.id)
    assert.equal(await sessionUser(world, token), undefined)
    assert.equal((await world.events("session.ended")).length, 1)
    await signOut(world, found.session, user.id)
    assert.equal((await world.events("session.ended")).length, 1, "an ended one does not end again")
  })

  it("is over after twelve hours", async () => {
    await using world = await openControlWorld()
    const { token } = await signIn(world, await offerSignInLink(world), ANN)
    world.clock.advance(12 * 60 * MINUTE - 1)
    assert.ok(await sessionUser(world, token))
    world.clock.advance(1)
    assert.equal(await sessionUser(world, token), undefined)
  })

  it("is worth nothing once its person is switched off, and nothing was anybody else's", async () => {
    await using world = await openControlWorld()
    const { user, token } = await signIn(world, await offerSignInLink(world), ANN)
    await world.transact(({ users }) => users.setActive(user.id, false))
    assert.equal(await sessionUser(world, token), undefined)
    for (const guess of ["", "guess", token.toUpperCase(), `${token} `]) {
      assert.equal(await sessionUser(world, guess), undefined)
    }
  })
})
