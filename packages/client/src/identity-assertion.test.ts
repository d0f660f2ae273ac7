import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { decodeJwt } from "jose"
import type { Credentials } from "./credentials.ts"
import { identityAssertionCredentials } from "./identity-assertion.ts"
import { createKey } from "./key.ts"
import { TokenSource } from "./token-source.ts"

const SERVER = "https://files.example/mcp"
const ISSUER = "https://id.example"
const PROVIDER = "https://people.example/token"
const ID_JAG = "urn:ietf:params:oauth:token-type:id-jag"

describe("a client that brings its person's provider's word", () => {
  it("asks the provider for it anew each time, for this issuer and this server, and proves its own key with it", async () => {
    const web = fakeWeb(ID_JAG)
    const tokens = new TokenSource(await credentials(web), { fetch: web.fetch })
    tokens.forget(await tokens.token())
    await tokens.token()

    const [asked, brought, askedAgain, broughtAgain] = web.forms
    assert.equal(asked?.["subject_token"], "what the provider said at sign-in")
    assert.equal(asked["requested_token_type"], ID_JAG)
    assert.deepEqual([asked["audience"], asked["resource"]], [ISSUER, SERVER])
    assert.equal(asked["client_id"], "desk at the provider")
    assert.equal(brought?.["grant_type"], "urn:ietf:params:oauth:grant-type:jwt-bearer")
    assert.equal(brought["assertion"], "assertion 1")
    assert.equal(decodeJwt(brought["client_assertion"] ?? "").sub, "desk")
    assert.equal(decodeJwt(brought["client_assertion"] ?? "").aud, ISSUER)
    assert.ok(askedAgain)
    assert.equal(broughtAgain?.["assertion"], "assertion 3")
  })

  it("brings nothing else that a provider may answer: another token would be told to whom it is not meant for", async () => {
    const web = fakeWeb("urn:ietf:params:oauth:token-type:access_token")
    const tokens = new TokenSource(await credentials(web), { fetch: web.fetch })
    await assert.rejects(tokens.token(), { code: "invalid_response" })
    assert.equal(web.forms.length, 1)
  })

  it("sends a person's token to no provider that others on the network can read", async () => {
    const web = fakeWeb(ID_JAG)
    const tokens = new TokenSource(await credentials(web, "http://people.example/token"), {
      fetch: web.fetch,
    })
    await assert.rejects(tokens.token(), TypeError)
    assert.deepEqual(web.forms, [])
  })
})

interface FakeWeb {
  readonly fetch: typeof fetch
  readonly forms: Record<string, string>[]
}

/** A server, its issuer, and a provider that answers a token of this type. */
function fakeWeb(issued_token_type: string): FakeWeb {
  const forms: Record<string, string>[] = []
  return {
    forms,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const { url } = request
      if (url.includes("oauth-protected-resource"))
        return Response.json({ resource: SERVER, authorization_servers: [ISSUER] })
      if (url.includes("/.well-known/"))
        return Response.json({ issuer: ISSUER, token_endpoint: `${ISSUER}/token` })
      const count = forms.push(Object.fromEntries(new URLSearchParams(await request.text())))
      if (url === PROVIDER)
        return Response.json({ issued_token_type, access_token: `assertion ${count}`, token_type: "N_A" })
      return Response.json({ access_token: `token ${count}`, token_type: "DPoP", expires_in: 300 })
    },
  }
}

async function credentials({ fetch }: FakeWeb, tokenEndpoint: string = PROVIDER): Promise<Credentials> {
  return identityAssertionCredentials({
    resource: SERVER,
    clientId: "desk",
    key: await createKey(),
    provider: {
      tokenEndpoint,
      clientId: "desk at the provider",
      idToken: async () => "what the provider said at sign-in",
    },
    fetch,
  })
}
