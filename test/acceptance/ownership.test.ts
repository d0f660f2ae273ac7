import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { ApiProblem, type Client, createClient } from "@tabard/api"
import { recordEvent } from "@tabard/control"
import { type Agent, newId, type Role, systemClock } from "@tabard/core"
import { addPerson } from "../world/people.ts"
import { rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

const DAY = 86_400_000

let tabard: RunningTabard
before(async () => {
  tabard = await runTabard()
})
after(async () => {
  assert.deepEqual(tabard.faults, [])
  await tabard[Symbol.asyncDispose]()
})

describe("an agent is offered, accepted and handed over", () => {
  it("by two people, each in their own session, and both see who answers for it", async () => {
    const [ada, bob] = [await person("administrator"), await person("member")]
    const agent = await found()
    const offered = await ada.api.offerOwnership({ id: agent.id, to: bob.id, note: "Yours?" })
    assert.deepEqual([offered.owner, offered.orphaned, offered.offer?.to.id], [null, true, bob.id])

    const { items } = await bob.api.listOffers({})
    assert.deepEqual(
      items.map(({ agent: { id }, by, note, terms }) => [id, by.id, note, terms]),
      [[agent.id, ada.id, "Yours?", null]],
    )
    const accepted = await bob.api.acceptOwnership({ id: items[0]?.id ?? "" })
    assert.deepEqual([accepted.owner?.id, accepted.orphaned, accepted.offer], [bob.id, false, null])
    assert.deepEqual((await bob.api.listOffers({})).items, [])

    const { offer } = await bob.api.offerOwnership({ id: agent.id, to: ada.id })
    await ada.api.declineOwnership({ id: offer?.id ?? "", reason: "Not mine." })
    assert.equal((await ada.api.getAgent({ id: agent.id })).owner?.id, bob.id)
    const { items: told } = await ada.api.listEvents({ agent: agent.id })
    const sentences = told.map(({ sentence }) => sentence)
    assert.ok(sentences.includes("administrator offered an agent to member"), sentences.join("\n"))
    assert.ok(sentences.includes("member accepted to own an agent"), sentences.join("\n"))
  })

  it("by adoption for somebody else: proposed until they accept its terms", async () => {
    const [ada, bob] = [await person("administrator"), await person("member")]
    const agent = await found()
    const expiresAt = new Date(Date.now() + DAY).toISOString()
    const terms = { purpose: "Tidies notes", tier: "read-only", expiresAt } as const
    const proposed = await ada.api.adoptAgent({
      id: agent.id,
      ...terms,
      owner: bob.id,
      acceptOwnership: false,
      category: "local",
    })
    assert.deepEqual([proposed.state, proposed.owner, proposed.offer?.terms], ["proposed", null, terms])
    const accepted = await bob.api.acceptOwnership({ id: proposed.offer?.id ?? "" })
    assert.deepEqual(
      [accepted.state, accepted.owner?.id, accepted.purpose, accepted.category],
      ["active", bob.id, "Tidies notes", "local"],
    )
  })

  it("and is orphaned everywhere once its owner is not active any more", async () => {
    const [ada, bob] = [await person("administrator"), await person("member")]
    const agent = await found({ owner: bob.id })
    const before = await ada.api.getOverview({})
    assert.equal((await ada.api.getAgent({ id: agent.id })).orphaned, false)
    await ada.api.deactivatePerson({ id: bob.id, reason: "left" })
    const detail = await ada.api.getAgent({ id: agent.id })
    assert.deepEqual([detail.owner?.id, detail.orphaned], [bob.id, true])
    assert.equal((await ada.api.getOverview({})).orphaned, before.orphaned + 1)
    const { items: orphans } = await ada.api.listAgents({ orphaned: true })
    assert.ok(orphans.some(({ id }) => id === agent.id))
    const { items: others } = await ada.api.listAgents({ orphaned: false })
    assert.ok(others.every(({ id, orphaned }) => id !== agent.id && !orphaned))
    const people = await ada.api.listPeople({})
    assert.equal(people.items.find(({ id }) => id === bob.id)?.active, false)
  })
})

describe("what people say of an agent", () => {
  it("is shown with who says it, beside what was seen", async () => {
    const [ada, bob] = [await person("administrator"), await person("member")]
    const agent = await found({ owner: bob.id })
    await bob.api.addMaintainer({ id: agent.id, user: ada.id })
    const detail = await bob.api.describeAgent({
      id: agent.id,
      name: "Payroll bot",
      purpose: "Pays people",
      environment: "production",
      dataClasses: ["personal", "payment"],
      systems: ["SAP"],
      lastReview: "2026-10-01",
      nextReview: "2027-04-01",
    })
    assert.deepEqual(
      [detail.name, detail.purpose, detail.environment, detail.dataClasses, detail.systems],
      ["Payroll bot", "Pays people", "production", ["personal", "payment"], ["SAP"]],
    )
    assert.deepEqual([detail.lastReview, detail.nextReview], ["2026-10-01", "2027-04-01"])
    assert.deepEqual(
      detail.maintainers.map(({ id }) => id),
      [ada.id],
    )
    const environment = detail.facts.find(({ name }) => name === "environment")
    assert.deepEqual(
      [environment?.kind, environment?.source, environment?.effective],
      ["declared", "member", true],
    )
    const taken = await bob.api.describeAgent({ id: agent.id, environment: null })
    assert.equal(taken.environment, null)
    assert.deepEqual((await bob.api.removeMaintainer({ id: agent.id, user: ada.id })).maintainers, [])
  })

  it("is refused where it is out of bounds, and says where", async () => {
    const ada = await person("administrator")
    const { id } = await found()
    for (const wrong of [
      { lastReview: "yesterday" },
      { nextReview: "2026-02-30" },
      { systems: ["a;b"] },
      { systems: Array.from({ length: 51 }, (_, n) => `s${n}`) },
      { name: "x".repeat(201) },
      { name: "bell\u0007" },
    ]) {
      await refused(ada.api.describeAgent({ id, ...wrong }), "body_invalid")
    }
  })
})

describe("a discovered agent that nobody takes up", () => {
  it("is shadow from the end of the grace period on, in its row, its list and the count", async () => {
    const ada = await person("administrator")
    const before = (await ada.api.getOverview({})).shadow
    const left = await found({ createdAt: new Date(Date.now() - 15 * DAY) })
    const fresh = await found({ createdAt: new Date(Date.now() - 13 * DAY) })
    const shadows = async (): Promise<readonly string[]> =>
      (await ada.api.listAgents({ shadow: true })).items.map(({ id }) => id)
    assert.deepEqual(
      [(await shadows()).includes(left.id), (await shadows()).includes(fresh.id)],
      [true, false],
    )
    assert.equal((await ada.api.getAgent({ id: left.id })).shadow, true)
    assert.equal((await ada.api.getOverview({})).shadow, before + 1)

    assert.equal((await ada.api.putSettings({ graceDays: 7 })).graceDays, 7)
    assert.equal((await ada.api.getAgent({ id: fresh.id })).shadow, true)
    await refused((await person("security")).api.putSettings({ graceDays: 8 }), "not_allowed")
    assert.equal((await ada.api.putSettings({ graceDays: 14 })).graceDays, 14)

    await ada.api.dismissAgent({ id: left.id, reason: "A test." })
    assert.equal((await ada.api.getAgent({ id: left.id })).shadow, false)
    const reopened = await ada.api.reopenAgent({ id: left.id, reason: "It runs." })
    assert.deepEqual([reopened.state, reopened.shadow], ["discovered", true])
  })
})

describe("a register", () => {
  it("comes in as CSV after a look at what it would do, and goes out so that nothing changes on its way back", async () => {
    const [ada, bob] = [await person("security"), await person("member")]
    const csv = `name;owner;purpose;next review;shoe size\nLedger bot;${bob.email};Keeps the ledger;2027-01-31;44\n`
    const looked = await ada.api.importRegister({ csv })
    assert.deepEqual([looked.applied, looked.entered, looked.ignoredColumns], [false, 1, ["shoe size"]])
    const done = await ada.api.importRegister({ csv, apply: true })
    assert.deepEqual([done.applied, done.entered, done.refused], [true, 1, 0])
    const again = await ada.api.importRegister({ csv, apply: true })
    assert.deepEqual([again.entered, again.changed, again.unchanged], [0, 0, 1])

    const { items } = await ada.api.listAgents({})
    const row = items.find(({ name }) => name === "Ledger bot")
    assert.deepEqual([row?.byHand, row?.purpose, row?.nextReview], [true, "Keeps the ledger", "2027-01-31"])
    const file = await bob.api.exportRegister({})
    assert.match(file.filename, /^agents-[\w-]+-\d{4}-\d\d-\d\d\.csv$/)
    const back = await ada.api.importRegister({ csv: file.csv, apply: true })
    assert.deepEqual(
      [back.applied, back.unchanged],
      [true, file.agents],
      JSON.stringify(back.lines.slice(0, 3)),
    )
    await refused(bob.api.importRegister({ csv }), "not_allowed")
  })

  it("is a file to save where a browser asks for one, and never a page", async () => {
    const { api, cookie } = await person("member")
    const { csv, filename } = await api.exportRegister({})
    const saved = await rawRequest(tabard.server.publicUrl, {
      path: "/api/v1/register?form=file",
      headers: { cookie },
    })
    assert.deepEqual([saved.status, saved.text], [200, csv])
    assert.equal(saved.headers["content-type"], "text/csv; charset=utf-8")
    assert.equal(saved.headers["content-disposition"], `attachment; filename="${filename}"`)
    assert.deepEqual(
      [saved.headers["x-content-type-options"], saved.headers["cache-control"]],
      ["nosniff", "no-store"],
    )
    const unsigned = await rawRequest(tabard.server.publicUrl, { path: "/api/v1/register?form=file" })
    assert.equal(unsigned.status, 401)
  })

  it("is read up to five megabytes, which is more than other bodies may have, and no further", async () => {
    const ada = await person("administrator")
    const line = (n: number): string => `Agent ${n},"${"x".repeat(1500)}"\n`
    const large = `name,purpose\n${Array.from({ length: 2000 }, (_, n) => line(n)).join("")}`
    assert.equal((await ada.api.importRegister({ csv: large })).entered, 2000)
    await refused(ada.api.importRegister({ csv: `name\n${"é".repeat(3 * 1024 * 1024)}` }), "register_invalid")
    const { status, text } = await rawRequest(tabard.server.publicUrl, {
      method: "POST",
      path: "/api/v1/register",
      headers: { cookie: ada.cookie, "x-tabard": "1", "content-type": "application/json" },
      body: JSON.stringify({ csv: "x".repeat(11 * 1024 * 1024) }),
    })
    assert.equal(status, 413, text)
  })

  it("takes an agent that a person enters by itself, too", async () => {
    const [ada, bob] = [await person("administrator"), await person("member")]
    const entered = await ada.api.enterAgent({
      name: "HR bot",
      owner: bob.email,
      purpose: "Answers",
      category: "chatbot",
    })
    assert.deepEqual(
      [entered.state, entered.byHand, entered.category, entered.offer?.to.id],
      ["proposed", true, "chatbot", bob.id],
    )
    await refused(ada.api.enterAgent({ name: "x", owner: "nobody@example.test" }), "person_not_found")
  })
})

interface SignedIn {
  readonly id: `usr_${string}`
  readonly email: string
  readonly cookie: string
  readonly api: Client
}

async function person(role: Role): Promise<SignedIn> {
  const { user, cookie } = await addPerson(tabard.server, role)
  const api = createClient(tabard.server.publicUrl, (url, init) => {
    const headers = new Headers(init.headers)
    headers.set("cookie", cookie)
    return fetch(url, { ...init, headers })
  })
  return { id: user.id, email: user.email, cookie, api }
}

async function found(differs: Partial<Agent> = {}): Promise<Agent> {
  const id = newId("agent", systemClock)
  const agent: Agent = {
    id,
    state: "discovered",
    owner: null,
    mandate: null,
    createdAt: systemClock.now(),
    ...differs,
  }
  const { organisation, shelf } = tabard.server.organisation
  await shelf.transact(async ({ agents, outbox }) => {
    await agents.insert(agent)
    const actor = { kind: "system", id: "test" } as const
    await recordEvent({ organisation, clock: systemClock }, outbox, {
      type: "agent.discovered",
      actor,
      agent: id,
    })
  })
  return agent
}

async function refused(asked: Promise<unknown>, code: string): Promise<void> {
  await assert.rejects(asked, (error) => error instanceof ApiProblem && error.code === code)
}
