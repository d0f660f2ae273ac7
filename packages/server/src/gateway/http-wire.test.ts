import assert from "node:assert/strict"
import { once } from "node:events"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { text as textOfStream } from "node:stream/consumers"
import { describe, it } from "node:test"
import { isJsonObject, parseLossless, systemClock, type ToolVersion } from "@tabard/core"
import { pinTools, UNCONFINED, upstream } from "./fixtures/test-upstreams.ts"
import { type UpstreamAnswer, UpstreamPool } from "./upstream-pool.ts"

describe("an upstream over HTTP", () => {
  it("is called once with what was judged, in its session, without anything of the agent's", async () => {
    await using world = await open({ session: "s-1" })

    const answer = await world.call()

    assert.match(textOf(answer), /"arguments":\{"n":9007199254740993\}/)
    const call = world.heard.at(-1)
    assert.equal(call?.headers["mcp-session-id"], "s-1")
    assert.equal(call?.headers["mcp-protocol-version"], "2025-11-25")
    assert.equal(call?.headers["authorization"], undefined)
    assert.equal(world.heard.filter(({ body }) => body.includes("tools/call")).length, 1)
  })

  it("may answer as a stream of events, with progress on the way", async () => {
    await using world = await open({ stream: true })
    const progress: number[] = []

    const answer = await world.call((told) => progress.push(told))

    assert.match(textOf(answer), /9007199254740993/)
    assert.deepEqual(progress, [0.5])
  })

  it("is spoken to without a handshake where it knows none, with headers that repeat the body", async () => {
    await using world = await open({ modern: true })

    assert.match(textOf(await world.call()), /"io.modelcontextprotocol\/protocolVersion":"2026-07-28"/)
    const call = world.heard.at(-1)
    assert.equal(call?.headers["mcp-method"], "tools/call")
    assert.equal(call?.headers["mcp-name"], "=?base64?w6ljaG8=?=")
  })

  for (const [name, trick, kind] of [
    ["sends elsewhere", { redirect: true }, "lost"],
    ["answers another id", { otherId: true }, "lost"],
    ["answers more than a call may", { huge: true }, "lost"],
    ["refuses the request", { status: 401 }, "unsent"],
    ["asks for input", { inputRequired: true }, "replied"],
  ] as const) {
    it(`does no harm when it ${name}`, async () => {
      await using world = await open(trick)

      const answer = await world.call()

      assert.equal(answer.kind, kind)
      assert.equal(world.elsewhere, 0)
    })
  }

  it("is greeted anew when its session has ended", async () => {
    await using world = await open({ session: "s-1" })
    await world.call()
    world.trick.forgetful = true

    assert.equal((await world.call()).kind, "unsent")
    world.trick.forgetful = false
    assert.equal((await world.call()).kind, "replied")
    assert.equal(world.heard.filter(({ body }) => body.includes('"initialize"')).length, 3)
  })
})

interface Trick {
  session?: string
  stream?: boolean
  modern?: boolean
  redirect?: boolean
  otherId?: boolean
  huge?: boolean
  status?: number
  inputRequired?: boolean
  forgetful?: boolean
}

const TOOLS = '{"tools":[{"name":"écho","inputSchema":{"type":"object"}}]}'

async function open(trick: Trick) {
  const world = { heard: [] as { headers: IncomingMessage["headers"]; body: string }[], elsewhere: 0 }
  const http = createServer((request, response) => {
    if (request.url === "/elsewhere") world.elsewhere++
    void textOfStream(request).then((body) => {
      world.heard.push({ headers: request.headers, body })
      respond(trick, body, response)
    })
  })
  http.listen(0, "127.0.0.1")
  await once(http, "listening")
  const address = http.address()
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/mcp`
  const server = upstream("remote", { transport: "http", url })
  const [tool] = await pinTools(server)
  assert.ok(tool)
  const pool = new UpstreamPool({ ...UNCONFINED, clock: systemClock })
  return Object.assign(world, {
    trick,
    call: (progressed?: (told: number) => void) => pool.call(server, callOf(tool, progressed)),
    [Symbol.asyncDispose]: async () => {
      await pool[Symbol.asyncDispose]()
      http.closeAllConnections()
      http.close()
    },
  })
}

const ARGUMENTS = parseLossless('{"n":9007199254740993}')

function callOf(tool: ToolVersion, progressed: (told: number) => void = () => undefined) {
  assert.ok(isJsonObject(ARGUMENTS))
  return {
    tool,
    arguments: ARGUMENTS,
    signal: new AbortController().signal,
    stillStands: async () => true,
    progressed: ({ progress }: { progress: number }) => progressed(progress),
  }
}

function respond(trick: Trick, body: string, response: ServerResponse): void {
  const id = /"id":(\d+)/.exec(body)?.[1]
  const method = /"method":"([^"]+)"/.exec(body)?.[1] ?? ""
  if (id === undefined) return void response.writeHead(202).end()
  if (method === "tools/call") return answerCall(trick, { id, body }, response)
  const results: Readonly<Record<string, string>> = {
    ...(trick.modern
      ? { "server/discover": '{"supportedVersions":["2026-07-28"],"capabilities":{}}' }
      : {
          initialize:
            '{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"r","version":"1"}}',
        }),
    "tools/list": TOOLS,
  }
  if (trick.session) response.setHeader("mcp-session-id", trick.session)
  const result = results[method]
  const outcome = result ? `"result":${result}` : '"error":{"code":-32601,"message":"unknown"}'
  json(response, `{"jsonrpc":"2.0","id":${id},${outcome}}`, result ? 200 : 404)
}

function answerCall(
  trick: Trick,
  { id, body }: { id: string; body: string },
  response: ServerResponse,
): void {
  const said = JSON.stringify(trick.huge ? "x".repeat(9 * 1024 * 1024) : body)
  const result = trick.inputRequired
    ? '{"resultType":"input_required"}'
    : `{"content":[{"type":"text","text":${said}}]}`
  const message = `{"jsonrpc":"2.0","id":${trick.otherId ? "4242" : id},"result":${result}}`
  if (trick.redirect) response.writeHead(307, { location: "/elsewhere" }).end()
  else if (trick.status) response.writeHead(trick.status).end()
  else if (trick.forgetful) response.writeHead(404).end()
  else if (trick.stream) stream(response, id, message)
  else json(response, message)
}

function stream(response: ServerResponse, id: string, message: string): void {
  const progress = `{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":${id},"progress":0.5}}`
  response.writeHead(200, { "content-type": "text/event-stream" })
  // Cut in the middle, with the line ends that some servers write.
  const events = `: hello\r\n\r\nid: 1\r\nevent: message\r\ndata: ${progress}\r\n\r\ndata: ${message}\n\n`
  response.write(events.slice(0, 40))
  setTimeout(() => response.end(events.slice(40)), 20)
}

function json(response: ServerResponse, text: string, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(text)
}

function textOf(answered: UpstreamAnswer): string {
  assert.ok(answered.kind === "replied" && answered.reply.kind === "result", JSON.stringify(answered))
  const content = answered.reply.result["content"]
  const first: unknown = Array.isArray(content) ? content[0] : undefined
  return typeof first === "object" && first !== null && "text" in first ? String(first.text) : ""
}
