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
