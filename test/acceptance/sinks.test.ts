import assert from "node:assert/strict"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { addPerson, type Person } from "../world/people.ts"
import { type RawAnswer, rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

/** A secret of a receiver that must be seen nowhere. */
const CANARY = "c4nary-token-of-splunk"

const SPLUNK = {
  name: "The SIEM",
  content: "own",
  receiver: {
    kind: "splunk",
    // Nobody answers there.
    settings: { url: "http://127.0.0.1:9", sourcetype: "tabard:audit", ack: true },
    secrets: { token: CANARY },
  },
  choice: { kind: "all" },
  checkpoints: true,
}

describe("sinks, by the API", () => {
  let tabard: RunningTabard
  let ann: Person
  let sink: string

  before(async () => {
    tabard = await runTabard()
    ann = await addPerson(tabard.server, "administrator")
    const made = await ask("POST", "/sinks", { ...SPLUNK, from: "beginning" })
    assert.equal(made.status, 200, made.text)
    sink = Object(JSON.parse(made.text)).id
  })
  after(() => tabard[Symbol.asyncDispose]())

  it("tell a receiver's secret nobody: not in answers, in the record or in the file of the store", async () => {
    const changed = await ask("PUT", `/sinks/${sink}`, {
      ...SPLUNK,
      name: "Renamed",
      receiver: { kind: "splunk", settings: SPLUNK.receiver.settings },
    })
    assert.equal(changed.status, 200, changed.text)
    await ask("POST", `/sinks/${sink}/test`, {})
    const answers = await Promise.all(
      ["/sinks", `/sinks/${sink}`, "/events", `/sinks/${sink}/dead-letters`].map((path) => ask("GET", path)),
    )
    for (const { status, text } of [changed, ...answers]) {
      assert.equal(status, 200, text)
      assert.ok(!text.includes(CANARY), text)
    }
    for (const file of ["tabard.db", "tabard.db-wal"]) {
      const bytes = await readFile(join(tabard.data, file)).catch(() => Buffer.alloc(0))
      assert.ok(!bytes.includes(CANARY), file)
    }
    assert.match(answers[2]?.text ?? "", /Ann|administrator.* changed the sink Renamed/)
  })

  it("take no receiver that they could not speak to, and say why", async () => {
    const settings = { url: "https://10.1.2.3:8088", sourcetype: "x", ack: false }
    const secrets = { token: "x" }
    const wrong: readonly (readonly [object, RegExp])[] = [
      [{ receiver: { kind: "splunk", settings, secrets } }, /network that is not open/],
      [{ receiver: { kind: "splunk", settings: SPLUNK.receiver.settings } }, /token/],
      [{ receiver: { kind: "jsonl", settings: { directory: "../../etc" } } }, /directory/],
      [{ receiver: { kind: "pigeon", settings: {} } }, /receiver/],
      [{ choice: { kind: "types", types: ["agent.invented"] } }, /agent\.invented is no type of event/],
    ]
    for (const [differs, why] of wrong) {
      const { status, text } = await ask("POST", "/sinks", { ...SPLUNK, from: "now", ...differs })
      assert.equal(status, 422, text)
      assert.match(text, why)
      assert.ok(!text.includes(CANARY))
    }
  })

  it("let no two write into one folder, and no sink become another kind", async () => {
    const files = { kind: "jsonl", settings: { directory: "copy" } }
    const first = await ask("POST", "/sinks", { ...SPLUNK, receiver: files, from: "now" })
    assert.equal(first.status, 200, first.text)
    const second = await ask("POST", "/sinks", { ...SPLUNK, name: "Other", receiver: files, from: "now" })
    assert.match(second.text, /writes into this folder already/)
    const turned = await ask("PUT", `/sinks/${sink}`, { ...SPLUNK, receiver: files })
    assert.match(turned.text, /this sink carries to splunk/)
  })

  it("carry a test as any other event, but for saying that it is one and that no log holds it", async () => {
    const receiver = { kind: "jsonl", settings: { directory: "tried" } }
    const made = await ask("POST", "/sinks", { ...SPLUNK, name: "Tried", receiver, from: "now" })
    const { id } = Object(JSON.parse(made.text))
    const tested = await ask("POST", `/sinks/${id}/test`, {})
    assert.deepEqual(JSON.parse(tested.text), { taken: true, said: null })

    const folder = join(tabard.data, "export", "tried")
    const files = await Promise.all(
      (await readdir(folder)).map((name) => readFile(join(folder, name), "utf8")),
    )
    const lines = files.flatMap((text) =>
      text
        .trim()
        .split("\n")
        .map((line) => Object(JSON.parse(line))),
    )
    const { event, log } = lines.find((line) => line.event?.data?.test) ?? assert.fail(files.join(""))
    assert.deepEqual([event.v, event.type, event.outcome], [2, "sink.tested", "done"])
    assert.deepEqual(event.data, { sink: id, name: "Tried", kind: "jsonl", test: true })
    assert.match(log.origin, /^test\//)
  })

  it("are put back and never forward", async () => {
    const forward = await ask("POST", `/sinks/${sink}/replay`, { place: 1_000_000 })
    assert.equal(forward.status, 422)
    assert.match(forward.text, /can only be put back/)
  })

  it("are for auditors to see, and for no member and no token to touch", async () => {
    const [auditor, member] = await Promise.all([
      addPerson(tabard.server, "auditor"),
      addPerson(tabard.server, "member"),
    ])
    assert.equal((await ask("GET", "/sinks", undefined, auditor)).status, 200)
    assert.equal((await ask("POST", `/sinks/${sink}/pause`, {}, auditor)).status, 403)
    assert.equal((await ask("GET", "/sinks", undefined, member)).status, 403)
    assert.equal((await ask("GET", "/sinks/snk_none")).status, 404)
  })

  it("tell nobody but administrators what stands behind the host of an address", async () => {
    const auditor = await addPerson(tabard.server, "auditor")
    const url = "https://hooks.example.com/in/c2VjcmV0?sig=abc"
    const hook = { kind: "webhook", settings: { url } }
    const made = await ask("POST", "/sinks", { ...SPLUNK, name: "Hook", receiver: hook, from: "now" })
    const { id } = Object(JSON.parse(made.text))
    for (const path of ["/sinks", `/sinks/${id}`]) {
      assert.ok((await ask("GET", path)).text.includes(url))
      const { text } = await ask("GET", path, undefined, auditor)
      assert.ok(text.includes("https://hooks.example.com/…"), text)
      assert.ok(!text.includes("c2VjcmV0") && !text.includes("sig="), text)
    }
    assert.equal((await ask("POST", `/sinks/${id}/removal`, {})).status, 200)
  })

  it("are gone with their secrets once removed", async () => {
    assert.equal((await ask("POST", `/sinks/${sink}/removal`, {})).status, 200)
    assert.equal((await ask("GET", `/sinks/${sink}`)).status, 404)
    assert.equal((await ask("POST", `/sinks/${sink}/removal`, {})).status, 404)
  })

  it("left no fault", () => assert.deepEqual(tabard.faults, []))

  function ask(method: string, path: string, body?: object, who: Person = ann): Promise<RawAnswer> {
    const headers = { cookie: who.cookie, "x-tabard": "1", "content-type": "application/json" }
    const request = { method, path: `/api/v1${path}`, headers }
    return rawRequest(tabard.server.publicUrl, body ? { ...request, body: JSON.stringify(body) } : request)
  }
})
