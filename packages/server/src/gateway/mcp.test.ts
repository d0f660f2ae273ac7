import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { type NotesWorld, openNotesWorld, textOf } from "./fixtures/notes-world.ts"
import { GATEWAY_SETTINGS } from "./gateway-settings.ts"

let world: NotesWorld
before(async () => {
  world = await openNotesWorld()
})
after(() => world[Symbol.asyncDispose]())

describe("POST /mcp/:server", () => {
  it("refuses another site's script, a foreign host name and other content types", async () => {
    const ping = { id: 1, method: "ping" }
    // Without a socket: a client that behaves would not let this header through.
    const rebound = { method: "POST", headers: { host: "evil.example", "content-type": "application/json" } }
    assert.equal(
      (await world.gateway.post(ping, { headers: { origin: "https://evil.example" } })).status,
      403,
    )
    assert.equal((await world.gateway.post(ping, { headers: { origin: "null" } })).status, 403)
    assert.equal(
      (await world.gateway.post(ping, { headers: { origin: world.gateway.url.origin } })).status,
      200,
    )
    assert.equal((await world.gateway.app.request(world.gateway.url.href, rebound)).status, 403)
    assert.equal((await world.gateway.post(ping, { headers: { "content-type": "text/plain" } })).status, 415)
  })

  it("answers 404 for an unknown server, 401 without a token, 405 for what is no POST", async () => {
    const get = await fetch(world.gateway.url)
    assert.equal(get.status, 405)
    assert.equal(get.headers.get("allow"), "POST")
    const unknown = await world.gateway.post({ id: 1, method: "ping" }, { path: "/mcp/nowhere" })
    assert.equal(unknown.status, 404)
    assert.equal(unknown.headers.get("content-type"), "application/problem+json")
    const nobody = await world.gateway.post(
      { id: 1, method: "ping" },
      { headers: { authorization: "Bearer none" } },
    )
    assert.equal(nobody.status, 401)
    assert.equal(nobody.headers.get("www-authenticate"), "DPoP")
  })

  it("refuses batches, duplicate keys, bodies that are no message, and bodies that are too large", async () => {
    const refused = [
      ["[]", -32600],
      ['[{"jsonrpc":"2.0","id":1,"method":"ping"}]', -32600],
      ['{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/list"}', -32700],
      ['{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","name":"b"}}', -32700],
      ['{"jsonrpc":"2.0","id":1.5,"method":"ping"}', -32600],
      ['{"jsonrpc":"2.0","id":null,"method":"ping"}', -32600],
      [`{"jsonrpc":"2.0","id":"${"x".repeat(300)}","method":"ping"}`, -32600],
      ['{"jsonrpc":"2.0","id":1,"result":{}}', -32600],
      ["{", -32700],
      [String.raw`{"jsonrpc":"2.0","id":"\ud83d","method":"ping"}`, -32600],
      [String.raw`{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":["\uDE00\ud83d"]}}`, -32600],
    ] as const
    for (const [body, code] of refused) {
      const response = await world.gateway.send(body)
      assert.equal(response.status, 400, body)
      assert.equal(((await response.json()) as { error: { code: number } }).error.code, code, body)
    }
    assert.equal((await world.gateway.send(`"${"x".repeat(GATEWAY_SETTINGS.bodyBytes)}"`)).status, 413)
    assert.equal((await world.gateway.send(new Uint8Array([0x22, 0xff, 0x22]))).status, 400)
  })

  it("takes a whole character however it is spelt, and what only looks like half of one", async () => {
    for (const id of [String.raw`\ud83d\ude00`, String.raw`\\ud83d`, "😀"]) {
      const response = await world.gateway.send(`{"jsonrpc":"2.0","id":"${id}","method":"ping"}`)
      assert.equal(response.status, 200, id)
    }
  })

  it("gives an id back as it was spelt, and asks about numbers as they were spelt", async () => {
    const id = "123456789012345678901234567890"
    const pong = await world.gateway.send(`{"jsonrpc":"2.0","id":${id},"method":"ping"}`)
    assert.equal(await pong.text(), `{"jsonrpc":"2.0","id":${id},"result":{}}`)
  })

  it("denies methods that nothing maps, and finds no others", async () => {
    assert.equal(
      await codeOf(
        world.gateway.post({ id: 1, method: "resources/read", params: { uri: "file:///etc/passwd" } }),
      ),
      -32001,
    )
    assert.equal(await codeOf(world.gateway.post({ id: 1, method: "no/such" })), -32601)
    assert.equal(await codeOf(world.gateway.post({ id: 1, method: "server/discover" })), -32601)
    assert.equal(await codeOf(world.gateway.post({ id: 1, method: "toString" })), -32601)
    assert.equal((await world.gateway.postModern({ method: "no/such" })).status, 404)
    assert.equal((await world.gateway.postModern({ method: "initialize", params: {} })).status, 200)
  })

  it("RFC 6750 §3.1: challenges a person's client for more, and tells its model the same as any other's", async () => {
    const call = { method: "tools/call", params: { name: "list_directory", arguments: { path: world.root } } }
    const name = { "mcp-name": "list_directory" }
    const heard: unknown[] = []
    for (const signsIn of [true, false]) {
      world.decisions.short = { scope: ["read", "egress"], signsIn }
      for (const ask of [
        () => world.gateway.post({ id: 1, ...call }),
        () => world.gateway.postModern(call, name),
      ]) {
        const response = await ask()
        const challenge = response.headers.get("www-authenticate")
        assert.equal(response.status, signsIn ? 403 : 200)
        assert.equal(challenge, signsIn ? 'DPoP error="insufficient_scope", scope="read egress"' : null)
        assert.equal(response.headers.get("content-type"), "application/json")
        const { result } = Object(await response.json())
        assert.deepEqual([result.isError, result.structuredContent.scope], [true, "read egress"])
        heard.push(result.content)
      }
    }
    world.decisions.short = undefined
    for (const content of heard) assert.deepEqual(content, heard[0])
  })

  it("takes notifications, and says nothing", async () => {
    assert.equal((await world.gateway.post({ method: "notifications/initialized" })).status, 202)
    assert.equal((await world.gateway.post({ method: "notifications/roots/list_changed" })).status, 202)
  })

  it("refuses headers that say something else than the body", async () => {
    const list = { method: "tools/list" }
    const call = { method: "tools/call", params: { name: "read_text_file", arguments: {} } }
    assert.equal((await world.gateway.postModern(list)).status, 200)
    assert.equal(await codeOf(world.gateway.postModern(list, { "mcp-method": "tools/call" })), -32020)
    assert.equal(
      await codeOf(world.gateway.postModern(list, { "mcp-protocol-version": "2025-11-25" })),
      -32020,
    )
    assert.equal(await codeOf(world.gateway.postModern(call, { "mcp-name": "write_file" })), -32020)
    assert.equal(await codeOf(world.gateway.postModern(call)), -32020)
    assert.equal(
      await codeOf(
        world.gateway.post({ id: 1, ...list }, { headers: { "mcp-protocol-version": "2026-07-28" } }),
      ),
      -32602,
    )
    assert.equal(
      await codeOf(
        world.gateway.post({ id: 1, ...list }, { headers: { "mcp-protocol-version": "1999-01-01" } }),
      ),
      -32022,
    )
  })

  it("denies what cannot be decided, and withholds what cannot be recorded", async () => {
    await using session = await world.gateway.connect()
    const failing = await session.call("read_text_file", { path: world.file("decision-fails") })
    assert.match(textOf(failing), /could not be decided/)
    world.decisions.unrecorded.add("list_directory")
    const unrecorded = await session.call("list_directory", { path: world.root })
    assert.match(textOf(unrecorded), /could not be recorded/)
    assert.doesNotMatch(textOf(unrecorded), /note\.txt/)
  })
})

async function codeOf(answering: Promise<Response>): Promise<number | undefined> {
  const body = (await (await answering).json()) as { error?: { code: number } }
  return body.error?.code
}
