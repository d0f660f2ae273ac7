import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { openControlWorld, twentyAtOnce } from "../testing/control-world.ts"
import { endAllSessions, endSession, listSessions, sessionUser, signOut } from "./sessions.ts"
import { checkSignInLink, offerSignInLink, signIn } from "./sign-in.ts"

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
    for (let hour = 0; hour < 11; hour += 1) {
      world.clock.advance(60 * MINUTE)
      assert.ok(await sessionUser(world, token))
    }
    world.clock.advance(60 * MINUTE - 1)
    assert.ok(await sessionUser(world, token))
    world.clock.advance(1)
    assert.equal(await sessionUser(world, token), undefined)
  })

  it("is over where it lay unused for two hours", async () => {
    await using world = await openControlWorld()
    const { token } = await signIn(world, await offerSignInLink(world), ANN)
    world.clock.advance(119 * MINUTE)
    assert.ok(await sessionUser(world, token))
    world.clock.advance(119 * MINUTE)
    assert.ok(await sessionUser(world, token), "use keeps it")
    world.clock.advance(120 * MINUTE)
    assert.equal(await sessionUser(world, token), undefined)
  })

  it("lies unused while what it asks for is asked without anybody there", async () => {
    await using world = await openControlWorld()
    const { token } = await signIn(world, await offerSignInLink(world), ANN)
    world.clock.advance(119 * MINUTE)
    assert.ok(await sessionUser(world, token, true))
    world.clock.advance(MINUTE)
    assert.equal(await sessionUser(world, token), undefined)
  })

  it("is listed with what it began from, and ended by its person alone", async () => {
    await using world = await openControlWorld()
    const agent = "x".repeat(5000)
    const here = await signIn(world, await offerSignInLink(world), { ...ANN, agent })
    const [one] = await listSessions(world, here.user.id, { limit: 10 })
    assert.equal(one?.agent?.length, 200)
    const bob = await world.person("administrator")
    const ended = (by: typeof bob) => endSession(world, one?.id ?? "", by.id)
    await assert.rejects(ended(bob), { code: "session_not_found" })
    await ended(here.user)
    assert.equal(await sessionUser(world, here.token), undefined)
    await assert.rejects(ended(here.user), { code: "session_not_found" })
    assert.equal((await world.events("session.ended")).length, 1)
  })

  it("ends everywhere at once", async () => {
    await using world = await openControlWorld()
    const here = await signIn(world, await offerSignInLink(world), ANN)
    const there = await signIn(world, await offerSignInLink(world), ANN)
    assert.equal(await endAllSessions(world, here.user.id), 2)
    for (const { token } of [here, there]) assert.equal(await sessionUser(world, token), undefined)
    assert.equal((await world.events("session.ended")).length, 2)
  })

  it("is one of at most twenty: the oldest ends where another begins", async () => {
    await using world = await openControlWorld()
    const first = await signIn(world, await offerSignInLink(world), ANN)
    for (let n = 0; n < 20; n += 1) {
      world.clock.advance(1)
      await signIn(world, await offerSignInLink(world), ANN)
    }
    assert.equal(await sessionUser(world, first.token), undefined)
    assert.equal((await listSessions(world, first.user.id, { limit: 100 })).length, 20)
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
