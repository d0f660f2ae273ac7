import assert from "node:assert/strict"
import { generateKeyPairSync } from "node:crypto"
import { describe, it } from "node:test"
import { DEFAULT_TOKEN_SETTINGS, TIERS } from "@tabard/core"
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, importJWK, jwtVerify, SignJWT } from "jose"
import { readEd25519Key } from "../organisation/signing-key.ts"
import { InvalidAccessToken, verifyAccessToken } from "./access-token.ts"
import { type IssuerKeys, publicKeys } from "./signing-keys.ts"
import { askEndpoint } from "./testing/endpoint-request.ts"
import { type OAuthWorld, openOAuthWorld, signingKey } from "./testing/oauth-world.ts"
import { allow, secondAgent } from "./testing/second-agent.ts"
import { requestToken } from "./testing/token-request.ts"

describe("access tokens where EdDSA was settled", () => {
  it("RFC9068 §2.1: are signed with it, in every way that they are asked for, and verify by the published keys", async () => {
    const keys = await bothKeys()
    await using world = await openOAuthWorld("ES256", "/oauth", { keys })
    const subject = String((await requestToken(world)).body["access_token"])
    const helper = await secondAgent(world)
    await allow(world, helper)
    const exchanged = await requestToken(helper, {
      form: {
        grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
        subject_token: subject,
        subject_token_type: "urn:ietf:params:oauth:token-type:access_token",
      },
    })
    const jwks = createRemoteJWKSet(new URL(world.server.metadata.jwks_uri))
    for (const token of [subject, String(exchanged.body["access_token"])]) {
      const header = { alg: "EdDSA", typ: "at+jwt", kid: keys.signingTokens().kid }
      assert.deepEqual(decodeProtectedHeader(token), header, JSON.stringify(exchanged.body))
      await jwtVerify(token, jwks, { audience: world.resource, algorithms: ["EdDSA"] })
    }
    const { body } = await askEndpoint(world, world.server.metadata.introspection_endpoint, {
      token: subject,
    })
    assert.equal(body["active"], true)
  })

  it("RFC8725 §3.1: are nothing where their header names another algorithm than its key has", async () => {
    const keys = await bothKeys()
    await using world = await openOAuthWorld("ES256", "/oauth", { keys })
    const token = String((await requestToken(world)).body["access_token"])
    await verifyAccessToken(token, checksOf(world))
    const [es256, eddsa] = [keys.signing(), keys.signingTokens()]
    for (const [by, alg, kid] of [
      [eddsa, "EdDSA", es256.kid],
      [es256, "ES256", eddsa.kid],
    ] as const) {
      const forged = await new SignJWT(decodeJwt(token))
        .setProtectedHeader({ alg, kid, typ: "at+jwt" })
        .sign(await importJWK(by, alg))
      await assert.rejects(verifyAccessToken(forged, checksOf(world)), InvalidAccessToken)
    }
  })

  it("JWT-SVID §2.1: are all that is: JWT-SVIDs and the bundle stay with ES256", async () => {
    await using world = await openOAuthWorld("ES256", "/oauth", { keys: await bothKeys() })
    const settings = { ...DEFAULT_TOKEN_SETTINGS, bearerTiers: TIERS }
    await world.shelf.transact(({ organisation }) => organisation.putTokenSettings(settings))
    const audience = "https://vault.example"
    const { body } = await askEndpoint(world, `${world.server.issuer}/svid`, { audience })
    assert.equal(decodeProtectedHeader(String(body["svid"])).alg, "ES256")
    const bundle = await (await fetch(new URL("/.well-known/spiffe-bundle", world.server.issuer))).json()
    const algorithms: unknown[] = Object(bundle).keys.map(({ alg }: { alg: string }) => alg)
    assert.deepEqual(algorithms, ["ES256"])
  })
})

async function bothKeys(): Promise<IssuerKeys> {
  const es256 = await signingKey("first")
  const jwk = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" })
  const eddsa = await readEd25519Key(Buffer.from(JSON.stringify(jwk)))
  const published = publicKeys([es256, eddsa])
  return {
    signing: () => es256,
    signingTokens: () => eddsa,
    published: () => published,
    changedAt: () => new Date(0),
  }
}

function checksOf({ server, resource }: OAuthWorld): Parameters<typeof verifyAccessToken>[1] {
  return { jwks: server.jwks(), issuer: server.issuer, audiences: [resource], now: new Date() }
}
