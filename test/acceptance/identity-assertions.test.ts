import assert from "node:assert/strict"
import { once } from "node:events"
import { createServer } from "node:http"
import { after, before, describe, it } from "node:test"
import { identityAssertionCredentials, parseKey, TokenSource } from "@tabard/client"
import type { Client } from "@tabard/core"
import { type CryptoKey, decodeJwt, exportJWK, generateKeyPair, SignJWT } from "jose"
import * as oauth from "oauth4webapi"
import { askAs, CALLBACK, codeClient } from "../world/code-client.ts"
import { addPerson, type Person } from "../world/people.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

const ID_JAG = "urn:ietf:params:oauth:token-type:id-jag"
const GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
// oxlint-disable-next-line typescript/no-deprecated -- marked so to stand out; these tests speak with loopback alone
const PLAIN = { [oauth.allowInsecureRequests]: true }

const stack = new AsyncDisposableStack()
let tabard: RunningTabard
let bob: Person
let clientId: Client["id"]
let clientKey: CryptoKey
let provider: { readonly issuer: string; readonly key: CryptoKey }

before(async () => {
  provider = await startProvider()
  const env = {
    TABARD_OIDC_ISSUER: provider.issuer,
    TABARD_OIDC_CLIENT_ID: "tabard",
    TABARD_OIDC_CLIENT_SECRET: "a secret of thirty-two characters!",
  }
  tabard = stack.use(await runTabard({ env }))
  const ann = await addPerson(tabard.server, "administrator")
  bob = await addPerson(tabard.server, "member")
  await tabard.server.organisation.shelf.transact(({ bindings }) =>
    bindings.bind({ issuer: provider.issuer, subject: "bob" }, bob.user.id),
  )
  const pair = await generateKeyPair("ES256", { extractable: true })
  clientKey = pair.privateKey
  const keys = [await exportJWK(pair.publicKey)]
  const body = { name: "Desk", redirectUris: [CALLBACK], keys }
  clientId = (await askAs<{ id: Client["id"] }>(tabard.server, ann, { path: "/clients", body })).id
  const rule = { match: clientId, purpose: "Helps.", tier: "read-only", days: 30 }
  await askAs(tabard.server, ann, { path: "/client-rules", body: rule })
})
after(async () => {
  await stack.disposeAsync()
  assert.deepEqual(tabard.faults, [])
})

