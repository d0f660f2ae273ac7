import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { Client } from "@tabard/core"
import { decodeJwt } from "jose"
import * as oauth from "oauth4webapi"
import {
  adoptedClient,
  askAs,
  CALLBACK,
  type CodeClient,
  codeClient,
  registerClient,
  signedIn,
  tokensIn,
} from "../world/code-client.ts"
import { addPerson, type Person } from "../world/people.ts"
import { personBrowser } from "../world/person-browser.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

let tabard: RunningTabard
let ann: Person
let bob: Person
let clientId: Client["id"]

before(async () => {
  tabard = await runTabard()
  ann = await addPerson(tabard.server, "administrator")
  bob = await addPerson(tabard.server, "member")
  clientId = await adoptedClient(tabard.server, ann)
})
after(async () => {
  await tabard[Symbol.asyncDispose]()
  assert.deepEqual(tabard.faults, [])
})

describe("a client that a person signs in", () => {
  it("gets a token of its own agent's, for the person, bound to its key", async () => {
    const { client, response } = await signedIn(tabard.server, bob, { clientId })
    const tokens = await tokensIn(client, response)
    assert.equal(tokens.token_type, "dpop")
    const { sub, act, client_id, aud, cnf, tier, owner } = decodeJwt(tokens.access_token)
    assert.deepEqual([sub, client_id, tier, owner], [bob.user.id, clientId, "read-only", bob.user.id])
    assert.equal(aud, `${tabard.server.publicUrl}/mcp`)
    assert.match(String(Object(act).sub), /^spiffe:\/\/[^/]+\/agent\/agt_[^/]+\/instance\/ins_/)
    assert.match(String(Object(cnf).jkt), /^[\w-]{43}$/)
  })

  it("is told of a no, and gets nothing", async () => {
    const client = await codeClient(tabard.server, { clientId })
    const browser = personBrowser(tabard.server, bob)
    const id = await browser.begin(await client.url())
    const { continueAt } = await browser.answer(id, false)
    const { next } = await browser.visit(continueAt ?? assert.fail())
    assert.equal(next?.searchParams.get("error"), "access_denied")
    assert.equal(next?.searchParams.get("code"), null)
    assert.equal(next?.searchParams.get("state"), client.state)
    await assert.rejects(
      browser.answer(id, true),
      /client_request_not_found/,
      "a no is no yes a moment later",
    )
  })

  it("is asked about again each time: a yes of before is none now", async () => {
    const client = await codeClient(tabard.server, { clientId })
    const browser = personBrowser(tabard.server, bob)
    await browser.agree(await client.url())
    await browser.begin(await client.url())
    const { next } = await browser.visit(await client.url({ prompt: "none" }))
    assert.equal(next?.searchParams.get("error"), "interaction_required")
  })

  it("waits until somebody adopts its agent: the yes of a person is no adoption", async () => {
    const unknown = await registerClient(tabard.server, ann, "Unknown")
    const client = await codeClient(tabard.server, { clientId: unknown })
    const browser = personBrowser(tabard.server, bob)
    const id = await browser.begin(await client.url())
    const { continueAt, request } = await browser.answer(id, true)
    assert.ok(continueAt === null && request?.agent)
    const { agent, state, adopters } = request
    assert.deepEqual([state, agent.state], ["waiting", "discovered"])
    assert.ok(adopters.some(({ id: adopter }) => adopter === ann.user.id))
    const { shelf } = tabard.server.organisation
    const standing = await shelf.snapshot(({ clientGrants }) => clientGrants.find(bob.user.id, unknown))
    assert.equal(standing?.instance, null, "there is nothing that a token could be issued to")

    await adopt(agent.id)
    const { next } = await browser.visit((await browser.answer(id, true)).continueAt ?? "")
    const tokens = await tokensIn(client, await client.redeem(next ?? assert.fail()))
    assert.equal(decodeJwt(tokens.access_token)["agent"], agent.id)
  })
})

