import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { describe, it } from "node:test"
import { decodeProtectedHeader } from "jose"
import { createKey, thumbprintOf } from "./key.ts"
import { beginSignIn, type SignIn, type SignInOptions } from "./sign-in.ts"
import { TokenSource } from "./token-source.ts"

const SERVER = "https://files.example/mcp"
const ISSUER = "https://id.example"
const METADATA = {
  issuer: ISSUER,
  token_endpoint: `${ISSUER}/token`,
  authorization_endpoint: `${ISSUER}/authorize?tenant=1`,
  code_challenge_methods_supported: ["S256"],
  dpop_signing_alg_values_supported: ["ES256"],
  authorization_response_iss_parameter_supported: true,
}

describe("a person's sign-in", () => {
  it("asks for one server and one key, and redeems its code by what only this client knows", async () => {
    const issuer = fakeIssuer()
    const key = await createKey()
    const begun = await begin(issuer, { key, scope: "read" })
    const asked = Object.fromEntries(new URL(begun.url).searchParams)
    assert.equal(asked["tenant"], "1")
    assert.equal(asked["resource"], SERVER)
    assert.equal(asked["scope"], "read")
    assert.equal(asked["dpop_jkt"], await thumbprintOf(key))

    const tokens = new TokenSource(begun.finish(answer(begun)), { fetch: issuer.fetch })
    assert.equal((await tokens.token()).accessToken, "token 1")
    const [form] = issuer.forms
    assert.equal(form?.["grant_type"], "authorization_code")
    assert.equal(form["resource"], SERVER)
    const challenge = createHash("sha256")
      .update(form["code_verifier"] ?? "")
      .digest("base64url")
    assert.deepEqual([asked["code_challenge"], asked["code_challenge_method"]], [challenge, "S256"])
    assert.equal(
      await thumbprintOf(Object(decodeProtectedHeader(issuer.proofs[0] ?? "").jwk)),
      await thumbprintOf(key),
    )
  })

  it("goes on by refresh tokens, each sent once", async () => {
    const issuer = fakeIssuer({ refresh: true })
    const begun = await begin(issuer)
    const tokens = new TokenSource(begun.finish(answer(begun)), { fetch: issuer.fetch })
    for (let time = 0; time < 3; time++) tokens.forget(await tokens.token())
    assert.deepEqual(
      issuer.forms.map((form) => form["refresh_token"] ?? form["code"]),
      ["the code", "refresh 1", "refresh 2"],
    )
  })

  it("never sends a code again that gave a token", async () => {
    const issuer = fakeIssuer()
    const begun = await begin(issuer)
    const tokens = new TokenSource(begun.finish(answer(begun)), { fetch: issuer.fetch })
    tokens.forget(await tokens.token())
    await assert.rejects(tokens.token(), { code: "invalid_grant" })
    assert.equal(issuer.forms.length, 1)
  })

  it("asks for what it held beside what it lacks, and for going on where the issuer knows of it", async () => {
    const issuer = fakeIssuer({ metadata: { scopes_supported: ["offline_access"] } })
    const challenge = `Bearer error="insufficient_scope", scope="write read"`
    const begun = await begin(issuer, { held: "read", challenge })
    assert.equal(new URL(begun.url).searchParams.get("scope"), "read write offline_access")
    const free = await begin(issuer)
    assert.equal(new URL(free.url).searchParams.has("scope"), false)
  })

  const refused: Readonly<Record<string, (begun: SignIn) => Readonly<Record<string, string | null>>>> = {
    "another sign-in": () => ({ state: "another" }),
    "RFC9207 §2.4: another issuer": () => ({ iss: "https://evil.example" }),
    "RFC9207 §2.4: an issuer that is nearly the same": () => ({ iss: `${ISSUER}/` }),
    "RFC9207 §2.4: an issuer that should have said who it is": () => ({ iss: null }),
    "nobody who gave a code": () => ({ code: null }),
  }
  for (const [whom, changes] of Object.entries(refused)) {
    it(`takes no answer of ${whom}`, async () => {
      const begun = await begin(fakeIssuer())
      assert.throws(() => begun.finish(answer(begun, changes(begun))), TypeError)
    })
  }

  it("RFC9207 §2.4: takes no other issuer's name from one that says it names none", async () => {
    const begun = await begin(
      fakeIssuer({ metadata: { authorization_response_iss_parameter_supported: false } }),
    )
    assert.throws(() => begun.finish(answer(begun, { iss: "https://evil.example" })), TypeError)
    assert.ok(begun.finish(answer(begun, { iss: null })))
  })

  it("tells a person's no, once it is known whose it is", async () => {
    const begun = await begin(fakeIssuer())
    const no = { code: null, error: "access_denied", error_description: "Bob said no." }
    assert.throws(() => begun.finish(answer(begun, no)), { code: "access_denied", message: "Bob said no." })
    assert.throws(() => begun.finish(answer(begun, { ...no, iss: null })), TypeError)
  })

  it("RFC7636: is not begun where codes are not held to their client", async () => {
    for (const methods of [[], ["plain"], undefined]) {
      const issuer = fakeIssuer({ metadata: { code_challenge_methods_supported: methods } })
      await assert.rejects(begin(issuer), /S256/)
    }
  })
})

interface FakeIssuer {
  readonly fetch: typeof fetch
  readonly forms: Record<string, string>[]
  readonly proofs: string[]
}

/** A server with its issuer. */
function fakeIssuer(options: { readonly metadata?: object; readonly refresh?: boolean } = {}): FakeIssuer {
  const [forms, proofs]: [Record<string, string>[], string[]] = [[], []]
  return {
    forms,
    proofs,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const { pathname } = new URL(request.url)
      if (pathname.startsWith("/.well-known/oauth-protected-resource"))
        return Response.json({ resource: SERVER, authorization_servers: [ISSUER] })
      if (pathname.startsWith("/.well-known/")) return Response.json({ ...METADATA, ...options.metadata })
      proofs.push(request.headers.get("dpop") ?? "")
      forms.push(Object.fromEntries(new URLSearchParams(await request.text())))
      const count = forms.length
      const token = { access_token: `token ${count}`, token_type: "DPoP", expires_in: 300 }
      return Response.json({ ...token, ...(options.refresh && { refresh_token: `refresh ${count}` }) })
    },
  }
}

function begin({ fetch }: FakeIssuer, changes: Partial<SignInOptions> = {}): Promise<SignIn> {
  const redirectUri = "http://127.0.0.1:4711/callback"
  return beginSignIn({ resource: SERVER, clientId: "cli_1", redirectUri, fetch, ...changes })
}

/** Where the browser comes back; null leaves a part out. */
function answer({ url }: SignIn, changes: Readonly<Record<string, string | null>> = {}): URL {
  const asked = new URL(url).searchParams
  const came = new URL(asked.get("redirect_uri") ?? "")
  const parts = { code: "the code", state: asked.get("state"), iss: ISSUER, ...changes }
  for (const [name, value] of Object.entries(parts)) if (value !== null) came.searchParams.set(name, value)
  return came
}
