import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { ClientGrant } from "@tabard/core"
import { atOnce, id, ids, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { ClientGrantQuery } from "./client-grant-store.ts"

/** What every ClientGrantStore promises. */
export function clientGrantStoreContract(name: string, open: OpenShelves): void {
  describe(`what people let clients do, kept in ${name}`, () => {
    it("keeps one for each person and client, however many ask at once", async () => {
      const { shelf } = await open()
      const user = id("user")
      const asked = await atOnce(() => ask(shelf, grant({ user })))
      assert.equal(won(asked), 1)
      assert.equal(await ask(shelf, grant({ user, client: "https://other.example/c" })), true)
      assert.equal(await ask(shelf, grant({})), true)
    })

    it("stands once its person agreed, until it ends, which it does once", async () => {
      const { shelf } = await open()
      const one = grant({})
      const instance = id("instance")
      await ask(shelf, one)
      assert.deepEqual(await list(shelf, { limit: 10 }), [])
      assert.equal(await end(shelf, one), false, "what nobody agreed to has nothing to end")
      const agreed = { ...one, agent: id("agent"), instance, name: "Desk 2", agreedAt: later(5) }
      await shelf.transact(({ clientGrants }) =>
        clientGrants.agree(one.id, { agent: agreed.agent, instance, name: "Desk 2", at: later(5) }),
      )
      assert.deepEqual(await find(shelf, one), agreed)
      assert.deepEqual(await list(shelf, { limit: 10 }), [agreed])
      assert.deepEqual(await shelf.snapshot(({ clientGrants: all }) => all.ofInstance(instance)), agreed)
      assert.equal(won(await atOnce(() => end(shelf, one))), 1)
      assert.deepEqual(await list(shelf, { limit: 10 }), [])
      assert.deepEqual(await find(shelf, one), { ...agreed, endedAt: later(9), signedOut: true })
    })

    it("is ended once more by somebody else where its person had signed it out, and never by its person", async () => {
      const { shelf } = await open()
      const one = grant({ instance: id("instance"), agreedAt: NOW })
      await ask(shelf, one)
      assert.equal(await end(shelf, one), true)
      assert.equal(won(await atOnce(() => end(shelf, one, false))), 1)
      assert.equal(await end(shelf, one), false)
      assert.deepEqual(await find(shelf, one), { ...one, endedAt: later(9), signedOut: false })
    })

    it("puts out what a person had signed out, and nothing of anybody else", async () => {
      const { shelf, stranger } = await open()
      const gone = (): Partial<ClientGrant> => {
        return { instance: id("instance"), agreedAt: NOW, endedAt: NOW, signedOut: true }
      }
      const [one, other] = [grant(gone()), grant(gone())]
      const lives = { instance: id("instance"), agreedAt: NOW, client: "https://c1.example/" } as const
      const stands = grant({ ...lives, user: one.user })
      for (const each of [one, other, stands]) await ask(shelf, each)
      await stranger.transact(({ clientGrants }) => clientGrants.putOut(one.user))
      assert.deepEqual(await find(shelf, one), one)
      await shelf.transact(({ clientGrants }) => clientGrants.putOut(one.user))
      assert.deepEqual(await find(shelf, one), { ...one, signedOut: false })
      for (const each of [other, stands]) assert.deepEqual(await find(shelf, each), each)
    })

    it("stands again where its person agrees again", async () => {
      const { shelf } = await open()
      const one = grant({ instance: id("instance"), agreedAt: NOW, endedAt: NOW, signedOut: true })
      await ask(shelf, one)
      const instance = id("instance")
      await shelf.transact(({ clientGrants }) =>
        clientGrants.agree(one.id, { agent: one.agent, instance, name: one.name, at: later(1) }),
      )
      assert.deepEqual(await find(shelf, one), {
        ...one,
        instance,
        agreedAt: later(1),
        endedAt: null,
        signedOut: false,
      })
    })

    it("asks anew for another agent, and nobody has agreed to that", async () => {
      const { shelf } = await open()
      const one = grant({ instance: id("instance"), agreedAt: NOW })
      await ask(shelf, one)
      const anew = { agent: id("agent"), name: "Desk 3", askedAt: later(3) }
      await shelf.transact(({ clientGrants }) => clientGrants.askAnew(one.id, anew))
      assert.deepEqual(await find(shelf, one), { ...one, ...anew, instance: null, agreedAt: null })
    })

    it("lists those of a person or of a client, in their order, a page at a time", async () => {
      const { shelf } = await open()
      const user = id("user")
      const stands = { instance: id("instance"), agreedAt: NOW }
      const [one, two, three] = ids("clientGrant", 3).map((each, at) =>
        grant({ ...stands, id: each, user, client: `https://c${at}.example/` }),
      )
      const other = grant({ ...stands, client: "https://c0.example/" })
      assert.ok(one && two && three)
      for (const each of [three, other, two, one]) await ask(shelf, each)
      assert.deepEqual(await list(shelf, { user, limit: 10 }), [one, two, three])
      assert.deepEqual(await list(shelf, { user, limit: 1, after: one.id }), [two])
      const ofClient = await list(shelf, { client: "https://c0.example/", limit: 10 })
      assert.deepEqual(new Set(ofClient.map((each) => each.id)), new Set([one.id, other.id]))
    })

    it("shows nothing to another organisation, and lets it change nothing", async () => {
      const { shelf, stranger } = await open()
      const one = grant({ instance: id("instance"), agreedAt: NOW })
      await ask(shelf, one)
      assert.equal(await find(stranger, one), undefined)
      assert.deepEqual(await list(stranger, { limit: 10 }), [])
      assert.equal(await end(stranger, one), false)
      await stranger.transact(async ({ clientGrants }) => {
        assert.equal(await clientGrants.byId(one.id), undefined)
        assert.equal(one.instance && (await clientGrants.ofInstance(one.instance)), undefined)
        await clientGrants.askAnew(one.id, { agent: id("agent"), name: "stolen", askedAt: NOW })
      })
      assert.deepEqual(await shelf.snapshot(({ clientGrants }) => clientGrants.byId(one.id)), one)
    })
  })
}

const ask = (shelf: Shelf, one: ClientGrant): Promise<boolean> =>
  shelf.transact(({ clientGrants }) => clientGrants.ask(one))
const end = (shelf: Shelf, one: ClientGrant, signedOut = true): Promise<boolean> =>
  shelf.transact(({ clientGrants }) => clientGrants.end(one.id, { at: later(9), signedOut }))
const find = (shelf: Shelf, one: ClientGrant): Promise<ClientGrant | undefined> =>
  shelf.snapshot(({ clientGrants }) => clientGrants.find(one.user, one.client))
const list = (shelf: Shelf, query: ClientGrantQuery): Promise<readonly ClientGrant[]> =>
  shelf.snapshot(({ clientGrants }) => clientGrants.list(query))

function grant(differs: Partial<ClientGrant>): ClientGrant {
  return {
    id: id("clientGrant"),
    user: id("user"),
    client: "https://desk.example/client.json",
    name: "Desk",
    agent: id("agent"),
    instance: null,
    askedAt: NOW,
    agreedAt: null,
    endedAt: null,
    signedOut: false,
    ...differs,
  }
}
