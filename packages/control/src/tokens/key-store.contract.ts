import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { SealedKey } from "./key-store.ts"

/** What every KeyStore promises. */
export function keyStoreContract(name: string, open: OpenShelves): void {
  describe(`keys kept in ${name}`, () => {
    it("keeps one live key of a purpose, and answers it to everybody, whoever made it", async () => {
      const { transact, snapshot } = (await open()).shelf
      const ensured = await atOnce(() => transact(({ keys }) => keys.ensure(key())))
      assert.equal(new Set(ensured.map((one) => one.id)).size, 1)
      assert.deepEqual(await snapshot(({ keys }) => keys.live("token-signing")), [ensured[0]])
    })

    it("keeps the keys of other purposes beside it", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [signing, cookie] = [key(), key({ purpose: "cookie", sealed: new Uint8Array([0, 255, 128]) })]
      for (const one of [signing, cookie, signing, cookie]) {
        assert.deepEqual(await transact(({ keys }) => keys.ensure(one)), one)
      }
      assert.deepEqual(await snapshot(({ keys }) => keys.live("cookie")), [cookie])
      assert.deepEqual(await snapshot(({ keys }) => keys.live("data")), [])
    })

    it("replaces the live key of a purpose, and no other", async () => {
      const { shelf, stranger } = await open()
      const [signing, cookie, next] = [key(), key({ purpose: "cookie" }), key()]
      for (const one of [signing, cookie]) await shelf.transact(({ keys }) => keys.ensure(one))
      await stranger.transact(({ keys }) => keys.ensure(key()))
      await shelf.transact(({ keys }) => keys.replace(next))
      const live = (of: typeof shelf, purpose: SealedKey["purpose"]) =>
        of.snapshot(({ keys }) => keys.live(purpose))
      assert.deepEqual(await live(shelf, "token-signing"), [next])
      assert.deepEqual(await live(shelf, "cookie"), [cookie])
      assert.equal((await live(stranger, "token-signing")).length, 1)
      assert.deepEqual(await shelf.transact(({ keys }) => keys.ensure(key())), next)
      await assert.rejects(
        shelf.transact(({ keys }) => keys.replace(signing)),
        "an id is used once",
      )
      assert.deepEqual(await live(shelf, "token-signing"), [next])
    })

    it("makes the next key the live one for exactly one of many, and tells the one that was for as long as asked", async () => {
      const { shelf, stranger } = await open()
      const { transact, snapshot } = shelf
      const [old, next, theirs] = [key(), key(), key()]
      await transact(({ keys }) => keys.ensure(old))
      assert.equal(await snapshot(({ keys }) => keys.prepared("token-signing")), undefined)
      const prepared = await atOnce((turn) => transact(({ keys }) => keys.prepare(turn === 0 ? next : key())))
      assert.equal(new Set(prepared.map((one) => one.id)).size, 1)
      const [following = next] = prepared
      assert.deepEqual(await snapshot(({ keys }) => keys.prepared("token-signing")), following)
      await stranger.transact(({ keys }) => keys.ensure(theirs))
      const promoted = await atOnce(() => transact(({ keys }) => keys.promote(following, later(9))))
      assert.equal(won(promoted), 1)
      const live = await snapshot(({ keys }) => keys.live("token-signing"))
      assert.deepEqual(live, [following])
      assert.equal(await snapshot(({ keys }) => keys.prepared("token-signing")), undefined)
      const after = (time: Date) => snapshot(({ keys }) => keys.retiredAfter("token-signing", time))
      assert.deepEqual(await after(later(8)), [{ ...old, retiredAt: later(9) }])
      assert.deepEqual(await after(later(9)), [])
      assert.deepEqual(await stranger.snapshot(({ keys }) => keys.live("token-signing")), [theirs])
    })

    it("seals a key anew for exactly one of many who saw the same", async () => {
      const { transact, snapshot } = (await open()).shelf
      const one = await transact(({ keys }) => keys.ensure(key()))
      const resealed = await atOnce((turn) =>
        transact(({ keys }) =>
          keys.reseal(one.id, one.sealedUnder, { sealed: new Uint8Array([turn]), sealedUnder: "kek-2" }),
        ),
      )
      assert.equal(won(resealed), 1)
      const sealed = new Uint8Array([resealed.indexOf(true)])
      assert.deepEqual(await snapshot(({ keys }) => keys.live("token-signing")), [
        { ...one, sealed, sealedUnder: "kek-2" },
      ])
    })

    for (const later of ["signal-signing", "token-signing-ed25519"] as const)
      it(`keeps, replaces and seals anew a key of a purpose that came after the first: ${later}`, async () => {
        const { transact, snapshot } = (await open()).shelf
        const [one, next] = [key({ purpose: later }), key({ purpose: later })]
        assert.deepEqual(await transact(({ keys }) => keys.ensure(one)), one)
        assert.deepEqual(await transact(({ keys }) => keys.ensure(next)), one)
        await transact(({ keys }) => keys.replace(next))
        const anew = { sealed: new Uint8Array([7]), sealedUnder: "kek-2" }
        assert.equal(await transact(({ keys }) => keys.reseal(next.id, "kek-1", anew)), true)
        assert.deepEqual(await snapshot(({ keys }) => keys.live(later)), [{ ...next, ...anew }])
        assert.deepEqual(await snapshot(({ keys }) => keys.live("token-signing")), [])
      })

    it("seals no other key anew, though it lies under the same one", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [signing, cookie] = [key(), key({ purpose: "cookie" })]
      for (const one of [signing, cookie]) await transact(({ keys }) => keys.ensure(one))
      const anew = { sealed: new Uint8Array([9]), sealedUnder: "kek-2" }
      assert.equal(await transact(({ keys }) => keys.reseal(signing.id, "kek-1", anew)), true)
      assert.deepEqual(await snapshot(({ keys }) => keys.live("cookie")), [cookie])
    })

    it("answers every key that lies under another, whatever becomes of it, and seals each anew", async () => {
      const { shelf, stranger } = await open()
      const { transact, snapshot } = shelf
      const [live, next, other] = [key(), key(), key({ purpose: "signal-signing" })]
      const settled = key({ purpose: "cookie", sealedUnder: "kek-2" })
      const retired = key({ purpose: "data", retiredAt: NOW })
      await transact(async ({ keys }) => {
        for (const one of [live, other, settled]) await keys.ensure(one)
        await keys.replace(retired)
        await keys.prepare(next)
      })
      const due = () => snapshot(({ keys }) => keys.sealedOtherwise("kek-2"))
      const ids = (await due()).map(({ id: each }) => each)
      assert.deepEqual(ids, [live, next, other, retired].map(({ id: each }) => each).toSorted())
      assert.deepEqual(await stranger.snapshot(({ keys }) => keys.sealedOtherwise("kek-2")), [])
      const anew = { sealed: new Uint8Array([7]), sealedUnder: "kek-2" }
      for (const each of await due())
        assert.equal(await transact(({ keys }) => keys.reseal(each.id, "kek-1", anew)), true)
      assert.deepEqual(await due(), [])
      assert.deepEqual(await snapshot(({ keys }) => keys.prepared("token-signing")), { ...next, ...anew })
    })

    it("answers no retired key as a live one", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [retired, live] = [key({ retiredAt: NOW }), key()]
      await transact(({ keys }) => keys.ensure(live))
      await transact(({ keys }) => keys.ensure(retired))
      assert.deepEqual(await snapshot(({ keys }) => keys.live("token-signing")), [live])
    })

    it("shows nothing to another organisation, and lets it seal nothing anew", async () => {
      const { shelf, stranger } = await open()
      const mine = await shelf.transact(({ keys }) => keys.ensure(key()))
      await stranger.transact(async ({ keys }) => {
        assert.deepEqual(await keys.live("token-signing"), [])
        assert.equal(
          await keys.reseal(mine.id, mine.sealedUnder, { sealed: new Uint8Array(), sealedUnder: "theirs" }),
          false,
        )
        const theirs = key()
        assert.deepEqual(await keys.ensure(theirs), theirs)
      })
      assert.deepEqual(await shelf.snapshot(({ keys }) => keys.live("token-signing")), [mine])
    })
  })
}

function key(differs: Partial<SealedKey> = {}): SealedKey {
  return {
    id: id("key"),
    purpose: "token-signing",
    sealed: new Uint8Array([1, 2, 3]),
    sealedUnder: "kek-1",
    publicHalf: null,
    createdAt: NOW,
    retiredAt: null,
    ...differs,
  }
}
