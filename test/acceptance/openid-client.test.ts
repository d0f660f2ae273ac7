import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { type Credentials, isReference, publicHalf } from "@tabard/client"
import { DEFAULT_TOKEN_SETTINGS } from "@tabard/core"
import { decodeJwt, exportJWK, generateKeyPair, importJWK } from "jose"
import { oidc } from "../../packages/server/src/oauth/testing/certified-client.ts"
import { adoptedClient, askAs, CALLBACK } from "../world/code-client.ts"
import { sayYes } from "../world/issuing/ask-person.ts"
import { type IssuingWorld, ownedAgent, startIssuingWorld, wordFor } from "../world/issuing/issuing-world.ts"
import { federatedAgent, pair } from "../world/issuing/prepare-path.ts"
import { addPerson, type Person } from "../world/people.ts"
import { personBrowser } from "../world/person-browser.ts"
import { until } from "../world/until.ts"

const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
// oxlint-disable-next-line typescript/no-deprecated -- marked so to stand out; these tests speak with loopback alone
const LOOPBACK = { execute: [oidc.allowInsecureRequests] }

let world: IssuingWorld
let bob: Person
/** How often the server demanded a proof with a nonce of its own. */
let demanded = 0

before(async () => {
  world = await startIssuingWorld()
  bob = await addPerson(world.tabard.server, "member")
  await world.tabard.server.organisation.shelf.transact(async ({ organisation }) => {
    await organisation.putTokenSettings({ ...DEFAULT_TOKEN_SETTINGS, proofNonce: "required" })
    await organisation.bumpVersion()
  })
})
after(async () => {
  const { faults } = world.tabard
  await world[Symbol.asyncDispose]()
  assert.deepEqual(faults, [])
})

