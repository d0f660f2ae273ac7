import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"

/** What every SignInLinkStore promises. */
export function signInLinkStoreContract(name: string, open: OpenShelves): void {
  describe(`sign-in links kept in ${name}`, () => {
    it("lets only the newest link work", async () => {
      const { shelf } = await open()
      await offer(shelf, "first")
      await offer(shelf, "second")
      assert.equal(await take(shelf, "first"), false)
      assert.equal(await take(shelf, "second"), true)
    })

    it("answers whether a link is valid without using it", async () => {
      const { shelf } = await open()
      await offer(shelf, "code")
      const valid = (codeHash: string, now = NOW) =>
        shelf.snapshot(({ signInLinks }) => signInLinks.valid(codeHash, now))
      assert.equal(await valid("code"), true)
      assert.equal(await valid("code"), true)
      assert.equal(await valid("another"), false)
      assert.equal(await valid("code", later(1_000)), false)
      assert.equal(await take(shelf, "code"), true)
      assert.equal(await valid("code"), false)
    })

    it("lets exactly one of many take a link, and it is gone", async () => {
      const { shelf } = await open()
      await offer(shelf, "code")
      assert.equal(won(await atOnce(() => take(shelf, "code"))), 1)
      assert.equal(await take(shelf, "code"), false)
    })

    it("lets nobody take an expired link", async () => {
      const { shelf } = await open()
      await offer(shelf, "code")
      assert.equal(await take(shelf, "code", later(1_000)), false)
    })

    it("shows nothing to another organisation, and lets it take and replace nothing", async () => {
      const { shelf, stranger } = await open()
      await offer(shelf, "code")
      assert.equal(await stranger.snapshot(({ signInLinks }) => signInLinks.valid("code", NOW)), false)
      assert.equal(await take(stranger, "code"), false)
      await offer(stranger, "theirs")
      assert.equal(await take(shelf, "code"), true)
    })
  })
}

async function offer(shelf: Shelf, codeHash: string): Promise<void> {
  await shelf.transact(({ signInLinks }) => signInLinks.offer({ codeHash, expiresAt: later(1_000) }))
}

function take(shelf: Shelf, codeHash: string, now = NOW): Promise<boolean> {
  return shelf.transact(({ signInLinks }) => signInLinks.take(codeHash, now))
}
