import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { discover } from "./discover.ts"

const SERVER = "https://files.example/mcp/files"
const ISSUER = "https://id.example/tenant"
const AT_SERVER = "https://files.example/.well-known/oauth-protected-resource/mcp/files"
const AT_ROOT = "https://files.example/.well-known/oauth-protected-resource"
const AT_ISSUER = "https://id.example/.well-known/oauth-authorization-server/tenant"
const DESCRIBED = { resource: SERVER, authorization_servers: [ISSUER] }
const METADATA = { issuer: ISSUER, token_endpoint: `${ISSUER}/token` }

describe("finding who issues tokens for a server", () => {
  it("RFC9728 §3.1, RFC8414 §3.1: puts the well-known name between host and path", async () => {
    const web = fakeWeb({ [AT_SERVER]: DESCRIBED, [AT_ISSUER]: METADATA })
    const found = await discover(SERVER, web)
    assert.deepEqual([found.resource, found.issuer, found.tokenEndpoint], [SERVER, ISSUER, `${ISSUER}/token`])
    assert.deepEqual(web.asked, [AT_SERVER, AT_ISSUER])
  })

  it("RFC9728 §5.1: looks where the server says, and nowhere else", async () => {
    const place = "https://files.example/about"
    const web = fakeWeb({ [place]: DESCRIBED, [AT_ISSUER]: METADATA })
    const challenge = `DPoP error="invalid_token", scope="read write", resource_metadata="${place}"`
    assert.equal((await discover(SERVER, { ...web, challenge })).scope, "read write")
    assert.equal(web.asked[0], place)
    await assert.rejects(
      discover(SERVER, { ...fakeWeb({ [AT_SERVER]: DESCRIBED }), challenge }),
      /does not say/,
    )
  })

  it("takes the description of what the server is a part of, and an issuer's as an OpenID provider", async () => {
    const openid = `${ISSUER}/.well-known/openid-configuration`
    const whole = { ...DESCRIBED, resource: "https://files.example/", scopes_supported: ["read"] }
    const found = await discover(SERVER, fakeWeb({ [AT_ROOT]: whole, [openid]: METADATA }))
    assert.deepEqual([found.resource, found.scope], [whole.resource, "read"])
  })

  const wrong: Readonly<Record<string, readonly [object, object]>> = {
    "RFC9728 §3.3: describes itself as another's": [
      { ...DESCRIBED, resource: "https://evil.example/mcp" },
      METADATA,
    ],
    "RFC9728 §3.3: describes itself as its neighbour": [
      { ...DESCRIBED, resource: "https://files.example/mcp/file" },
      METADATA,
    ],
    "names no issuer": [{ resource: SERVER, authorization_servers: [] }, METADATA],
    "names an issuer that anybody on the network could be": [
      { ...DESCRIBED, authorization_servers: ["http://id.example/tenant"] },
      METADATA,
    ],
    "RFC8414 §3.3: has an issuer that calls itself otherwise": [
      DESCRIBED,
      { ...METADATA, issuer: `${ISSUER}/` },
    ],
    "has an issuer whose token endpoint anybody can listen to": [
      DESCRIBED,
      { ...METADATA, token_endpoint: "http://id.example/token" },
    ],
    "has an issuer that describes nothing": [DESCRIBED, []],
  }
  for (const [what, [described, metadata]] of Object.entries(wrong)) {
    it(`refuses a server that ${what}`, async () => {
      await assert.rejects(
        discover(SERVER, fakeWeb({ [AT_SERVER]: described, [AT_ISSUER]: metadata })),
        TypeError,
      )
    })
  }

  it("follows no redirect", async () => {
    const web = fakeWeb({ [AT_SERVER]: DESCRIBED, [AT_ISSUER]: METADATA })
    await discover(SERVER, web)
    assert.deepEqual(new Set(web.redirects), new Set(["error"]))
  })
})

interface FakeWeb {
  readonly fetch: typeof fetch
  readonly asked: string[]
  readonly redirects: string[]
}

/** Answers these documents at these addresses, and nothing elsewhere. */
function fakeWeb(documents: Readonly<Record<string, object>>): FakeWeb {
  const [asked, redirects]: [string[], string[]] = [[], []]
  return {
    asked,
    redirects,
    fetch: async (input, init) => {
      const { url, redirect } = new Request(input, init)
      asked.push(url)
      redirects.push(redirect)
      const document = documents[url]
      return document ? Response.json(document) : new Response("", { status: 404 })
    },
  }
}
