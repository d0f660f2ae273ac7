import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { effectiveFacts, type User } from "@tabard/core"
import { parse } from "csv-parse/sync"
import { adoptAgent } from "../lifecycle/adopt-agent.ts"
import { acceptOwnership, declineOwnership } from "../lifecycle/answer-offer.ts"
import { type ControlWorld, DAY, openControlWorld } from "../testing/control-world.ts"
import type { Transaction } from "../transaction.ts"
import { exportRegister } from "./export-register.ts"
import { type ImportedRegister, importRegister } from "./import-register.ts"

const HEADER = "name,owner,purpose,systems,last review,next review"

describe("importing a register", () => {
  it("enters each line as an agent with what is said of it, and asks its owner", async () => {
    await using world = await openControlWorld()
    const { admin, ann } = await peopled(world)
    const csv = `${HEADER},category,environment,data classes
Invoice bot,${ann.email},Books invoices,"Jira; Xero",2026-10-01,2027-04-01,production,staging,"personal, payment"
Nobody's,,,,,,,,`
    const report = await apply(world, admin, csv)
    assert.deepEqual(tell(report), [
      "2 enter: enters a new agent, asks Ann to own it",
      "3 enter: enters a new agent",
    ])

    const [nobodys, invoices] = (await agents(world)).toSorted((a, b) => a.state.localeCompare(b.state))
    assert.deepEqual([invoices?.state, invoices?.owner, nobodys?.state], ["proposed", null, "discovered"])
    const { origin, ...said } = invoices?.facts ?? {}
    assert.equal(origin, "by hand")
    assert.deepEqual(said, {
      name: "Invoice bot",
      purpose: "Books invoices",
      systems: ["Jira", "Xero"],
      lastReview: "2026-10-01",
      nextReview: "2027-04-01",
      category: "production",
      environment: "staging",
      dataClasses: ["personal", "payment"],
    })
    const [offer] = await world.snapshot(({ offers }) =>
      offers.pendingTo(ann.id, world.clock.now(), { limit: 10 }),
    )
    assert.equal(offer?.agent, invoices?.id)
    const [told] = await world.events("register.imported")
    assert.deepEqual(told?.["data"], { entered: 2, changed: 0, lines: 2 })
  })

  it("only tells what it would do, and changes nothing, until it is applied", async () => {
    await using world = await openControlWorld()
    const { admin, ann } = await peopled(world)
    const report = await importRegister(world, admin, {
      csv: `${HEADER}\nBot,${ann.email},,,,`,
      apply: false,
    })
    assert.deepEqual(
      [report.applied, tell(report)],
      [false, ["2 enter: enters a new agent, asks Ann to own it"]],
    )
    assert.deepEqual([await agents(world), await world.events()], [[], []])
  })

  it("changes nothing the second time, also after somebody accepted what it asked", async () => {
    await using world = await openControlWorld()
    const { admin, ann } = await peopled(world)
    const csv = `${HEADER}\nBot,${ann.email},Helps,Jira,2026-01-01,2026-12-01\nOther,,,,,\nMine,${admin.email},Is mine,,,`
    await apply(world, admin, csv)
    const before = [await agents(world), await world.events()]
    assert.deepEqual(tell(await apply(world, admin, csv)), ["2 nothing: ", "3 nothing: ", "4 nothing: "])
    assert.deepEqual([await agents(world), await world.events()], before)

    const [offer] = await world.snapshot(({ offers }) =>
      offers.pendingTo(ann.id, world.clock.now(), { limit: 10 }),
    )
    await acceptOwnership(world, ann, offer?.id ?? "")
    assert.deepEqual(tell(await apply(world, admin, csv)), ["2 nothing: ", "3 nothing: ", "4 nothing: "])
  })

  it("asks again, the second time, whoever said no or nothing, and enters no other agent", async () => {
    await using world = await openControlWorld()
    const { admin, ann } = await peopled(world)
    const csv = `${HEADER}\nBot,${ann.email},Helps,,,`
    await apply(world, admin, csv)
    const offered = () =>
      world.snapshot(({ offers }) => offers.pendingTo(ann.id, world.clock.now(), { limit: 10 }))
    const [first] = await offered()
    await declineOwnership(world, ann, { offer: first?.id ?? "", reason: "no" })
    assert.deepEqual(tell(await apply(world, admin, csv)), ["2 change: asks Ann to own it"])
    assert.equal((await offered()).length, 1)
    world.clock.advance(8 * DAY)
    assert.deepEqual(tell(await apply(world, admin, csv)), ["2 change: asks Ann to own it"])
    assert.equal((await agents(world)).length, 1)
  })

  it("enters no two agents of which it could not tell, read back, which is which", async () => {
    await using world = await openControlWorld()
    const { admin, ann } = await peopled(world)
    const report = await apply(world, admin, `${HEADER}\nBot,,,,,\nBOT,${ann.email},,,,`)
    assert.match(tell(report)[0] ?? "", /refused: other lines enter agents of this name/)
    assert.deepEqual([report.applied, await agents(world)], [false, []])
  })

  it("makes who imports it the owner where it says so: that is their own word", async () => {
    await using world = await openControlWorld()
    const { admin } = await peopled(world)
    await apply(world, admin, `${HEADER}\nMine,${admin.email},Helps,,,`)
    const [mine] = await agents(world)
    assert.deepEqual([mine?.state, mine?.owner], ["proposed", admin.id])
  })

  it("changes what a line says otherwise, and leaves what its empty cells do not say", async () => {
    await using world = await openControlWorld()
    const { admin, ann } = await peopled(world)
    await apply(world, admin, `${HEADER}\nBot,,Helps,Jira,2026-01-01,2026-12-01`)
    const [{ id } = { id: "" }] = await agents(world)
    const report = await apply(world, admin, `ID;Agent Name;Owner e-mail;purpose\n${id};;${ann.email};Tidies`)
    assert.deepEqual(tell(report), ["2 change: changes purpose, asks Ann to own it"])
    const [changed] = await agents(world)
    assert.deepEqual(
      [changed?.facts["name"], changed?.facts["purpose"], changed?.facts["systems"]],
      ["Bot", "Tidies", ["Jira"]],
    )
  })

  it("is all or nothing: one line that cannot be taken stops every other, and each says why", async () => {
    await using world = await openControlWorld()
    const { admin, ann } = await peopled(world)
    const gone = await world.person("member", { active: false, name: "Gone" })
    const csv = `id,name,owner,category,data classes,next review
,Good,${ann.email},local,public,2026-12-01
,,,,,
agt_none,Lost,,,,
,Owned,nobody@acme.example,robot,"public; rumours",2026-02-30
,Left,${gone.email},,,
,good,${ann.email.toUpperCase()},,,
,Extra,,,,,"oops"`
    const report = await apply(world, admin, csv)
    assert.deepEqual(tell(report), [
      "2 enter: enters a new agent, asks Ann to own it",
      "4 refused: there is no agent agt_none: leave the id empty to enter a new one",
      "5 refused: category: “robot” is none of chatbot, local, production, data classes: “rumours” is none of public, internal, confidential, personal, payment, health, secret, next review: “2026-02-30” is no day such as 2026-11-21, owner: there is nobody called nobody@acme.example in the directory",
      "6 refused: owner: Gone is not active, and only active people can look after agents",
      "7 refused: line 2 is about the same agent",
      "8 refused: it has more cells than there are columns: put quotes around such text",
    ])
    assert.deepEqual([report.applied, await agents(world), await world.events()], [false, [], []])
  })

  it("guesses nothing where a name is not enough", async () => {
    await using world = await openControlWorld()
    const { admin, ann } = await peopled(world)
    const other = await world.person("member", { name: "Bob" })
    await apply(world, admin, `${HEADER}\nBot,${ann.email},,,,\nBot,${other.email},,,,`)
    const third = await world.person("member", { name: "Eve" })
    const report = await apply(world, admin, `${HEADER}\nBot,,New words,,,\nBot,${third.email},,,,`)
    assert.match(tell(report)[0] ?? "", /refused: several agents are called so: put the id/)
    assert.match(tell(report)[1] ?? "", /refused: an agent called so is here, of another owner or of none/)
    assert.equal((await agents(world)).length, 2)
  })

  it("does not reword a mandate, nor hand over what is going", async () => {
    await using world = await openControlWorld()
    const { admin, ann } = await peopled(world)
    const { id } = await world.agent()
    const expiresAt = new Date(world.clock.now().getTime() + DAY)
    await adoptAgent(world, admin, {
      agent: id,
      purpose: "Tidies.",
      tier: "read-only",
      expiresAt,
      acceptOwnership: true,
    })
    const retiring = await world.agent({ state: "retiring" })
    const report = await apply(
      world,
      admin,
      `id,owner,purpose\n${id},,Rules the world\n${retiring.id},${ann.email},\n`,
    )
    assert.match(tell(report)[0] ?? "", /refused: purpose: it is part of the agent's mandate/)
    assert.match(tell(report)[1] ?? "", /refused: the agent is retiring: nobody can take it over/)
  })

  it("is for security and administrators", async () => {
    await using world = await openControlWorld()
    for (const role of ["member", "auditor"] as const) {
      const by = await world.person(role)
      await assert.rejects(importRegister(world, by, { csv: HEADER, apply: true }), { code: "not_allowed" })
    }
  })

  it("is refused in words where the store lets nobody write for so long, and changes nothing", async () => {
    await using world = await openControlWorld()
    const { admin } = await peopled(world)
    const slow: ControlWorld = {
      ...world,
      transact: (work) =>
        world.transact(async (tx) => {
          await work(tx)
          throw Object.assign(new Error("held longer than 5 s"), { code: "transaction_over" })
        }),
    }
    const refused = importRegister(slow, admin, { csv: "name\nBot", apply: true })
    await assert.rejects(refused, { code: "register_invalid", message: /send it in parts/ })
    assert.deepEqual(await agents(world), [])
  })

  it("is refused in words where the file cannot be read", async () => {
    await using world = await openControlWorld()
    const { admin } = await peopled(world)
    for (const [csv, message] of [
      ["", /the file is empty/],
      ["\ufeff\r\n\r\n", /the file is empty/],
      ["owner,purpose\nx,y", /there is no column called name/],
      ["name,NAME\nx,y", /two columns are called name/],
      ['name\n"open', /line 2 cannot be read: a quote is opened and never closed/],
      ['name\n"a"b', /a quote ends in the middle/],
      [`name${",".repeat(100)}\n`, /at most 100 columns/],
      [`name\n${"x\n".repeat(10_001)}`, /at most 10000 lines/],
    ] as const) {
      await assert.rejects(importRegister(world, admin, { csv, apply: true }), {
        code: "register_invalid",
        message,
      })
    }
  })
})

describe("a register", () => {
  it("changes nothing when it is imported as it was exported, whatever agents are called", async () => {
    await using world = await openControlWorld()
    const { admin, ann } = await peopled(world)
    const odd = [
      "=1+1",
      "'=x",
      "-5",
      "@cmd",
      "+x",
      "'quoted'",
      '"a"',
      "a,b;c",
      "two\nlines",
      "ä😀",
      "＝x",
      "''+y",
    ]
    for (const name of odd) {
      const agent = await world.agent({ owner: ann.id })
      await state(world, agent.id, "name", name)
      await state(world, agent.id, "purpose", `${name} does`)
      await state(world, agent.id, "dataClasses", ["secret", "public"])
    }
    const seen = await world.agent({ state: "retired" })
    await state(world, seen.id, "name", `\u0007${"long ".repeat(100)}`)
    await world.agent({ state: "dismissed" })
    await world.transact(({ users }) => users.setActive(ann.id, false))

    const { csv, agents: count } = await exportRegister(world)
    assert.equal(count, odd.length + 1)
    const report = await apply(world, admin, csv)
    assert.deepEqual(
      new Set(report.lines.map(({ does }) => does)),
      new Set(["nothing"]),
      tell(report).join("\n"),
    )
    assert.equal(report.lines.length, count)
  })

  it("is read a page at a time, so that no snapshot is held for all of it", async () => {
    await using world = await openControlWorld()
    const ids: string[] = []
    for (let n = 0; n < 501; n++) ids.push((await world.agent({ state: "active" })).id)
    const sizes: number[] = []
    const { csv, agents } = await exportRegister({
      ...world,
      snapshot: (work) =>
        world.snapshot((tx) => {
          const lastSeen: Transaction["observations"]["lastSeen"] = (page) => {
            sizes.push(page.length)
            return tx.observations.lastSeen(page)
          }
          return work({ ...tx, observations: { ...tx.observations, lastSeen } })
        }),
    })
    assert.deepEqual([agents, sizes], [501, [500, 1]])
    assert.equal(ids.filter((id) => csv.includes(id)).length, 501)
  })

  it("holds no cell that a spreadsheet would run", async () => {
    await using world = await openControlWorld()
    for (const name of ["=HYPERLINK(1)", "+1", "-1", "@SUM", "\t=1", "\r=1", "＝1"]) {
      await state(world, (await world.agent()).id, "name", name)
    }
    const { csv } = await exportRegister(world)
    const cells = parse(csv, { bom: true }).flat()
    assert.ok(cells.length > 14 * 7)
    assert.deepEqual(
      cells.filter((cell) => /^[=+\-@\t\r＝]/.test(cell)),
      [],
    )
  })
})

async function peopled(world: ControlWorld): Promise<{ admin: User; ann: User }> {
  return { admin: await world.person("administrator"), ann: await world.person("member", { name: "Ann" }) }
}

function apply(world: ControlWorld, by: User, csv: string): Promise<ImportedRegister> {
  return importRegister(world, by, { csv, apply: true })
}

function tell({ lines }: ImportedRegister): readonly string[] {
  return lines.map(({ line, does, says }) => `${line} ${does}: ${says.join(", ")}`)
}

function state(world: ControlWorld, subject: string, name: string, value: string | string[]): Promise<void> {
  const at = world.clock.now()
  return world.transact(({ facts }) =>
    facts.put({ subject, name, kind: "observed", source: "laptop", value, at }),
  )
}

interface Entered {
  readonly id: string
  readonly state: string
  readonly owner: string | null
  readonly facts: Readonly<Record<string, unknown>>
}

function agents(world: ControlWorld): Promise<readonly Entered[]> {
  return world.snapshot(async (tx) => {
    const found = await tx.agents.list({ limit: 1000 })
    const facts = Map.groupBy(await tx.facts.of(found.map(({ id }) => id)), ({ subject }) => subject)
    return found.map(({ id, state: standing, owner }) => {
      const holding = effectiveFacts(facts.get(id) ?? [])
      return {
        id,
        state: standing,
        owner,
        facts: Object.fromEntries([...holding].map(([name, { value }]) => [name, value])),
      }
    })
  })
}
