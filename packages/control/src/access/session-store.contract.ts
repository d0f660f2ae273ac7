import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id, User } from "@tabard/core"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { Session } from "./ports.ts"

/** What every SessionStore promises. */
export function sessionStoreContract(name: string, open: OpenShelves): void {
  describe(`sessions kept in ${name}`, () => {
    it("finds a live session of an active person", async () => {
      const { shelf } = await open()
      const one = await insert(shelf, await session(shelf))
      assert.deepEqual(await find(shelf, one.tokenHash), one)
    })

    it("answers undefined where there is none, its time has passed or its person is not active", async () => {
      const { shelf } = await open()
      const one = await insert(shelf, await session(shelf, { expiresAt: later(1) }))
      assert.equal(await find(shelf, "never made"), undefined)
      assert.equal(await find(shelf, one.tokenHash, later(1)), undefined)
      await shelf.transact(({ users }) => users.setActive(one.user, false))
      assert.equal(await find(shelf, one.tokenHash), undefined)
      await shelf.transact(({ users }) => users.setActive(one.user, true))
      assert.deepEqual(await find(shelf, one.tokenHash), one)
    })

    it("answers undefined for a person who is not in the directory", async () => {
      const { shelf } = await open()
      const one = await insert(shelf, { ...(await session(shelf)), user: id("user") })
      assert.equal(await find(shelf, one.tokenHash), undefined)
    })

    it("rejects an id or a hash that is taken", async () => {
      const { shelf } = await open()
      const one = await insert(shelf, await session(shelf))
      await assert.rejects(insert(shelf, { ...one, tokenHash: "another" }))
      await assert.rejects(insert(shelf, { ...one, id: id("session") }))
    })

    it("ends a session once", async () => {
      const { shelf } = await open()
      const one = await insert(shelf, await session(shelf))
      assert.equal(won(await atOnce(() => shelf.transact(({ sessions }) => sessions.end(one.id)))), 1)
      assert.equal(await find(shelf, one.tokenHash), undefined)
    })

    it("drops sessions that expired, and answers how many", async () => {
      const { shelf } = await open()
      await insert(shelf, await session(shelf, { expiresAt: later(-1) }))
      const alive = await insert(shelf, await session(shelf, { expiresAt: later(1) }))
      assert.equal(await shelf.transact(({ sessions }) => sessions.prune(NOW)), 1)
      assert.deepEqual(await find(shelf, alive.tokenHash), alive)
    })

    it("shows nothing to another organisation, and lets it end nothing", async () => {
      const { shelf, stranger } = await open()
      const one = await insert(shelf, await session(shelf))
      assert.equal(await find(stranger, one.tokenHash), undefined)
      assert.equal(await stranger.transact(({ sessions }) => sessions.end(one.id)), false)
      assert.equal(await stranger.transact(({ sessions }) => sessions.prune(later(1e12))), 0)
      assert.deepEqual(await find(shelf, one.tokenHash), one)
    })
  })
}

async function insert(shelf: Shelf, one: Session): Promise<Session> {
  await shelf.transact(({ sessions }) => sessions.insert(one))
  return one
}

function find(shelf: Shelf, tokenHash: string, now = NOW): Promise<Session | undefined> {
  return shelf.snapshot(({ sessions }) => sessions.findLive(tokenHash, now))
}

/** A session of a new person of this organisation. */
async function session(shelf: Shelf, differs: Partial<Session> = {}): Promise<Session> {
  const user = id("user")
  await shelf.transact(({ users }) => users.insert(person(user)))
  return {
    id: id("session"),
    tokenHash: `hash of ${id("call")}`,
    user,
    createdAt: NOW,
    expiresAt: later(60_000),
    ...differs,
  }
}

function person(user: Id<"user">): User {
  return {
    id: user,
    name: "Ada",
    email: `${user}@example.test`,
    role: "member",
    active: true,
    createdAt: NOW,
  }
}
