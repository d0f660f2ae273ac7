import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { type Client, createClient, type EventsToExport } from "@tabard/api"
import { type Id, newId, type Role, systemClock } from "@tabard/core"
import { makeMachine } from "../world/machine.ts"
import { addPerson } from "../world/people.ts"
import { rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

/** A name that a spreadsheet would run, split over lines, and end the program that prints it. */
const HOSTILE = '=HYPERLINK("http://x","y")\r\n"\u001b[2J'

let tabard: RunningTabard
let agents: readonly Id<"agent">[]
before(async () => {
  await using machine = await makeMachine()
  tabard = await runTabard({ scan: [machine.root] })
  await tabard.server.scans.settled()
  agents = await tabard.server.organisation.shelf.transact(async (tx) => {
    const at = systemClock.now()
    const found = (await tx.agents.list({ limit: 1000 })).map(({ id }) => id)
    for (const subject of found.slice(0, 1))
      await tx.facts.putAll([
        { subject, name: "name", kind: "overridden", source: "test", value: HOSTILE, at },
        { subject, name: "purpose", kind: "declared", source: "test", value: "+1+1", at },
      ])
    return found
  })
})
after(async () => {
  assert.deepEqual(tabard.faults, [])
  await tabard[Symbol.asyncDispose]()
})

describe("a list as a file", () => {
  it("holds these agents in their order, and no cell of it is a formula or ends its line", async () => {
    const { api } = await person("auditor")
    const asked = agents.toReversed()
    const { csv, lines, complete, filename } = await api.exportAgents({ agents: asked })
    assert.deepEqual([lines, complete], [asked.length, true])
    assert.match(filename, /^agents-default-\d{4}-\d\d-\d\d\.csv$/)
    const [header, ...rows] = csv.replace("\uFEFF", "").split(/\r\n(?=agt_|$)/)
    assert.match(header ?? "", /^id,name,category,owner,state,/)
    assert.deepEqual(
      rows.filter(Boolean).map((row) => row.split(",", 1)[0]),
      asked,
    )
    assert.ok(csv.includes(`"'=HYPERLINK(`), csv)
    assert.ok(csv.includes(",'+1+1,"), csv)
    assert.ok(!/(^|,)[=+@]/m.test(csv.replaceAll(/"[^"]*(""[^"]*)*"/g, "")), "a bare cell begins a formula")
  })

  it("holds of findings and credentials what their lists hold, by the same filters", async () => {
    const { api } = await person("security")
    const [worst] = (await api.listFindings({})).items
    const severity = worst?.severity ?? assert.fail("nothing was found")
    const findings = (await api.listFindings({ severity, limit: 1000 })).items
    const told = await api.exportFindings({ severity })
    assert.deepEqual([told.lines, told.complete], [findings.length, true])
    for (const { id } of findings) assert.ok(told.csv.includes(id))
    const credentials = (await api.listCredentials({ storedAs: "plaintext", limit: 1000 })).items
    const keys = await api.exportCredentials({ storedAs: "plaintext" })
    assert.ok(credentials.length > 0)
    assert.equal(keys.lines, credentials.length)
    assert.deepEqual((await api.exportCredentials({ kind: "no such kind" })).lines, 0)
  })

  it("holds of the record what its list holds, by the same filters, each event byte for byte and with its place", async () => {
    const { api } = await person("auditor")
    while ((await tabard.server.publish()) > 0);
    const filter = { group: "findings" } as const
    const events = (await api.listEvents({ ...filter, limit: 1000 })).items
    assert.ok(events.length > 4 && events.length < 1000, `${events.length} events`)
    const lines = (await inPortions(api, { ...filter, form: "jsonl" })).split("\n").slice(0, -1)
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      events.map(({ index, body }) => ({ place: index, event: body })),
    )
    const { entry } = await api.getEventProof({ id: events[0]?.id ?? assert.fail("nothing was recorded") })
    assert.equal(lines[0], `{"place":${events[0]?.index},"event":${Buffer.from(entry, "base64").toString()}}`)

    const csv = await inPortions(api, { ...filter, form: "csv" })
    const [header, ...rows] = csv.replace("\uFEFF", "").split("\r\n")
    assert.match(header ?? "", /^place,time,type,what happened,id,/)
    assert.equal(rows.filter((row) => row.startsWith("place,")).length, 0, "the header stands in it twice")
    for (const { id } of events) assert.equal(csv.split(id).length, 2, id)
    assert.ok(!/(^|,)[=+@]/m.test(csv.replaceAll(/"[^"]*(""[^"]*)*"/g, "")), "a bare cell begins a formula")
  })

  it("is a file to save where it is asked for one", async () => {
    const { api, cookie } = await person("auditor")
    const { csv, filename } = await api.exportFindings({})
    const saved = await rawRequest(tabard.server.publicUrl, {
      path: "/api/v1/exports/findings?form=file",
      headers: { cookie },
    })
    assert.deepEqual([saved.status, saved.text], [200, csv])
    assert.equal(saved.headers["content-disposition"], `attachment; filename="${filename}"`)
  })

  it("holds for a member what they may see, and nothing where that is nothing", async () => {
    const { api, id } = await person("member")
    const [own, other] = agents
    assert.ok(own && other)
    const nothing = await api.exportAgents({ agents: [own, other, newId("agent", systemClock), "no id"] })
    assert.deepEqual([nothing.lines, nothing.csv.includes(own)], [0, false])
    assert.equal((await api.exportFindings({})).lines, 0)
    await assert.rejects(api.exportCredentials({}), { code: "not_allowed" })
    await tabard.server.organisation.shelf.transact((tx) =>
      tx.agents.handOver(own, null, id, systemClock.now()),
    )
    const mine = await api.exportAgents({ agents: [own, other] })
    assert.deepEqual([mine.lines, mine.csv.includes(own), mine.csv.includes(other)], [1, true, false])
    assert.equal((await api.exportFindings({})).lines, (await api.listFindings({ limit: 1000 })).items.length)
  })
})

/** Reads the record as a file, a few lines at a time. */
async function inPortions(api: Client, wishes: Omit<EventsToExport, "after" | "limit">): Promise<string> {
  let text = ""
  let after: string | undefined
  do {
    const portion = await api.exportEvents({ ...wishes, limit: 4, after })
    assert.match(portion.filename, /^record-default-\d{4}-\d\d-\d\d\.(csv|jsonl)$/)
    text += portion.text
    after = portion.next ?? undefined
  } while (after !== undefined)
  return text
}

async function person(role: Role): Promise<{ api: Client; cookie: string; id: Id<"user"> }> {
  const { user, cookie } = await addPerson(tabard.server, role)
  const api = createClient(tabard.server.publicUrl, (url, init) =>
    fetch(url, { ...init, headers: [...new Headers(init.headers), ["cookie", cookie]] }),
  )
  return { api, cookie, id: user.id }
}
