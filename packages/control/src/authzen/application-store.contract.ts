import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { Application, ApplicationVersion } from "./application-store.ts"

/** What every ApplicationStore promises. */
export function applicationStoreContract(name: string, open: OpenShelves): void {
  describe(`applications kept in ${name}`, () => {
    it("puts one in force in place of the one of its name, whose versions stay readable", async () => {
      const { shelf } = await open()
      const first = application()
      const entities = [{ uid: { type: "user", id: "ann" }, attrs: { level: 1 }, parents: [] }]
      const second = application({ version: 2, entities, recorded: true, putAt: later(1) })
      assert.deepEqual([await put(shelf, first), await put(shelf, second)], [true, true])
      assert.deepEqual(await find(shelf), second)
      assert.deepEqual(await history(shelf), [told(second), told(first)])
      assert.deepEqual(await history(shelf, 2), [told(first)])
    })

    it("lets exactly one of many that follow the same version be put", async () => {
      const { shelf } = await open()
      assert.equal(won(await atOnce(() => put(shelf, application()))), 1)
      assert.equal(won(await atOnce(() => put(shelf, application({ version: 2 })))), 1)
      assert.equal(await put(shelf, application({ version: 4 })), false)
      assert.equal((await find(shelf))?.version, 2)
      assert.equal((await history(shelf)).length, 2)
    })

    it("takes one out of force once, and goes on counting where it is put anew", async () => {
      const { shelf } = await open()
      await put(shelf, application())
      assert.equal(
        won(await atOnce(() => shelf.transact(({ applications }) => applications.remove("clinic")))),
        1,
      )
      assert.equal(await find(shelf), undefined)
      assert.deepEqual(await list(shelf), [])
      const latest = await shelf.snapshot(({ applications }) => applications.latest("clinic"))
      assert.equal(latest, 2)
      assert.equal(await put(shelf, application({ version: latest + 1 })), true)
      assert.equal((await find(shelf))?.version, 3)
      assert.equal(await shelf.snapshot(({ applications }) => applications.latest("never")), 0)
    })

    it("lists those in force by name, a page at a time", async () => {
      const { shelf } = await open()
      for (const one of ["b", "a", "c"]) await put(shelf, application({ name: one }))
      await shelf.transact(({ applications }) => applications.remove("b"))
      assert.deepEqual(await list(shelf), [
        told(application({ name: "a" })),
        told(application({ name: "c" })),
      ])
      const behind = await shelf.snapshot(({ applications }) => applications.list({ after: "a", limit: 1 }))
      assert.deepEqual(
        behind.map((one) => one.name),
        ["c"],
      )
    })

    it("shows nothing to another organisation, and lets it replace and remove nothing", async () => {
      const { shelf, stranger } = await open()
      await put(shelf, application())
      assert.equal(await find(stranger), undefined)
      assert.deepEqual(await history(stranger), [])
      assert.equal(await stranger.transact(({ applications }) => applications.remove("clinic")), false)
      assert.equal(await put(stranger, application({ policies: "" })), true)
      assert.deepEqual(await find(shelf), application())
    })
  })
}

const AUTHOR = id("user")

function application(differs: Partial<Application> = {}): Application {
  return {
    name: "clinic",
    version: 1,
    schema: "namespace Clinic { entity user; }",
    policies: "permit (principal, action, resource);",
    entities: [],
    recorded: false,
    author: AUTHOR,
    putAt: NOW,
    ...differs,
  }
}

function told({ entities, ...one }: Application): ApplicationVersion {
  return { ...one, entityCount: entities.length }
}

function put(shelf: Shelf, one: Application): Promise<boolean> {
  return shelf.transact(({ applications }) => applications.put(one))
}

function find(shelf: Shelf): Promise<Application | undefined> {
  return shelf.snapshot(({ applications }) => applications.find("clinic"))
}

function list(shelf: Shelf): Promise<readonly ApplicationVersion[]> {
  return shelf.snapshot(({ applications }) => applications.list({ limit: 10 }))
}

function history(shelf: Shelf, before?: number): Promise<readonly ApplicationVersion[]> {
  return shelf.snapshot(({ applications }) =>
    applications.history("clinic", { limit: 10, ...(before !== undefined && { before }) }),
  )
}
