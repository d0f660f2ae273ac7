import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Role, User } from "@tabard/core"
import { scimCaller } from "../scim/scim-token.ts"
import { type ControlWorld, DAY, openControlWorld } from "../testing/control-world.ts"
import { type ApiTokenWish, makeApiToken, revokeApiToken } from "./make-api-token.ts"
import { isTokenText, newTokenText } from "./token-text.ts"
import { tokenUser } from "./token-user.ts"

const WISH: ApiTokenWish = { purpose: "Nightly export", role: "auditor", scopes: ["read"], days: 90 }

describe("an API token", () => {
  it("asks for its maker, with its own role, until it is over", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator")
    const { token, made } = await makeApiToken(world, ann, WISH)
    const found = await tokenUser(world, token)
    assert.deepEqual(found?.user, { ...ann, role: "auditor" })
    assert.deepEqual(found.apiToken.scopes, ["read"])
    world.clock.advance(90 * DAY - 1)
    assert.ok(await tokenUser(world, token))
    world.clock.advance(1)
    assert.equal(await tokenUser(world, token), undefined)
    assert.equal(made.expiresAt.getTime(), world.clock.now().getTime())
  })

  it("is made by administrators and security alone, and is never more than who makes it", async () => {
    await using world = await openControlWorld()
    const makes = async (by: Role, role: Role) =>
      makeApiToken(world, await world.person(by), { ...WISH, role }).then(
        () => "made",
        (error: unknown) => (error instanceof Error && "code" in error ? error.code : error),
      )
    assert.deepEqual(
      await Promise.all([
        makes("administrator", "administrator"),
        makes("security", "security"),
        makes("security", "administrator"),
        makes("auditor", "auditor"),
        makes("member", "member"),
      ]),
      ["made", "made", "not_allowed", "not_allowed", "not_allowed"],
    )
  })

  it("for SCIM is made by administrators alone, and for nothing else", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator")
    const sam = await world.person("security")
    const scim = { ...WISH, scopes: ["scim"] }
    await assert.rejects(makeApiToken(world, sam, scim), { code: "not_allowed" })
    await assert.rejects(makeApiToken(world, ann, { ...scim, scopes: ["scim", "read"] }), {
      code: "body_invalid",
    })
    const { token, made } = await makeApiToken(world, ann, scim)
    await world.person("administrator")
    await world.transact(({ users }) => users.deactivate(ann.id))
    assert.equal(await tokenUser(world, token), undefined, "to the API it is its maker's as ever")
    assert.deepEqual((await scimCaller(world, token))?.by, { id: ann.id, role: "administrator" })
    await revokeApiToken(world, sam, { apiToken: made.id, reason: "rotated" })
    assert.equal(await scimCaller(world, token), undefined)
  })

  it("is never more than its maker is now, and nothing once they make no tokens any more", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator")
    const { token } = await makeApiToken(world, ann, { ...WISH, role: "administrator" })
    const seen = withMaker(world, (maker) => ({ ...maker, role: "security" }))
    assert.equal((await tokenUser(seen, token))?.user.role, "security")
    for (const role of ["auditor", "member"] as const) {
      const demoted = withMaker(world, (maker) => ({ ...maker, role }))
      assert.equal(await tokenUser(demoted, token), undefined, role)
    }
    await world.transact(({ users }) => users.setActive(ann.id, false))
    assert.equal(await tokenUser(world, token), undefined)
  })

  it("is refused beyond a year, or for no time", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator")
    for (const days of [0, -1, 366, 1.5, Number.NaN])
      await assert.rejects(makeApiToken(world, ann, { ...WISH, days }), { code: "body_invalid" })
    await makeApiToken(world, ann, { ...WISH, days: 365 })
  })

  it("is ended once, at once and for ever", async () => {
    await using world = await openControlWorld()
    const [ann, eve] = [await world.person("administrator"), await world.person("member")]
    const { token, made } = await makeApiToken(world, ann, WISH)
    const wish = { apiToken: made.id, reason: "not needed" }
    await assert.rejects(revokeApiToken(world, eve, wish), { code: "not_allowed" })
    await revokeApiToken(world, ann, wish)
    assert.equal(await tokenUser(world, token), undefined)
    await assert.rejects(revokeApiToken(world, ann, wish), { code: "api_token_not_found" })
    assert.equal((await world.events("api-token.revoked")).length, 1)
  })

  it("is kept nowhere: no table and no event holds it", async () => {
    await using world = await openControlWorld()
    const { token, made } = await makeApiToken(world, await world.person("administrator"), WISH)
    assert.ok(!JSON.stringify([await world.events(), made]).includes(token))
  })

  it("that scans could not know gets its fingerprint when it is next presented", async () => {
    await using world = await openControlWorld()
    const { token, made } = await makeApiToken(world, await world.person("administrator"), WISH)
    const kept = async () => (await world.snapshot(({ apiTokens }) => apiTokens.find(made.id)))?.fingerprint
    await tokenUser(world, token)
    assert.equal(await kept(), null)
    world.clock.advance(60_000)
    await tokenUser({ ...world, fingerprint: (text) => `of ${text.length} letters` }, token)
    assert.equal(await kept(), "of 50 letters")
  })

  it("says when it was last used, to the minute", async () => {
    await using world = await openControlWorld()
    const { token } = await makeApiToken(world, await world.person("administrator"), WISH)
    const used = async () => {
      await tokenUser(world, token)
      return (await world.snapshot(({ apiTokens }) => apiTokens.list({ limit: 1 })))[0]?.lastUsedAt
    }
    const first = world.clock.now()
    assert.deepEqual(await used(), first)
    world.clock.advance(59_999)
    assert.deepEqual(await used(), first)
    world.clock.advance(1)
    assert.deepEqual(await used(), world.clock.now())
  })
})

describe("a token's text", () => {
  it("is known by its prefix and its checksum, and is new each time", () => {
    const texts = new Set(Array.from({ length: 500 }, newTokenText))
    assert.equal(texts.size, 500)
    for (const text of texts) {
      assert.match(text, /^tbd_[0-9A-Za-z]{46}$/)
      assert.ok(isTokenText(text))
    }
  })

  it("is not known where a letter is another, missing or too many", () => {
    const text = newTokenText()
    for (let place = 4; place < text.length; place++) {
      const other = text[place] === "a" ? "b" : "a"
      assert.ok(!isTokenText(`${text.slice(0, place)}${other}${text.slice(place + 1)}`), String(place))
    }
    for (const wrong of ["", "tbd_", text.slice(1), text.slice(0, -1), `${text}0`, `${text} `, ` ${text}`])
      assert.ok(!isTokenText(wrong), wrong)
  })
})

/** The same world, in which every person is as `change` says. */
function withMaker(world: ControlWorld, change: (maker: User) => User): Parameters<typeof tokenUser>[0] {
  return {
    clock: world.clock,
    transact: world.transact,
    snapshot: (work) =>
      world.snapshot((tx) =>
        work({
          ...tx,
          users: {
            ...tx.users,
            find: async (id) => {
              const found = await tx.users.find(id)
              return found && change(found)
            },
          },
        }),
      ),
  }
}