describe("RFC 6749 and 7636: a code", () => {
  it("RFC7636 §4.6: is worth nothing with another verifier", async () => {
    const client = await codeClient(tabard.server, { clientId })
    const answer = await personBrowser(tabard.server, bob).agree(await client.url())
    await refused(await client.redeem(answer, { verifier: "x".repeat(43) }), "invalid_grant")
  })

  for (const [what, changes] of [
    ["§4.4.1: without a challenge", { code_challenge: null, code_challenge_method: null }],
    ["§4.3: with a challenge in plain", { code_challenge_method: "plain" }],
    ["§4.3: with a challenge whose method is not said", { code_challenge_method: null }],
    ["§4.2: with a challenge that is none", { code_challenge: "short" }],
  ] as const) {
    it(`RFC7636 ${what}: is not given`, async () => {
      const client = await codeClient(tabard.server, { clientId })
      const { next } = await personBrowser(tabard.server, bob).visit(await client.url(changes))
      assert.equal(next?.searchParams.get("error"), "invalid_request", next?.href)
      assert.equal(next?.searchParams.get("code"), null)
    })
  }

  it("RFC6749 §4.1.2: used twice, takes the tokens of its first use with it", async () => {
    const { client, response, answer } = await signedInBy(bob)
    const { access_token: token } = await tokensIn(client, response)
    assert.equal(await stands(token), true)
    await refused(await client.redeem(answer), "invalid_grant")
    assert.equal(await stands(token), false)
  })

  it("RFC6749 §4.1.3: is worth nothing with another redirect address", async () => {
    const client = await codeClient(tabard.server, { clientId })
    const answer = await personBrowser(tabard.server, bob).agree(await client.url())
    await refused(
      await client.redeem(answer, { redirectUri: CALLBACK.replace("callback", "other") }),
      "invalid_grant",
    )
  })

  it("RFC6749 §4.1.3: is worth nothing to another client", async () => {
    const other = await codeClient(tabard.server, { clientId: await adoptedClient(tabard.server, ann) })
    const client = await codeClient(tabard.server, { clientId })
    const answer = await personBrowser(tabard.server, bob).agree(await client.url())
    const thief = { ...client, client: other.client }
    const parameters = new URLSearchParams({
      grant_type: "authorization_code",
      client_id: thief.client.client_id,
      code: answer.searchParams.get("code") ?? "",
      redirect_uri: CALLBACK,
      code_verifier: client.verifier,
      resource: `${tabard.server.publicUrl}/mcp`,
    })
    const response = await fetch(client.as.token_endpoint ?? "", { method: "POST", body: parameters })
    await refused(response, "invalid_grant")
  })

  it("RFC9449 §10: is good with the key that was named for it, and with no other", async () => {
    const client = await codeClient(tabard.server, { clientId })
    const own = await client.dpop?.calculateThumbprint()
    for (const [dpop_jkt = "", isOwn] of [
      ["a".repeat(43), false],
      [own, true],
    ] as const) {
      const answer = await personBrowser(tabard.server, bob).agree(await client.url({ dpop_jkt }))
      const response = await client.redeem(answer)
      if (isOwn) await tokensIn(client, response)
      else await refused(response, "invalid_grant")
    }
  })

  it("RFC8707 §2.2: is good for the resource that the person agreed to, and for no other", async () => {
    const client = await codeClient(tabard.server, { clientId })
    const answer = await personBrowser(tabard.server, bob).agree(await client.url())
    await refused(await client.redeem(answer, { resource: "https://elsewhere.example/" }), "invalid_target")
  })

  it("RFC9207 §2: comes with the issuer, also where there is an error instead", async () => {
    const client = await codeClient(tabard.server, { clientId })
    const browser = personBrowser(tabard.server, bob)
    const answer = await browser.agree(await client.url())
    assert.equal(answer.searchParams.get("iss"), client.as.issuer)
    const { next } = await browser.visit(await client.url({ scope: "everything" }))
    assert.equal(next?.searchParams.get("error"), "invalid_scope")
    assert.equal(next?.searchParams.get("iss"), client.as.issuer)
    assert.equal(client.as.authorization_response_iss_parameter_supported, true)
  })
})

