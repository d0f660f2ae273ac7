import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { Client, OtherServer, TierName } from "@tabard/core"
import type { RunningServer } from "@tabard/server"
import { type CryptoKey, decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair } from "jose"
import * as oauth from "oauth4webapi"
import {
  adoptedClient,
  askAs,
  CALLBACK,
  type CodeClient,
  codeClient,
  tokensIn,
} from "../world/code-client.ts"
import { addPerson, type Person } from "../world/people.ts"
import { personBrowser } from "../world/person-browser.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"
import { until } from "../world/until.ts"

const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
const ID_JAG = "urn:ietf:params:oauth:token-type:id-jag"
// oxlint-disable-next-line typescript/no-deprecated -- marked so to stand out; these tests speak with loopback alone
const PLAIN = { [oauth.allowInsecureRequests]: true }

const stack = new AsyncDisposableStack()
let home: RunningTabard
let away: RunningTabard
let ann: Person
let bob: Person
/** Bob, as he is known at the other server: by this issuer's word for him. */
let bobAway: Person
let key: CryptoKey
let clientId: Client["id"]
let clientIdAway: Client["id"]

before(async () => {
  home = stack.use(await runTabard())
  const env = {
    TABARD_OIDC_ISSUER: issuerOf(home),
    TABARD_OIDC_CLIENT_ID: "tabard",
    TABARD_OIDC_CLIENT_SECRET: "a secret of thirty-two characters!",
  }
  away = stack.use(await runTabard({ env }))
  ann = await addPerson(home.server, "administrator")
  bob = await addPerson(home.server, "member")
  bobAway = await addPerson(away.server, "member")
  const account = { issuer: issuerOf(home), subject: bob.user.id }
  await away.server.organisation.shelf.transact(({ bindings }) => bindings.bind(account, bobAway.user.id))
  const pair = await generateKeyPair("ES256")
  key = pair.privateKey
  const jwk = await exportJWK(pair.publicKey)
  clientId = await keyedClient(home.server, ann, jwk)
  clientIdAway = await keyedClient(away.server, await addPerson(away.server, "administrator"), jwk)
  await list([listed()])
  await until(
    async () => (await described())["identity_chaining_requested_token_types_supported"] !== undefined,
  )
})
after(async () => {
  await stack.disposeAsync()
  assert.deepEqual([...home.faults, ...away.faults], [])
})

