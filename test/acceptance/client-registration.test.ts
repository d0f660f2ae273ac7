import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { ManualClock, REGISTRATION_SCOPE } from "@tabard/core"
import { decodeJwt, exportJWK, generateKeyPair } from "jose"
import { askAs, CALLBACK, registerClient, signedIn, tokensIn } from "../world/code-client.ts"
import { addPerson, type Person } from "../world/people.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

const METADATA = { client_name: "Desk", redirect_uris: [CALLBACK] }

const clock = new ManualClock(new Date().toISOString())
let tabard: RunningTabard
let ann: Person
let bob: Person

before(async () => {
  tabard = await runTabard({ clock })
  ann = await addPerson(tabard.server, "administrator")
  bob = await addPerson(tabard.server, "member")
})
after(async () => {
  await tabard[Symbol.asyncDispose]()
  assert.deepEqual(tabard.faults, [])
})

describe("RFC 7591: a client that registers itself", () => {
  it("finds nothing, and no word of it, where nobody settled that it may", async () => {
    const token = await registrationToken()
    assert.equal((await register(METADATA, { token })).status, 404)
    assert.equal((await described())["registration_endpoint"], undefined)
    await settle("by-token")
    assert.equal((await described())["registration_endpoint"], address())
    assert.equal((await register(METADATA, { token })).status, 201, "the token was not used up")
    await settle("off")
    assert.equal((await register(METADATA, { token: await registrationToken() })).status, 404)
    assert.equal((await described())["registration_endpoint"], undefined)
    await settle("by-token")
  })

  it("§3.2.1: is told what it is, without a secret, and signs people in", async () => {
    const answer = await register(METADATA, { token: await registrationToken() })
    assert.deepEqual([answer.status, answer.cacheControl], [201, "no-store"])
    const { client_id: clientId, token_endpoint_auth_method: method, redirect_uris, ...others } = answer.body
    assert.deepEqual([method, redirect_uris], ["none", [CALLBACK]])
    assert.ok(!("client_secret" in others) && !("registration_access_token" in others))
    const rule = { match: clientId, purpose: "Helps.", tier: "read-only", days: 30 }
    await askAs(tabard.server, ann, { path: "/client-rules", body: rule })
    const { client, response } = await signedIn(tabard.server, bob, { clientId: String(clientId) })
    assert.equal(decodeJwt((await tokensIn(client, response)).access_token)["client_id"], clientId)
  })

  it("§2: brings its public key where it authenticates itself", async () => {
    const jwks = { keys: [await exportJWK((await generateKeyPair("ES256")).publicKey)] }
    const metadata = { ...METADATA, token_endpoint_auth_method: "private_key_jwt", jwks }
    const { status, body } = await register(metadata, { token: await registrationToken() })
    assert.deepEqual(
      [status, body["token_endpoint_auth_method"]],
      [201, "private_key_jwt"],
      JSON.stringify(body),
    )
  })

  it("§3: is one of twenty that bring the same token at once", async () => {
    const token = await registrationToken()
    const answers = await Promise.all(Array.from({ length: 20 }, () => register(METADATA, { token })))
    assert.equal(answers.filter(({ status }) => status === 201).length, 1)
    assert.equal(answers.filter(({ body }) => body["error"] === "invalid_token").length, 19)
  })

  for (const [what, tokenOf] of [
    ["no token", async () => undefined],
    ["a token that nobody made", async () => `tbd_${"x".repeat(46)}`],
    ["a token of another purpose", async () => apiToken(["read"])],
    ["a token that was taken back", () => revokedToken()],
    ["a token whose maker left", () => lowlyToken()],
  ] as const) {
    it(`§3: is refused with ${what}`, async () => {
      const { status, body, challenge } = await register(METADATA, { token: await tokenOf() })
      assert.deepEqual([status, body["error"]], [401, "invalid_token"])
      assert.match(challenge ?? "", /^Bearer error="invalid_token"/)
    })
  }

  for (const [what, changes, error] of [
    ["a redirect address in the clear", { redirect_uris: ["http://desk.example/"] }, "invalid_redirect_uri"],
    [
      "a redirect address with a fragment",
      { redirect_uris: ["https://desk.example/#x"] },
      "invalid_redirect_uri",
    ],
    ["a script for an address", { redirect_uris: ["javascript:alert(1)"] }, "invalid_redirect_uri"],
    ["one bad address of two", { redirect_uris: [CALLBACK, "https://*.example/"] }, "invalid_redirect_uri"],
    ["no redirect address", { redirect_uris: [] }, "invalid_client_metadata"],
    ["the implicit grant", { grant_types: ["implicit"] }, "invalid_client_metadata"],
    [
      "client credentials",
      { grant_types: ["authorization_code", "client_credentials"] },
      "invalid_client_metadata",
    ],
    ["no code", { grant_types: ["refresh_token"] }, "invalid_client_metadata"],
    ["a token in the browser", { response_types: ["token"] }, "invalid_client_metadata"],
    [
      "a secret to authenticate by",
      { token_endpoint_auth_method: "client_secret_basic" },
      "invalid_client_metadata",
    ],
    ["a secret", { client_secret: "x" }, "invalid_client_metadata"],
    ["an id of its choice", { client_id: "cli_mine" }, "invalid_client_metadata"],
    ["keys at an address", { jwks_uri: "https://desk.example/jwks" }, "invalid_client_metadata"],
    ["somebody's statement", { software_statement: "eyJ" }, "invalid_client_metadata"],
    [
      "no key to authenticate by",
      { token_endpoint_auth_method: "private_key_jwt" },
      "invalid_client_metadata",
    ],
  ] as const) {
    it(`§3.2.2: is refused with ${what}, and keeps its token`, async () => {
      const token = await registrationToken()
      const { status, body } = await register({ ...METADATA, ...changes }, { token })
      assert.deepEqual([status, body["error"]], [400, error], JSON.stringify(body))
      assert.equal((await register(METADATA, { token })).status, 201)
    })
  }

  it("§3.2.2: is refused with a private key", async () => {
    const { privateKey } = await generateKeyPair("ES256", { extractable: true })
    const jwks = { keys: [await exportJWK(privateKey)] }
    const metadata = { ...METADATA, token_endpoint_auth_method: "private_key_jwt", jwks }
    const { status, body } = await register(metadata, { token: await registrationToken() })
    assert.deepEqual([status, body["error"]], [400, "invalid_client_metadata"])
  })

  it("is refused where it says too much, something twice, no JSON, or comes from a page", async () => {
    const token = await registrationToken()
    const large = await register({ ...METADATA, contacts: ["x".repeat(17_000)] }, { token })
    assert.equal(large.status, 413)
    for (const text of [
      "{",
      "[]",
      `{"redirect_uris":["${CALLBACK}"],"redirect_uris":["https://evil.example/"]}`,
    ])
      assert.equal((await register(text, { token })).status, 400, text)
    assert.equal((await register(METADATA, { token, headers: { "content-type": "text/plain" } })).status, 400)
    assert.equal(
      (await register(METADATA, { token, headers: { origin: "https://evil.example" } })).status,
      403,
    )
  })

  it("gets its token from an administrator alone, and one that is for nothing else", async () => {
    const security = await addPerson(tabard.server, "security")
    const making = apiToken([REGISTRATION_SCOPE], security)
    await assert.rejects(making, /not_allowed/)
    await assert.rejects(apiToken([REGISTRATION_SCOPE, "read"]), /body_invalid/)
    const headers = { authorization: `Bearer ${await registrationToken()}` }
    const response = await fetch(`${tabard.server.publicUrl}/api/v1/agents`, { headers })
    assert.equal(response.status, 403)
  })

  it("stands beside those that people registered", async () => {
    const { body } = await register(
      { ...METADATA, client_name: "By\u202eitself" },
      { token: await registrationToken() },
    )
    await registerClient(tabard.server, ann, "By Ann")
    const headers = { cookie: ann.cookie }
    const { items } = Object(
      await (await fetch(`${tabard.server.publicUrl}/api/v1/clients?limit=100`, { headers })).json(),
    )
    const own = items.find(({ id }: { id: string }) => id === body["client_id"])
    assert.deepEqual([own.name, own.createdBy], ["By itself", null])
  })
})

