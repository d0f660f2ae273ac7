import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { boundFetch, TokenSource } from "@tabard/client"
import type { Id } from "@tabard/core"
import { type GovernedAgent, governAgent, NOTES_MANIFEST } from "../world/governed-agent.ts"
import { HOSTILE_MARK, HOSTILE_TEXTS } from "../world/hostile-texts.ts"
import { type RunningTabard, runTabard, signInFirst } from "../world/running-tabard.ts"
import { makeShiftingServer, type ShiftingServer } from "../world/shifting-server.ts"
import { startTabard, temporaryDirectory } from "../world/tabard-process.ts"

/** Where in a call a text may stand, and what is sent then. */
const PLACES: Readonly<Record<string, (text: string) => object>> = {
  "the tool's name": (text) => call({ name: text, arguments: {} }),
  "an argument": (text) => call({ name: "read_note", arguments: { topic: text } }),
  "an argument's name": (text) => call({ name: "read_note", arguments: { topic: "x", [text]: "y" } }),
  "what waits for people": (text) => call({ name: "write_note", arguments: { topic: text, content: text } }),
  "the handle of an approval": (text) =>
    call({ name: "write_note", arguments: { topic: "x", content: "y" }, _meta: { "tabard/approval": text } }),
  "the progress token": (text) =>
    call({ name: "read_note", arguments: { topic: "x" }, _meta: { progressToken: text } }),
  "the id of the message": (text) => ({
    ...call({ name: "read_note", arguments: { topic: "x" } }),
    id: text,
  }),
  "the method": (text) => ({ jsonrpc: "2.0", id: 1, method: text }),
  "the client's name": (text) => ({
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { protocolVersion: text, capabilities: {}, clientInfo: { name: text, version: text } },
  }),
}

const stack = new AsyncDisposableStack()
let tabard: RunningTabard
let upstream: ShiftingServer
let agent: GovernedAgent
let bound: typeof fetch

before(async () => {
  tabard = stack.use(await runTabard({ gateway: { patienceMs: 20 } }))
  upstream = stack.use(await makeShiftingServer())
  const { api } = await signInFirst(tabard.server, "Ann")
  await api.registerServer({ name: "notes", launch: upstream.launch })
  agent = await governAgent(tabard.server, api, { manifest: NOTES_MANIFEST })
  bound = boundFetch(agent.credentials, { task: agent.task.id })
})
after(() => stack.disposeAsync())

describe("a hostile text of an agent", () => {
  for (const [where, message] of Object.entries(PLACES)) {
    it(`is data in what the gateway answers, refused or not: as ${where}`, async () => {
      for (const [what, text] of Object.entries(HOSTILE_TEXTS)) {
        for (const accept of ["application/json, text/event-stream", "application/json"]) {
          const response = await bound(`${tabard.server.publicUrl}/mcp/notes`, {
            method: "POST",
            headers: { "content-type": "application/json", accept },
            body: JSON.stringify(message(text)),
          })
          const said = await response.text()
          assert.ok(response.status < 500, `${what}: ${response.status} ${said.slice(0, 300)}`)
          assert.equal(response.headers.get("set-cookie"), null)
          assert.equal(response.headers.get("x-content-type-options"), "nosniff")
          for (const answer of answersIn(response.headers.get("content-type") ?? "", said)) {
            assert.ok(typeof answer === "object" && answer !== null, what)
            assert.ok(
              ["jsonrpc", "type"].some((name) => name in answer),
              `${what}: ${JSON.stringify(answer)}`,
            )
          }
        }
      }
      assert.deepEqual(tabard.faults, [])
    })
  }

  it("reaches no tool but the one that was asked for, and adds no message of its own to what is forwarded", async () => {
    for (const line of await upstream.heard())
      assert.match(line, /^(initialize|notifications\/\w+|tools\/list|tools\/call (read_note|write_note))$/)
    assert.ok((await upstream.ran()).includes("read_note"))
  })

  it("is one entry of the record each time, in the record as it was, and a decision that is found by its id", async () => {
    const decided = await decidedEvents()
    assert.ok(decided.length > 50)
    for (const { bytes } of decided) {
      const text = new TextDecoder().decode(bytes)
      assert.doesNotMatch(text, /[\n\r\0]/)
      const event: { type: string; decision: { id: Id<"decision"> } } = JSON.parse(text)
      assert.equal(event.type, "call.decided")
      const { id } = event.decision
      const found = await tabard.server.organisation.shelf.snapshot(({ decisions }) => decisions.find(id))
      assert.equal(found?.id, id)
    }
  })

  it("leaves neither event nor decision where it comes without a token of ours, or without its key", async () => {
    const { shelf } = tabard.server.organisation
    const counted = async (): Promise<readonly number[]> => [
      (await decidedEvents()).length,
      (await shelf.snapshot(({ decisions }) => decisions.list({ limit: 1_000 }))).length,
    ]
    const before = await counted()
    const { accessToken: token } = await new TokenSource(agent.credentials, { task: agent.task.id }).token()
    for (const authorization of [undefined, "Bearer x.y.z", `Bearer ${token}`, `DPoP ${token}`]) {
      const response = await fetch(`${tabard.server.publicUrl}/mcp/notes`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/json",
          ...(authorization && { authorization }),
        },
        body: JSON.stringify(call({ name: "no_such_tool", arguments: {} })),
      })
      await response.text()
      assert.equal(response.status, 401, authorization)
    }
    assert.deepEqual(await counted(), before)
  })
})