describe("the provider's word for a person (identity assertion grant)", () => {
  it("is worth what the person's own sign-in would be: a bound token of their client's agent", async () => {
    const response = await ask(await word())
    const { access_token: token, token_type: type } = Object(await response.json())
    assert.equal(response.status, 200, JSON.stringify({ token, type }))
    const { sub, client_id, act, scope } = decodeJwt(token)
    assert.deepEqual([sub, client_id, scope, type], [bob.user.id, clientId, "read", "DPoP"])
    assert.match(String(Object(act).sub), /\/instance\/ins_/)
  })

  it("is asked for and brought by a client on our SDK, which knows the server's address alone", async () => {
    const tokenEndpoint = `${provider.issuer}/token`
    const vouching: typeof fetch = async (input, init) => {
      if (input !== tokenEndpoint) return fetch(input, init)
      return Response.json({ issued_token_type: ID_JAG, access_token: await word(), token_type: "N_A" })
    }
    const credentials = await identityAssertionCredentials({
      resource: `${tabard.server.publicUrl}/mcp`,
      clientId,
      key: parseKey(await exportJWK(clientKey)),
      provider: { tokenEndpoint, clientId: "tabard", idToken: async () => "what it said at sign-in" },
      fetch: vouching,
    })
    const { accessToken } = await new TokenSource(credentials).token()
    assert.equal(decodeJwt(accessToken).sub, bob.user.id)
  })

  it("is good once", async () => {
    const assertion = await word()
    assert.equal((await ask(assertion)).status, 200)
    await refused(await ask(assertion), "invalid_grant")
  })

  for (const [what, changes, header] of [
    ["of another issuer", { iss: "https://evil.example" }, {}],
    ["for another server", { aud: "https://other.example/oauth" }, {}],
    ["for several servers", { aud: ["https://other.example/oauth", "self"] }, {}],
    ["for another client", { client_id: "cli_00000000-0000-7000-8000-000000000000" }, {}],
    ["for no client", { client_id: undefined }, {}],
    ["about nobody who is known here", { sub: "eve" }, {}],
    ["that means somebody else here", { aud_sub: "usr_00000000-0000-7000-8000-000000000000" }, {}],
    ["that means another organisation", { aud_tenant: "elsewhere" }, {}],
    ["that is over", { exp: 1 }, {}],
    ["without an end", { exp: undefined }, {}],
    ["whose end is a text", { exp: "tomorrow" }, {}],
    ["from the future", { iat: 4_000_000_000, exp: 4_000_000_060 }, {}],
    ["that is good for a day", { exp: Math.floor(Date.now() / 1000) + 86_400 }, {}],
    ["without an id", { jti: undefined }, {}],
    ["under an unknown key", {}, { kid: "another" }],
  ] as const) {
    it(`is worth nothing where it is one ${what}`, async () => {
      await refused(await ask(await word(changes, header)), "invalid_grant")
    })
  }

  for (const typ of ["JWT", "at+jwt", "oauth-id-jag"]) {
    it(`is nothing else that the provider signs, such as a ${typ}`, async () => {
      await refused(await ask(await word({}, { typ })), "unauthorized_client")
    })
  }

  it("is worth nothing where somebody else signed it", async () => {
    const { privateKey } = await generateKeyPair("ES256")
    await refused(await ask(await word({}, {}, privateKey)), "invalid_grant")
  })

  it("is worth no more than the provider said: another server behind the gateway is none of it", async () => {
    await refused(await ask(await word({ resource: "https://elsewhere.example/mcp" })), "invalid_target")
    await refused(await ask(await word(), { scope: "delete" }), "invalid_scope")
  })

  it("is no adoption: an agent that nobody vouched for gets nothing", async () => {
    const ann = await addPerson(tabard.server, "administrator")
    const pair = await generateKeyPair("ES256")
    const keys = [await exportJWK(pair.publicKey)]
    const body = { name: "Scratch", redirectUris: [CALLBACK], keys }
    const { id } = await askAs<{ id: Client["id"] }>(tabard.server, ann, { path: "/clients", body })
    const assertion = await word({ client_id: id })
    await refused(await ask(assertion, {}, { id, key: pair.privateKey }), "invalid_grant")
  })

  it("is not taken from a client that does not prove itself", async () => {
    const body = new URLSearchParams({
      grant_type: GRANT,
      client_id: clientId,
      assertion: await word(),
      resource: `${tabard.server.publicUrl}/mcp`,
    })
    const response = await fetch(`${tabard.server.publicUrl}/oauth/token`, { method: "POST", body })
    assert.ok(response.status >= 400 && response.status < 500, await response.text())
    body.delete("client_id")
    const nobody = await fetch(`${tabard.server.publicUrl}/oauth/token`, { method: "POST", body })
    assert.ok(nobody.status >= 400 && nobody.status < 500, await nobody.text())
  })

  it("is worth nothing where its person signed the client out since; what it says later is", async () => {
    const before = await word()
    assert.equal((await ask(await word())).status, 200)
    const { shelf } = tabard.server.organisation
    const grant = await shelf.snapshot(({ clientGrants }) => clientGrants.find(bob.user.id, clientId))
    await askAs(tabard.server, bob, { path: `/client-grants/${grant?.id}/end`, body: {} })
    await refused(await ask(before), "invalid_grant")
    const later = Math.floor(Date.now() / 1000) + 2
    assert.equal((await ask(await word({ iat: later, exp: later + 60 }))).status, 200)
  })

  it("is worth nothing once its person left", async () => {
    const { shelf } = tabard.server.organisation
    await shelf.transact(({ users }) => users.setActive(bob.user.id, false))
    await refused(await ask(await word()), "invalid_grant")
    await shelf.transact(({ users }) => users.setActive(bob.user.id, true))
  })
})

async function word(
  changes: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, string>> = {},
  key = provider.key,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const claims: Record<string, unknown> = {
    iss: provider.issuer,
    sub: "bob",
    aud: `${tabard.server.publicUrl}/oauth`,
    client_id: clientId,
    jti: crypto.randomUUID(),
    iat: now,
    exp: now + 300,
    resource: `${tabard.server.publicUrl}/mcp`,
    scope: "read",
    ...changes,
  }
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "ES256", typ: "oauth-id-jag+jwt", kid: "idp", ...header })
    .sign(key)
}

async function ask(
  assertion: string,
  more: Readonly<Record<string, string>> = {},
  by: { readonly id: string; readonly key: CryptoKey } = { id: clientId, key: clientKey },
): Promise<Response> {
  const { as } = await codeClient(tabard.server, { clientId: by.id })
  const client: oauth.Client = { client_id: by.id }
  const DPoP = oauth.DPoP(client, await oauth.generateKeyPair("ES256"))
  const resource = `${tabard.server.publicUrl}/mcp`
  const parameters = { assertion, resource, ...more }
  const authentication = oauth.PrivateKeyJwt(by.key)
  return oauth.genericTokenEndpointRequest(as, client, authentication, GRANT, parameters, { ...PLAIN, DPoP })
}

async function refused(response: Response, error: string): Promise<void> {
  const text = await response.text()
  assert.deepEqual([response.status, JSON.parse(text).error], [400, error], text)
}

/** A provider as far as its keys go. */
async function startProvider(): Promise<typeof provider> {
  const { privateKey, publicKey } = await generateKeyPair("ES256")
  const jwk = { ...(await exportJWK(publicKey)), kid: "idp", alg: "ES256", use: "sig" }
  const server = createServer((request, response) => {
    const isKeys = request.url === "/jwks"
    response.setHeader("content-type", "application/json")
    response.end(JSON.stringify(isKeys ? { keys: [jwk] } : { issuer, jwks_uri: `${issuer}/jwks` }))
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  stack.defer(() => void server.close())
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
  return { issuer, key: privateKey }
}
