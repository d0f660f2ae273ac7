import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Finding, Id } from "@tabard/core"
import { foundAgent, id, ids, later, NOW, type OpenShelves } from "../shelves.contract.ts"
import type { Shelf, Transaction } from "../transaction.ts"
import {
  INDEXED_KINDS,
  type IndexedKind,
  type NamedKind,
  type SearchEntry,
  type WordQuery,
} from "./search-store.ts"
import { askedWords, foldedTitle, wordsOf } from "./words.ts"

/** What every SearchStore promises. */
export function searchStoreContract(name: string, open: OpenShelves): void {
  describe(`words kept in ${name}`, () => {
    findingContract(open)
    narrowedContract(open)
    idContract(open)
  })
}

function findingContract(open: OpenShelves): void {
  it("answers what is called so, then what is called so at the beginning, then the rest, each once", async () => {
    const { shelf } = await open()
    const called = ["git", "Git mirror", "mcp-server-git", "GitHub gitter git", "Slack"]
    const subjects = await put(shelf, called)
    const found = await find(shelf, "git")
    assert.deepEqual(found.slice(0, 3).map(named(called, subjects)), [
      "git",
      "Git mirror",
      "GitHub gitter git",
    ])
    assert.deepEqual(found.slice(3).map(named(called, subjects)), ["mcp-server-git"])
  })

  it("finds by the beginnings of all words, in any order, and by no other part of them", async () => {
    const { shelf } = await open()
    const called = ["Invoice bot of Ada", "Invoice clerk", "Ada's notes"]
    const subjects = await put(shelf, called)
    const told = async (text: string) => (await find(shelf, text)).map(named(called, subjects))
    assert.deepEqual(await told("ad inv"), ["Invoice bot of Ada"])
    assert.deepEqual(await told("inv"), ["Invoice bot of Ada", "Invoice clerk"])
    assert.deepEqual(await told("voice"), [])
    assert.deepEqual(await told("invoice nobody"), [])
  })

  it("answers as many as are asked for, also where each is found by many of its words", async () => {
    const { shelf } = await open()
    const many = Array.from({ length: 30 }, (_, n) => `a${n}`).join(" ")
    await put(
      shelf,
      Array.from({ length: 12 }, (_, n) => `thing${n} ${many}`),
    )
    assert.equal((await find(shelf, "a", { limit: 7 })).length, 7)
    assert.equal((await find(shelf, "a", { limit: 100 })).length, 12)
    assert.equal((await find(shelf, "a2 a1", { limit: 100 })).length, 12)
  })

  it("finds what a thing is called now, and no more what it was called", async () => {
    const { shelf } = await open()
    const [subject = ""] = await put(shelf, ["Old name"])
    await shelf.transact(({ search }) => search.put([entry(subject, "New name")]))
    assert.deepEqual(await find(shelf, "old"), [])
    assert.deepEqual(await find(shelf, "new name"), [subject])
    await shelf.transact(({ search }) => search.forget("agent", [subject]))
    assert.deepEqual(await find(shelf, "new"), [])
  })

  it("keeps the kinds apart", async () => {
    const { shelf } = await open()
    await shelf.transact(({ search }) =>
      search.put([entry("GitHub", "GitHub", "system"), entry("srv_1", "GitHub", "server")]),
    )
    assert.deepEqual(await find(shelf, "github", { kind: "system" }), ["GitHub"])
    assert.deepEqual(await find(shelf, "github", { kind: "server" }), ["srv_1"])
    assert.deepEqual(await find(shelf, "github"), [])
  })

  it("shows nothing to another organisation, and lets it change nothing", async () => {
    const { shelf, stranger } = await open()
    const [subject = ""] = await put(shelf, ["Secret name"])
    assert.deepEqual(await find(stranger, "secret"), [])
    await stranger.transact(({ search }) => search.forget("agent", [subject]))
    assert.deepEqual(await find(shelf, "secret"), [subject])
  })

  it("keeps how far everything has been indexed", async () => {
    const { shelf, stranger } = await open()
    const progress = () => shelf.snapshot(({ search }) => search.progress())
    assert.equal(await progress(), undefined)
    for (const place of ["agent agt_1", null]) {
      const reached = { wordsVersion: 3, place, at: NOW }
      await shelf.transact(({ search }) => search.keepProgress(reached))
      assert.deepEqual(await progress(), reached)
    }
    assert.equal(await stranger.snapshot(({ search }) => search.progress()), undefined)
  })
}

