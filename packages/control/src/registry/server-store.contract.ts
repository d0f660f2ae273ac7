import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { ToolVersion, Upstream } from "@tabard/core"
import { id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"

/** What every ServerStore promises. */
export function serverStoreContract(name: string, open: OpenShelves): void {
  describe(`upstreams kept in ${name}`, () => {
    it("finds a server by id and by name, whatever its transport", async () => {
      const { shelf } = await open()
      const notes = await insert(shelf, upstream({ name: "notes" }))
      const web = await insert(
        shelf,
        upstream({ name: "web", launch: { transport: "http", url: "https://x.test/" } }),
      )
      await shelf.snapshot(async ({ servers }) => {
        assert.deepEqual(await servers.find(notes.id), notes)
        assert.deepEqual(await servers.findByName("web"), web)
        assert.equal(await servers.find(id("server")), undefined)
        assert.equal(await servers.findByName("none"), undefined)
        assert.deepEqual(await servers.list(), [notes, web])
        assert.deepEqual(await servers.page({ limit: 1 }), [notes])
        assert.deepEqual(await servers.page({ limit: 10, after: "notes" }), [web])
        assert.deepEqual(await servers.findAll([web.id, id("server")]), [web])
      })
    })

    it("rejects an id or a name that is taken", async () => {
      const { shelf } = await open()
      const notes = await insert(shelf, upstream({ name: "notes" }))
      await assert.rejects(insert(shelf, upstream({ name: "notes" })))
      await assert.rejects(insert(shelf, upstream({ id: notes.id, name: "other" })))
    })

    it("pins one version a tool; an earlier one stays readable by its id", async () => {
      const { shelf } = await open()
      const [notes, web] = [id("server"), id("server")]
      const first = tool({ server: notes, name: "read" })
      const others = [tool({ server: notes, name: "write" }), tool({ server: web, name: "read" })]
      for (const version of [first, ...others]) await pin(shelf, version)
      const second = tool({ server: notes, name: "read", digest: "another", pinnedAt: later(1) })
      await pin(shelf, second)

      await shelf.snapshot(async ({ servers }) => {
        assert.deepEqual(await servers.pinned(notes), [second, others[0]])
        assert.deepEqual(
          new Set((await servers.pinned()).map((version) => version.id)),
          new Set([second, ...others].map((version) => version.id)),
        )
        const sorted = await servers.pinned()
        const [smallest] = sorted
        assert.deepEqual(await servers.pagePinned({ limit: 10 }), sorted)
        assert.deepEqual(await servers.pagePinned({ limit: 1, ...(smallest && { after: smallest }) }), [
          sorted[1],
        ])
        assert.deepEqual(await servers.pinnedOf([web, id("server")]), [others[1]])
        assert.deepEqual(await servers.findVersion(first.id), first)
        assert.deepEqual(await servers.findVersion(second.id), second)
        assert.equal(await servers.findVersion(id("toolVersion")), undefined)
      })
    })

    it("pins one of twenty versions in place of the one that all of them saw, and keeps who said what", async () => {
      const { shelf } = await open()
      const first = tool({})
      const review = { by: id("user"), reason: "it deletes", corrected: true }
      await pin(shelf, first)
      const corrected = Array.from({ length: 20 }, () =>
        tool({ server: first.server, pinnedAt: later(1), review }),
      )
      const answers = await Promise.all(corrected.map((version) => repin(shelf, first, version)))
      assert.equal(won(answers), 1)
      const standing = corrected[answers.indexOf(true)]
      const [pinned] = await shelf.snapshot(({ servers }) => servers.pinned(first.server))
      assert.deepEqual(pinned, standing)
      assert.equal(await repin(shelf, first, tool({ server: first.server })), false)
      assert.equal(await repin(shelf, { id: id("toolVersion") }, tool({})), false)
      const history = (limit: number) => shelf.snapshot(({ servers }) => servers.versions(first, limit))
      assert.deepEqual(await history(10), [standing, first])
      assert.deepEqual(await history(1), [standing])
    })

    it("shows nothing to another organisation, and lets it replace nothing", async () => {
      const { shelf, stranger } = await open()
      const notes = await insert(shelf, upstream({ name: "notes" }))
      const read = tool({ server: notes.id, name: "read" })
      await pin(shelf, read)
      await stranger.transact(async ({ servers }) => {
        assert.equal(await servers.find(notes.id), undefined)
        assert.equal(await servers.findByName("notes"), undefined)
        assert.deepEqual(await servers.list(), [])
        assert.deepEqual(await servers.pinned(), [])
        assert.deepEqual(await servers.page({ limit: 10 }), [])
        assert.deepEqual(await servers.pagePinned({ limit: 10 }), [])
        assert.equal(await servers.findVersion(read.id), undefined)
        assert.deepEqual(await servers.versions(read, 10), [])
        assert.equal(await servers.repin(read.id, tool({ server: notes.id })), false)
        await servers.pin(tool({ server: notes.id, name: "read" }))
        await servers.insert(upstream({ name: "notes" }))
      })
      assert.deepEqual(await shelf.snapshot(({ servers }) => servers.pinned()), [read])
    })
  })
}

async function insert(shelf: Shelf, server: Upstream): Promise<Upstream> {
  await shelf.transact(({ servers }) => servers.insert(server))
  return server
}

async function pin(shelf: Shelf, version: ToolVersion): Promise<void> {
  await shelf.transact(({ servers }) => servers.pin(version))
}

function repin(shelf: Shelf, seen: Pick<ToolVersion, "id">, version: ToolVersion): Promise<boolean> {
  return shelf.transact(({ servers }) => servers.repin(seen.id, version))
}

function upstream(differs: Partial<Upstream>): Upstream {
  return {
    id: id("server"),
    name: "notes",
    launch: { transport: "stdio", command: "node", args: ["server.js"], roots: ["/home/ada/notes"] },
    registeredBy: id("user"),
    registeredAt: NOW,
    ...differs,
  }
}

function tool(differs: Partial<ToolVersion>): ToolVersion {
  return {
    id: id("toolVersion"),
    server: id("server"),
    name: "read",
    digest: "one",
    definition: { name: "read", inputSchema: { type: "object", properties: { path: { type: "string" } } } },
    effects: ["read"],
    roles: { path: ["path", "target"] },
    pinnedAt: NOW,
    ...differs,
  }
}
