import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import { PLAIN_TOKEN } from "./testing/plain-token.ts"
import type { TokenRecord, TokensOf } from "./token-store.ts"

/** What every TokenStore promises. */
export function tokenStoreContract(name: string, open: OpenShelves): void {
  describe(`tokens kept in ${name}`, () => {
    it("finds what was issued, and rejects a jti that is taken", async () => {
      const { shelf } = await open()
      const one = await insert(shelf, token({ task: id("task") }))
      assert.deepEqual(await find(shelf, one.jti), one)
      assert.equal(await find(shelf, "never issued"), undefined)
      await assert.rejects(insert(shelf, token({ jti: one.jti })))
    })

    it("answers an agent's tokens that are neither revoked nor expired, newest first", async () => {
      const { shelf } = await open()
      const agent = id("agent")
      const first = await insert(shelf, token({ agent }))
      const second = await insert(shelf, token({ agent, issuedAt: later(1) }))
      await insert(shelf, token({ agent, revokedAt: NOW }))
      await insert(shelf, token({ agent, expiresAt: NOW }))
      await insert(shelf, token())
      assert.deepEqual(await live(shelf, agent), [second, first])
    })

    it("revokes what is live of one task, then of the agent, and answers how many", async () => {
      const { shelf } = await open()
      const [agent, task] = [id("agent"), id("task")]
      const ofTask = await insert(shelf, token({ agent, task }))
      const free = await insert(shelf, token({ agent }))
      const expired = await insert(shelf, token({ agent, expiresAt: NOW }))
      const other = await insert(shelf, token())
      const revoke = (of: { agent: typeof agent; task?: typeof task }) =>
        shelf.transact(({ tokens }) => tokens.revoke(of, NOW))

      assert.equal(await revoke({ agent, task }), 1)
      assert.deepEqual(await find(shelf, ofTask.jti), { ...ofTask, revokedAt: NOW })
      assert.deepEqual(await live(shelf, agent), [free])
      assert.equal(await revoke({ agent }), 1)
      assert.equal(await revoke({ agent }), 0)
      assert.deepEqual(await live(shelf, agent), [])
      assert.deepEqual(await find(shelf, expired.jti), expired)
      assert.deepEqual(await live(shelf, other.agent), [other])
    })

    it("revokes what is live of one install of an agent, and nothing of its others", async () => {
      const { shelf } = await open()
      const [agent, instance] = [id("agent"), id("instance")]
      await insert(shelf, token({ agent, instance }))
      const other = await insert(shelf, token({ agent }))
      assert.equal(await shelf.transact(({ tokens }) => tokens.revoke({ agent, instance }, NOW)), 1)
      assert.deepEqual(await live(shelf, agent), [other])
    })

    it("finds a token with whom it acts for, what it came from and what it may be used for", async () => {
      const { shelf } = await open()
      const one = await insert(
        shelf,
        token({
          jkt: null,
          grant: "token-exchange",
          lineage: ["nearest", "first"],
          actors: [{ agent: id("agent"), instance: id("instance") }],
          served: id("user"),
          delegations: [id("delegation")],
          mayAct: id("agent"),
          scope: ["read"],
          callsLeft: 7,
          conditions: [
            {
              networks: ["10.0.0.0/8"],
              hours: [{ days: ["mon"], from: "08:00", to: "18:00", zone: "UTC" }],
            },
          ],
        }),
      )
      assert.deepEqual(await find(shelf, one.jti), one)
    })

    it("revokes one token, once", async () => {
      const { shelf } = await open()
      const one = await insert(shelf, token())
      const revokeOne = (jti: string) => shelf.transact(({ tokens }) => tokens.revokeOne(jti, later(1)))
      assert.deepEqual([await revokeOne(one.jti), await revokeOne(one.jti)], [true, false])
      assert.equal(await revokeOne("never issued"), false)
      assert.deepEqual((await find(shelf, one.jti))?.revokedAt, later(1))
    })

    it("revokes with a token what came from it, however far, and nothing beside it", async () => {
      const { shelf } = await open()
      const [first, beside] = [await insert(shelf, token()), await insert(shelf, token())]
      const second = await insert(shelf, token({ lineage: [first.jti] }))
      const third = await insert(shelf, token({ lineage: [second.jti, first.jti] }))
      const other = await insert(shelf, token({ lineage: [beside.jti] }))
      const revokeOne = (jti: string) => shelf.transact(({ tokens }) => tokens.revokeOne(jti, later(1)))
      assert.equal(await revokeOne(second.jti), true)
      const revoked = async (one: TokenRecord) => (await find(shelf, one.jti))?.revokedAt !== null
      assert.deepEqual(await Promise.all([first, second, third, beside, other].map(revoked)), [
        false,
        true,
        true,
        false,
        false,
      ])
    })

    it("revokes with an agent's, a task's or an install's tokens what came from them, and counts it before", async () => {
      const { shelf } = await open()
      const [agent, task] = [id("agent"), id("task")]
      const [mine, ofTask] = [
        await insert(shelf, token({ agent })),
        await insert(shelf, token({ agent, task })),
      ]
      await insert(shelf, token({ lineage: [ofTask.jti], task }))
      await insert(shelf, token({ lineage: [mine.jti] }))
      await insert(shelf, token())
      const revoke = (of: TokensOf) => shelf.transact(({ tokens }) => tokens.revoke(of, NOW))
      assert.equal(await shelf.snapshot(({ tokens }) => tokens.countLive([agent], NOW)), 4)
      assert.equal(await revoke({ agent, instance: id("instance") }), 0)
      assert.equal(await revoke({ agent, task }), 2)
      assert.equal(await revoke({ agent, instance: mine.instance }), 2)
      assert.equal(await shelf.snapshot(({ tokens }) => tokens.countLive([agent], NOW)), 0)
    })

    it("counts what is live below each token, and nothing of another organisation's", async () => {
      const { shelf, stranger } = await open()
      const first = await insert(shelf, token())
      const second = await insert(shelf, token({ lineage: [first.jti] }))
      const third = await insert(shelf, token({ lineage: [second.jti, first.jti] }))
      await insert(shelf, token({ lineage: [first.jti], expiresAt: NOW }))
      const jtis = [first.jti, second.jti, third.jti]
      const below = (of: Shelf) => of.snapshot(({ tokens }) => tokens.liveBelow(jtis, NOW))
      assert.deepEqual(
        await below(shelf),
        new Map([
          [first.jti, 2],
          [second.jti, 1],
        ]),
      )
      assert.equal((await below(stranger)).size, 0)
      await shelf.transact(({ tokens }) => tokens.revokeOne(third.jti, NOW))
      assert.deepEqual(await below(shelf), new Map([[first.jti, 1]]))
    })

    it("revokes what was exchanged under a permission to delegate, and no more", async () => {
      const { shelf, stranger } = await open()
      const delegation = id("delegation")
      const first = await insert(shelf, token())
      const second = await insert(shelf, token({ lineage: [first.jti], delegations: [delegation] }))
      await insert(
        shelf,
        token({ lineage: [second.jti, first.jti], delegations: [id("delegation"), delegation] }),
      )
      const revokeUnder = (of: Shelf) => of.transact(({ tokens }) => tokens.revokeUnder(delegation, NOW))
      assert.equal(await revokeUnder(stranger), 0)
      assert.equal(await revokeUnder(shelf), 2)
      assert.equal(await revokeUnder(shelf), 0)
      assert.deepEqual(await find(shelf, first.jti), first)
    })

    it("revokes what serves a person and what came from it, and nothing of anybody else's", async () => {
      const { shelf, stranger } = await open()
      const served = id("user")
      const first = await insert(shelf, token({ served }))
      const second = await insert(shelf, token({ lineage: [first.jti], served: null }))
      const other = await insert(shelf, token({ served: id("user") }))
      const none = await insert(shelf, token())
      const count = (of: Shelf) => of.snapshot(({ tokens }) => tokens.countServing(served, NOW))
      const revoke = (of: Shelf) => of.transact(({ tokens }) => tokens.revokeServing(served, NOW))
      assert.deepEqual([await count(shelf), await count(stranger), await revoke(stranger)], [2, 0, 0])
      assert.deepEqual([await revoke(shelf), await revoke(shelf), await count(shelf)], [2, 0, 0])
      for (const one of [first, second]) assert.deepEqual((await find(shelf, one.jti))?.revokedAt, NOW)
      for (const one of [other, none]) assert.equal((await find(shelf, one.jti))?.revokedAt, null)
    })

    it("lets as many of those at once take a call as the least of a chain has left", async () => {
      const { shelf, stranger } = await open()
      const first = await insert(shelf, token({ callsLeft: 3 }))
      const second = await insert(shelf, token({ callsLeft: 7, lineage: [first.jti] }))
      const free = await insert(shelf, token())
      const take = (...of: readonly TokenRecord[]) =>
        shelf.transact(({ tokens }) => tokens.takeCall(of.map(({ jti }) => jti)))
      assert.equal(won(await atOnce(() => take(second, first, free))), 3)
      assert.equal((await find(shelf, first.jti))?.callsLeft, 0)
      assert.equal((await find(shelf, second.jti))?.callsLeft, 4)
      assert.equal((await find(shelf, free.jti))?.callsLeft, null)
      assert.equal(await take(free), true)
      await stranger.transact(({ tokens }) => tokens.takeCall([second.jti]))
      assert.equal((await find(shelf, second.jti))?.callsLeft, 4)
    })

    it("answers what those of many tokens are bound to that were issued here and not revoked", async () => {
      const { shelf, stranger } = await open()
      const bound = await insert(shelf, token())
      const bearer = await insert(shelf, token({ jkt: null }))
      const revoked = await insert(shelf, token({ revokedAt: NOW }))
      const jtis = [bound, bearer, revoked].map(({ jti }) => jti)
      const standing = (of: Shelf, asked: readonly string[]) =>
        of.snapshot(({ tokens }) => tokens.standing(asked))
      const found = await standing(shelf, [...jtis, "never issued"])
      assert.deepEqual(
        new Map(found.map(({ instance, jkt }) => [instance, jkt])),
        new Map([bound, bearer].map(({ instance, jkt }) => [instance, jkt])),
      )
      assert.deepEqual(await standing(shelf, []), [])
      assert.deepEqual(await standing(stranger, jtis), [])
    })

    it("counts what is live of many agents together", async () => {
      const { shelf, stranger } = await open()
      const [one, other] = [id("agent"), id("agent")]
      await insert(shelf, token({ agent: one }))
      await insert(shelf, token({ agent: other }))
      await insert(shelf, token({ agent: other, revokedAt: NOW }))
      await insert(shelf, token({ agent: other, expiresAt: NOW }))
      await insert(shelf, token())
      const count = (of: Shelf, agents: readonly (typeof one)[]) =>
        of.snapshot(({ tokens }) => tokens.countLive(agents, NOW))
      assert.equal(await count(shelf, [one, other, id("agent")]), 2)
      assert.equal(await count(shelf, [one]), 1)
      assert.equal(await count(shelf, []), 0)
      assert.equal(await count(stranger, [one, other]), 0)
    })

    it("drops tokens that expired, and answers how many", async () => {
      const { shelf } = await open()
      const ended = await insert(shelf, token({ expiresAt: later(-1) }))
      const alive = await insert(shelf, token({ expiresAt: NOW }))
      assert.equal(await shelf.transact(({ tokens }) => tokens.prune(NOW)), 1)
      assert.equal(await find(shelf, ended.jti), undefined)
      assert.deepEqual(await find(shelf, alive.jti), alive)
    })

    it("shows nothing to another organisation, and lets it revoke nothing", async () => {
      const { shelf, stranger } = await open()
      const one = await insert(shelf, token())
      await stranger.transact(async ({ tokens }) => {
        assert.equal(await tokens.find(one.jti), undefined)
        assert.deepEqual(await tokens.live(one.agent, NOW), [])
        assert.equal(await tokens.revoke({ agent: one.agent }, NOW), 0)
        assert.equal(await tokens.prune(later(1e12)), 0)
        await tokens.insert(token({ jti: one.jti }))
      })
      assert.deepEqual(await find(shelf, one.jti), one)
    })
  })
}

async function insert(shelf: Shelf, one: TokenRecord): Promise<TokenRecord> {
  await shelf.transact(({ tokens }) => tokens.insert(one))
  return one
}

function find(shelf: Shelf, jti: string): Promise<TokenRecord | undefined> {
  return shelf.snapshot(({ tokens }) => tokens.find(jti))
}

function live(shelf: Shelf, agent: TokenRecord["agent"]): Promise<readonly TokenRecord[]> {
  return shelf.snapshot(({ tokens }) => tokens.live(agent, NOW))
}

function token(differs: Partial<TokenRecord> = {}): TokenRecord {
  return {
    ...PLAIN_TOKEN,
    jti: `jti of ${id("call")}`,
    agent: id("agent"),
    instance: id("instance"),
    task: null,
    audience: "https://gateway.test/mcp",
    issuedAt: NOW,
    expiresAt: later(300_000),
    revokedAt: null,
    ...differs,
  }
}