describe("nobody is led to an address that was not registered", () => {
  for (const [what, changes] of [
    ["another path", { redirect_uri: "http://127.0.0.1:4711/callback/../evil" }],
    ["another host", { redirect_uri: "https://evil.example/callback" }],
    ["a suffix", { redirect_uri: `${CALLBACK}x` }],
    ["a query", { redirect_uri: `${CALLBACK}?x=1` }],
    ["a user", { redirect_uri: "http://127.0.0.1:4711@evil.example/callback" }],
    ["no client", { client_id: "cli_00000000-0000-7000-8000-000000000000" }],
    ["a client that is an instance", { client_id: "ins_00000000-0000-7000-8000-000000000000" }],
  ] as const) {
    it(`not with ${what}: the browser stays here`, async () => {
      const client = await codeClient(tabard.server, { clientId })
      const { next } = await personBrowser(tabard.server, bob).visit(await client.url(changes))
      assert.equal(next?.origin, tabard.server.publicUrl, next?.href)
      assert.equal(next?.pathname, "/consent/refused")
    })
  }

  it("but for the port of the person's own machine, which is the client's to choose (RFC 8252 §7.3)", async () => {
    const client = await codeClient(tabard.server, {
      clientId,
      redirectUri: "http://127.0.0.1:50505/callback",
    })
    const answer = await personBrowser(tabard.server, bob).agree(await client.url())
    assert.equal(answer.port, "50505")
  })
})

describe("another's browser", () => {
  it("does not go on with what somebody else agreed to", async () => {
    const eve = await addPerson(tabard.server, "member")
    const client = await codeClient(tabard.server, { clientId })
    const evil = personBrowser(tabard.server, eve)
    const id = await evil.begin(await client.url())
    const { continueAt } = await personBrowser(tabard.server, bob).answer(id, true)
    const { next } = await evil.visit(continueAt ?? assert.fail())
    assert.equal(next?.href, `${tabard.server.publicUrl}/consent/refused?error=another_person`)
    const nobody = personBrowser(tabard.server)
    assert.equal((await nobody.visit(continueAt ?? "")).next?.searchParams.get("code") ?? null, null)
  })

  it("does not go on where its own person did not begin", async () => {
    const client = await codeClient(tabard.server, { clientId })
    const begun = personBrowser(tabard.server, bob)
    const id = await begun.begin(await client.url())
    const { continueAt } = await begun.answer(id, true)
    const elsewhere = personBrowser(tabard.server, bob)
    const { next } = await elsewhere.visit(continueAt ?? assert.fail())
    assert.equal(next?.pathname, "/consent/refused", "the cookie of the beginning is missing")
  })
})

describe("RFC 9126: a pushed request", () => {
  it("§2.2, §4: leads a browser to what was pushed, once", async () => {
    const client = await codeClient(tabard.server, { clientId })
    const pushed = await client.push()
    assert.match(pushed.request_uri, /^urn:ietf:params:oauth:request_uri:/)
    const browser = personBrowser(tabard.server, bob)
    const url = client.pushedUrl(pushed.request_uri)
    const answer = await browser.agree(url)
    assert.equal((await client.redeem(answer)).status, 200)
    const { next } = await browser.visit(url)
    assert.equal(next?.searchParams.get("error"), "invalid_request_uri", next?.href)
    assert.equal(next?.searchParams.get("code"), null)
  })

  it("RFC9449 §10.1: binds its code to the key that proves it, named by a proof, by dpop_jkt or by both alike", async () => {
    const client = await codeClient(tabard.server, { clientId })
    const other = await codeClient(tabard.server, { clientId })
    const dpop_jkt = (await client.dpop?.calculateThumbprint()) ?? assert.fail()
    const browser = personBrowser(tabard.server, bob)
    const proven = await browser.agree(client.pushedUrl((await client.push({ dpop_jkt })).request_uri))
    await tokensIn(client, await client.redeem(proven))

    const code_challenge = await oauth.calculatePKCECodeChallenge(other.verifier)
    const pushed = await client.push({ state: other.state, code_challenge })
    await refused(
      await other.redeem(await browser.agree(client.pushedUrl(pushed.request_uri))),
      "invalid_grant",
    )

    await assert.rejects(other.push({ dpop_jkt }), oauth.ResponseBodyError)
  })

  it("§2.2: is worth nothing to another client, nor where nobody pushed", async () => {
    const client = await codeClient(tabard.server, { clientId })
    const other = await codeClient(tabard.server, { clientId: await adoptedClient(tabard.server, ann) })
    const browser = personBrowser(tabard.server, bob)
    for (const url of [
      other.pushedUrl((await client.push()).request_uri),
      client.pushedUrl("urn:ietf:params:oauth:request_uri:nothing"),
      client.pushedUrl("https://evil.example/request"),
    ]) {
      const { next } = await browser.visit(url)
      assert.ok(next?.searchParams.get("error"), url.href)
      assert.equal(next?.searchParams.get("code"), null, url.href)
    }
  })

  it("§2.3: refuses at once what would be refused later", async () => {
    const client = await codeClient(tabard.server, { clientId })
    for (const changes of [
      { redirect_uri: "https://evil.example/" },
      { code_challenge_method: "plain" },
      { resource: "https://elsewhere.example/" },
    ])
      await assert.rejects(client.push(changes), JSON.stringify(changes))
  })
})

