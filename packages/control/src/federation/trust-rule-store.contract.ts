import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id, TrustRule } from "@tabard/core"
import { atOnce, foundAgent, id, ids, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { TrustRuleStore } from "./trust-rule-store.ts"

/** What every TrustRuleStore promises. */
export function trustRuleStoreContract(name: string, open: OpenShelves): void {
  describe(`trust rules kept in ${name}`, () => {
    it("finds a rule as it was kept, a removed one with when it was removed", async () => {
      const { shelf, stranger } = await open()
      const one = await kept(shelf, {})
      assert.deepEqual(await find(shelf, one.id), one)
      assert.equal(await remove(shelf, one.id), true)
      assert.deepEqual(await find(shelf, one.id), { ...one, removedAt: later(1) })
      assert.equal(await find(stranger, one.id), undefined)
      assert.equal(await find(shelf, id("trustRule")), undefined)
    })

    it("keeps one live rule of a name for each agent, however often it is added at once", async () => {
      const { shelf } = await open()
      const agent = id("agent")
      assert.equal(won(await atOnce(() => add(shelf, rule({ agent, name: "ci" })))), 1)
      assert.equal(await add(shelf, rule({ name: "ci" })), true, "another agent's")
    })

    it("keeps a name again once the rule that had it is removed", async () => {
      const { shelf } = await open()
      const first = await kept(shelf, { name: "ci" })
      await remove(shelf, first.id)
      assert.equal(await add(shelf, rule({ agent: first.agent, name: "ci" })), true)
    })

    it("lists live rules in the order of their ids, of all agents or of one, a page at a time", async () => {
      const { shelf, stranger } = await open()
      const agent = id("agent")
      const [one, two, gone, other] = ids("trustRule", 4).map((each, at) =>
        rule({ id: each, agent: at < 3 ? agent : id("agent"), name: `rule ${at}` }),
      )
      assert.ok(one && two && gone && other)
      for (const each of [other, gone, two, one]) await add(shelf, each)
      await remove(shelf, gone.id)
      assert.deepEqual(await list(shelf, { limit: 10 }), [one, two, other])
      assert.deepEqual(await list(shelf, { agent, limit: 10 }), [one, two])
      assert.deepEqual(await list(shelf, { agent, limit: 1 }), [one])
      assert.deepEqual(await list(shelf, { agent, after: one.id, limit: 10 }), [two])
      assert.deepEqual(await list(stranger, { limit: 10 }), [])
    })

    it("lists to a person the rules of agents that they answer for", async () => {
      const { shelf } = await open()
      const user = id("user")
      const agent = foundAgent({ owner: user })
      await shelf.transact(({ agents }) => agents.insert(agent))
      const own = await kept(shelf, { agent: agent.id })
      await kept(shelf, {})
      assert.deepEqual(await list(shelf, { answeredBy: user, limit: 10 }), [own])
    })

    it("answers the live rules about exactly one issuer, or of them one install's", async () => {
      const { shelf, stranger } = await open()
      const issuer = "https://issuer.example"
      const [one, two] = [await kept(shelf, { issuer }), await kept(shelf, { issuer })].toSorted(byId)
      assert.ok(one && two)
      await kept(shelf, { issuer: `${issuer}/` })
      const gone = await kept(shelf, { issuer })
      await remove(shelf, gone.id)
      assert.deepEqual(await about(shelf, issuer, { limit: 10 }), [one, two])
      assert.deepEqual(await about(shelf, issuer, { limit: 1 }), [one])
      assert.deepEqual(await about(shelf, issuer, { instance: two.instance, limit: 10 }), [two])
      assert.deepEqual(await about(shelf, issuer.toUpperCase(), { limit: 10 }), [])
      assert.deepEqual(await about(stranger, issuer, { limit: 10 }), [])
    })

    it("lets exactly one of many remove a rule, and nobody of another organisation", async () => {
      const { shelf, stranger } = await open()
      const one = await kept(shelf, {})
      assert.equal(await remove(stranger, one.id), false)
      assert.equal(won(await atOnce(() => remove(shelf, one.id))), 1)
    })
  })
}

function rule(differs: Partial<TrustRule>): TrustRule {
  return {
    id: id("trustRule"),
    agent: id("agent"),
    instance: id("instance"),
    name: "deploys",
    form: "openid",
    fields: { form: "openid", issuer: "https://one.example", subject: "ci" },
    issuer: "https://one.example",
    audience: "https://tabard.example/oauth",
    keys: { kind: "inline", keys: [{ kty: "EC", crv: "P-256", x: "x", y: "y", kid: "1" }] },
    conditions: [{ claim: ["kubernetes.io", "namespace"], test: "is", values: ["prod"] }],
    oneTime: true,
    maxLifeSeconds: 600,
    counts: { networks: ["10.0.0.0/8"], hours: [{ days: ["mon"], from: "08:00", to: "18:00", zone: "UTC" }] },
    madeBy: id("user"),
    madeAt: NOW,
    removedAt: null,
    ...differs,
  }
}

async function kept(shelf: Shelf, differs: Partial<TrustRule>): Promise<TrustRule> {
  const one = rule(differs)
  assert.equal(await add(shelf, one), true)
  return one
}

function byId(a: TrustRule, b: TrustRule): number {
  return a.id < b.id ? -1 : 1
}

function add(shelf: Shelf, one: TrustRule): Promise<boolean> {
  return shelf.transact(({ trustRules }) => trustRules.add(one))
}

function find(shelf: Shelf, one: Id<"trustRule">): Promise<TrustRule | undefined> {
  return shelf.snapshot(({ trustRules }) => trustRules.find(one))
}

function list(shelf: Shelf, query: Parameters<TrustRuleStore["list"]>[0]): Promise<readonly TrustRule[]> {
  return shelf.snapshot(({ trustRules }) => trustRules.list(query))
}

function about(
  shelf: Shelf,
  issuer: string,
  options: Parameters<TrustRuleStore["aboutIssuer"]>[1],
): Promise<readonly TrustRule[]> {
  return shelf.snapshot(({ trustRules }) => trustRules.aboutIssuer(issuer, options))
}

function remove(shelf: Shelf, one: Id<"trustRule">): Promise<boolean> {
  return shelf.transact(({ trustRules }) => trustRules.remove(one, later(1)))
}
