import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id, User } from "@tabard/core"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { Session, SessionMoment } from "./ports.ts"

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

    it("answers undefined where it lay idle, and finds it again nowhere", async () => {
      const { shelf } = await open()
      const one = await insert(shelf, await session(shelf))
      const idle = { now: later(20), usedAfter: NOW }
      const seek = () => shelf.snapshot(({ sessions }) => sessions.findLive(one.tokenHash, idle))
      assert.equal(await seek(), undefined)
      await shelf.transact(({ sessions }) => sessions.touch(one.id, later(10)))
      assert.deepEqual(await seek(), { ...one, lastSeen: later(10) })
      await shelf.transact(({ sessions }) => sessions.touch(one.id, later(-10)))
      assert.deepEqual((await seek())?.lastSeen, later(10), "an earlier time changes nothing")
    })

    it("meets a browser once: as a person's first, or as a new one beside others", async () => {
      const { shelf, stranger } = await open()
      const user = id("user")
      const meet = (browser: string, at = shelf) =>
        at.transact(({ sessions }) => sessions.meetBrowser(user, browser, NOW))
      assert.equal(won((await atOnce(() => meet("a"))).map((met) => met !== "known")), 1)
      assert.equal(await meet("b"), "new")
      assert.equal(await meet("b"), "known")
      assert.equal(await meet("b", stranger), "first")
    })

    it("lists a person's live sessions alone, the newest first", async () => {
      const { shelf, stranger } = await open()
      const first = await insert(shelf, await session(shelf))
      const second = await insert(shelf, { ...(await session(shelf)), user: first.user, createdAt: later(5) })
      await insert(shelf, { ...(await session(shelf)), user: first.user, expiresAt: NOW })
      await insert(shelf, await session(shelf))
      const list = (of: Shelf, page: { limit: number; after?: Session } = { limit: 10 }) =>
        of.snapshot(({ sessions }) => sessions.listLive(first.user, at(NOW), page))
      assert.deepEqual(await list(shelf), [second, first])
      assert.deepEqual(await list(shelf, { limit: 1 }), [second])
      assert.deepEqual(await list(shelf, { limit: 1, after: second }), [first])
      assert.deepEqual(await list(stranger), [])
    })

    it("ends all of a person's sessions but the newest, and nobody else's", async () => {
      const { shelf, stranger } = await open()
      const first = await insert(shelf, await session(shelf))
      const second = await insert(shelf, { ...(await session(shelf)), user: first.user, createdAt: later(5) })
      const other = await insert(shelf, await session(shelf))
      const endAllOf = (of: Shelf, keep: number) =>
        of.transact(({ sessions }) => sessions.endAllOf(first.user, keep))
      assert.deepEqual(await endAllOf(stranger, 0), [])
      assert.deepEqual(await endAllOf(shelf, 1), [first.id])
      assert.deepEqual(await find(shelf, second.tokenHash), second)
      assert.deepEqual(await endAllOf(shelf, 0), [second.id])
      assert.deepEqual(await find(shelf, other.tokenHash), other)
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
  return shelf.snapshot(({ sessions }) => sessions.findLive(tokenHash, at(now)))
}

/** A moment at which nothing was idle for too long. */
function at(now: Date): SessionMoment {
  return { now, usedAfter: later(-60_000) }
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
    lastSeen: NOW,
    agent: "a browser",
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
