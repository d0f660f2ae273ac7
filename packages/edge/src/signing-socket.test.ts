import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { stat } from "node:fs/promises"
import { dirname } from "node:path"
import { describe, it } from "node:test"
import { boundSender, holdKey, type Refused } from "@tabard/client"
import { type Behaviour, openService, type Service, verifiedProof } from "@tabard/client/testing"
import { type SigningSocket, signingSocket } from "./signing-socket.ts"
import { askSocket, type SocketAnswer, type SocketQuestion } from "./testing/ask-socket.ts"

describe("a signing socket", () => {
  it("can be opened by this user alone, and is gone with what it was made for", async () => {
    await using world = await open()
    assert.equal((await stat(world.socket.path)).mode & 0o777, 0o600)
    assert.equal((await stat(dirname(world.socket.path))).mode & 0o777, 0o700)
    await world.socket[Symbol.asyncDispose]()
    await assert.rejects(stat(dirname(world.socket.path)), { code: "ENOENT" })
  })

  it("is closed to every other user of the machine", {
    skip: process.getuid?.() !== 0 && "needs root",
  }, async () => {
    await using world = await open()
    const script = `require("node:net").connect(process.argv[1]).on("error", (error) => console.log(error.code)).on("connect", () => console.log("open"))`
    const other = spawnSync(process.execPath, ["-e", script, world.socket.path], {
      uid: 65_534,
      gid: 65_534,
      cwd: "/",
    })
    assert.equal(String(other.stdout).trim(), "EACCES", String(other.stderr))
  })

  it("carries a plain request with token and proof, which the agent does not see", async () => {
    await using world = await open()
    const answer = await world.ask({
      path: "/mcp/files",
      method: "POST",
      body: "hello",
      headers: { "content-type": "application/json", authorization: "Bearer forged", cookie: "a=b" },
    })
    assert.equal(answer.status, 200)
    const [call] = world.service.calls
    assert.deepEqual([call?.authorization, call?.body], ["DPoP token-1", "hello"])
    assert.equal((await verifiedProof(call?.dpop ?? "")).payload["htu"], `${world.service.origin}/mcp/files`)
    assert.doesNotMatch(answer.text + JSON.stringify(answer.headers), /token-1/)
  })

  it("makes the headers of exactly one request", async () => {
    await using world = await open()
    const url = `${world.service.origin}/mcp/files`
    const { status, text } = await world.sign({ method: "POST", url, nonce: "n1" })
    assert.equal(status, 200)
    const { authorization, dpop } = JSON.parse(text)
    assert.equal(authorization, "DPoP token-1")
    const { payload, jwk } = await verifiedProof(dpop)
    assert.deepEqual([payload["htm"], payload["htu"], payload["nonce"]], ["POST", url, "n1"])
    assert.equal(payload["ath"], createHash("sha256").update("token-1").digest("base64url"))
    assert.deepEqual(jwk, (await holdKey(world.service.credentials.key)).publicKey)
    assert.equal(world.service.calls.length, 0)
  })

  it("signs for and carries to nothing outside the resource", async () => {
    await using world = await open()
    for (const url of [`${world.service.origin}/api/v1/agents`, "https://evil.example/mcp/x", "/mcp/../api"])
      assert.equal((await world.sign({ method: "POST", url })).status, 403, url)
    for (const path of ["/api/v1/agents", "/mcp/..%2fapi", "//evil.example/mcp"])
      assert.equal((await world.ask({ path })).status, 403, path)
    assert.equal(world.service.calls.length + world.service.tokenRequests.length, 0)
  })

  it("refuses whatever comes from a page in a browser, before a token is asked for", async () => {
    await using world = await open()
    for (const headers of [
      { origin: "http://localhost" },
      { origin: "null" },
      { "sec-fetch-site": "same-origin" },
    ])
      assert.equal((await world.ask({ path: "/mcp/x", headers })).status, 403)
    assert.equal(world.service.tokenRequests.length, 0)
  })

  it("refuses a name that is not its own, as one that was pointed at this machine", async () => {
    await using world = await open({}, 7777)
    for (const host of ["evil.example", "evil.example:7777", "127.0.0.1:7778", "localhost.evil.example"])
      assert.equal((await world.ask({ path: "/mcp/x", headers: { host } })).status, 421, host)
    for (const host of ["localhost", "localhost:7777", "127.0.0.1:7777"])
      assert.equal((await world.ask({ path: "/mcp/x", headers: { host } })).status, 200, host)
  })

  for (const body of [
    "",
    "no json",
    "{}",
    '{"method":"post","url":"/mcp"}',
    '{"method":"POST"}',
    '{"method":"POST","url":"/mcp/x","nonce":1}',
  ])
    it(`refuses to sign ${JSON.stringify(body)}, in words`, async () => {
      await using world = await open()
      const { status, text } = await world.ask({ path: "/.tabard/sign", method: "POST", body })
      assert.equal(status, 400)
      assert.ok(JSON.parse(text).detail.length > 10)
    })

  it("carries no request that is larger than a tool call can be", async () => {
    await using world = await open()
    const { status } = await world.ask({
      path: "/mcp/x",
      method: "POST",
      body: Buffer.alloc(8 * 1024 * 1024 + 1),
    })
    assert.equal(status, 413)
    assert.equal(world.service.calls.length, 0)
  })

  it("gets a new token where one was refused, and tries again once", async () => {
    await using world = await open({ invalid: "token-1" })
    assert.equal((await world.ask({ path: "/mcp/x" })).status, 200)
    assert.deepEqual(
      world.service.calls.map(({ authorization }) => authorization),
      ["DPoP token-1", "DPoP token-2"],
    )
  })

  it("says 401 to an agent that was suspended, and tells whoever runs it", async () => {
    let isSuspended = false
    await using world = await open({ suspended: () => isSuspended })
    assert.equal((await world.ask({ path: "/mcp/x" })).status, 200)
    isSuspended = true
    const { status, text } = await world.ask({ path: "/mcp/x" })
    assert.deepEqual([status, /suspended/.test(text)], [401, true])
    assert.equal(world.refusals[0]?.code, "unauthorized_client")
  })

  it("says 502 where the server is not there, and nothing of what went wrong", async () => {
    await using world = await open()
    await world.service[Symbol.asyncDispose]()
    assert.equal((await world.ask({ path: "/mcp/x" })).status, 502)
  })
})

interface World extends AsyncDisposable {
  readonly service: Service
  readonly socket: SigningSocket
  readonly refusals: readonly Refused[]
  ask(options: SocketQuestion): Promise<SocketAnswer>
  sign(request: object): Promise<SocketAnswer>
}

async function open(behaviour: Behaviour = {}, port?: number): Promise<World> {
  const service = await openService(behaviour)
  const refusals: Refused[] = []
  const socket = await signingSocket({
    sender: boundSender(service.credentials),
    resource: service.credentials.resource,
    port,
    onRefused: (refused) => refusals.push(refused),
  })
  const ask: World["ask"] = (options) => askSocket({ ...options, socketPath: socket.path })
  return {
    service,
    socket,
    refusals,
    ask,
    sign: (request) => ask({ path: "/.tabard/sign", method: "POST", body: JSON.stringify(request) }),
    [Symbol.asyncDispose]: async () => {
      await socket[Symbol.asyncDispose]()
      await service[Symbol.asyncDispose]()
    },
  }
}