describe("a client that takes its person to another authorization server (ID-JAG)", () => {
  it("gets an assertion for that server alone, and by it a token there, for the person whom it knows", async () => {
    const signed = await signIn()
    const answer = await given(await ask(signed))
    assert.deepEqual(
      [answer["issued_token_type"], answer["token_type"], answer["scope"]],
      [ID_JAG, "N_A", "read write"],
    )
    const assertion = String(answer["access_token"])
    assert.equal(decodeProtectedHeader(assertion).typ, "oauth-id-jag+jwt")
    const { iat = 0, exp = 0, jti, act, ...claims } = decodeJwt(assertion)
    assert.deepEqual(claims, {
      iss: issuerOf(home),
      sub: bob.user.id,
      aud: issuerOf(away),
      client_id: clientIdAway,
      resource: resourceOf(away),
      scope: "read write",
    })
    assert.match(String(Object(act).sub), /\/instance\/ins_/)
    assert.ok(
      jti &&
        exp - iat <= 300 &&
        exp <= (decodeJwt(signed.token).exp ?? 0) &&
        answer["expires_in"] === exp - iat,
    )

    const there = await given(await bring(assertion))
    const { sub, client_id: asClient, scope } = decodeJwt(String(there["access_token"]))
    assert.deepEqual([sub, asClient, scope], [bobAway.user.id, clientIdAway, "read write"])
  })

  it("gets no more than it asks for", async () => {
    const { access_token: assertion } = await given(await ask(await signIn(), { scope: "read" }))
    assert.equal(decodeJwt(String(assertion))["scope"], "read")
  })

  for (const [what, changes, error] of [
    ["for a server that nobody listed", { audience: "https://elsewhere.example" }, "invalid_target"],
    [
      "for a server that is listed but for a slash",
      { audience: () => `${issuerOf(away)}/` },
      "invalid_target",
    ],
    ["for this very server", { audience: () => issuerOf(home) }, "invalid_target"],
    ["for no server", { audience: "" }, "invalid_request"],
    ["for more than is listed", { scope: "read delete" }, "invalid_scope"],
    ["for a resource that is not listed", { resource: "https://elsewhere.example/mcp" }, "invalid_target"],
    [
      "for a task",
      { authorization_details: '[{"type":"tabard_task","task":"tsk_00000000-0000-7000-8000-000000000000"}]' },
      "invalid_request",
    ],
    ["with a second party", { actor_token: "x", actor_token_type: ACCESS_TOKEN }, "invalid_request"],
    ["without a token of its person's", { subject_token: "" }, "invalid_request"],
    [
      "with a token of another type",
      { subject_token_type: "urn:ietf:params:oauth:token-type:id_token" },
      "invalid_request",
    ],
  ] as const) {
    it(`is refused one ${what}`, async () => {
      const changed = Object.entries(changes).map(([name, value]) => [
        name,
        typeof value === "function" ? value() : value,
      ])
      await refused(await ask(await signIn(), Object.fromEntries(changed)), error)
    })
  }

  it("is refused one for several servers at once", async () => {
    const { client, token } = await signIn()
    const body = new URLSearchParams({ ...wish(token), audience: issuerOf(away) })
    body.append("audience", "https://elsewhere.example")
    await refused(await asked(client, body), "invalid_request")
  })

  it("is refused one where it cannot prove itself: whoever overheard an assertion could be such a client", async () => {
    const id = await adoptedClient(home.server, ann)
    await list([listed(), { ...listed(), client: id }])
    const client = await codeClient(home.server, { clientId: id })
    const token = await tokenOf(client)
    await refused(await asked(client, wish(token), oauth.None()), "invalid_request")
    await list([listed()])
  })

  it("is refused one by a token that another client was issued, or whose key it does not prove", async () => {
    const { token } = await signIn()
    const other = await keyedClient(
      home.server,
      ann,
      await exportJWK((await generateKeyPair("ES256")).publicKey),
    )
    assert.notEqual(other, clientId)
    const publicId = await adoptedClient(home.server, ann)
    const overheard = await tokenOf(await codeClient(home.server, { clientId: publicId }))
    const mine = await codeClient(home.server, { clientId, authentication: oauth.PrivateKeyJwt(key) })
    await refused(await asked(mine, wish(overheard)), "invalid_request")
    await refused(await asked(mine, wish(token)), "invalid_dpop_proof")
    await refused(await asked({ ...mine, dpop: undefined }, wish(token)), "invalid_dpop_proof")
  })

  it("is refused one where its person did not let it reach others (egress)", async () => {
    await refused(await ask(await signIn("read write")), "invalid_scope")
  })

  it("is refused one while its agent's tier may act from some networks alone, also by a token of before", async () => {
    const before = await signIn()
    const networks = { "read-only": ["192.0.2.0/24"] }
    await list([listed()], networks)
    await until(async () => (await ask(before)).status === 400)
    await refused(await ask(before), "invalid_authorization_details")
    const bounded = await signIn()
    await list([listed()], { "read-only": [] })
    await until(async () => (await ask(before)).status === 200)
    await refused(await ask(bounded), "invalid_authorization_details")
  })

  it("is refused access tokens by exchange, as ever", async () => {
    const { client, token } = await signIn()
    const body = { ...wish(token), requested_token_type: ACCESS_TOKEN, audience: "notes" }
    await refused(await asked(client, body), "unauthorized_client")
  })

  it("has nothing at this server by it: no door, no token, no further assertion, no standing", async () => {
    const { client, token } = await signIn()
    const { access_token: assertion } = await given(await asked(client, wish(token)))
    const text = String(assertion)
    for (const scheme of ["DPoP", "Bearer"]) {
      const headers = { authorization: `${scheme} ${text}`, "content-type": "application/json" }
      const response = await fetch(`${resourceOf(home)}/notes`, { method: "POST", headers, body: "{}" })
      assert.equal(response.status, 401, await response.text())
    }
    await refused(await asked(client, wish(text)), "invalid_request")
    const grant = { assertion: text, resource: resourceOf(home) }
    await refused(await asked(client, grant, undefined, JWT_BEARER), "invalid_grant")
    const { as } = client
    const standing = await oauth.introspectionRequest(
      as,
      client.client,
      oauth.PrivateKeyJwt(key),
      text,
      PLAIN,
    )
    assert.deepEqual(await standing.json(), { active: false })
  })

  it("is recorded with what it came from, and is refused another once that is given back", async () => {
    const signed = await signIn()
    const { access_token: assertion } = await given(await ask(signed))
    const { jti = "" } = decodeJwt(String(assertion))
    const { shelf } = home.server.organisation
    const find = () => shelf.snapshot(({ tokens }) => tokens.find(jti))
    const kept = await find()
    assert.deepEqual(
      [kept?.audience, kept?.grant, kept?.lineage, kept?.served, kept?.revokedAt],
      [issuerOf(away), "token-exchange", [decodeJwt(signed.token).jti], bob.user.id, null],
    )
    const { as, client } = signed.client
    await oauth.revocationRequest(as, client, oauth.PrivateKeyJwt(key), signed.token, PLAIN)
    assert.ok((await find())?.revokedAt)
    await refused(await ask(signed), "invalid_request")
  })

  it("is refused one once the server is listed no more", async () => {
    const signed = await signIn()
    await list([])
    await until(async () => (await ask(signed)).status === 400)
    await refused(await ask(signed), "invalid_target")
    assert.equal((await described())["identity_chaining_requested_token_types_supported"], undefined)
    await list([listed()])
  })

  for (const [what, servers] of [
    ["a server in the clear", () => [{ ...listed(), issuer: "http://elsewhere.example" }]],
    ["a resource in the clear", () => [{ ...listed(), resources: ["http://elsewhere.example/mcp"] }]],
    ["no address", () => [{ ...listed(), issuer: "spiffe://elsewhere.example" }]],
    ["a server twice for one client", () => [listed(), { ...listed(), scope: [] }]],
    ["two words in one", () => [{ ...listed(), scope: ["read write"] }]],
  ] as const) {
    it(`an administrator is not let list ${what}`, async () => {
      await assert.rejects(list(servers()), /body_invalid/)
    })
  }
})

