import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { decodeJwt, decodeProtectedHeader } from "jose"
import * as oauth from "oauth4webapi"
import { GRANTS } from "./grants/grants.ts"
import { type OAuthWorld, openOAuthWorld } from "./testing/oauth-world.ts"
import { forTask, requestToken, signedAssertion, signedProof, tokenProof } from "./testing/token-request.ts"

// oxlint-disable-next-line typescript/no-deprecated -- deprecated to stand out; these tests speak http on loopback
const LOOPBACK = { [oauth.allowInsecureRequests]: true }

describe("the authorization server", () => {
  for (const alg of ["ES256", "EdDSA"] as const) {
    it(`gives a client of others' making a token bound to its ${alg} key`, async () => {
      await using world = await openOAuthWorld(alg)
      const token = await tokenFor(world)

      assert.equal(token.token_type, "dpop")
      assert.equal(token.expires_in, 300)
      assert.deepEqual(decodeProtectedHeader(token.access_token), {
        alg: "ES256",
        typ: "at+jwt",
        kid: "first",
      })
      const { iat = 0, exp = 0, jti, ...claims } = decodeJwt(token.access_token)
      assert.equal(exp - iat, 300)
      assert.ok(jti)
      assert.deepEqual(claims, {
        iss: world.server.issuer,
        aud: world.resource,
        sub: `spiffe://acme.example/agent/${world.agent.id}/instance/${world.instance.id}`,
        client_id: world.instance.id,
        agent: world.agent.id,
        instance: world.instance.id,
        owner: world.owner.id,
        tier: "transactional",
        task: world.task.id,
        authorization_details: [{ type: "tabard_task", task: world.task.id }],
        cnf: { jkt: world.instance.thumbprint },
      })
      const kept = await world.shelf.snapshot(({ tokens }) => tokens.find(jti))
      assert.equal(kept?.instance, world.instance.id)
    })
  }

  it("gives a token without a task to whoever names none", async () => {
    await using world = await openOAuthWorld()
    const { status, body } = await requestToken(world)
    assert.equal(status, 200)
    assert.equal("task" in decodeJwt(String(body["access_token"])), false)
    assert.equal("authorization_details" in body, false)
  })

  it("RFC9449 §5.1: names the algorithms that proofs may have, of which none is symmetric", async () => {
    await using world = await openOAuthWorld()
    const { dpop_signing_alg_values_supported: named } = world.server.metadata
    assert.deepEqual(named, ["ES256", "EdDSA", "Ed25519"])
  })

  // RFC 8414 §3.1, §3.3
  for (const mount of ["", "/oauth", "/o/acme/oauth"]) {
    it(`describes itself where the issuer is mounted at "${mount}", and what it names answers`, async () => {
      await using world = await openOAuthWorld("ES256", mount)
      const { issuer } = world.server
      const { origin } = new URL(issuer)
      for (const url of [
        `${origin}/.well-known/oauth-authorization-server${mount}`,
        `${issuer}/.well-known/oauth-authorization-server`,
        `${origin}/.well-known/openid-configuration${mount}`,
        `${issuer}/.well-known/openid-configuration`,
      ]) {
        const metadata = await json(url)
        assert.equal(metadata["issuer"], issuer)
        assert.equal(metadata["token_endpoint"], `${issuer}/token`)
        assert.deepEqual(
          metadata["grant_types_supported"],
          GRANTS.map(({ type }) => type),
        )
        assert.deepEqual(metadata["response_types_supported"], ["code"])
      }
      assert.deepEqual(await json(`${issuer}/jwks`), world.server.jwks())
      assert.equal((await requestToken(world)).status, 200)
    })
  }

  it("OpenID Connect Discovery §3: names what is REQUIRED of a provider at that address, and there alone", async () => {
    await using world = await openOAuthWorld()
    const { issuer } = world.server
    const openid = await json(`${issuer}/.well-known/openid-configuration`)
    assert.deepEqual(openid["subject_types_supported"], ["public"])
    assert.deepEqual(openid["id_token_signing_alg_values_supported"], ["ES256"])
    for (const member of ["authorization_endpoint", "jwks_uri", "response_types_supported"])
      assert.ok(openid[member], member)
    const oauth = await json(`${issuer}/.well-known/oauth-authorization-server`)
    assert.equal("subject_types_supported" in oauth, false)
    assert.equal("id_token_signing_alg_values_supported" in oauth, false)
  })

  it("says which paths are its own", async () => {
    await using world = await openOAuthWorld()
    const { server } = world
    for (const path of ["/oauth/token", "/oauth/jwks", "/.well-known/oauth-authorization-server/oauth"]) {
      assert.ok(server.handles(path), path)
    }
    for (const path of ["/", "/oauth", "/oauth/auth", "/oauth/token/", "/mcp"])
      assert.ok(!server.handles(path), path)
  })

  it("publishes no private member of its keys", async () => {
    await using world = await openOAuthWorld()
    const [key] = world.server.jwks().keys
    assert.deepEqual(Object.keys(key ?? {}).toSorted(), ["alg", "crv", "kid", "kty", "use", "x", "y"])
  })

  it("builds no address from what a request says of itself", async () => {
    await using world = await openOAuthWorld()
    const forged = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" }
    const proofClaims = { htu: "https://evil.example/oauth/token" }
    assert.equal((await requestToken(world, { headers: forged })).status, 200)
    assert.equal(
      (await requestToken(world, { headers: forged, proofClaims })).body["error"],
      "invalid_dpop_proof",
    )
  })

  it("has no endpoint beside what its metadata name", async () => {
    await using world = await openOAuthWorld()
    const { issuer } = world.server
    for (const path of [
      "auth",
      "me",
      "reg",
      "session/end",
      "token/introspection",
      "token/revocation",
      "device",
    ]) {
      assert.equal((await fetch(`${issuer}/${path}`)).status, 404, path)
      assert.equal((await fetch(`${issuer}/${path}`, { method: "POST" })).status, 404, path)
    }
    assert.equal((await fetch(`${issuer}/token`)).headers.get("allow"), "POST")
    assert.equal((await fetch(`${issuer}/jwks`, { method: "DELETE" })).status, 405)
  })

  it("lets exactly one of twenty who present one assertion at once in (RFC 7523 §3)", async () => {
    await using world = await openOAuthWorld()
    const assertion = await signedAssertion(world)
    const answers = await Promise.all(Array.from({ length: 20 }, () => requestToken(world, { assertion })))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    const refused = answers.filter(({ status }) => status === 401)
    assert.equal(refused.length, 19)
    assert.ok(refused.every(({ body }) => body["error"] === "invalid_client"))
  })

  it("lets exactly one of twenty who present one proof at once in (RFC 9449 §11.1)", async () => {
    await using world = await openOAuthWorld()
    const proof = await tokenProof(world)
    const answers = await Promise.all(Array.from({ length: 20 }, () => requestToken(world, { proof })))
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, ...Array.from({ length: 19 }, () => 400)],
    )
  })

  it("remembers a proof from the future for as long as it is good", async () => {
    await using world = await openOAuthWorld()
    const iat = Math.floor(Date.now() / 1000) + 290
    const proof = await signedProof(world.key, { htm: "POST", htu: `${world.server.issuer}/token`, iat })
    assert.equal((await requestToken(world, { proof })).status, 200)
    const lastGood = new Date((iat + 300) * 1000)
    await world.shelf.transact(({ replays }) => replays.prune(lastGood))
    assert.equal((await requestToken(world, { proof })).status, 400)
  })

  it("keeps no token that it refused, records the refusal, and calls it no fault", async () => {
    await using world = await openOAuthWorld()
    const { agent, shelf } = world
    await shelf.transact(({ agents }) => agents.move(agent.id, ["active"], "suspended"))
    assert.equal((await requestToken(world, { form: forTask(world.task.id) })).status, 400)
    const live = await shelf.snapshot(({ tokens }) => tokens.live(agent.id, new Date()))
    assert.deepEqual(live, [])
    const refusals = await shelf.snapshot(({ outbox }) => outbox.list({ type: "token.refused", limit: 10 }))
    assert.equal(refusals.length, 1)
    assert.deepEqual(world.faults, [])
  })
})

async function tokenFor({
  server,
  resource,
  instance,
  key,
  task,
}: OAuthWorld): Promise<oauth.TokenEndpointResponse> {
  const issuer = new URL(server.issuer)
  const discovered = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...LOOPBACK })
  const as = await oauth.processDiscoveryResponse(issuer, discovered)
  const client: oauth.Client = { client_id: instance.id }
  const response = await oauth.clientCredentialsGrantRequest(
    as,
    client,
    oauth.PrivateKeyJwt(key.privateKey),
    { resource, ...forTask(task.id) },
    { DPoP: oauth.DPoP(client, key), ...LOOPBACK },
  )
  return oauth.processClientCredentialsResponse(as, client, response)
}

async function json(url: string): Promise<Record<string, unknown>> {
  const response = await fetch(url)
  assert.equal(response.status, 200, url)
  assert.equal(response.headers.get("content-type"), "application/json")
  const body: unknown = await response.json()
  return Object.assign({}, body)
}
