import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id } from "@tabard/core"
import { atOnce, id, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { ProviderIdentity } from "./ports.ts"

const ADA = { issuer: "https://id.example", subject: "ada" }

/** What every BindingStore promises. */
export function bindingStoreContract(name: string, open: OpenShelves): void {
  describe(`bindings kept in ${name}`, () => {
    it("finds whom an identity is bound to, by issuer and subject together", async () => {
      const { shelf } = await open()
      const ada = id("user")
      assert.equal(await bind(shelf, ADA, ada), true)
      assert.equal(await find(shelf, ADA), ada)
      assert.equal(await find(shelf, { ...ADA, issuer: "https://other.example" }), undefined)
      assert.equal(await find(shelf, { ...ADA, subject: "ADA" }), undefined)
    })

    it("binds an identity once, and a person to one identity of an issuer", async () => {
      const { shelf } = await open()
      const ada = id("user")
      assert.equal(won(await atOnce(() => bind(shelf, ADA, ada))), 1)
      assert.equal(await bind(shelf, ADA, id("user")), false)
      assert.equal(await bind(shelf, { ...ADA, subject: "mallory" }, ada), false)
      assert.equal(await bind(shelf, { ...ADA, issuer: "https://other.example" }, ada), true)
      assert.equal(await find(shelf, ADA), ada)
    })

    it("takes a person's identity at an issuer back once, and leaves the others", async () => {
      const { shelf } = await open()
      const ada = id("user")
      const other = { ...ADA, issuer: "https://other.example" }
      await bind(shelf, other, ada)
      await bind(shelf, ADA, ada)
      const issuers = () => shelf.snapshot(({ bindings }) => bindings.issuersOf(ada))
      assert.deepEqual(await issuers(), [ADA.issuer, other.issuer])
      await bind(shelf, { ...other, subject: "bob" }, id("user"))
      assert.deepEqual(await shelf.snapshot(({ bindings }) => bindings.issuers()), [ADA.issuer, other.issuer])
      const unbind = () => shelf.transact(({ bindings }) => bindings.unbind(ada, ADA.issuer))
      assert.equal(won(await atOnce(unbind)), 1)
      assert.deepEqual(await issuers(), [other.issuer])
      assert.equal(await find(shelf, ADA), undefined)
      assert.equal(await bind(shelf, ADA, id("user")), true)
    })

    it("shows nothing to another organisation, and lets it take nothing", async () => {
      const { shelf, stranger } = await open()
      const ada = id("user")
      await bind(shelf, ADA, ada)
      assert.equal(await find(stranger, ADA), undefined)
      await stranger.transact(async ({ bindings }) => {
        assert.deepEqual(await bindings.issuersOf(ada), [])
        assert.deepEqual(await bindings.issuers(), [])
        assert.equal(await bindings.unbind(ada, ADA.issuer), false)
      })
      assert.equal(await bind(stranger, ADA, id("user")), true)
      assert.equal(await find(shelf, ADA), ada)
    })
  })
}

function bind(shelf: Shelf, identity: ProviderIdentity, user: Id<"user">): Promise<boolean> {
  return shelf.transact(({ bindings }) => bindings.bind(identity, user))
}

function find(shelf: Shelf, identity: ProviderIdentity): Promise<Id<"user"> | undefined> {
  return shelf.snapshot(({ bindings }) => bindings.find(identity))
}
