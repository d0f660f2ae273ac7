import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Delegation } from "@tabard/core"
import { atOnce, id, ids, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"

/** What every DelegationStore promises. */
export function delegationStoreContract(name: string, open: OpenShelves): void {
  describe(`permissions to delegate kept in ${name}`, () => {
    it("finds what was allowed, by its id and by its two agents in their direction", async () => {
      const { shelf } = await open()
      const one = await allow(shelf, delegation({ scope: ["read"], expiresAt: later(1) }))
      await shelf.snapshot(async ({ delegations }) => {
        assert.deepEqual(await delegations.find(one.id), one)
        assert.deepEqual(await delegations.between(one.from, one.to), one)
        assert.equal(await delegations.between(one.to, one.from), undefined)
        assert.equal(await delegations.find(id("delegation")), undefined)
      })
    })

    it("keeps one of many between the same two agents, and another once that is withdrawn", async () => {
      const { shelf } = await open()
      const [from, to] = [id("agent"), id("agent")]
      const allowing = () => shelf.transact(({ delegations }) => delegations.allow(delegation({ from, to })))
      assert.equal(won(await atOnce(allowing)), 1)
      const kept = await shelf.snapshot(({ delegations }) => delegations.between(from, to))
      assert.ok(kept)
      await shelf.transact(({ delegations }) => delegations.withdraw(kept.id, NOW))
      assert.equal(await allowing(), true)
    })

    it("lists what nobody withdrew, newest first and page by page, of one agent or of all", async () => {
      const { shelf } = await open()
      const [agent, names] = [id("agent"), ids("delegation", 4)]
      const [first, second, third, gone] = names
      assert.ok(first && second && third && gone)
      const gives = await allow(shelf, delegation({ id: first, from: agent }))
      const has = await allow(shelf, delegation({ id: second, to: agent }))
      const other = await allow(shelf, delegation({ id: third }))
      await allow(shelf, delegation({ id: gone, from: agent, withdrawnAt: NOW }))
      await shelf.snapshot(async ({ delegations }) => {
        assert.deepEqual(await delegations.list({ limit: 10 }), [other, has, gives])
        assert.deepEqual(await delegations.list({ agent, limit: 10 }), [has, gives])
        assert.deepEqual(await delegations.list({ agent, limit: 1 }), [has])
        assert.deepEqual(await delegations.list({ agent, limit: 10, after: has.id }), [gives])
      })
    })

    it("counts those that stand: neither withdrawn nor over", async () => {
      const { shelf } = await open()
      const one = await allow(shelf, delegation({ expiresAt: later(1) }))
      const endless = await allow(shelf, delegation())
      const gone = await allow(shelf, delegation({ withdrawnAt: NOW }))
      const all = [one.id, endless.id, gone.id, id("delegation")]
      const standing = (now: Date) => shelf.snapshot(({ delegations }) => delegations.countStanding(all, now))
      assert.equal(await standing(NOW), 2)
      assert.equal(await standing(later(1)), 1)
    })

    it("lets exactly one of many withdraw a permission", async () => {
      const { shelf } = await open()
      const one = await allow(shelf, delegation())
      const withdraw = () => shelf.transact(({ delegations }) => delegations.withdraw(one.id, later(5)))
      assert.equal(won(await atOnce(withdraw)), 1)
      const found = await shelf.snapshot(({ delegations }) => delegations.find(one.id))
      assert.deepEqual(found?.withdrawnAt, later(5))
    })

    it("shows nothing to another organisation, and lets it withdraw nothing", async () => {
      const { shelf, stranger } = await open()
      const one = await allow(shelf, delegation())
      await stranger.transact(async ({ delegations }) => {
        assert.equal(await delegations.find(one.id), undefined)
        assert.equal(await delegations.between(one.from, one.to), undefined)
        assert.deepEqual(await delegations.list({ limit: 10 }), [])
        assert.equal(await delegations.countStanding([one.id], NOW), 0)
        assert.equal(await delegations.withdraw(one.id, NOW), false)
        assert.equal(await delegations.allow(one), true)
      })
      assert.deepEqual(await shelf.snapshot(({ delegations }) => delegations.find(one.id)), one)
    })
  })
}

async function allow(shelf: Shelf, one: Delegation): Promise<Delegation> {
  assert.ok(await shelf.transact(({ delegations }) => delegations.allow(one)))
  return one
}

function delegation(differs: Partial<Delegation> = {}): Delegation {
  return {
    id: id("delegation"),
    from: id("agent"),
    to: id("agent"),
    scope: null,
    allowedBy: id("user"),
    allowedAt: NOW,
    expiresAt: null,
    withdrawnAt: null,
    ...differs,
  }
}