function narrowedContract(open: OpenShelves): void {
  it("answers, for a person, the agents that they own, help with or are asked to take on, and nothing of another kind", async () => {
    const { shelf } = await open()
    const { person, own, hers } = await twoPeoplesAgents(shelf)
    const asked = { answeredBy: person } as const
    assert.deepEqual((await find(shelf, "git", asked)).toSorted(), own.toSorted())
    for (const kind of INDEXED_KINDS.filter((one) => one !== "agent"))
      assert.deepEqual(await find(shelf, "git", { ...asked, kind }), [], kind)
    assert.ok((await find(shelf, "git")).includes(hers))
  })

  it("answers, for a person, the ids of their agents and of what is about those or what they use", async () => {
    const { shelf } = await open()
    const { person, own, findings } = await twoPeoplesAgents(shelf)
    const ask = (kind: NamedKind) =>
      shelf.snapshot(({ search }) => search.startingWith(kind, "", { answeredBy: person, limit: 100 }))
    assert.deepEqual((await ask("agent")).toSorted(), own.toSorted())
    assert.deepEqual((await ask("finding")).toSorted(), findings.toSorted())
    for (const kind of ["credential", "reporter", "server", "team", "user"] as const)
      assert.deepEqual(await ask(kind), [], kind)
  })
}

function idContract(open: OpenShelves): void {
  it("answers the ids that begin so, the newest first, and none of another organisation", async () => {
    const { shelf, stranger } = await open()
    const agents = ids("agent", 5).map((one) => foundAgent({ id: one }))
    await shelf.transact((tx) => tx.agents.insertAll(agents))
    const beginning = agents[0]?.id.slice(0, 12) ?? ""
    const ask = (where: Shelf, text: string, limit = 3) =>
      where.snapshot(({ search }) => search.startingWith("agent", text, { limit }))
    const newest = agents.map((agent) => agent.id).toReversed()
    assert.deepEqual(await ask(shelf, beginning), newest.slice(0, 3))
    assert.deepEqual(await ask(shelf, newest[0] ?? ""), newest.slice(0, 1))
    assert.deepEqual(await ask(shelf, "agt_zz"), [])
    assert.deepEqual(await ask(stranger, beginning), [])
  })
}

/** Agents of two people who use one server both, a second server of the other's alone, and a finding about each of these. */
async function twoPeoplesAgents(shelf: Shelf): Promise<{
  person: Id<"user">
  own: readonly string[]
  hers: string
  findings: readonly string[]
}> {
  const [person, other] = [id("user"), id("user")]
  const [owned, hers] = [foundAgent({ owner: person }), foundAgent({ owner: other })]
  const [helped, offered] = [foundAgent(), foundAgent()]
  const [used, others] = [id("server"), id("server")]
  const offer = { to: person, by: other, note: null, terms: null, offeredAt: NOW, expiresAt: later(1) }
  const found = [owned.id, used, hers.id, others].map(finding)
  await shelf.transact(async (tx) => {
    await tx.agents.insertAll([owned, helped, offered, hers])
    await tx.maintainers.add({ agent: helped.id, user: person, addedBy: other, addedAt: NOW })
    await tx.offers.insert({ ...offer, id: id("offer"), agent: offered.id, state: { kind: "pending" } })
    await see(tx, owned.id, [used])
    await see(tx, hers.id, [used, others])
    await tx.findings.insert(found)
    await tx.search.put([
      ...[owned, helped, offered, hers].map((agent) => entry(agent.id, "git")),
      ...INDEXED_KINDS.filter((kind) => kind !== "agent").map((kind) => entry(`${kind}_1`, "git", kind)),
    ])
  })
  const own = [owned.id, helped.id, offered.id]
  return { person, own, hers: hers.id, findings: found.slice(0, 2).map((one) => one.id) }
}

function finding(subject: string): Finding {
  return {
    id: id("finding"),
    rule: "a-rule",
    subject,
    severity: "low",
    message: "x",
    evidence: [],
    standing: { kind: "open" },
    openedAt: NOW,
    lastSeenAt: NOW,
    reopened: 0,
  }
}

async function see(
  { observations }: Pick<Transaction, "observations">,
  agent: Id<"agent">,
  servers: readonly Id<"server">[],
): Promise<void> {
  const times = { firstSeen: NOW, lastSeen: NOW, vanishedAt: null }
  const by = { reporter: "fleet", machine: null, scan: id("scan"), digest: "d", body: {} }
  await observations.put([{ ...by, ...times, kind: "agent", key: agent, subject: agent }])
  await observations.link("fleet", [{ key: agent, servers, credentials: [] }])
  await observations.relink([agent])
}

function entry(subject: string, title: string, kind: IndexedKind = "agent"): SearchEntry {
  return { kind, subject, title: foldedTitle(title), words: wordsOf(title) }
}

async function put(shelf: Shelf, titles: readonly string[]): Promise<readonly string[]> {
  const subjects = ids("agent", titles.length)
  await shelf.transact(({ search }) =>
    search.put(titles.map((title, at) => entry(subjects[at] ?? "", title))),
  )
  return subjects
}

function find(shelf: Shelf, text: string, differs: Partial<WordQuery> = {}): Promise<readonly string[]> {
  const query = { kind: "agent", title: foldedTitle(text), words: askedWords(text), limit: 10 } as const
  return shelf.snapshot(({ search }) => search.find({ ...query, ...differs }))
}

function named(titles: readonly string[], subjects: readonly string[]): (subject: string) => string {
  return (subject) => titles[subjects.indexOf(subject)] ?? "nothing that was put"
}
