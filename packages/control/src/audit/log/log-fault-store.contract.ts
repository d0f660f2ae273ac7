import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { later, NOW, type OpenShelves } from "../../shelves.contract.ts"
import type { Shelf } from "../../transaction.ts"
import type { LogFault } from "./log-fault-store.ts"

/** What every LogFaultStore promises. */
export function logFaultStoreContract(name: string, open: OpenShelves): void {
  describe(`faults of the log kept in ${name}`, () => {
    it("answers the fault that was told last, of one that is told again its beginning, and none once it was taken back", async () => {
      const { shelf } = await open()
      assert.equal(await find(shelf), undefined)
      await tell(shelf, { kind: "failing", since: NOW })
      await tell(shelf, { kind: "failing", since: later(1000) })
      assert.deepEqual(await find(shelf), { kind: "failing", since: NOW })
      await tell(shelf, { kind: "tampered", since: later(2000) })
      assert.deepEqual(await find(shelf), { kind: "tampered", since: later(2000) })
      assert.deepEqual([await clear(shelf), await clear(shelf)], [true, false])
      assert.equal(await find(shelf), undefined)
    })

    it("shows nothing to another organisation, and lets it take nothing back", async () => {
      const { shelf, stranger } = await open()
      await tell(shelf, { kind: "tampered", since: NOW })
      assert.equal(await find(stranger), undefined)
      assert.equal(await clear(stranger), false)
      assert.deepEqual(await find(shelf), { kind: "tampered", since: NOW })
    })
  })
}

function find(shelf: Shelf): Promise<LogFault | undefined> {
  return shelf.snapshot(({ logFaults }) => logFaults.find())
}

function tell(shelf: Shelf, fault: LogFault): Promise<void> {
  return shelf.transact(({ logFaults }) => logFaults.tell(fault))
}

function clear(shelf: Shelf): Promise<boolean> {
  return shelf.transact(({ logFaults }) => logFaults.clear())
}
