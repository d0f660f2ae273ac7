import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { describe, it } from "node:test"
import { decodeJwt, decodeProtectedHeader, EmbeddedJWK, jwtVerify } from "jose"
import { boundFetch } from "./bound-fetch.ts"
import { holdKey } from "./keys/hold-key.ts"
import { Refused } from "./refused.ts"
import { openService, type Service } from "./testing/service.ts"

describe("a bound fetch", () => {
  it("sends the token with a fresh proof for exactly this request", async () => {
    await using service = await openService()
    const fetch = boundFetch(service.credentials)
    await fetch(`${service.origin}/mcp/files?page=2`, { method: "POST", body: "hello" })
    await fetch(`${service.origin}/mcp/files`)

    const [first, second] = service.calls
    assert.equal(first?.authorization, "DPoP token-1")
    assert.equal(first?.body, "hello")
    const { payload, protectedHeader } = await jwtVerify(first?.dpop ?? "", EmbeddedJWK)
    assert.deepEqual(protectedHeader, {
      alg: "ES256",
      typ: "dpop+jwt",
      jwk: (await holdKey(service.credentials.key)).publicKey,
    })
    assert.equal(payload["htm"], "POST")
    assert.equal(payload["htu"], `${service.origin}/mcp/files`)
    assert.equal(payload["ath"], createHash("sha256").update("token-1").digest("base64url"))
    assert.notEqual(decodeJwt(second?.dpop ?? "").jti, payload.jti)
    assert.equal(service.tokenRequests.length, 1)
  })

  it("refuses every other origin before a token leaves", async () => {
    await using service = await openService()
    await using elsewhere = await openService()
    await assert.rejects(boundFetch(service.credentials)(`${elsewhere.origin}/mcp`), TypeError)
    assert.deepEqual([service.tokenRequests, elsewhere.calls], [[], []])
  })

  it("takes a token that is bound to no key where it is told to, and sends it for what it is", async () => {
    await using service = await openService({ tokenType: "Bearer" })
    await assert.rejects(boundFetch(service.credentials)(`${service.origin}/mcp`), {
      code: "invalid_response",
    })
    assert.equal(service.calls.length, 0)

    await boundFetch(service.credentials, { acceptUnbound: true })(`${service.origin}/mcp`)
    assert.equal(service.calls[0]?.authorization, "Bearer token-2")
    assert.equal(service.calls[0]?.dpop, "undefined")
  })

  it("follows no redirect, whatever its caller would have it do", async () => {
    await using elsewhere = await openService()
    await using service = await openService({ redirectTo: `${elsewhere.origin}/mcp` })
    const fetch = boundFetch(service.credentials)
    await assert.rejects(fetch(`${service.origin}/mcp`, { redirect: "follow" }))
    assert.deepEqual(elsewhere.calls, [])
  })

  it("sends the request again, once, with the nonce that the server asks for (RFC 9449 §9)", async () => {
    await using service = await openService({ nonce: "n-1" })
    const fetch = boundFetch(service.credentials)
    const response = await fetch(`${service.origin}/mcp`, { method: "POST", body: "hello" })
    assert.equal(response.status, 200)
    assert.deepEqual(
      service.calls.map(({ dpop, body }) => [decodeJwt(dpop)["nonce"], body]),
      [
        [undefined, "hello"],
        ["n-1", "hello"],
      ],
    )
    await fetch(`${service.origin}/mcp`)
    assert.equal(service.calls.length, 3)
  })

  it("gets a new token after the server called the old one invalid", async () => {
    await using service = await openService({ invalid: "token-1" })
    const fetch = boundFetch(service.credentials)
    assert.equal((await fetch(`${service.origin}/mcp`)).status, 401)
    assert.equal((await fetch(`${service.origin}/mcp`)).status, 200)
  })
})

describe("getting tokens", () => {
  it("asks once for many who want one at once, and names the task", async () => {
    await using service = await openService()
    const fetch = boundFetch(service.credentials, { task: "tsk_1" })
    await Promise.all(Array.from({ length: 10 }, () => fetch(`${service.origin}/mcp`)))

    assert.equal(service.tokenRequests.length, 1)
    const form = service.tokenRequests[0]?.form
    assert.equal(form?.get("resource"), service.credentials.resource)
    assert.equal(form?.get("authorization_details"), `[{"type":"tabard_task","task":"tsk_1"}]`)
    const assertion = form?.get("client_assertion") ?? ""
    assert.equal(decodeProtectedHeader(assertion).typ, "client-authentication+jwt")
    assert.equal(decodeJwt(assertion).aud, service.credentials.issuer)
  })

  it("renews a token before it ends, and not sooner", async () => {
    await using service = await openService()
    let now = Date.now()
    const fetch = boundFetch(service.credentials, { now: () => new Date(now) })
    for (const passed of [0, 269_000, 1000]) {
      now += passed
      await fetch(`${service.origin}/mcp`)
    }
    assert.deepEqual(
      service.calls.map(({ authorization }) => authorization),
      ["DPoP token-1", "DPoP token-1", "DPoP token-2"],
    )
  })

  it("says what the issuer refused with, and asks again the next time", async () => {
    await using service = await openService({ refuseTokens: 1 })
    const fetch = boundFetch(service.credentials)
    const refusal: unknown = await fetch(`${service.origin}/mcp`).catch((error: unknown) => error)
    assert.ok(refusal instanceof Refused)
    assert.equal(refusal.code, "unauthorized_client")
    assert.equal(refusal.message, "The agent is suspended.")
    assert.equal((await fetch(`${service.origin}/mcp`)).status, 200)
  })

  it("repeats the issuer's nonce (RFC 9449 §8)", async () => {
    await using service = await openService({ tokenNonce: "t-1" })
    await boundFetch(service.credentials)(`${service.origin}/mcp`)
    assert.deepEqual(
      service.tokenRequests.map(({ dpop }) => decodeJwt(dpop)["nonce"]),
      [undefined, "t-1"],
    )
  })

  it("takes no token that is not bound", async () => {
    await using service: Service = await openService({ tokenType: "Bearer" })
    await assert.rejects(boundFetch(service.credentials)(`${service.origin}/mcp`), {
      code: "invalid_response",
    })
    assert.deepEqual(service.calls, [])
  })
})