describe("a refresh token", () => {
  it("gets another token, and another of itself; used twice, it takes everything with it", async () => {
    const { client, response } = await signedInBy(bob)
    const first = await tokensIn(client, response)
    const second = await tokensIn(client, await client.refresh(first.refresh_token ?? assert.fail()))
    assert.notEqual(second.refresh_token, first.refresh_token)
    assert.equal(await stands(second.access_token), true)
    await refused(await client.refresh(first.refresh_token ?? ""), "invalid_grant")
    assert.equal(await stands(second.access_token), false, "RFC9700 §4.14.2")
    await refused(await client.refresh(second.refresh_token ?? ""), "invalid_grant")
  })

  it("is worth nothing with another key (RFC 9449 §5)", async () => {
    const { client, response } = await signedInBy(bob)
    const { refresh_token: token = "" } = await tokensIn(client, response)
    const thief = await codeClient(tabard.server, { clientId })
    await refused(await thief.refresh(token), "invalid_grant")
  })

  for (const [what, end, mend] of [
    [
      "its agent is suspended",
      (agent: Id) => moved(agent, "active", "suspended"),
      (agent: Id) => moved(agent, "suspended", "active"),
    ],
    ["its person left", async () => switched(bob, false), async () => switched(bob, true)],
    ["its person signed it out", async () => signOut(bob), async () => undefined],
  ] as const) {
    it(`is worth nothing once ${what}`, async () => {
      const { client, response } = await signedInBy(bob)
      const tokens = await tokensIn(client, response)
      const agent = String(decodeJwt(tokens.access_token)["agent"])
      await end(agent)
      const answer = await client.refresh(tokens.refresh_token ?? assert.fail())
      assert.ok(answer.status >= 400 && answer.status < 500, await answer.text())
      await mend(agent)
    })
  }
})

describe("RFC 7009: a client of a person's", () => {
  it("§2.1: gives its access token back by its id, and goes on with its refresh token", async () => {
    const { client, response } = await signedInBy(bob)
    const tokens = await tokensIn(client, response)
    await givenBack(client, tokens.access_token)
    assert.equal(await stands(tokens.access_token), false)
    const again = await tokensIn(client, await client.refresh(tokens.refresh_token ?? assert.fail()))
    assert.equal(await stands(again.access_token), true)
  })

  it("§2, §2.1: gives its refresh token back, and with it every access token of that grant", async () => {
    const { client, response } = await signedInBy(bob)
    const first = await tokensIn(client, response)
    const second = await tokensIn(client, await client.refresh(first.refresh_token ?? assert.fail()))
    // A hint that is wrong hinders nothing.
    await givenBack(client, second.refresh_token ?? assert.fail(), "access_token")
    assert.equal(await stands(first.access_token), false)
    assert.equal(await stands(second.access_token), false)
    await refused(await client.refresh(second.refresh_token ?? ""), "invalid_grant")
    await givenBack(client, second.refresh_token ?? "")
    const { response: anew } = await signedInBy(bob)
    assert.equal(anew.status, 200, "what its person let it do stays")
  })

  it("§2.1: ends nothing of another client's, by either token", async () => {
    const other = await codeClient(tabard.server, { clientId: await adoptedClient(tabard.server, ann) })
    const { client, response } = await signedInBy(bob)
    const tokens = await tokensIn(client, response)
    for (const token of [tokens.access_token, tokens.refresh_token ?? assert.fail()])
      await refused(await giveBack(other, token), "unauthorized_client")
    assert.equal(await stands(tokens.access_token), true)
    assert.equal((await client.refresh(tokens.refresh_token ?? "")).status, 200)
  })

  it("§2.2: is told nothing of what is no token", async () => {
    await givenBack(await codeClient(tabard.server, { clientId }), "nothing")
  })

  it("RFC7662 §2.1: is told how no token stands where it proves nothing", async () => {
    const { client, response } = await signedInBy(bob)
    const { access_token: token } = await tokensIn(client, response)
    const body = new URLSearchParams({ client_id: clientId, token })
    const answer = await fetch(client.as.introspection_endpoint ?? "", { method: "POST", body })
    await refused(answer, "invalid_request")
  })
})

