import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, type OpenShelves } from "../shelves.contract.ts"

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
      assert.deepEqual(await settings(), { graceDays: 14 })
      for (const graceDays of [30, 7])
        await shelf.transact(({ organisation }) => organisation.putSettings({ graceDays }))
      assert.deepEqual(await settings(), { graceDays: 7 })
      assert.deepEqual(await stranger.snapshot(({ organisation }) => organisation.settings()), {
        graceDays: 14,
      })
      await assert.rejects(shelf.transact(({ organisation }) => organisation.putSettings({ graceDays: 0 })))
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

    it("does not move with another organisation's version", async () => {
      const { shelf, stranger } = await open()
      const before = await shelf.snapshot(({ organisation }) => organisation.version())
      await stranger.transact(({ organisation }) => organisation.bumpVersion())
      assert.equal(await shelf.snapshot(({ organisation }) => organisation.version()), before)
    })
  })
}
