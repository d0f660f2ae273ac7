import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id } from "@tabard/core"
import { atOnce, id, ids, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { SavedView } from "./saved-view-store.ts"

/** What every SavedViewStore promises. */
export function savedViewStoreContract(name: string, open: OpenShelves): void {
  describe(`saved views kept in ${name}`, () => {
    it("answers a person's own views alone, in the order in which they were saved, a page at a time", async () => {
      const { shelf } = await open()
      const user = id("user")
      const [one, two] = ids("view", 2).map((each, at) =>
        view({ id: each, user, name: ["Z", "A"][at] ?? "" }),
      )
      assert.ok(one && two)
      for (const each of [two, one, view({ name: "Z" })]) assert.equal(await add(shelf, each), true)
      assert.deepEqual(await of(shelf, user, { limit: 10 }), [one, two])
      assert.deepEqual(await of(shelf, user, { limit: 1 }), [one])
      assert.deepEqual(await of(shelf, user, { limit: 1, after: one.id }), [two])
    })

    it("keeps one view of a name for each person, however often it is added at once", async () => {
      const { shelf } = await open()
      const user = id("user")
      assert.equal(won(await atOnce(() => add(shelf, view({ id: id("view"), user, name: "Mine" })))), 1)
      assert.equal((await of(shelf, user, { limit: 10 })).length, 1)
    })

    it("changes a view of its person's, and none into the name of another one of theirs", async () => {
      const { shelf } = await open()
      const user = id("user")
      const [one, two] = [view({ user, name: "One" }), view({ user, name: "Two" })]
      for (const each of [one, two]) await add(shelf, each)
      const change = (to: SavedView) => shelf.transact(({ views }) => views.change(to))
      const changed = { ...one, name: "Uno", search: "state=active", savedAt: later(1) }
      assert.equal(await change(changed), true)
      assert.equal(await change(changed), true, "its own name is no other one's")
      assert.equal(await change({ ...two, name: "Uno" }), false)
      assert.equal(await change({ ...two, user: id("user") }), false)
      assert.deepEqual(await find(shelf, one.id, user), changed)
      assert.deepEqual(await find(shelf, two.id, user), two)
    })

    it("drops a view once, for its person alone", async () => {
      const { shelf } = await open()
      const one = view({})
      await add(shelf, one)
      const remove = (user: Id<"user">) => shelf.transact(({ views }) => views.remove(one.id, user))
      assert.equal(await remove(id("user")), false)
      assert.equal(won(await atOnce(() => remove(one.user))), 1)
      assert.equal(await find(shelf, one.id, one.user), undefined)
    })

    it("shows nothing to another organisation, and lets it change and drop nothing", async () => {
      const { shelf, stranger } = await open()
      const one = view({})
      await add(shelf, one)
      await stranger.transact(async ({ views }) => {
        assert.equal(await views.find(one.id, one.user), undefined)
        assert.deepEqual(await views.of(one.user, { limit: 10 }), [])
        assert.equal(await views.change({ ...one, name: "Theirs" }), false)
        assert.equal(await views.remove(one.id, one.user), false)
      })
      assert.deepEqual(await find(shelf, one.id, one.user), one)
    })
  })
}

function view(differs: Partial<SavedView>): SavedView {
  return { id: id("view"), user: id("user"), name: "Mine", search: "band=high", savedAt: NOW, ...differs }
}

function add(shelf: Shelf, one: SavedView): Promise<boolean> {
  return shelf.transact(({ views }) => views.add(one))
}

function of(
  shelf: Shelf,
  user: Id<"user">,
  page: { limit: number; after?: Id<"view"> },
): Promise<readonly SavedView[]> {
  return shelf.snapshot(({ views }) => views.of(user, page))
}

function find(shelf: Shelf, one: Id<"view">, user: Id<"user">): Promise<SavedView | undefined> {
  return shelf.snapshot(({ views }) => views.find(one, user))
}
