import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id } from "@tabard/core"
import { atOnce, id, later, NOW, type OpenShelves } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"

/** What every InvitationStore promises. */
export function invitationStoreContract(name: string, open: OpenShelves): void {
  describe(`invitations kept in ${name}`, () => {
    it("lets only a person's newest work, and leaves other people's alone", async () => {
      const { shelf } = await open()
      const [ada, bob] = [id("user"), id("user")]
      await offer(shelf, "first", ada)
      await offer(shelf, "of bob", bob)
      await offer(shelf, "second", ada)
      assert.equal(await take(shelf, "first"), undefined)
      assert.equal(await take(shelf, "second"), ada)
      assert.equal(await take(shelf, "of bob"), bob)
    })

    it("answers whether one is valid without using it", async () => {
      const { shelf } = await open()
      await offer(shelf, "code", id("user"))
      const valid = (codeHash: string, now = NOW) =>
        shelf.snapshot(({ invitations }) => invitations.valid(codeHash, now))
      assert.equal(await valid("code"), true)
      assert.equal(await valid("another"), false)
      assert.equal(await valid("code", later(1_000)), false)
    })

    it("lets exactly one of many take it, and nobody where its time is over", async () => {
      const { shelf } = await open()
      const ada = id("user")
      await offer(shelf, "code", ada)
      assert.equal(await take(shelf, "code", later(1_000)), undefined)
      const taken = await atOnce(() => take(shelf, "code"))
      assert.deepEqual(
        taken.filter((one) => one !== undefined),
        [ada],
      )
    })

    it("says until when one waits for a person", async () => {
      const { shelf, stranger } = await open()
      const ada = id("user")
      const until = (of: Shelf, now = NOW) =>
        of.snapshot(({ invitations }) => invitations.pendingUntil(ada, now))
      assert.equal(await until(shelf), undefined)
      await offer(shelf, "code", ada)
      assert.deepEqual(await until(shelf), later(1_000))
      assert.equal(await until(shelf, later(1_000)), undefined)
      assert.equal(await until(stranger), undefined)
    })

    it("takes a person's back", async () => {
      const { shelf } = await open()
      const ada = id("user")
      await offer(shelf, "code", ada)
      await shelf.transact(({ invitations }) => invitations.withdraw(ada))
      assert.equal(await take(shelf, "code"), undefined)
    })

    it("shows nothing to another organisation, and lets it take and replace nothing", async () => {
      const { shelf, stranger } = await open()
      const ada = id("user")
      await offer(shelf, "code", ada)
      assert.equal(await take(stranger, "code"), undefined)
      await offer(stranger, "theirs", ada)
      await stranger.transact(({ invitations }) => invitations.withdraw(ada))
      assert.equal(await take(shelf, "code"), ada)
    })
  })
}

async function offer(shelf: Shelf, codeHash: string, user: Id<"user">): Promise<void> {
  await shelf.transact(({ invitations }) => invitations.offer({ codeHash, user, expiresAt: later(1_000) }))
}

function take(shelf: Shelf, codeHash: string, now = NOW): Promise<Id<"user"> | undefined> {
  return shelf.transact(({ invitations }) => invitations.take(codeHash, now))
}
