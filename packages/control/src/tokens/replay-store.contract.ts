import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"

/** What every ReplayStore promises. */
export function replayStoreContract(name: string, open: OpenShelves): void {
  describe(`what may be used once, kept in ${name}`, () => {
    it("lets exactly one of many take a key", async () => {
      const { shelf } = await open()
      assert.equal(won(await atOnce(() => take(shelf, "dpop", "jti"))), 1)
      assert.equal(await take(shelf, "dpop", "jti"), false)
    })

    it("tells namespaces and keys apart", async () => {
      const { shelf } = await open()
      assert.equal(await take(shelf, "dpop", "1"), true)
      assert.equal(await take(shelf, "assertion", "1"), true)
      assert.equal(await take(shelf, "dpop", "2"), true)
    })

    it("takes several at once, and answers the first of them that was taken before", async () => {
      const { shelf } = await open()
      const use = (key: string) => ({ namespace: "dpop", key, expiresAt: later(60_000) })
      const all = (...keys: readonly string[]) =>
        shelf.transact(({ replays }) => replays.takeAll(keys.map(use)))
      assert.equal(await all(), undefined)
      assert.equal(await all("1", "2"), undefined)
      assert.deepEqual(await all("3", "2", "1"), use("2"))
      assert.deepEqual(await all("4", "4"), use("4"), "named twice")
      assert.equal(won((await atOnce(() => all("5", "6"))).map((used) => used === undefined)), 1)
    })

    it("gives a key back with the transaction that took it", async () => {
      const { shelf } = await open()
      await assert.rejects(
        shelf.transact(async ({ replays }) => {
          await replays.take("dpop", "jti", later(1))
          throw new Error("the power went")
        }),
      )
      assert.equal(await take(shelf, "dpop", "jti"), true)
    })

    it("drops what expired, and answers how many", async () => {
      const { shelf } = await open()
      await take(shelf, "dpop", "ended", later(-1))
      await take(shelf, "dpop", "alive", NOW)
      assert.equal(await shelf.transact(({ replays }) => replays.prune(NOW)), 1)
      assert.equal(await take(shelf, "dpop", "alive"), false)
      assert.equal(await take(shelf, "dpop", "ended"), true)
    })

    it("takes nothing from another organisation", async () => {
      const { shelf, stranger } = await open()
      await take(shelf, "dpop", "jti")
      assert.equal(await stranger.transact(({ replays }) => replays.prune(later(1e12))), 0)
      assert.equal(await take(stranger, "dpop", "jti"), true)
      assert.equal(await take(shelf, "dpop", "jti"), false)
    })
  })
}

function take(shelf: Shelf, namespace: string, key: string, expiresAt = later(60_000)): Promise<boolean> {
  return shelf.transact(({ replays }) => replays.take(namespace, key, expiresAt))
}
