import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { id, type OpenShelves } from "../shelves.contract.ts"
import { type Choices, USUAL_CHOICES } from "./choice-store.ts"

/** What every ChoiceStore promises. */
export function choiceStoreContract(name: string, open: OpenShelves): void {
  describe(`choices of people kept in ${name}`, () => {
    it("are the usual ones until a person makes their own, and then the last that they made", async () => {
      const { shelf, stranger } = await open()
      const [user, other] = [id("user"), id("user")]
      const find = (of = shelf) => of.snapshot(({ choices }) => choices.find(user))
      assert.deepEqual(await find(), USUAL_CHOICES)
      for (const chosen of [CHOSEN, { kinds: {}, digestHour: 0 }, CHOSEN]) {
        await shelf.transact(({ choices }) => choices.put(user, chosen))
        assert.deepEqual(await find(), chosen)
      }
      const all = await shelf.snapshot(({ choices }) => choices.findAll([other, user]))
      assert.deepEqual([...all], [[user, CHOSEN]])
      assert.deepEqual(await find(stranger), USUAL_CHOICES, "another organisation's are another's")
    })

    it("take no hour that no day has", async () => {
      const { shelf } = await open()
      await assert.rejects(
        shelf.transact(({ choices }) => choices.put(id("user"), { kinds: {}, digestHour: 24 })),
      )
    })
  })
}

const CHOSEN: Choices = { kinds: { "finding-opened": "nothing", "mandate-over": "digest" }, digestHour: 17 }
