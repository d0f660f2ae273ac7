import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Client, ClientRule } from "@tabard/core"
import { atOnce, id, ids, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"

/** What every ClientStore promises. */
export function clientStoreContract(name: string, open: OpenShelves): void {
  describe(`clients kept in ${name}`, () => {
    it("answers a client with its addresses and keys as they were registered, removed or not", async () => {
      const { shelf } = await open()
      const one = client({ keys: [{ kty: "OKP", crv: "Ed25519", x: "x".repeat(43) }], createdBy: null })
      await shelf.transact(({ clients }) => clients.insert(one))
      const find = () => shelf.snapshot(({ clients }) => clients.find(one.id))
      assert.deepEqual(await find(), one)
      await shelf.transact(({ clients }) => clients.remove(one.id, later(1)))
      assert.deepEqual(await find(), { ...one, removedAt: later(1) })
      await assert.rejects(shelf.transact(({ clients }) => clients.insert(one)))
    })

    it("lists those that are not removed, in their order, a page at a time", async () => {
      const { shelf } = await open()
      const [one, two, gone] = ids("client", 3).map((each) => client({ id: each }))
      assert.ok(one && two && gone)
      await shelf.transact(async ({ clients }) => {
        for (const each of [two, gone, one]) await clients.insert(each)
        await clients.remove(gone.id, NOW)
      })
      const list = (page: { limit: number; after?: Client["id"] }) =>
        shelf.snapshot(({ clients }) => clients.list(page))
      assert.deepEqual(await list({ limit: 10 }), [one, two])
      assert.deepEqual(await list({ limit: 1, after: one.id }), [two])
    })

    it("removes a client once, however many try", async () => {
      const { shelf } = await open()
      const one = client({})
      await shelf.transact(({ clients }) => clients.insert(one))
      assert.equal(won(await atOnce(() => shelf.transact(({ clients }) => clients.remove(one.id, NOW)))), 1)
    })

    it("keeps one rule in force for each match, and lets another follow one that ended", async () => {
      const { shelf } = await open()
      const add = (of: ClientRule) => shelf.transact(({ clients }) => clients.addRule(of))
      const made = await atOnce(() => add(rule({ match: "claude.ai" })))
      assert.equal(won(made), 1)
      const [kept] = await shelf.snapshot(({ clients }) => clients.listRules({ limit: 10 }))
      assert.ok(kept)
      const ended = await atOnce(() =>
        shelf.transact(async ({ clients }) => (await clients.removeRule(kept.id, NOW)) !== undefined),
      )
      assert.equal(won(ended), 1)
      const next = rule({ match: "claude.ai", tier: "operator", days: 3 })
      assert.equal(await add(next), true)
      assert.deepEqual(await shelf.snapshot(({ clients }) => clients.listRules({ limit: 10 })), [next])
    })

    it("answers the rule of the first match that has one", async () => {
      const { shelf } = await open()
      const host = rule({ match: "claude.ai" })
      const exact = rule({ match: "https://claude.ai/client.json" })
      await shelf.transact(async ({ clients }) => {
        await clients.addRule(host)
        await clients.addRule(exact)
      })
      const ruleFor = (...matches: string[]) => shelf.snapshot(({ clients }) => clients.ruleFor(matches))
      assert.deepEqual(await ruleFor("https://claude.ai/client.json", "claude.ai"), exact)
      assert.deepEqual(await ruleFor("https://claude.ai/other.json", "claude.ai"), host)
      assert.equal(await ruleFor("evil.example"), undefined)
      assert.equal(await ruleFor(), undefined)
    })

    it("shows nothing to another organisation, and lets it end nothing", async () => {
      const { shelf, stranger } = await open()
      const [one, made] = [client({}), rule({})]
      await shelf.transact(async ({ clients }) => {
        await clients.insert(one)
        await clients.addRule(made)
      })
      await stranger.transact(async ({ clients }) => {
        assert.equal(await clients.find(one.id), undefined)
        assert.deepEqual(await clients.list({ limit: 10 }), [])
        assert.deepEqual(await clients.listRules({ limit: 10 }), [])
        assert.equal(await clients.remove(one.id, NOW), false)
        assert.equal(await clients.removeRule(made.id, NOW), undefined)
        assert.equal(await clients.ruleFor([made.match]), undefined)
      })
      assert.deepEqual(await shelf.snapshot(({ clients }) => clients.find(one.id)), one)
    })
  })
}

function client(differs: Partial<Client>): Client {
  return {
    id: id("client"),
    name: "Desk",
    redirectUris: ["http://127.0.0.1/callback", "com.example.desk:/callback"],
    keys: [],
    createdBy: id("user"),
    createdAt: NOW,
    removedAt: null,
    ...differs,
  }
}

function rule(differs: Partial<ClientRule>): ClientRule {
  return {
    id: id("clientRule"),
    match: "claude.ai",
    purpose: "Reads.",
    tier: "read-only",
    days: 90,
    createdBy: id("user"),
    createdAt: NOW,
    removedAt: null,
    ...differs,
  }
}