describe("openid-client, which others wrote and certified", () => {
  for (const algorithm of ["oidc", "oauth2"] as const) {
    it(`RFC8414 §3.3: finds the issuer where ${algorithm} looks, and the issuer is what it asked for`, async () => {
      const found = await configured("nobody", oidc.None(), algorithm)
      const { issuer, token_endpoint, grant_types_supported } = found.serverMetadata()
      assert.deepEqual([issuer, token_endpoint], [issuerUrl(), `${issuerUrl()}/token`])
      assert.ok(grant_types_supported?.includes(EXCHANGE))
    })
  }

  it("RFC7523, RFC9449: gets an agent's token by its key, asks how it stands, and gives it back", async () => {
    const { credentials } = await ownedAgent(world)
    const { config, DPoP } = await installed(credentials)
    const tokens = await oidc.clientCredentialsGrant(config, { resource: resource() }, { DPoP })
    assert.equal(tokens.token_type, "dpop")
    const { cnf, aud, instance } = decodeJwt(tokens.access_token)
    assert.deepEqual(
      [Object(cnf).jkt, aud, instance],
      [await DPoP.calculateThumbprint(), resource(), config.clientMetadata().client_id],
    )
    const standing = await oidc.tokenIntrospection(config, tokens.access_token)
    assert.deepEqual([standing.active, standing.client_id], [true, config.clientMetadata().client_id])
    await oidc.tokenRevocation(config, tokens.access_token)
    assert.deepEqual(await oidc.tokenIntrospection(config, tokens.access_token), { active: false })
  })

  it("RFC9449 §8: is asked for a nonce, and brings it", async () => {
    const { credentials } = await ownedAgent(world)
    await until(async () => {
      const { config, DPoP } = await installed(credentials)
      await oidc.clientCredentialsGrant(config, { resource: resource() }, { DPoP })
      return demanded > 0
    })
  })

  it("CIBA §7, §10: asks a person for an agent, and gets its token and who said yes", async () => {
    const agent = await ownedAgent(world)
    const { config, DPoP } = await installed(agent.credentials)
    const begun = await oidc.initiateBackchannelAuthentication(config, {
      scope: "openid read",
      resource: resource(),
      login_hint: agent.owner.id,
      binding_message: "W4SC 12",
    })
    await sayYes(world, { agent: agent.id, by: agent.owner.id })
    const answered = { ...begun, interval: 0 }
    const tokens = await oidc.pollBackchannelAuthenticationGrant(config, answered, undefined, { DPoP })
    assert.deepEqual([tokens.token_type, tokens.scope], ["dpop", "openid read"])
    assert.deepEqual(
      [tokens.claims()?.sub, decodeJwt(tokens.access_token).sub],
      [agent.owner.id, agent.owner.id],
    )
    const again = oidc.pollBackchannelAuthenticationGrant(config, answered, undefined, { DPoP })
    await assert.rejects(again, refusal("invalid_grant"))
  })

  it("RFC8707 §2: is told which targets there are not", async () => {
    const { config, DPoP } = await installed((await ownedAgent(world)).credentials)
    const asking = oidc.clientCredentialsGrant(config, { resource: "https://elsewhere.example/" }, { DPoP })
    await assert.rejects(asking, refusal("invalid_target"))
  })

  it("RFC9126, RFC7636, RFC9207: signs a person in by what it pushed, and gets another token later", async () => {
    const { config, DPoP } = await personal()
    const { url, checks } = await begun(config, DPoP)
    assert.deepEqual([...url.searchParams.keys()].toSorted(), ["client_id", "request_uri"])
    const answer = await personBrowser(world.tabard.server, bob).agree(url)
    assert.equal(answer.searchParams.get("iss"), issuerUrl())
    const tokens = await oidc.authorizationCodeGrant(
      config,
      answer,
      checks,
      { resource: resource() },
      { DPoP },
    )
    assert.equal(decodeJwt(tokens.access_token).sub, bob.user.id)
    const next = await oidc.refreshTokenGrant(
      config,
      tokens.refresh_token ?? assert.fail(),
      { resource: resource() },
      { DPoP },
    )
    assert.notEqual(next.refresh_token, tokens.refresh_token)
    assert.equal(decodeJwt(next.access_token).sub, bob.user.id)
    await oidc.tokenRevocation(config, next.refresh_token ?? assert.fail())
    const again = oidc.refreshTokenGrant(config, next.refresh_token ?? "", { resource: resource() }, { DPoP })
    await assert.rejects(again, refusal("invalid_grant"))
  })

  it("RFC9207 §2.4: heeds no answer that another server's name is put on", async () => {
    const { config, DPoP } = await personal()
    const { url, checks } = await begun(config, DPoP)
    const answer = await personBrowser(world.tabard.server, bob).agree(url)
    for (const iss of ["https://evil.example", null]) {
      const forged = new URL(answer)
      if (iss === null) forged.searchParams.delete("iss")
      else forged.searchParams.set("iss", iss)
      await assert.rejects(
        oidc.authorizationCodeGrant(config, forged, checks, { resource: resource() }, { DPoP }),
      )
    }
    await oidc.authorizationCodeGrant(config, answer, checks, { resource: resource() }, { DPoP })
  })

  it("RFC8693: exchanges another agent's token for one that names both", async () => {
    const { lead, helper, subject } = await pair(world)
    const { config, DPoP } = await installed(helper.credentials)
    const wish = { subject_token: subject, subject_token_type: ACCESS_TOKEN }
    const tokens = await oidc.genericGrantRequest(config, EXCHANGE, wish, { DPoP })
    assert.equal(tokens["issued_token_type"], ACCESS_TOKEN)
    const { sub, act, agent } = decodeJwt(tokens.access_token)
    assert.equal(agent, helper.id)
    assert.ok(sub?.includes(lead.id) && Object(act).sub.includes(helper.id), JSON.stringify({ sub, act }))
  })

  it("RFC7523 §2.1: gets a workload's token by what its platform says", async () => {
    const { credentials, agent, instance } = await federatedAgent(world)
    const config = await configured(instance, oidc.None())
    const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair("ES256"))
    const { assertion = assert.fail("a workload brings one") } = (await credentials.grant?.ask()) ?? {}
    const wish = { assertion, resource: resource() }
    const tokens = await oidc.genericGrantRequest(config, JWT_BEARER, wish, { DPoP })
    assert.equal(decodeJwt(tokens.access_token)["agent"], agent)
    await assert.rejects(
      oidc.genericGrantRequest(config, JWT_BEARER, { ...wish, assertion: "e30.e30.x" }, { DPoP }),
      refusal("invalid_grant"),
    )
  })

  it("gets a person's token by the provider's word for them (ID-JAG), as a client with a key", async () => {
    const { id, config } = await keyed()
    const identity = { issuer: world.provider.issuer, subject: bob.user.id }
    await world.tabard.server.organisation.shelf.transact(({ bindings }) =>
      bindings.bind(identity, bob.user.id),
    )
    const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair("ES256"))
    const assertion = await wordFor(world, { subject: bob.user.id, client: id })
    const tokens = await oidc.genericGrantRequest(
      config,
      JWT_BEARER,
      { assertion, resource: resource() },
      { DPoP },
    )
    const { sub, client_id } = decodeJwt(tokens.access_token)
    assert.deepEqual([sub, client_id], [bob.user.id, id])
  })

  it("RFC8628: signs a command line in by a code", async () => {
    const config = await configured("tabard", oidc.None())
    const device = await oidc.initiateDeviceAuthorization(config, {})
    const body = { userCode: device.user_code, agree: true }
    await askAs(world.tabard.server, bob, { path: "/device-sign-ins/answer", body })
    // It was answered already: there is nothing to wait for.
    const { access_token: token } = await oidc.pollDeviceAuthorizationGrant(config, {
      ...device,
      interval: 0,
    })
    const headers = { authorization: `Bearer ${token}` }
    const session = await fetch(`${world.tabard.server.publicUrl}/api/v1/session`, { headers })
    assert.equal(Object(await session.json()).user.id, bob.user.id)
  })
})

