import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { ProvisionedPerson } from "./provisioned-store.ts"

/** What every ProvisionedStore promises. */
export function provisionedStoreContract(name: string, open: OpenShelves): void {
  describe(`what SCIM keeps of people in ${name}`, () => {
    it("answers what is kept of each, whole, and leaves out who is kept by nobody", async () => {
      const { shelf } = await open()
      const [ann, bob] = [person(), person({ externalId: null, words: {}, switchedOff: true })]
      await put(shelf, ann)
      await put(shelf, bob)
      const kept = await shelf.snapshot(({ provisioned }) => provisioned.of([ann.user, bob.user, id("user")]))
      assert.deepEqual([...kept.keys()].toSorted(), [ann.user, bob.user].toSorted())
      assert.deepEqual([kept.get(ann.user), kept.get(bob.user)], [ann, bob])
    })

    it("keeps what is said later in place of what was", async () => {
      const { shelf } = await open()
      const ann = person()
      await put(shelf, ann)
      const next = { ...ann, userName: "ann.two@example.test", words: { title: "Lead" }, changedAt: later(1) }
      assert.equal(await put(shelf, next), true)
      assert.deepEqual(await find(shelf, ann), next)
    })

    it("refuses a user name that is another's in other letters, and changes nothing", async () => {
      const { shelf } = await open()
      const ann = person({ userName: "ÄNN@example.test" })
      const bob = person({ userName: "bob@example.test" })
      await put(shelf, ann)
      await put(shelf, bob)
      assert.equal(await put(shelf, person({ userName: "änn@EXAMPLE.test" })), false)
      assert.equal(await put(shelf, { ...bob, userName: "änn@example.test", externalId: "new" }), false)
      assert.deepEqual(await find(shelf, bob), bob)
      assert.equal(await put(shelf, { ...ann, userName: "änn@example.test" }), true)
    })

    it("lets exactly one of many have a user name", async () => {
      const { shelf } = await open()
      const answers = await atOnce(() => put(shelf, person({ userName: "one@example.test" })))
      assert.equal(won(answers), 1)
    })

    it("finds by user name without regard to case, and everybody of an external id letter by letter", async () => {
      const { shelf } = await open()
      const [ann, bob] = [
        person({ userName: "Ann@example.test", externalId: "x-1" }),
        person({ externalId: "x-1" }),
      ]
      await put(shelf, ann)
      await put(shelf, bob)
      await shelf.snapshot(async ({ provisioned }) => {
        assert.equal(await provisioned.byUserName("aNN@example.TEST"), ann.user)
        assert.equal(await provisioned.byUserName("nobody"), undefined)
        assert.deepEqual(await provisioned.byExternalId("x-1"), [ann.user, bob.user].toSorted())
        assert.deepEqual(await provisioned.byExternalId("X-1"), [])
      })
    })

    it("counts who is kept, and whom the provider switched off", async () => {
      const { shelf, stranger } = await open()
      for (const switchedOff of [true, false, true]) await put(shelf, person({ switchedOff }))
      const count = (of: Shelf) => of.snapshot(({ provisioned }) => provisioned.count())
      assert.deepEqual(await count(shelf), { people: 3, switchedOff: 2 })
      assert.deepEqual(await count(stranger), { people: 0, switchedOff: 0 })
    })

    it("releases a person once, and their user name with them", async () => {
      const { shelf } = await open()
      const ann = person()
      await put(shelf, ann)
      const answers = await atOnce(() => shelf.transact(({ provisioned }) => provisioned.release(ann.user)))
      assert.equal(won(answers), 1)
      assert.equal(await put(shelf, { ...person(), userName: ann.userName }), true)
    })

    it("shows nothing to another organisation, and lets it change nothing", async () => {
      const { shelf, stranger } = await open()
      const ann = person()
      await put(shelf, ann)
      await stranger.transact(async ({ provisioned }) => {
        assert.equal((await provisioned.of([ann.user])).size, 0)
        assert.equal(await provisioned.byUserName(ann.userName), undefined)
        assert.deepEqual(await provisioned.byExternalId("x-0"), [])
        assert.equal(await provisioned.release(ann.user), false)
        assert.equal(await provisioned.put({ ...ann, user: id("user") }), true)
      })
      assert.deepEqual(await find(shelf, ann), ann)
    })
  })
}

function put(shelf: Shelf, one: ProvisionedPerson): Promise<boolean> {
  return shelf.transact(({ provisioned }) => provisioned.put(one))
}

async function find(shelf: Shelf, { user }: ProvisionedPerson): Promise<ProvisionedPerson | undefined> {
  return (await shelf.snapshot(({ provisioned }) => provisioned.of([user]))).get(user)
}

function person(differs: Partial<ProvisionedPerson> = {}): ProvisionedPerson {
  const user = id("user")
  const words = { givenName: "Ann", familyName: "Lee" }
  return {
    user,
    userName: `${user}@example.test`,
    externalId: "x-0",
    words,
    switchedOff: false,
    changedAt: NOW,
    ...differs,
  }
}
