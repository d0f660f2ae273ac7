import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { DecisionRecord, Id } from "@tabard/core"
import { foundAgent, id, later, NOW, type OpenShelves } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { DecisionQuery, ForgottenCalls } from "./decision-store.ts"

/** What every DecisionStore promises. */
export function decisionStoreContract(name: string, open: OpenShelves): void {
  describe(`decisions kept in ${name}`, () => {
    it("finds what was inserted, and rejects an id that is taken", async () => {
      const { shelf } = await open()
      const one = await insert(
        shelf,
        decision({ task: id("task"), approval: id("approval"), effect: "ask", observed: "held" }),
      )
      assert.deepEqual(await find(shelf, one.id), one)
      assert.equal(await find(shelf, id("decision")), undefined)
      await assert.rejects(insert(shelf, decision({ id: one.id })))
    })

    it("answers an agent's decisions, or a call's, or an action's, or everybody's, newest first", async () => {
      const { shelf } = await open()
      const agent = id("agent")
      const first = await insert(shelf, decision({ agent }))
      const second = await insert(shelf, decision({ at: later(1) }))
      const third = await insert(shelf, decision({ agent, at: later(2), action: "notes/write" }))
      const list = (query: DecisionQuery) => shelf.snapshot(({ decisions }) => decisions.list(query))
      assert.deepEqual(await list({ agent, limit: 10 }), [third, first])
      assert.deepEqual(await list({ call: second.call, limit: 10 }), [second])
      assert.deepEqual(await list({ action: "notes/read", limit: 10 }), [second, first])
      assert.deepEqual(await list({ action: "notes/read", agent, limit: 10 }), [first])
      assert.deepEqual(await list({ limit: 10 }), [third, second, first])
      assert.deepEqual(await list({ limit: 1 }), [third])
    })

    it("answers the servers that a task's calls were let through to, each once, and no other", async () => {
      const { shelf } = await open()
      const task = id("task")
      const [one = id("server"), other = id("server")] = [id("server"), id("server")].toSorted()
      const permit = { task, effect: "permit", code: "permitted" } as const
      await insert(shelf, decision({ ...permit, resource: other }))
      await insert(shelf, decision({ ...permit, resource: other }))
      await insert(shelf, decision({ task, effect: "deny", observed: "let_through", resource: one }))
      await insert(shelf, decision({ task, effect: "deny", resource: id("server") }))
      await insert(shelf, decision({ task, effect: "ask", observed: "held", resource: id("server") }))
      await insert(shelf, decision({ ...permit, task: id("task"), resource: id("server") }))
      const reached = (of: Id<"task">) => shelf.snapshot(({ decisions }) => decisions.serversReached(of))
      assert.deepEqual(await reached(task), [one, other])
      assert.deepEqual(await reached(id("task")), [])
    })

    it("answers those of a task, a person, a server, an answer, a code, a policy or a time", async () => {
      const { shelf } = await open()
      const [task, onBehalfOf] = [id("task"), id("user")]
      const permitted = { effect: "permit", code: "permitted", reasons: ["agt_1/0"] } as const
      const first = await insert(shelf, decision({ task, onBehalfOf, ...permitted }))
      const second = await insert(shelf, decision({ at: later(1), action: "mail/send", code: "forbidden" }))
      const third = await insert(
        shelf,
        decision({ at: later(2), effect: "ask", code: "approval_needed", reasons: ["guard/1", "guard/1"] }),
      )
      const list = (query: Omit<DecisionQuery, "limit">) =>
        shelf.snapshot(({ decisions }) => decisions.list({ ...query, limit: 10 }))
      assert.deepEqual(await list({ task }), [first])
      assert.deepEqual(await list({ onBehalfOf }), [first])
      assert.deepEqual(await list({ server: "notes" }), [third, first])
      assert.deepEqual(await list({ server: "note" }), [])
      assert.deepEqual(await list({ effect: "permit" }), [first])
      assert.deepEqual(await list({ effect: "deny" }), [second])
      assert.deepEqual(await list({ code: "approval_needed" }), [third])
      assert.deepEqual(await list({ code: "permitted", server: "mail" }), [])
      assert.deepEqual(await list({ policy: "guard/1" }), [third])
      assert.deepEqual(await list({ policy: "guard/1", effect: "deny" }), [])
      assert.deepEqual(await list({ from: later(1) }), [third, second])
      assert.deepEqual(await list({ until: later(1) }), [first])
    })

    it("answers the page behind a place, of decisions of one moment as well", async () => {
      const { shelf } = await open()
      for (const at of [NOW, NOW, later(1)]) await insert(shelf, decision({ at }))
      const list = (query: DecisionQuery) => shelf.snapshot(({ decisions }) => decisions.list(query))
      const all = await list({ limit: 10 })
      const [, second] = all
      assert.ok(second)
      assert.deepEqual(await list({ limit: 2 }), all.slice(0, 2))
      assert.deepEqual(await list({ limit: 2, after: second }), all.slice(2))
    })

    it("keeps what explains a decision as it was given, and who was served", async () => {
      const { shelf } = await open()
      const grounds: DecisionRecord["grounds"] = {
        links: [{ link: "agent", id: "agt_1", effect: "deny" }],
        asks: [{ policy: "guard/1", route: "owner", say: "money leaves" }],
        missing: "the intent allows read_note under /notes",
        tool: "read_note",
        toolDigest: "sha256:1",
        instance: id("instance"),
        circumstances: { door: "gateway", env: "default", bound: "dpop", posture: ["key:hardware"] },
        agents: [{ id: "agt_1", tier: "read-only", category: "production", risk: 3 }],
        left: { calls: 3, spend: "0.5" },
        used: [{ subject: "agt_1", budget: "calls", used: 2 }],
      }
      const one = await insert(shelf, decision({ grounds, onBehalfOf: id("user") }))
      assert.deepEqual(await find(shelf, one.id), one)
    })

    it("answers those whose tool was taken for a class of effects", async () => {
      const { shelf } = await open()
      const paying = await insert(shelf, decision({ effects: ["financial", "egress"] }))
      await insert(shelf, decision({ effects: ["read"] }))
      await insert(shelf, decision())
      const list = (effectClass: "delete" | "egress" | "financial") =>
        shelf.snapshot(({ decisions }) => decisions.list({ effectClass, limit: 10 }))
      assert.deepEqual(await list("financial"), [paying])
      assert.deepEqual(await list("egress"), [paying])
      assert.deepEqual(await list("delete"), [])
    })

    it("forgets what calls of an agent, on behalf of a person or of before were judged by, and nothing else", async () => {
      const { shelf, stranger } = await open()
      const [agent, onBehalfOf] = [id("agent"), id("user")]
      const judged = { arguments: { path: "/a" }, withheld: [], resolved: { "/a": "/b" } }
      const ones = [decision({ agent, judged }), decision({ onBehalfOf, judged }), decision({ judged })]
      for (const one of ones) await insert(shelf, one)
      const [ofAgent, ofPerson, other] = ones
      const later1 = await insert(shelf, decision({ judged, at: later(1) }))
      const forget = (at: Shelf, which: ForgottenCalls) =>
        at.transact(({ decisions }) => decisions.forgetArguments(which))
      assert.equal(await forget(stranger, { before: later(2) }), 0)
      assert.equal(await forget(shelf, { agent }), 1)
      assert.equal(await forget(shelf, { agent }), 0)
      assert.equal(await forget(shelf, { person: onBehalfOf }), 1)
      const without = (one = decision()): DecisionRecord => {
        const { judged: _, ...left } = one
        return left
      }
      for (const one of [ofAgent, ofPerson])
        assert.deepEqual(await find(shelf, one?.id ?? id("decision")), without(one))
      assert.deepEqual(await find(shelf, other?.id ?? id("decision")), other)
      assert.equal(await forget(shelf, { before: later(1) }), 1)
      assert.deepEqual(await find(shelf, later1.id), later1)
    })

    it("answers when an agent's calls were denied by a limit, newest first, and nothing else", async () => {
      const { shelf, stranger } = await open()
      const agent = id("agent")
      const limited = { effect: "deny", code: "limit_reached" } as const
      for (const after of [1, 3, 2]) await insert(shelf, decision({ agent, ...limited, at: later(after) }))
      await insert(shelf, decision({ agent, effect: "deny", code: "forbidden", at: later(4) }))
      await insert(shelf, decision({ ...limited, at: later(5) }))
      const ask = (at: Shelf, limit: number) =>
        at.snapshot(({ decisions }) => decisions.limited(agent, limit))
      assert.deepEqual(await ask(shelf, 10), [later(3), later(2), later(1)])
      assert.deepEqual(await ask(shelf, 1), [later(3)])
      assert.deepEqual(await ask(stranger, 10), [])
    })

    it("answers, for a person, what was decided about the agents that they answer for", async () => {
      const { shelf } = await open()
      const [person, agent] = [id("user"), foundAgent()]
      await shelf.transact(({ agents }) => agents.insert({ ...agent, owner: person }))
      const own = await insert(shelf, decision({ agent: agent.id }))
      await insert(shelf, decision())
      const list = await shelf.snapshot(({ decisions }) => decisions.list({ answeredBy: person, limit: 10 }))
      assert.deepEqual(list, [own])
    })

    it("shows nothing to another organisation", async () => {
      const { shelf, stranger } = await open()
      const one = await insert(shelf, decision())
      assert.equal(await find(stranger, one.id), undefined)
      assert.deepEqual(await stranger.snapshot(({ decisions }) => decisions.list({ limit: 10 })), [])
    })
  })
}

async function insert(shelf: Shelf, one: DecisionRecord): Promise<DecisionRecord> {
  await shelf.transact(({ decisions }) => decisions.insert(one))
  return one
}

function find(shelf: Shelf, one: DecisionRecord["id"]): Promise<DecisionRecord | undefined> {
  return shelf.snapshot(({ decisions }) => decisions.find(one))
}

function decision(differs: Partial<DecisionRecord> = {}): DecisionRecord {
  return {
    id: id("decision"),
    call: id("call"),
    agent: id("agent"),
    task: null,
    action: "notes/read",
    resource: "/home/ada/notes",
    effect: "deny",
    code: "no_permit",
    reasons: ["tier/read-only/1"],
    approval: null,
    version: 7,
    observed: null,
    at: NOW,
    ...differs,
  }
}