function address(): string {
  return `${tabard.server.publicUrl}/oauth/register`
}

async function register(
  metadata: object | string,
  { token, headers }: { token?: string | undefined; headers?: Record<string, string> },
) {
  const response = await fetch(address(), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: typeof metadata === "string" ? metadata : JSON.stringify(metadata),
  })
  const text = await response.text()
  const body: Record<string, unknown> = text === "" ? {} : JSON.parse(text)
  const told = {
    cacheControl: response.headers.get("cache-control"),
    challenge: response.headers.get("www-authenticate"),
  }
  return { status: response.status, body, ...told }
}

async function described(): Promise<Record<string, unknown>> {
  const url = `${tabard.server.publicUrl}/.well-known/oauth-authorization-server/oauth`
  return Object(await (await fetch(url)).json())
}

/** Settles it, and lets the second pass after which it holds. */
async function settle(clientRegistration: "off" | "by-token"): Promise<void> {
  const path = `${tabard.server.publicUrl}/api/v1/settings/tokens`
  const headers = { cookie: ann.cookie, "x-tabard": "1", "content-type": "application/json" }
  const settled = Object(await (await fetch(path, { headers })).json())
  const response = await fetch(path, {
    method: "PUT",
    headers,
    body: JSON.stringify({ ...settled, clientRegistration }),
  })
  assert.ok(response.ok, await response.text())
  clock.advance(1000)
}

function registrationToken(): Promise<string> {
  return apiToken([REGISTRATION_SCOPE])
}

async function apiToken(scopes: readonly string[], maker = ann): Promise<string> {
  const body = { purpose: "A desk", role: maker === ann ? "administrator" : "security", scopes, days: 1 }
  const { token } = await askAs<{ token: string }>(tabard.server, maker, { path: "/api-tokens", body })
  return token
}

async function revokedToken(): Promise<string> {
  const body = { purpose: "A desk", role: "administrator", scopes: [REGISTRATION_SCOPE], days: 1 }
  const path = "/api-tokens"
  const { token, id } = await askAs<{ token: string; id: string }>(tabard.server, ann, { path, body })
  await askAs(tabard.server, ann, { path: `${path}/${id}/revocation`, body: { reason: "not needed" } })
  return token
}

async function lowlyToken(): Promise<string> {
  const maker = await addPerson(tabard.server, "administrator")
  const body = { purpose: "A desk", role: "administrator", scopes: [REGISTRATION_SCOPE], days: 1 }
  const { token } = await askAs<{ token: string }>(tabard.server, maker, { path: "/api-tokens", body })
  await tabard.server.organisation.shelf.transact(({ users }) => users.setActive(maker.user.id, false))
  return token
}
