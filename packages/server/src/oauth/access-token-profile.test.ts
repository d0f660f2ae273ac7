import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId, systemClock } from "@tabard/core"
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  jwtVerify,
} from "jose"
import { openOAuthWorld } from "./testing/oauth-world.ts"
import { requestToken } from "./testing/token-request.ts"

describe("an access token that is issued here", () => {
  it("RFC 9068 §2.1: is of its own type, and signed by a key that is published", async () => {
    await using world = await openOAuthWorld()
    const { token } = await issued(world)
    const { typ, alg, kid } = decodeProtectedHeader(token)
    assert.deepEqual([typ, alg], ["at+jwt", "ES256"])
    assert.ok(world.server.jwks().keys.some((key) => key.kid === kid))
    await jwtVerify(token, createLocalJWKSet(world.server.jwks()))
  })

  it("RFC 9068 §2.2: says who issued it, to whom, for what, about whom, from when until when, and its id", async () => {
    await using world = await openOAuthWorld()
    const { claims } = await issued(world)
    for (const name of ["iss", "exp", "aud", "sub", "client_id", "iat", "jti"])
      assert.ok(name in claims, name)
    assert.equal(claims["client_id"], world.instance.id)
    assert.notEqual(claims.jti, (await issued(world)).claims.jti)
  })

  it("RFC 9068 §3: is for the resource that was asked for, and for no other", async () => {
    await using world = await openOAuthWorld()
    const { claims } = await issued(world)
    assert.equal(claims.aud, world.resource)
  })

  it("RFC 9068 §2.2.3: says the scope that was asked for", async () => {
    await using world = await openOAuthWorld()
    const { claims, body } = await issued(world, { scope: "read" })
    assert.deepEqual([claims["scope"], body["scope"]], ["read", "read"])
  })

  it("RFC 9068 §5: leaves no client a say in whom it is about", async () => {
    await using world = await openOAuthWorld()
    const somebody = newId("user", systemClock)
    const { claims } = await issued(world, {
      sub: somebody,
      subject: somebody,
      claims: `{"sub":"${somebody}"}`,
    })
    // Whoever acts by itself is named in a space in which no person is.
    assert.match(claims.sub ?? "", /^spiffe:\/\/acme\.example\/agent\//)
  })

  it("RFC 9449 §5, §6.1: is bound to the proof's key, and says that it is", async () => {
    await using world = await openOAuthWorld()
    const { claims, body } = await issued(world)
    const jkt = await calculateJwkThumbprint(await exportJWK(world.key.publicKey))
    assert.deepEqual([body["token_type"], claims["cnf"]], ["DPoP", { jkt }])
  })

  it("RFC 6749 §5.1: comes with an answer that nobody keeps", async () => {
    await using world = await openOAuthWorld()
    const { response } = await requestToken(world)
    assert.equal(response.headers.get("cache-control"), "no-store")
    assert.match(response.headers.get("content-type") ?? "", /^application\/json/)
  })
})

type World = Awaited<ReturnType<typeof openOAuthWorld>>

async function issued(world: World, form: Readonly<Record<string, string>> = {}): Promise<Issued> {
  const { status, body } = await requestToken(world, { form })
  const token = String(body["access_token"])
  assert.equal(status, 200, JSON.stringify(body))
  return { token, body, claims: decodeJwt(token) }
}

interface Issued {
  readonly token: string
  readonly body: Readonly<Record<string, unknown>>
  readonly claims: ReturnType<typeof decodeJwt>
}
