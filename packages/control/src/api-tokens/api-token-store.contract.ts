import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { ApiToken } from "./api-token-store.ts"

/** What every ApiTokenStore promises. */
export function apiTokenStoreContract(name: string, open: OpenShelves): void {
  describe(`API tokens kept in ${name}`, () => {
    it("finds a live token, whole", async () => {
      const { shelf } = await open()
      const one = await insert(shelf, apiToken())
      assert.deepEqual(await find(shelf, one.tokenHash), one)
    })

    it("rejects an id or a hash that is taken", async () => {
      const { shelf } = await open()
      const one = await insert(shelf, apiToken())
      await assert.rejects(insert(shelf, { ...one, tokenHash: "another" }))
      await assert.rejects(insert(shelf, { ...one, id: id("apiToken") }))
    })

    it("answers undefined where there is none, its time has passed or it was revoked", async () => {
      const { shelf } = await open()
      const one = await insert(shelf, apiToken({ expiresAt: later(1) }))
      assert.equal(await find(shelf, "never made"), undefined)
      assert.equal(await find(shelf, one.tokenHash, later(1)), undefined)
      const revoked = await revoke(shelf, one)
      assert.equal(await find(shelf, one.tokenHash), undefined)
      assert.deepEqual(await shelf.snapshot(({ apiTokens }) => apiTokens.find(one.id)), revoked)
      assert.equal(await shelf.snapshot(({ apiTokens }) => apiTokens.find(id("apiToken"))), undefined)
    })

    it("lists the newest first, ended ones too, and counts a person's live ones", async () => {
      const { shelf, stranger } = await open()
      const madeBy = id("user")
      const older = await insert(shelf, apiToken({ madeBy, expiresAt: later(5) }))
      const newer = await insert(shelf, apiToken({ madeBy, madeAt: later(1) }))
      const revoked = await insert(shelf, apiToken({ madeBy, madeAt: later(2) }))
      const others = await insert(shelf, apiToken({ madeAt: later(-1) }))
      await revoke(shelf, revoked)
      const listed = await shelf.snapshot(({ apiTokens }) => apiTokens.list({ limit: 3 }))
      assert.deepEqual(
        listed.map((one) => one.id),
        [revoked.id, newer.id, older.id],
      )
      const behind = await shelf.snapshot(({ apiTokens }) => apiTokens.list({ limit: 2, after: revoked }))
      assert.deepEqual(
        behind.map((one) => one.id),
        [newer.id, older.id],
      )
      const count = (now: Date) => shelf.snapshot(({ apiTokens }) => apiTokens.countLive(madeBy, now))
      assert.deepEqual([await count(NOW), await count(later(5))], [2, 1])
      const liveOf = async (of: Shelf, now: Date) =>
        (await of.snapshot(({ apiTokens }) => apiTokens.liveOf(madeBy, now))).map((one) => one.id)
      assert.deepEqual(await liveOf(shelf, NOW), [older.id, newer.id].toSorted())
      assert.equal((await liveOf(shelf, later(5))).length, 1)
      assert.deepEqual(await liveOf(stranger, NOW), [])
      const live = async (of: Shelf, now: Date) =>
        (await of.snapshot(({ apiTokens }) => apiTokens.live(now))).map((one) => one.id)
      assert.deepEqual(await live(shelf, NOW), [older.id, newer.id, others.id].toSorted())
      assert.deepEqual(await live(shelf, later(5)), [newer.id, others.id].toSorted())
      assert.deepEqual(await live(stranger, NOW), [])
    })

    it("revokes a token once, and says who did", async () => {
      const { shelf } = await open()
      const one = await insert(shelf, apiToken())
      const revoked = { by: id("user"), at: later(3) }
      const answers = await atOnce(() => shelf.transact(({ apiTokens }) => apiTokens.revoke(one.id, revoked)))
      assert.equal(won(answers.map((answer) => answer !== undefined)), 1)
      assert.deepEqual(
        answers.find((answer) => answer !== undefined),
        { ...one, revoked },
      )
    })

    it("keeps when a token was last used: an earlier time changes nothing", async () => {
      const { shelf } = await open()
      const one = await insert(shelf, apiToken())
      const touch = (used: Date) => shelf.transact(({ apiTokens }) => apiTokens.touch(one.id, used))
      await touch(later(5))
      await touch(later(2))
      assert.deepEqual((await find(shelf, one.tokenHash))?.lastUsedAt, later(5))
    })

    it("keeps the first fingerprint that a token is known by", async () => {
      const { shelf, stranger } = await open()
      const one = await insert(shelf, apiToken({ fingerprint: null }))
      const know = (of: Shelf, fingerprint: string) =>
        of.transact(({ apiTokens }) => apiTokens.know(one.id, fingerprint))
      await know(stranger, "theirs")
      assert.equal((await find(shelf, one.tokenHash))?.fingerprint, null)
      await know(shelf, "first")
      await know(shelf, "second")
      assert.equal((await find(shelf, one.tokenHash))?.fingerprint, "first")
    })

    it("answers tokens by their ids, ended ones too, and none for an id that is nobody's", async () => {
      const { shelf } = await open()
      const [one, ended] = [await insert(shelf, apiToken()), await insert(shelf, apiToken())]
      await revoke(shelf, ended)
      const named = await shelf.snapshot(({ apiTokens }) => apiTokens.of([one.id, ended.id, id("apiToken")]))
      assert.deepEqual(named.map((token) => token.id).toSorted(), [one.id, ended.id].toSorted())
      assert.deepEqual(await shelf.snapshot(({ apiTokens }) => apiTokens.of([])), [])
    })

    it("shows nothing to another organisation, and lets it end and touch nothing", async () => {
      const { shelf, stranger } = await open()
      const one = await insert(shelf, apiToken())
      assert.equal(await find(stranger, one.tokenHash), undefined)
      assert.deepEqual(await stranger.snapshot(({ apiTokens }) => apiTokens.list({ limit: 10 })), [])
      assert.deepEqual(await stranger.snapshot(({ apiTokens }) => apiTokens.of([one.id])), [])
      assert.equal(await stranger.snapshot(({ apiTokens }) => apiTokens.countLive(one.madeBy, NOW)), 0)
      assert.equal(await revoke(stranger, one), undefined)
      await stranger.transact(({ apiTokens }) => apiTokens.touch(one.id, later(1)))
      assert.deepEqual(await find(shelf, one.tokenHash), one)
    })
  })
}

async function insert(shelf: Shelf, one: ApiToken): Promise<ApiToken> {
  await shelf.transact(({ apiTokens }) => apiTokens.insert(one))
  return one
}

function find(shelf: Shelf, tokenHash: string, now = NOW): Promise<ApiToken | undefined> {
  return shelf.snapshot(({ apiTokens }) => apiTokens.findLive(tokenHash, now))
}

function revoke(shelf: Shelf, one: ApiToken): Promise<ApiToken | undefined> {
  return shelf.transact(({ apiTokens }) => apiTokens.revoke(one.id, { by: one.madeBy, at: NOW }))
}

function apiToken(differs: Partial<ApiToken> = {}): ApiToken {
  return {
    id: id("apiToken"),
    tokenHash: `hash of ${id("call")}`,
    fingerprint: `fingerprint of ${id("call")}`,
    purpose: "Nightly export",
    role: "auditor",
    scopes: ["agents:read", "startScan"],
    madeBy: id("user"),
    madeAt: NOW,
    expiresAt: later(60_000),
    lastUsedAt: null,
    revoked: null,
    ...differs,
  }
}
