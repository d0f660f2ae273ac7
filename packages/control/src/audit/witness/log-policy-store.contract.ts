import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { id, later, NOW, type OpenShelves } from "../../shelves.contract.ts"
import type { Shelf } from "../../transaction.ts"
import type { LogPolicy } from "./log-policy-store.ts"

/** What every LogPolicyStore promises. */
export function logPolicyStoreContract(name: string, open: OpenShelves): void {
  describe(`the trust policy of logs kept in ${name}`, () => {
    it("is none at first, and then the one that was put last, as it was put", async () => {
      const { shelf } = await open()
      assert.equal(await find(shelf), undefined)
      const first: LogPolicy = { text: "quorum none\n", putBy: id("user"), putAt: NOW }
      await put(shelf, first)
      assert.deepEqual(await find(shelf), first)
      const second: LogPolicy = { text: "# more\nquorum none\n", putBy: id("user"), putAt: later(5) }
      await put(shelf, second)
      assert.deepEqual(await find(shelf), second)
    })

    it("is each organisation's own", async () => {
      const { shelf, stranger } = await open()
      await put(shelf, { text: "quorum none\n", putBy: id("user"), putAt: NOW })
      assert.equal(await find(stranger), undefined)
    })
  })
}

function find(shelf: Shelf): Promise<LogPolicy | undefined> {
  return shelf.snapshot(({ logPolicy }) => logPolicy.find())
}

function put(shelf: Shelf, policy: LogPolicy): Promise<void> {
  return shelf.transact(({ logPolicy }) => logPolicy.put(policy))
}
