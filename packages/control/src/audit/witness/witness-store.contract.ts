import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { later, NOW, type OpenShelves } from "../../shelves.contract.ts"
import type { Shelf } from "../../transaction.ts"
import type { WitnessStanding } from "./witness-store.ts"

/** What every WitnessStore promises. */
export function witnessStoreContract(name: string, open: OpenShelves): void {
  describe(`what is known of witnesses kept in ${name}`, () => {
    it("is answered by log, in the order of their keys, as it was kept last", async () => {
      const { shelf } = await open()
      const [b, a] = [standing("b"), standing("a", { cosignedAt: null, due: later(3) })]
      const other = standing("a", { generation: 2 })
      for (const one of [b, a, other]) await put(shelf, one)
      assert.deepEqual(await list(shelf, 1), [a, b])
      assert.deepEqual(await list(shelf, 2), [other])
      const stopped = standing("a", {
        size: 9,
        failures: 2,
        due: null,
        trouble: { kind: "split-view", said: "it answered 422" },
      })
      await put(shelf, stopped)
      assert.deepEqual(await list(shelf, 1), [stopped, b])
    })

    it("is nothing once it is forgotten, of any log", async () => {
      const { shelf, stranger } = await open()
      for (const generation of [1, 2]) await put(shelf, standing("a", { generation }))
      await put(stranger, standing("a"))
      await shelf.transact(({ witnesses }) => witnesses.forget())
      assert.deepEqual([await list(shelf, 1), await list(shelf, 2)], [[], []])
      assert.equal((await list(stranger, 1)).length, 1)
    })

    it("is each organisation's own", async () => {
      const { shelf, stranger } = await open()
      await put(shelf, standing("a"))
      assert.deepEqual(await list(stranger, 1), [])
      await put(stranger, standing("a", { size: 1 }))
      assert.deepEqual(await list(shelf, 1), [standing("a")])
    })
  })
}

function standing(verifierKey: string, differs: Partial<WitnessStanding> = {}): WitnessStanding {
  return {
    generation: 1,
    verifierKey,
    size: 7,
    cosignedAt: NOW,
    trouble: null,
    failures: 0,
    due: NOW,
    ...differs,
  }
}

function list(shelf: Shelf, generation: number): Promise<readonly WitnessStanding[]> {
  return shelf.snapshot(({ witnesses }) => witnesses.list(generation))
}

function put(shelf: Shelf, one: WitnessStanding): Promise<void> {
  return shelf.transact(({ witnesses }) => witnesses.put(one))
}
