import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { type Client, createClient } from "@tabard/api"
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

async function person(role: Role): Promise<{ api: Client; cookie: string; id: Id<"user"> }> {
  const { user, cookie } = await addPerson(tabard.server, role)
  const api = createClient(tabard.server.publicUrl, (url, init) =>
    fetch(url, { ...init, headers: [...new Headers(init.headers), ["cookie", cookie]] }),
  )
  return { api, cookie, id: user.id }
}