describe("between a yes and its token", () => {
  for (const [what, end, mend] of [
    [
      "the agent is suspended",
      (agent: Id) => moved(agent, "active", "suspended"),
      (agent: Id) => moved(agent, "suspended", "active"),
    ],
    ["the person leaves", async () => switched(bob, false), async () => switched(bob, true)],
    ["the client is signed out", async () => signOut(bob), async () => undefined],
  ] as const) {
    it(`no token is issued where ${what}`, async () => {
      const client = await codeClient(tabard.server, { clientId })
      const answer = await personBrowser(tabard.server, bob).agree(await client.url())
      const { shelf } = tabard.server.organisation
      const grant = await shelf.snapshot(({ clientGrants }) => clientGrants.find(bob.user.id, clientId))
      const agent = grant?.agent ?? assert.fail()
      await end(agent)
      const response = await client.redeem(answer)
      assert.ok(response.status >= 400 && response.status < 500, await response.text())
      await mend(agent)
    })
  }

  it("no token is issued where the client was signed out, also after another yes: those of before are over", async () => {
    const [redeeming, waiting] = [
      await codeClient(tabard.server, { clientId }),
      await codeClient(tabard.server, { clientId }),
    ]
    const browser = personBrowser(tabard.server, bob)
    const code = await browser.agree(await redeeming.url())
    const yes = await browser.answer(await browser.begin(await waiting.url()), true)
    await signOut(bob)
    const { client, response } = await signedInBy(bob)
    await tokensIn(client, response)
    await refused(await redeeming.redeem(code), "invalid_grant")
    const { next } = await browser.visit(yes.continueAt ?? assert.fail())
    await refused(await waiting.redeem(next ?? assert.fail()), "invalid_grant")
  })
})

type Id = string

async function signedInBy(person: Person) {
  const client = await codeClient(tabard.server, { clientId })
  const answer = await personBrowser(tabard.server, person).agree(await client.url())
  return { client, answer, response: await client.redeem(answer) }
}

function giveBack({ as, client }: CodeClient, token: string, hint?: string): Promise<Response> {
  const hinted = { ...(hint !== undefined && { token_type_hint: hint }) }
  const body = new URLSearchParams({ client_id: client.client_id, token, ...hinted })
  return fetch(as.revocation_endpoint ?? assert.fail(), { method: "POST", body })
}

async function givenBack(client: CodeClient, token: string, hint?: string): Promise<void> {
  const response = await giveBack(client, token, hint)
  assert.deepEqual([response.status, await response.text()], [200, ""])
}

async function refused(response: Response, error: string): Promise<void> {
  const text = await response.text()
  assert.deepEqual([response.status, JSON.parse(text).error], [400, error], text)
}

/** Whether the record says that a token still counts. */
async function stands(token: string): Promise<boolean> {
  const { jti = "" } = decodeJwt(token)
  const kept = await tabard.server.organisation.shelf.snapshot(({ tokens }) => tokens.find(jti))
  return kept?.revokedAt === null
}

async function adopt(id: string): Promise<void> {
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString()
  const terms = { purpose: "Helps.", tier: "read-only", expiresAt, acceptOwnership: true }
  await askAs(tabard.server, ann, { path: `/agents/${id}/adoption`, body: terms })
}

async function moved(agent: Id, from: "active" | "suspended", to: "active" | "suspended"): Promise<void> {
  await tabard.server.organisation.shelf.transact(async ({ agents }) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a claim of a token that was issued here
    assert.ok(await agents.move(agent as `agt_${string}`, [from], to))
  })
}

async function switched({ user }: Person, active: boolean): Promise<void> {
  await tabard.server.organisation.shelf.transact(({ users }) => users.setActive(user.id, active))
}

async function signOut({ user, cookie }: Person): Promise<void> {
  const { shelf } = tabard.server.organisation
  const grant = await shelf.snapshot(({ clientGrants }) => clientGrants.find(user.id, clientId))
  const path = `/client-grants/${grant?.id}/end`
  await askAs(tabard.server, { cookie }, { path, body: {} })
}