function issuerOf({ server }: RunningTabard): string {
  return `${server.publicUrl}/oauth`
}

function resourceOf({ server }: RunningTabard): string {
  return `${server.publicUrl}/mcp`
}

function listed(): OtherServer {
  const [issuer, resources] = [issuerOf(away), [resourceOf(away)]]
  return { issuer, client: clientId, clientId: clientIdAway, scope: ["read", "write"], resources }
}

/** Settles which servers there are. */
async function list(
  otherServers: readonly OtherServer[],
  networks: Readonly<Partial<Record<TierName, readonly string[]>>> = {},
): Promise<void> {
  const path = `${home.server.publicUrl}/api/v1/settings/tokens`
  const headers = { cookie: ann.cookie, "x-tabard": "1", "content-type": "application/json" }
  const settled = Object(await (await fetch(path, { headers })).json())
  const response = await fetch(path, {
    method: "PUT",
    headers,
    body: JSON.stringify({ ...settled, otherServers, networks: { ...settled.networks, ...networks } }),
  })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
}

async function described(): Promise<Record<string, unknown>> {
  return Object(
    await (await fetch(`${home.server.publicUrl}/.well-known/oauth-authorization-server/oauth`)).json(),
  )
}

async function keyedClient(server: RunningServer, steward: Person, jwk: object): Promise<Client["id"]> {
  const body = { name: "Desk", redirectUris: [CALLBACK], keys: [jwk] }
  const { id } = await askAs<{ id: Client["id"] }>(server, steward, { path: "/clients", body })
  const rule = { match: id, purpose: "Helps.", tier: "read-only", days: 30 }
  await askAs(server, steward, { path: "/client-rules", body: rule })
  return id
}

interface SignedIn {
  readonly client: CodeClient
  readonly token: string
}

async function signIn(scope: string | null = null): Promise<SignedIn> {
  const client = await codeClient(home.server, { clientId, scope, authentication: oauth.PrivateKeyJwt(key) })
  return { client, token: await tokenOf(client) }
}

async function tokenOf(client: CodeClient): Promise<string> {
  const answer = await personBrowser(home.server, bob).agree(await client.url())
  return (await tokensIn(client, await client.redeem(answer))).access_token
}

function wish(token: string): Record<string, string> {
  return {
    requested_token_type: ID_JAG,
    audience: issuerOf(away),
    subject_token: token,
    subject_token_type: ACCESS_TOKEN,
  }
}

function ask({ client, token }: SignedIn, changes: Readonly<Record<string, string>> = {}): Promise<Response> {
  const body = Object.entries({ ...wish(token), ...changes }).filter(([, value]) => value !== "")
  return asked(client, Object.fromEntries(body))
}

function asked(
  { as, client, dpop }: CodeClient,
  body: URLSearchParams | Record<string, string>,
  proof: oauth.ClientAuth = oauth.PrivateKeyJwt(key),
  grant = EXCHANGE,
): Promise<Response> {
  return oauth.genericTokenEndpointRequest(as, client, proof, grant, body, {
    ...PLAIN,
    ...(dpop && { DPoP: dpop }),
  })
}

/** Brings an assertion to the other server, as the client that it knows. */
async function bring(assertion: string): Promise<Response> {
  const client = await codeClient(away.server, { clientId: clientIdAway })
  return asked(client, { assertion, resource: resourceOf(away) }, undefined, JWT_BEARER)
}

async function given(response: Response): Promise<Record<string, unknown>> {
  const text = await response.text()
  assert.equal(response.status, 200, text)
  return JSON.parse(text)
}

async function refused(response: Response, error: string): Promise<void> {
  const text = await response.text()
  assert.ok(response.status === 400 || response.status === 401, text)
  assert.equal(JSON.parse(text).error, error, text)
}
