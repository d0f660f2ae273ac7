import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, id, ids, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { Reach } from "./reach-store.ts"

const KEPT = "repository:github.com/acme/agents"

/** What every ReachStore promises. */
export function reachStoreContract(name: string, open: OpenShelves): void {
  describe(`what is in whose hands, kept in ${name}`, () => {
    it("finds what was declared, from both of its ends", async () => {
      const { shelf } = await open()
      const [first, second, third] = ids("reach", 3)
      assert.ok(first && second && third)
      const [agent, token] = [id("agent"), id("apiToken")]
      const held = await declare(shelf, reach({ id: first, holder: agent, to: token }))
      const place = await declare(shelf, reach({ id: second, holder: agent, to: KEPT }))
      const server = await declare(shelf, reach({ id: third, holder: id("server"), to: token }))
      await shelf.snapshot(async ({ reaches }) => {
        assert.deepEqual(await reaches.find(held.id), held)
        assert.equal(await reaches.find(id("reach")), undefined)
        assert.deepEqual(await reaches.of([agent]), [held, place])
        assert.deepEqual(await reaches.of([]), [])
        assert.deepEqual(await reaches.into([token]), [held, server])
        assert.deepEqual(await reaches.into([token, KEPT]), [held, place, server])
      })
    })

    it("keeps one of many of the same two, and another once that is taken back", async () => {
      const { shelf } = await open()
      const [holder, to] = [id("agent"), id("apiToken")]
      const declaring = () => shelf.transact(({ reaches }) => reaches.declare(reach({ holder, to })))
      assert.equal(won(await atOnce(declaring)), 1)
      const [kept] = await shelf.snapshot(({ reaches }) => reaches.of([holder]))
      assert.ok(kept)
      const withdrawing = () => shelf.transact(({ reaches }) => reaches.withdraw(kept.id))
      assert.equal(won(await atOnce(withdrawing)), 1)
      assert.equal(await declaring(), true)
    })

    it("keeps all of many at once but those that were declared already", async () => {
      const { shelf } = await open()
      const [holder, token] = [id("agent"), id("apiToken")]
      const before = await declare(shelf, reach({ holder, to: token }))
      const more = [reach({ holder, to: KEPT }), reach({ holder, to: token })]
      await shelf.transact(({ reaches }) => reaches.declareAll(more))
      await shelf.transact(({ reaches }) => reaches.declareAll([]))
      const kept = await shelf.snapshot(({ reaches }) => reaches.of([holder]))
      assert.deepEqual(new Set(kept.map((one) => one.id)), new Set([before.id, more[0]?.id]))
    })

    it("tells by what agents were made, each once, and lists without them where what was declared is asked for", async () => {
      const { shelf, stranger } = await open()
      const [token, person] = [id("apiToken"), id("user")]
      const declared = await declare(shelf, reach({ to: token }))
      const made = [
        reach({ holder: token, to: id("agent") }),
        reach({ holder: token, to: id("agent") }),
        reach({ holder: `command-line:${person}`, to: id("agent") }),
      ]
      await shelf.transact(({ reaches }) => reaches.declareAll(made))
      await shelf.snapshot(async ({ reaches }) => {
        assert.deepEqual(await reaches.makers(), [token, `command-line:${person}` as const].toSorted())
        assert.deepEqual(await reaches.list({ declared: true, limit: 10 }), [declared])
        assert.equal((await reaches.list({ limit: 10 })).length, 4)
      })
      assert.deepEqual(await stranger.snapshot(({ reaches }) => reaches.makers()), [])
    })

    it("lists them newest first, page by page", async () => {
      const { shelf } = await open()
      const kept: Reach[] = []
      for (const one of ids("reach", 3)) kept.unshift(await declare(shelf, reach({ id: one })))
      const [newest, ...older] = kept
      assert.ok(newest)
      await shelf.snapshot(async ({ reaches }) => {
        assert.deepEqual(await reaches.list({ limit: 10 }), kept)
        assert.deepEqual(await reaches.list({ limit: 1 }), [newest])
        assert.deepEqual(await reaches.list({ limit: 10, after: newest.id }), older)
      })
    })

    it("shows nothing to another organisation, and lets it take nothing back", async () => {
      const { shelf, stranger } = await open()
      const one = await declare(shelf, reach())
      await stranger.transact(async ({ reaches }) => {
        assert.equal(await reaches.find(one.id), undefined)
        assert.deepEqual(await reaches.of([one.holder]), [])
        assert.deepEqual(await reaches.into([one.to]), [])
        assert.deepEqual(await reaches.list({ limit: 10 }), [])
        assert.equal(await reaches.withdraw(one.id), false)
        assert.equal(await reaches.declare(one), true)
      })
      assert.deepEqual(await shelf.snapshot(({ reaches }) => reaches.find(one.id)), one)
    })
  })
}

async function declare(shelf: Shelf, one: Reach): Promise<Reach> {
  assert.ok(await shelf.transact(({ reaches }) => reaches.declare(one)))
  return one
}

function reach(differs: Partial<Reach> = {}): Reach {
  return {
    id: id("reach"),
    holder: id("agent"),
    to: id("apiToken"),
    declaredBy: id("user"),
    declaredAt: NOW,
    ...differs,
  }
}