function issuerUrl(): string {
  return `${world.tabard.server.publicUrl}/oauth`
}

function resource(): string {
  return `${world.tabard.server.publicUrl}/mcp`
}

/** The client, as it knows our server by its own looking. */
async function configured(
  id: string,
  authentication: oidc.ClientAuth,
  algorithm: "oidc" | "oauth2" = "oauth2",
): Promise<oidc.Configuration> {
  const options = { ...LOOPBACK, algorithm, [oidc.customFetch]: watched }
  return oidc.discovery(new URL(issuerUrl()), id, undefined, authentication, options)
}

const watched: oidc.CustomFetch = async (url, { body = null, ...options }) => {
  const response = await fetch(url, { ...options, body, signal: options.signal ?? null })
  if (response.status === 400 && (await response.clone().text()).includes("use_dpop_nonce")) demanded++
  return response
}

/** The client with an install's enrolled key, which proves it and binds its tokens. */
async function installed({ instance, key }: Credentials): Promise<{
  readonly config: oidc.Configuration
  readonly DPoP: oidc.DPoPHandle
}> {
  assert.ok(!isReference(key))
  const [privateKey, publicKey] = [
    await importJWK({ ...key }, "ES256"),
    await importJWK({ ...publicHalf(key) }, "ES256", { extractable: true }),
  ]
  assert.ok(privateKey instanceof CryptoKey && publicKey instanceof CryptoKey)
  const config = await configured(instance, oidc.PrivateKeyJwt(privateKey), "oidc")
  return { config, DPoP: oidc.getDPoPHandle(config, { privateKey, publicKey }) }
}

/** The client as a program of a person's, without a key of its own. */
async function personal(): Promise<{ readonly config: oidc.Configuration; readonly DPoP: oidc.DPoPHandle }> {
  const config = await configured(await adoptedClient(world.tabard.server, world.steward), oidc.None())
  return { config, DPoP: oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair("ES256")) }
}

/** The client as a service that people sign in by their provider. */
async function keyed(): Promise<{ readonly id: string; readonly config: oidc.Configuration }> {
  const { privateKey, publicKey } = await generateKeyPair("ES256")
  const { server } = world.tabard
  const body = { name: "Desk", redirectUris: [CALLBACK], keys: [await exportJWK(publicKey)] }
  const { id } = await askAs<{ id: string }>(server, world.steward, { path: "/clients", body })
  const rule = { match: id, purpose: "Helps.", tier: "read-only", days: 30 }
  await askAs(server, world.steward, { path: "/client-rules", body: rule })
  return { id, config: await configured(id, oidc.PrivateKeyJwt(privateKey)) }
}

/** Pushes what it wants, and answers where the browser goes and what it will look for in the answer. */
async function begun(
  config: oidc.Configuration,
  DPoP: oidc.DPoPHandle,
): Promise<{ readonly url: URL; readonly checks: oidc.AuthorizationCodeGrantChecks }> {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
  const expectedState = oidc.randomState()
  const wish = {
    redirect_uri: CALLBACK,
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    state: expectedState,
    resource: resource(),
  }
  const url = await oidc.buildAuthorizationUrlWithPAR(config, wish, { DPoP })
  return { url, checks: { pkceCodeVerifier, expectedState } }
}

function refusal(code: string): (error: unknown) => boolean {
  return (error) => error instanceof oidc.ResponseBodyError && error.error === code
}
