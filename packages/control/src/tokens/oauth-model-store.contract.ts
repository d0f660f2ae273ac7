import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { OAuthModel } from "./oauth-model-store.ts"

/** What every OAuthModelStore promises. */
export function oauthModelStoreContract(name: string, open: OpenShelves): void {
  describe(`records of the authorization server kept in ${name}`, () => {
    it("keeps a record, replaces it, and tells models apart", async () => {
      const { shelf } = await open()
      await put(shelf, record())
      const again = record({ payload: { exp: 1_762_000_000, scope: "mcp" }, grant: "g2" })
      await put(shelf, again)
      const other = record({ model: "Session" })
      await put(shelf, other)
      assert.deepEqual(await find(shelf, again), again)
      assert.deepEqual(await find(shelf, other), other)
      assert.equal(await find(shelf, record({ id: "none" })), undefined)
    })

    it("answers no record whose time has passed, and one without an end always", async () => {
      const { shelf } = await open()
      const [ended, endless] = [
        record({ id: "a", expiresAt: later(1) }),
        record({ id: "b", expiresAt: null }),
      ]
      for (const one of [ended, endless]) await put(shelf, one)
      assert.deepEqual(await find(shelf, ended), ended)
      assert.equal(await find(shelf, ended, later(1)), undefined)
      assert.deepEqual(await find(shelf, endless, later(1e12)), endless)
    })

    it("lets exactly one of many consume a record", async () => {
      const { shelf } = await open()
      await put(shelf, record())
      const consume = (at: Date) => shelf.transact(({ oauthModels }) => oauthModels.consume("Code", "1", at))
      const consumed = await atOnce((turn) => consume(later(turn)))
      assert.equal(won(consumed), 1)
      assert.deepEqual((await find(shelf, record()))?.consumedAt, later(consumed.indexOf(true)))
      assert.equal(await shelf.transact(({ oauthModels }) => oauthModels.consume("Code", "none", NOW)), false)
    })

    it("consumes and forgets one record, and no other of its model or its id", async () => {
      const { shelf } = await open()
      const others = [record({ id: "2" }), record({ model: "Session" })]
      for (const one of [record(), ...others]) await put(shelf, one)
      await shelf.transact(({ oauthModels }) => oauthModels.consume("Code", "1", NOW))
      await shelf.transact(({ oauthModels }) => oauthModels.remove("Code", "1"))
      for (const one of others) assert.deepEqual(await find(shelf, one), one)
    })

    it("forgets a record, also one that is not there", async () => {
      const { shelf } = await open()
      await put(shelf, record())
      const remove = () => shelf.transact(({ oauthModels }) => oauthModels.remove("Code", "1"))
      await remove()
      await remove()
      assert.equal(await find(shelf, record()), undefined)
    })

    it("counts and forgets every record of a grant, and no other", async () => {
      const { shelf } = await open()
      const count = () => shelf.snapshot(({ oauthModels }) => oauthModels.countGrant("g1"))
      const [kept, free] = [record({ id: "3", grant: "g2" }), record({ id: "4", grant: null })]
      for (const one of [record({ id: "1" }), record({ model: "Session", id: "2" }), kept, free])
        await put(shelf, one)
      assert.equal(await count(), 2)
      await shelf.transact(({ oauthModels }) => oauthModels.removeGrant("g1"))
      assert.equal(await count(), 0)
      assert.equal(await find(shelf, record({ id: "1" })), undefined)
      assert.equal(await find(shelf, record({ model: "Session", id: "2" })), undefined)
      assert.deepEqual(await find(shelf, kept), kept)
      assert.deepEqual(await find(shelf, free), free)
    })

    it("drops what expired, and answers how many", async () => {
      const { shelf } = await open()
      const [alive, endless] = [record({ id: "2", expiresAt: NOW }), record({ id: "3", expiresAt: null })]
      for (const one of [record({ id: "1", expiresAt: later(-1) }), alive, endless]) await put(shelf, one)
      const prune = () => shelf.transact(({ oauthModels }) => oauthModels.prune(NOW))
      assert.equal(await prune(), 1)
      assert.equal(await prune(), 0)
      assert.deepEqual(await find(shelf, alive, later(-1)), alive)
      assert.deepEqual(await find(shelf, endless), endless)
    })

    it("shows nothing to another organisation, and lets it consume and forget nothing", async () => {
      const { shelf, stranger } = await open()
      const mine = record()
      await put(shelf, mine)
      await stranger.transact(async ({ oauthModels }) => {
        assert.equal(await oauthModels.find("Code", "1", NOW), undefined)
        assert.equal(await oauthModels.consume("Code", "1", NOW), false)
        await oauthModels.remove("Code", "1")
        assert.equal(await oauthModels.countGrant("g1"), 0)
        await oauthModels.removeGrant("g1")
        assert.equal(await oauthModels.prune(later(1e12)), 0)
        await oauthModels.put(record({ payload: { theirs: true } }))
      })
      assert.deepEqual(await find(shelf, mine), mine)
    })
  })
}

async function put(shelf: Shelf, one: OAuthModel): Promise<void> {
  await shelf.transact(({ oauthModels }) => oauthModels.put(one))
}

function find(shelf: Shelf, { model, id }: OAuthModel, now = NOW): Promise<OAuthModel | undefined> {
  return shelf.snapshot(({ oauthModels }) => oauthModels.find(model, id, now))
}

function record(differs: Partial<OAuthModel> = {}): OAuthModel {
  return {
    model: "Code",
    id: "1",
    payload: { exp: 1_761_000_000, nested: { list: ["a", 1.5, null] } },
    grant: "g1",
    consumedAt: null,
    expiresAt: later(60_000),
    ...differs,
  }
}
