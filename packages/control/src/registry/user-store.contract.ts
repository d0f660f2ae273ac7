import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { User } from "@tabard/core"
import { id, NOW, type OpenShelves } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"

/** What every UserStore promises. */
export function userStoreContract(name: string, open: OpenShelves): void {
  describe(`people kept in ${name}`, () => {
    it("finds who was inserted, and nobody else", async () => {
      const { shelf } = await open()
      const ada = await insert(shelf, person())
      assert.deepEqual(await shelf.snapshot(({ users }) => users.find(ada.id)), ada)
      assert.equal(await shelf.snapshot(({ users }) => users.find(id("user"))), undefined)
    })

    it("rejects an id that is taken", async () => {
      const { shelf } = await open()
      const ada = await insert(shelf, person())
      await assert.rejects(insert(shelf, person({ id: ada.id, email: "other@example.test" })))
    })

    it("rejects an email that is taken in other letters", async () => {
      const { shelf } = await open()
      await insert(shelf, person({ email: "Ada@Example.test" }))
      await assert.rejects(insert(shelf, person({ email: "aDA@example.TEST" })))
    })

    it("finds by email without regard to case, also outside ASCII", async () => {
      const { shelf } = await open()
      const ada = await insert(shelf, person({ email: "ÄDA@example.test" }))
      const found = await shelf.snapshot(({ users }) => users.findByEmail("äda@EXAMPLE.test"))
      assert.deepEqual(found, ada)
      assert.equal(await shelf.snapshot(({ users }) => users.findByEmail("nobody@example.test")), undefined)
    })

    it("lists everybody by name", async () => {
      const { shelf } = await open()
      const grace = await insert(shelf, person({ name: "Grace", email: "a@example.test" }))
      const ada = await insert(shelf, person({ name: "Ada", email: "b@example.test" }))
      assert.deepEqual(await shelf.snapshot(({ users }) => users.list()), [ada, grace])
    })

    it("counts active administrators alone", async () => {
      const { shelf } = await open()
      await insert(shelf, person({ email: "a@example.test", role: "administrator" }))
      await insert(shelf, person({ email: "b@example.test", role: "administrator", active: false }))
      await insert(shelf, person({ email: "c@example.test", role: "security" }))
      assert.equal(await shelf.snapshot(({ users }) => users.countAdministrators()), 1)
    })

    it("switches a person off and on, and answers false where nothing changes", async () => {
      const { shelf } = await open()
      const ada = await insert(shelf, person())
      const set = (active: boolean) => shelf.transact(({ users }) => users.setActive(ada.id, active))
      assert.equal(await set(true), false)
      assert.equal(await set(false), true)
      assert.equal(await set(false), false)
      assert.equal((await shelf.snapshot(({ users }) => users.find(ada.id)))?.active, false)
      assert.equal(await set(true), true)
      assert.equal(await shelf.transact(({ users }) => users.setActive(id("user"), true)), false)
    })

    it("adds nobody whose email is taken in other letters", async () => {
      const { shelf } = await open()
      const ada = person()
      const add = (user: User) => shelf.transact(({ users }) => users.add(user))
      assert.equal(await add(ada), true)
      assert.equal(await add(person({ email: "ADA@example.test" })), false)
      assert.deepEqual(await shelf.snapshot(({ users }) => users.list()), [ada])
    })

    it("keeps an active administrator, whoever is demoted and switched off at once", async () => {
      const { shelf } = await open()
      const all = ["a", "b", "c", "d"].map((one) =>
        person({ email: `${one}@example.test`, role: "administrator" }),
      )
      await insert(shelf, person({ email: "e@example.test", role: "administrator", active: false }))
      for (const one of all) await insert(shelf, one)
      const changed = await Promise.all(
        all.map(({ id: user }, n) =>
          shelf.transact(({ users }) => (n % 2 ? users.setRole(user, "auditor") : users.deactivate(user))),
        ),
      )
      assert.equal(changed.filter(Boolean).length, 3)
      assert.equal(await shelf.snapshot(({ users }) => users.countAdministrators()), 1)
    })

    it("gives a role once, and switches off who is active once", async () => {
      const { shelf } = await open()
      const ada = await insert(shelf, person())
      const setRole = (role: User["role"]) => shelf.transact(({ users }) => users.setRole(ada.id, role))
      assert.equal(await setRole("member"), false)
      assert.equal(await setRole("administrator"), true)
      assert.equal(await setRole("auditor"), false, "nobody else could take their place")
      await insert(shelf, person({ email: "b@example.test", role: "administrator" }))
      assert.equal(await setRole("auditor"), true)
      const deactivate = () => shelf.transact(({ users }) => users.deactivate(ada.id))
      assert.deepEqual([await deactivate(), await deactivate()], [true, false])
    })

    it("shows nobody to another organisation, and lets it switch nobody", async () => {
      const { shelf, stranger } = await open()
      const ada = await insert(shelf, person({ role: "administrator" }))
      await stranger.transact(async ({ users }) => {
        assert.equal(await users.find(ada.id), undefined)
        assert.equal(await users.findByEmail(ada.email), undefined)
        assert.deepEqual(await users.list(), [])
        assert.equal(await users.countAdministrators(), 0)
        assert.equal(await users.setActive(ada.id, false), false)
        assert.equal(await users.setRole(ada.id, "member"), false)
        assert.equal(await users.deactivate(ada.id), false)
      })
      await insert(stranger, person({ email: ada.email }))
      assert.deepEqual(await shelf.snapshot(({ users }) => users.find(ada.id)), ada)
    })
  })
}

async function insert(shelf: Shelf, user: User): Promise<User> {
  await shelf.transact(({ users }) => users.insert(user))
  return user
}

function person(differs: Partial<User> = {}): User {
  return {
    id: id("user"),
    name: "Ada",
    email: "ada@example.test",
    role: "member",
    active: true,
    createdAt: NOW,
    ...differs,
  }
}
