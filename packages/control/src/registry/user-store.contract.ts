import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { LONGEST_LINE, type User } from "@tabard/core"
import { atOnce, id, ids, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { UserQuery } from "./user-store.ts"

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

    it("answers people by name a page at a time, by role and by whether they are active, and by their ids", async () => {
      const { shelf, stranger } = await open()
      const [ada, bob, cora] = [
        await insert(shelf, person({ name: "Ada", email: "a@example.test", role: "auditor" })),
        await insert(shelf, person({ name: "Bob", email: "b@example.test", active: false })),
        await insert(shelf, person({ name: "Cora", email: "c@example.test", role: "auditor" })),
      ]
      await insert(stranger, person({ name: "Dan", email: "d@example.test" }))
      const page = (query: Partial<UserQuery>) =>
        shelf.snapshot(({ users }) => users.page({ limit: 10, ...query }))
      assert.deepEqual(await page({}), [ada, bob, cora])
      assert.deepEqual(await page({ limit: 1, after: ada }), [bob])
      assert.deepEqual(await page({ role: "auditor", after: ada }), [cora])
      assert.deepEqual(await page({ active: false }), [bob])
      const found = (of: typeof shelf) =>
        of.snapshot(({ users }) => users.findAll([cora.id, bob.id, id("user")]))
      assert.deepEqual(new Set((await found(shelf)).map((one) => one.id)), new Set([bob.id, cora.id]))
      assert.deepEqual(await found(stranger), [])
    })

    it("answers who is known to a provider in the order in which they came, and counts them", async () => {
      const { shelf, stranger } = await open()
      const order = ids("user", 5)
      const [ada, bob, cora] = order.map((one) => person({ id: one, email: `${one}@example.test` }))
      const gone = person({
        id: order[3] ?? id("user"),
        email: "d@example.test",
        active: false,
        removedAt: NOW,
      })
      const erased = person({
        id: order[4] ?? id("user"),
        email: "e@example.test",
        active: false,
        erasedAt: NOW,
      })
      for (const one of [cora, ada, bob, gone, erased]) if (one) await insert(shelf, one)
      await insert(stranger, person({ email: "f@example.test" }))
      await shelf.snapshot(async ({ users }) => {
        assert.deepEqual(await users.inOrder({ limit: 10 }), [ada, bob, cora])
        assert.deepEqual(await users.inOrder({ limit: 1, skip: 1 }), [bob])
        assert.deepEqual(await users.inOrder({ limit: 9, after: order[1] ?? id("user") }), [cora])
        assert.equal(await users.countKnown(), 3)
      })
    })

    it("gives a person another email, in other letters too, unless it is another's", async () => {
      const { shelf, stranger } = await open()
      const ada = await insert(shelf, person({ email: "ada@example.test" }))
      await insert(shelf, person({ email: "bob@example.test" }))
      const readdress = (of: Shelf, email: string) =>
        of.transact(({ users }) => users.readdress(ada.id, email))
      assert.deepEqual(
        [
          await readdress(shelf, "BOB@example.test"),
          await readdress(stranger, "new@example.test"),
          await readdress(shelf, "ada@example.test"),
          await readdress(shelf, "Ada@example.test"),
          await readdress(shelf, "new@example.test"),
        ],
        [false, false, false, true, true],
      )
      const found = await shelf.snapshot(({ users }) => users.findByEmail("NEW@example.test"))
      assert.equal(found?.id, ada.id)
      await shelf.transact(({ users }) => users.setActive(ada.id, false))
      await shelf.transact(({ users }) => users.erase(ada.id, NOW))
      assert.equal(await readdress(shelf, "again@example.test"), false)
    })

    it("removes who is switched off, once, until they are switched on again", async () => {
      const { shelf, stranger } = await open()
      const ada = await insert(shelf, person({}))
      const remove = (of: Shelf) => of.transact(({ users }) => users.remove(ada.id, NOW))
      assert.equal(await remove(shelf), false)
      await shelf.transact(({ users }) => users.setActive(ada.id, false))
      assert.equal(await remove(stranger), false)
      assert.equal(won(await atOnce(() => remove(shelf))), 1)
      const find = () => shelf.snapshot(({ users }) => users.find(ada.id))
      assert.deepEqual((await find())?.removedAt, NOW)
      await shelf.transact(({ users }) => users.setActive(ada.id, true))
      assert.deepEqual(await find(), ada)
    })

    it("counts active administrators alone", async () => {
      const { shelf } = await open()
      await insert(shelf, person({ email: "a@example.test", role: "administrator" }))
      await insert(shelf, person({ email: "b@example.test", role: "administrator", active: false }))
      await insert(shelf, person({ email: "c@example.test", role: "security" }))
      assert.equal(await shelf.snapshot(({ users }) => users.countAdministrators()), 1)
    })

    it("erases who is switched off, once and for ever, and nobody else", async () => {
      const { shelf, stranger } = await open()
      const boss = await insert(shelf, person({ email: "boss@example.test" }))
      const ada = await insert(shelf, person({ name: "Ada", email: "ada@example.test", manager: boss.id }))
      const erase = (of: Shelf) => of.transact(({ users }) => users.erase(ada.id, NOW))
      assert.equal(await erase(shelf), false)
      await shelf.transact(({ users }) => users.setActive(ada.id, false))
      assert.equal(await erase(stranger), false)
      assert.deepEqual((await atOnce(() => erase(shelf))).filter(Boolean), [true])
      const left = await shelf.snapshot(({ users }) => users.find(ada.id))
      const { manager: _, ...kept } = ada
      assert.deepEqual(left, {
        ...kept,
        name: "Erased person",
        email: `${ada.id}@erased.invalid`,
        active: false,
        erasedAt: NOW,
      })
      assert.equal(await shelf.snapshot(({ users }) => users.findByEmail("ada@example.test")), undefined)
      assert.equal(await shelf.transact(({ users }) => users.setActive(ada.id, true)), false)
      assert.equal(await shelf.transact(({ users }) => users.rename(ada.id, "Ada")), false)
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

    it("adds many at once, but those whose email is taken, and calls a person otherwise", async () => {
      const { shelf, stranger } = await open()
      const ada = await insert(shelf, person({ email: "0@example.test" }))
      const many = Array.from({ length: 1_200 }, (_, n) => person({ email: `${n}@Example.test` }))
      const add = (users: readonly User[]) => shelf.transact((tx) => tx.users.addAll(users))
      assert.deepEqual([await add(many), await add(many), await add([])], [1_199, 0, 0])
      assert.equal((await shelf.snapshot(({ users }) => users.list())).length, 1_200)
      const rename = (of = shelf, name = "Countess") => of.transact(({ users }) => users.rename(ada.id, name))
      assert.deepEqual([await rename(stranger), await rename(), await rename()], [false, true, false])
      assert.equal((await shelf.snapshot(({ users }) => users.find(ada.id)))?.name, "Countess")
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

    it("says whom a person answers to, and nobody stands above themselves", async () => {
      const { shelf } = await open()
      const [ann, bob, cat] = await Promise.all(
        ["ann", "bob", "cat"].map((one) =>
          insert(shelf, person({ name: one, email: `${one}@example.test` })),
        ),
      )
      if (!ann || !bob || !cat) return assert.fail()
      const set = (of: User, to: User | null) =>
        shelf.transact(({ users }) => users.setManager(of.id, to?.id ?? null))
      assert.deepEqual([await set(bob, ann), await set(bob, ann), await set(cat, bob)], [true, false, true])
      assert.equal(await set(ann, ann), false)
      assert.equal(await set(ann, cat), false, "through others, too")
      assert.equal(await set(ann, person()), false, "who is not here is nobody's manager")
      assert.equal((await shelf.snapshot(({ users }) => users.find(cat.id)))?.manager, bob.id)
      assert.deepEqual([await set(bob, null), await set(bob, null)], [true, false])
      assert.deepEqual(await shelf.snapshot(({ users }) => users.find(bob.id)), bob)
      assert.equal(await set(ann, cat), true)
    })

    it("lets no two make each other their manager at once", async () => {
      const { shelf } = await open()
      const ann = await insert(shelf, person({ email: "a@example.test" }))
      const bob = await insert(shelf, person({ email: "b@example.test" }))
      const set = ([of, to]: [User, User]) => shelf.transact(({ users }) => users.setManager(of.id, to.id))
      const changed = await Promise.all(
        (
          [
            [ann, bob],
            [bob, ann],
          ] satisfies [User, User][]
        ).map(set),
      )
      assert.equal(changed.filter(Boolean).length, 1)
    })

    it("lets at most so many managers stand above one another, however two lines are joined", async () => {
      const { shelf } = await open()
      const people = Array.from({ length: LONGEST_LINE + 2 }, (_, n) =>
        person({ name: String(n), email: `${n}@example.test` }),
      )
      const changed = await shelf.transact(async ({ users }) => {
        for (const one of people) await users.insert(one)
        const set = async (n: number) => {
          const [of, to] = [people[n], people[n + 1]]
          return of && to ? users.setManager(of.id, to.id) : assert.fail()
        }
        const half = Math.floor(LONGEST_LINE / 2)
        for (let n = 0; n <= LONGEST_LINE; n++) if (n !== half) assert.equal(await set(n), true, String(n))
        return set(half)
      })
      assert.equal(changed, false)
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
        assert.equal(await users.setManager(ada.id, ada.id), false)
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
