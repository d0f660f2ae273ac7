import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { DEFAULT_SETTINGS, DEFAULT_TOKEN_SETTINGS, type TokenSettings } from "@tabard/core"
import { atOnce, later, NOW, type OpenShelves } from "../shelves.contract.ts"

/** What every OrganisationStore promises. */
export function organisationStoreContract(name: string, open: OpenShelves): void {
  describe(`an organisation kept in ${name}`, () => {
    it("is answered by its own shelf alone", async () => {
      const { shelf, stranger } = await open()
      const mine = await shelf.snapshot(({ organisation }) => organisation.current())
      const theirs = await stranger.snapshot(({ organisation }) => organisation.current())
      assert.notEqual(mine.id, theirs.id)
      assert.notEqual(mine.slug, theirs.slug)
    })

    it("never gives two callers the same version", async () => {
      const { shelf } = await open()
      const before = await shelf.snapshot(({ organisation }) => organisation.version())
      const versions = await atOnce(() => shelf.transact(({ organisation }) => organisation.bumpVersion()))
      assert.deepEqual(
        versions.toSorted((a, b) => a - b),
        versions.map((_, n) => before + n + 1),
      )
      assert.equal(await shelf.snapshot(({ organisation }) => organisation.version()), before + 20)
    })

    it("takes a version back with the transaction that raised it", async () => {
      const { shelf } = await open()
      const before = await shelf.snapshot(({ organisation }) => organisation.version())
      await assert.rejects(
        shelf.transact(async ({ organisation }) => {
          await organisation.bumpVersion()
          throw new Error("the power went")
        }),
      )
      assert.equal(await shelf.snapshot(({ organisation }) => organisation.version()), before)
    })

    it("has settled nothing of its own at first, and keeps what it settles last", async () => {
      const { shelf, stranger } = await open()
      const settings = () => shelf.snapshot(({ organisation }) => organisation.settings())
      assert.deepEqual(await settings(), DEFAULT_SETTINGS)
      const settled = {
        graceDays: 7,
        warnDays: [30, 2],
        idleDays: 60,
        leaverGraceDays: 0,
        delegationDepth: 8,
        widenedByAnother: true,
      }
      for (const wish of [{ ...settled, graceDays: 30, idleDays: 365 }, settled])
        await shelf.transact(({ organisation }) => organisation.putSettings(wish))
      assert.deepEqual(await settings(), settled)
      assert.deepEqual(
        await stranger.snapshot(({ organisation }) => organisation.settings()),
        DEFAULT_SETTINGS,
      )
      const bad = { ...settled, graceDays: 0 }
      await assert.rejects(shelf.transact(({ organisation }) => organisation.putSettings(bad)))
    })

    it("lets in nobody without an invitation at first, and keeps what it settles last", async () => {
      const { shelf, stranger } = await open()
      const settings = () => shelf.snapshot(({ organisation }) => organisation.signInSettings())
      assert.deepEqual(await settings(), { domains: [] })
      for (const domains of [["b.example"], ["a.example", "c.example"]])
        await shelf.transact(({ organisation }) => organisation.putSignInSettings({ domains }))
      assert.deepEqual(await settings(), { domains: ["a.example", "c.example"] })
      assert.deepEqual(await stranger.snapshot(({ organisation }) => organisation.signInSettings()), {
        domains: [],
      })
    })

    it("keeps what was settled about tokens, and when a key was asked for, each by itself", async () => {
      const { shelf, stranger } = await open()
      const read = (of: typeof shelf) =>
        of.snapshot(async ({ organisation }) => [
          await organisation.tokenSettings(),
          await organisation.signingKeyAsked(),
        ])
      assert.deepEqual(await read(shelf), [DEFAULT_TOKEN_SETTINGS, null])
      await shelf.transact(({ organisation }) => organisation.askSigningKey(NOW))
      assert.deepEqual(await read(shelf), [DEFAULT_TOKEN_SETTINGS, NOW])
      const settled: TokenSettings = {
        ...DEFAULT_TOKEN_SETTINGS,
        bearerTiers: ["read-only"],
        signingKeyDays: 7,
      }
      await shelf.transact(({ organisation }) => organisation.putTokenSettings(settled))
      assert.deepEqual(await read(shelf), [settled, NOW])
      await shelf.transact(({ organisation }) => organisation.askSigningKey(later(5)))
      assert.deepEqual(await read(shelf), [settled, later(5)])
      assert.deepEqual(await read(stranger), [DEFAULT_TOKEN_SETTINGS, null])
    })

    it("lets mandates name tiers besides those that ship, however often they are named", async () => {
      const { shelf } = await open()
      const names = ["clerks", "payments"]
      await shelf.transact(({ organisation }) => organisation.nameTiers(names))
      await shelf.transact(({ organisation }) => organisation.nameTiers([...names, "operator"]))
      await shelf.transact(({ organisation }) => organisation.nameTiers([]))
    })

    it("does not move with another organisation's version", async () => {
      const { shelf, stranger } = await open()
      const before = await shelf.snapshot(({ organisation }) => organisation.version())
      await stranger.transact(({ organisation }) => organisation.bumpVersion())
      assert.equal(await shelf.snapshot(({ organisation }) => organisation.version()), before)
    })
  })
}