describe("the lines that a server writes on its standard error", () => {
  it("are none of a stranger's, whatever strangers ask", async () => {
    await using folder = await temporaryDirectory()
    await using running = startTabard(["up", "--port", "0", "--no-scan", "--data", "data"], {
      cwd: folder.path,
    })
    const { console: address } = await running.started()
    for (const text of Object.values(HOSTILE_TEXTS)) {
      const word = encodeURIComponent(text.toWellFormed())
      const headers = { "content-type": "application/json", "x-tabard": "1", "user-agent": word }
      const body = JSON.stringify({
        code: text,
        name: text,
        email: text,
        proof: text,
        label: text,
        [text]: text,
      })
      for (const path of [
        "/api/v1/sign-in",
        "/api/v1/enrolments",
        "/oauth/token",
        "/mcp/notes",
        `/mcp/${word}`,
      ])
        await fetch(`${address}${path}`, { method: "POST", headers, body }).then((answer) => answer.text())
      for (const path of [`/${word}`, `/api/v1/agents/${word}`, `/api/v1/changes?x=${word}`])
        await fetch(`${address}${path}`, { headers: { authorization: `Bearer ${word}` } }).then((answer) =>
          answer.text(),
        )
    }
    running.child.kill("SIGTERM")
    const { stdout, stderr } = await running.ended()
    assert.ok(!stdout.includes(HOSTILE_MARK), stdout)
    assert.ok(!stderr.includes(HOSTILE_MARK), stderr)
    for (const line of stderr.split("\n")) assert.doesNotMatch(line, /^fault:/)
  })
})

async function decidedEvents(): Promise<readonly { readonly bytes: Uint8Array }[]> {
  const { shelf } = tabard.server.organisation
  const events = await shelf.snapshot(({ outbox }) => outbox.list({ limit: 1_000 }))
  return events.filter(({ type }) => type === "call.decided")
}

function call(params: object): object {
  return { jsonrpc: "2.0", id: 1, method: "tools/call", params }
}

/** Every JSON value of an answer: one, or one for each event of a stream, which holds nothing else. */
function answersIn(type: string, said: string): readonly unknown[] {
  if (said === "") return []
  if (!type.startsWith("text/event-stream")) return [JSON.parse(said)]
  return said.split("\n").flatMap((line) => {
    if (line === "" || line.startsWith(":")) return []
    const [, field = "", value = ""] = /^(event|data|id|retry): (.*)$/.exec(line) ?? []
    assert.ok(field !== "", `a line of no event: ${JSON.stringify(line)}`)
    return field === "data" && value !== "" ? [JSON.parse(value)] : []
  })
}
