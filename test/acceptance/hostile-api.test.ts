import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { OPERATIONS, type Operation } from "@tabard/api"
import { HOSTILE_MARK, HOSTILE_TEXTS } from "../world/hostile-texts.ts"
import { type HostileWorld, makeHostileWorld } from "../world/hostile-world.ts"
import type { RawAnswer } from "../world/raw-request.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"
import { inputSchema, inputsWith } from "../world/sample-input.ts"

const READS = Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS }).filter(
  ([, { method, access }]) => method === "GET" && access !== "public",
)

const stack = new AsyncDisposableStack()
let tabard: RunningTabard
let world: HostileWorld

before(async () => {
  tabard = stack.use(await runTabard())
  world = stack.use(await makeHostileWorld(tabard))
})
after(() => stack.disposeAsync())

describe("a hostile text", () => {
  it("is taken whole or refused in words, by every member that takes text, and is no fault of ours", () => {
    assert.ok(world.told.length > 1_000, `${world.told.length} tellings`)
    const kept = new Set<string>()
    for (const { way, text, answer } of world.told) {
      assert.ok(answer.status < 500, `${way} ${JSON.stringify(text)}: ${answer.status} ${answer.text}`)
      assertData(answer)
      if (answer.status === 200) kept.add(way)
    }
    assert.ok(kept.size > 10, `texts were kept by ${[...kept].join(" ")}`)
    assert.deepEqual(tabard.faults, [])
  })

  it("that cannot be kept is refused: half a character, and what a database ends a text at", () => {
    for (const { way, text, answer } of world.told)
      if (!text.isWellFormed() || text.includes("\0")) assert.notEqual(answer.status, 200, way)
  })

  it("is data in every answer that holds it", async () => {
    let found = 0
    for (const [name, { path }] of READS) {
      const answer = await world.ask({ path: `/api/v1${path.replace(/:\w+/g, world.agent)}` })
      assert.ok(answer.status < 500, `${name}: ${answer.text.slice(0, 300)}`)
      assertData(answer)
      if (answer.text.includes(HOSTILE_MARK)) found++
    }
    assert.ok(found >= 8, `only ${found} answers hold any`)
  })

  it("in a query is data as well: a search finds it or not, and no filter is widened by it", async () => {
    for (const [name, operation] of READS.filter(([, { path }]) => !path.includes(":"))) {
      const schema = inputSchema(name, operation)
      for (const [what, text] of Object.entries(HOSTILE_TEXTS)) {
        for (const { input } of inputsWith(schema, text.toWellFormed(), {})) {
          const query = new URLSearchParams(
            Object.fromEntries(Object.entries(input).map(([member, value]) => [member, String(value)])),
          )
          const answer = await world.ask({ path: `/api/v1${operation.path}?${query.toString()}` })
          assert.ok(answer.status < 500, `${name} ${what}: ${answer.text.slice(0, 300)}`)
          assertData(answer)
        }
      }
    }
    assert.deepEqual(tabard.faults, [])
  })

  it("in an address stays there: no header, no other page", async () => {
    for (const text of Object.values(HOSTILE_TEXTS)) {
      for (const path of [
        "/api/v1/agents/",
        "/api/v1/",
        "/agents/",
        "/mcp/",
        "/sign-in?refused=",
        "/assets/",
      ]) {
        const answer = await world.ask({ path: `${path}${encodeURIComponent(text.toWellFormed())}` })
        assert.ok(answer.status < 500, `${path}: ${answer.status}`)
        assert.equal(answer.headers["set-cookie"], undefined)
        if (/json/.test(String(answer.headers["content-type"]))) assertData(answer)
        else assert.doesNotMatch(answer.text, /<img|<svg|onerror|__obeyed/, path)
      }
    }
  })

  it("in a header that is taken is data: the browser's name, the key of a write, the last event", async () => {
    const odd = Buffer.from(`"><img onerror=x>\u00e9${HOSTILE_MARK}`).toString("latin1")
    for (const name of [
      "user-agent",
      "idempotency-key",
      "last-event-id",
      "origin",
      "authorization",
      "accept",
    ]) {
      const headers = { [name]: odd, "x-tabard": "1", "content-type": "application/json" }
      const answer = await world.ask({
        method: "POST",
        path: "/api/v1/agents",
        headers,
        body: `{"name":"x"}`,
      })
      assert.ok(answer.status < 500, `${name}: ${answer.text}`)
      assertData(answer)
    }
  })

  it("runs in no spreadsheet: no cell of any file that is saved begins a formula or ends its line", async () => {
    let files = 0
    for (const [name, operation] of READS) {
      const { properties = {} } = inputSchema(name, operation)
      if (!("form" in properties) || operation.path.includes(":")) continue
      // The record is answered in portions, which the console puts together.
      if (name === "exportEvents") continue
      const saved = await world.ask({ path: `/api/v1${operation.path}?form=file` })
      assert.equal(saved.status, 200, saved.text)
      assert.match(String(saved.headers["content-disposition"]), /^attachment; filename="[\w.-]+"$/)
      assert.match(String(saved.headers["content-type"]), /^text\/csv/)
      assertNoFormula(name, saved.text)
      if (saved.text.includes(HOSTILE_MARK)) files++
    }
    assert.ok(files >= 1, "no file holds any")
  })

  it("runs in no spreadsheet that the record is written into", async () => {
    const saved = await world.ask({ path: "/api/v1/exports/events?form=csv&limit=1000" })
    assert.equal(saved.status, 200, saved.text)
    const { text }: { text: string } = JSON.parse(saved.text)
    assert.ok(text.includes(HOSTILE_MARK), "the record holds none")
    assertNoFormula("exportEvents", text)
  })

  it("is one line of the record: each entry of the log is one JSON value, and says what the API says", async () => {
    await tabard.server.publish()
    const { organisation } = tabard.server
    const events = await organisation.shelf.snapshot(({ outbox }) => outbox.list({ limit: 1000 }))
    let held = 0
    for (const { bytes, type } of events) {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
      assert.doesNotMatch(text, /[\n\r\0]/)
      const event: { type: string } = JSON.parse(text)
      assert.equal(event.type, type)
      if (text.includes(HOSTILE_MARK)) held++
    }
    assert.ok(held > 10, `${held} entries hold any`)
    const tiles = readdirSync(join(tabard.data, "log"), { recursive: true, withFileTypes: true })
    assert.ok(tiles.some((file) => file.isFile()))
    const checkpoint = readFileSync(join(tabard.data, "log", "default", "checkpoint"), "utf8")
    assert.ok(!checkpoint.includes(HOSTILE_MARK))
  })

  it("ends no event of the stream of changes: each holds a type and an id, and nothing that was written", async () => {
    const leaving = new AbortController()
    const response = await fetch(`${tabard.server.publicUrl}/api/v1/changes`, {
      headers: { cookie: world.ann.cookie },
      signal: leaving.signal,
    })
    const reading = (async () => {
      let text = ""
      for await (const piece of response.body ?? []) {
        text += new TextDecoder().decode(piece)
        if (text.split("\n\n").length > 8) break
      }
      return text
    })()
    for (const name of Object.values(HOSTILE_TEXTS).slice(0, 10)) {
      const headers = { "x-tabard": "1", "content-type": "application/json" }
      await world.ask({ method: "POST", path: "/api/v1/agents", headers, body: JSON.stringify({ name }) })
    }
    const text = await reading
    leaving.abort()
    assert.ok(!text.includes(HOSTILE_MARK))
    // The last one may have been cut off where the reading ended.
    for (const frame of text.split("\n\n").slice(0, -1))
      assert.match(
        frame,
        /^(retry: \d+|: still here|id: evt_[\w-]+\nevent: change\ndata: \{"type":"[\w.-]+","agent":("agt_[\w-]+"|null)\})$/,
      )
  })
})

/** An answer that is taken for nothing but what it is: well-formed JSON, with no character that ends a line raw in it. */
function assertData({ status, headers, text }: RawAnswer): void {
  const type = String(headers["content-type"])
  assert.equal(headers["x-content-type-options"], "nosniff")
  if (type.startsWith("text/csv") || type.startsWith("text/event-stream")) return
  assert.match(type, status >= 400 ? /^application\/problem\+json/ : /^application\/json/)
  assert.doesNotMatch(text, /[\p{Cc}]/u)
  assert.ok(typeof JSON.parse(text) === "object")
}

/** Reads comma-separated values by RFC 4180. */
function cellsOf(csv: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'))
    if (end !== "," && end !== "") rows.push([])
    if (end === "") break
  }
  return rows.filter((row) => row.length > 1 || row[0] !== "")
}

function assertNoFormula(name: string, csv: string): void {
  const rows = cellsOf(csv)
  const [head = []] = rows
  for (const row of rows) {
    assert.equal(row.length, head.length, `${name}: ${JSON.stringify(row)}`)
    for (const cell of row)
      assert.doesNotMatch(cell, /^[=+\-@\t\r＝＋－＠]/u, `${name}: ${JSON.stringify(cell)}`)
  }
}
