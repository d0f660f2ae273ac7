import assert from "node:assert/strict"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, afterEach, before, describe, it } from "node:test"
import { gzipSync } from "node:zlib"
import { OPERATIONS, type Operation } from "@tabard/api"
import { addPerson, newSession, type Person } from "../world/people.ts"
import { rawBytes, statuses } from "../world/raw-bytes.ts"
import { type RawAnswer, type RawRequest, rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard, signInFirst } from "../world/running-tabard.ts"
import { inputSchema, sampleInput } from "../world/sample-input.ts"

const TABLE = Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS })
const WRITES = TABLE.filter(([, { method }]) => method !== "GET")
const JSON_BODY = { "content-type": "application/json" }
/** A hundred times what the longest of these takes here, and far below work that grows with the square of a body. */
const PATIENCE_MS = 15_000
const OWN = { ...JSON_BODY, "x-tabard": "1" }

let tabard: RunningTabard
let first: Person
let ann: Person
let auditor: Person

before(async () => {
  tabard = await runTabard()
  // Whoever signs in by a start's link is the first, and of many sessions of a person the oldest ends.
  first = await addPerson(tabard.server, "administrator")
  ann = await addPerson(tabard.server, "administrator")
  auditor = await addPerson(tabard.server, "auditor")
})
after(() => tabard[Symbol.asyncDispose]())
afterEach(() => assert.deepEqual(tabard.faults, [], "a request of a stranger's is no fault of ours"))

describe("a page of another site", () => {
  /** What a browser says of a request that such a page makes it send. */
  const forged: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ["a foreign origin", { origin: "https://evil.example" }],
    ["an origin that is hidden", { origin: "null" }],
    ["no origin, and the browser's word that it is another site", { "sec-fetch-site": "cross-site" }],
    ["a sibling's origin", { "sec-fetch-site": "same-site" }],
    ["our origin with another port", { origin: "http://127.0.0.1:1" }],
  ]
  for (const [what, headers] of forged) {
    it(`does nothing in a person's name: with ${what}`, async () => {
      for (const [name, { method, path }] of WRITES) {
        const cookie = await newSession(tabard.server, first.user)
        const address = `/api/v1${path.replace(/:\w+/g, "none")}`
        const answer = await send({
          method,
          path: address,
          headers: { ...OWN, cookie, ...headers },
          body: "{}",
        })
        assert.deepEqual([answer.status, codeOf(answer)], [403, "cross_site_request"], name)
      }
    })
  }

  it("does nothing by what a form can send, with or without a person's cookie", async () => {
    const types = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
    for (const [name, operation] of WRITES) {
      const body = JSON.stringify(sampleInput(inputSchema(name, operation), "x"))
      for (const type of types) {
        const headers = { cookie: auditor.cookie, ...(type && { "content-type": type }) }
        const path = `/api/v1${operation.path.replace(/:\w+/g, "none")}`
        const { status } = await send({ method: operation.method, path, headers, body })
        assert.ok([403, 422].includes(status), `${name} as ${type}: ${status}`)
      }
    }
  })

  it("does nothing by a GET: none changes anything", async () => {
    const before = await record()
    for (const [, { method, path }] of TABLE) {
      const address = `/api/v1${path.replace(/:\w+/g, "none")}`
      if (method !== "GET")
        await send({ path: `${address}?_method=${method}`, headers: { cookie: ann.cookie } })
    }
    assert.equal(await record(), before)
  })

  it("signs nobody in as somebody else: a code that it sends is not taken", async () => {
    const code = new URL(await tabard.server.signInLink()).hash.slice(1)
    const body = JSON.stringify({ code })
    for (const headers of [
      { ...JSON_BODY, origin: "https://evil.example" },
      { ...JSON_BODY, "sec-fetch-site": "cross-site" },
      { "content-type": "text/plain" },
      { "content-type": "application/x-www-form-urlencoded" },
    ]) {
      const answer = await send({ method: "POST", path: "/api/v1/sign-in", headers, body })
      assert.ok([403, 422].includes(answer.status), answer.text)
      assert.equal(answer.headers["set-cookie"], undefined)
    }
  })

  it("reads nothing: no answer is shared with another origin, preflights included", async () => {
    for (const method of ["OPTIONS", "GET", "POST"]) {
      for (const path of ["/api/v1/agents", "/api/v1/openapi.json", "/oauth/token", "/mcp/notes", "/"]) {
        const headers = { origin: "https://evil.example", "access-control-request-method": "POST" }
        const answer = await send({ method, path, headers })
        for (const name of Object.keys(answer.headers))
          assert.doesNotMatch(name, /^access-control-allow/, path)
      }
    }
  })
})

describe("every kind of answer", () => {
  const kinds: readonly (readonly [string, RawRequest])[] = [
    ["the page", { path: "/" }],
    ["the page of sign-in", { path: "/sign-in" }],
    ["a missing file", { path: "/assets/none.js" }],
    ["the API", { path: "/api/v1/sign-in/ways" }],
    ["the API's refusal", { path: "/api/v1/agents" }],
    ["the API's document", { path: "/api/v1/openapi.json" }],
    ["the API's page", { path: "/api/v1/docs" }],
    ["a reporter's refusal", { method: "POST", path: "/api/v1/reports" }],
    ["the stream's refusal", { path: "/api/v1/changes" }],
    ["health", { path: "/health" }],
    ["the issuer's document", { path: "/oauth/.well-known/openid-configuration" }],
    ["the issuer's keys", { path: "/oauth/jwks" }],
    ["the token endpoint's refusal", { method: "POST", path: "/oauth/token" }],
    ["the token endpoint's wrong method", { path: "/oauth/token" }],
    ["the gateway's refusal", { method: "POST", path: "/mcp/notes", headers: JSON_BODY, body: "{}" }],
    ["the gateway's description", { path: "/.well-known/oauth-protected-resource/mcp" }],
    ["a foreign name's refusal", { path: "/", headers: { host: "evil.example" } }],
    ["a broken address", { path: "/%" }],
  ]
  for (const [what, request] of kinds) {
    it(`forbids frames, foreign files and guessing of types: ${what}`, async () => {
      assertHardened(await send(request))
    })
  }

  it("and the saved file and the stream of somebody who is signed in", async () => {
    const file = await send({ path: "/api/v1/register?form=file", headers: { cookie: ann.cookie } })
    assertHardened(file)
    assert.match(String(file.headers["content-disposition"]), /^attachment; filename="[\w.-]+"$/)
    const stream = await fetch(`${tabard.server.publicUrl}/api/v1/changes`, {
      headers: { cookie: ann.cookie },
    })
    assertHardened({ status: 200, text: "", headers: Object.fromEntries(stream.headers) })
    await stream.body?.cancel()
  })

  it("of the API is kept by no cache, also where nobody was signed in", async () => {
    for (const [name, { method, path }] of TABLE.filter(([, operation]) => operation.method === "GET")) {
      const address = `/api/v1${path.replace(/:\w+/g, "none")}`
      for (const cookie of ["", ann.cookie]) {
        const { headers } = await send({ method, path: address, headers: { cookie } })
        assert.equal(headers["cache-control"], "no-store", name)
      }
    }
  })
})

describe("an address", () => {
  const elsewhere = [
    "//evil.example",
    "/\\evil.example",
    "/%2f%2fevil.example",
    "/%5cevil.example",
    "///evil.example/%2e%2e",
    "/sign-in?next=https://evil.example",
    "/sign-in?return_to=//evil.example&refused=https://evil.example",
    "/sign-in/provider?redirect_uri=https://evil.example&next=//evil.example",
    "/sign-in/provider/callback?state=x&code=y&next=https://evil.example",
    "/api/v1/sign-in/ways?next=https://evil.example",
    "/oauth/token?redirect_uri=https://evil.example",
    "http://evil.example/",
    "https://evil.example/api/v1/agents",
  ]
  for (const path of elsewhere) {
    it(`leads to no other site: ${path}`, async () => {
      await using provided = await runTabard({ env: PROVIDER })
      for (const where of [tabard, provided]) {
        const { headers, status } = await rawRequest(where.server.publicUrl, { path })
        assert.ok(status < 500, `${status}`)
        const { location } = headers
        if (location !== undefined)
          assert.equal(new URL(location, where.server.publicUrl).origin, where.server.publicUrl)
        assert.equal(headers["refresh"], undefined)
      }
    })
  }

  it("spelt otherwise opens nothing that its plain spelling does not", async () => {
    const spelt = [
      "//api/v1/agents",
      "/api//v1/agents",
      "/api/v1//agents",
      "/API/v1/agents",
      "/api/v1/agents/",
      "/api/v1/./agents",
      "/api/v1/x/../agents",
      "/api/v1/x/%2e%2e/agents",
      "/api/v1/x/..%2fagents",
      "/api/v1/%61gents",
      "/api/v1/agents;x",
      "/api/v1/agents%00",
      "/api/v1/agents%20",
      "/api/v1/agents%23",
      "/api/v1/sign-in/ways/../../agents",
      "/assets/../api/v1/agents",
    ]
    for (const path of spelt) {
      const answer = await send({ path })
      assert.ok(!answer.text.startsWith('{"items"'), `${path}: ${answer.text.slice(0, 100)}`)
      assert.ok([400, 401, 404, 422].includes(answer.status) || isPage(answer), `${path}: ${answer.status}`)
    }
    for (const path of ["/api/v1/scans", "/api/v1//scans", "/api/v1/%73cans", "/api/v1/agents/../scans"]) {
      const headers = { ...OWN, cookie: auditor.cookie }
      const answer = await send({ method: "POST", path, headers, body: "{}" })
      assert.ok([403, 404].includes(answer.status), `${path}: ${answer.status}`)
    }
  })

  it("holds an id as one piece: a slash in it, however spelt, leads to no other operation", async () => {
    for (const id of [
      "..%2fpeople",
      "x%2f..%2f..%2fpeople",
      "%2e%2e",
      "..",
      "%252e%252e%252fpeople",
      "x%5c..",
      "x%00",
      "x%0d%0aset-cookie:a=b",
    ]) {
      const answer = await send({ path: `/api/v1/agents/${id}`, headers: { cookie: ann.cookie } })
      assert.ok([400, 404, 422].includes(answer.status), `${id}: ${answer.status}`)
      assert.equal(answer.headers["set-cookie"], undefined)
    }
  })

  it("is asked with its own method, whatever a header or a member says", async () => {
    const path = `/api/v1/people/${auditor.user.id}/deactivation`
    for (const name of ["x-http-method-override", "x-http-method", "x-method-override", "_method"]) {
      const headers = { cookie: ann.cookie, [name]: "POST" }
      const answer = await send({ path: `${path}?_method=POST`, headers })
      assert.deepEqual([answer.status, codeOf(answer)], [404, "route_not_found"], name)
    }
    assert.equal((await send({ path: "/api/v1/session", headers: { cookie: auditor.cookie } })).status, 200)
  })
})

describe("a request of two meanings", () => {
  const host = (): string => `host: ${new URL(tabard.server.publicUrl).host}\r\n`
  const hidden = "GET /api/v1/sign-in/ways HTTP/1.1\r\nhost: x\r\n\r\n"
  const cases: readonly (readonly [string, () => string])[] = [
    [
      "both lengths",
      () =>
        `POST /api/v1/sign-in HTTP/1.1\r\n${host()}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    ],
    [
      "two lengths",
      () =>
        `POST /api/v1/sign-in HTTP/1.1\r\n${host()}content-length: 5\r\ncontent-length: 90\r\n\r\nabcde${hidden}`,
    ],
    [
      "a length that is none",
      () => `POST /api/v1/sign-in HTTP/1.1\r\n${host()}content-length: +5\r\n\r\nabcde${hidden}`,
    ],
    [
      "an encoding that is spelt oddly",
      () => `POST /api/v1/sign-in HTTP/1.1\r\n${host()}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
    ],
    [
      "an encoding behind a space",
      () => `POST /api/v1/sign-in HTTP/1.1\r\n${host()}transfer-encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`,
    ],
    [
      "a chunk that is none",
      () => `POST /api/v1/sign-in HTTP/1.1\r\n${host()}transfer-encoding: chunked\r\n\r\nzz\r\n\r\n${hidden}`,
    ],
    ["a folded header", () => `GET /api/v1/agents HTTP/1.1\r\n${host()}cookie: a\r\n =b\r\n\r\n`],
    ["a bare line feed", () => `GET /api/v1/agents HTTP/1.1\n${host()}x: y\n\n`],
    ["a NUL in a header", () => `GET /api/v1/agents HTTP/1.1\r\n${host()}x: a\0b\r\n\r\n`],
    ["no name of a host", () => `GET /api/v1/sign-in/ways HTTP/1.1\r\n\r\n`],
    ["two names of a host", () => `GET /api/v1/sign-in/ways HTTP/1.1\r\n${host()}host: evil.example\r\n\r\n`],
    [
      "another name in its first line",
      () => `GET http://evil.example/api/v1/sign-in/ways HTTP/1.1\r\n${host()}\r\n`,
    ],
  ]
  for (const [what, bytes] of cases) {
    it(`is answered with one refusal at most, and ends the connection or hides nothing: ${what}`, async () => {
      const text = await rawBytes(tabard.server.publicUrl, bytes())
      const answered = statuses(text)
      assert.ok(answered.length <= 2, text)
      assert.ok(!text.includes('"provider"'), `${what}: what was hidden is answered: ${text}`)
      assert.ok(
        answered.every((status) => status >= 400 && status < 500),
        text,
      )
    })
  }
})

describe("a body that is a bomb", () => {
  const bombs: readonly (readonly [string, Readonly<Record<string, string>>, string | Uint8Array, RegExp])[] =
    [
      [
        "nested deeper than anybody writes",
        {},
        `{"name":${"[".repeat(65)}${"]".repeat(65)}}`,
        /nested deeper/,
      ],
      ["nested a million times", {}, `{"name":${"[".repeat(500_000)}`, /nested deeper/],
      ["with a key that stands twice", {}, `{"name":"a","name":"b"}`, /stands twice/],
      [
        "with a key that stands twice further in",
        {},
        `{"name":"a","systems":[{"b":1,"b":2}]}`,
        /stands twice/,
      ],
      ["with a number that no double holds", {}, `{"name":1e999}`, /expected string/],
      ["with a number of a million digits", {}, `{"name":${"9".repeat(500_000)}}`, /expected string/],
      [
        "compressed",
        { "content-encoding": "gzip" },
        gzipSync(`{"name":"${"a".repeat(1e6)}"}`),
        /content-encoding/,
      ],
      ["said to be compressed", { "content-encoding": "br" }, `{"name":"a"}`, /content-encoding/],
      ["that makes a prototype", {}, `{"__proto__":{"role":"administrator"},"name":"a"}`, /Unrecognized/],
      [
        "that makes a constructor",
        {},
        `{"constructor":{"prototype":{"role":"x"}},"name":"a"}`,
        /Unrecognized/,
      ],
      ["of many members", {}, `{${Array.from({ length: 50_000 }, (_, at) => `"k${at}":1`).join()}}`, /./],
    ]
  for (const [what, headers, body, words] of bombs) {
    it(`is refused in words, without long work: one ${what}`, async () => {
      const began = performance.now()
      const all = { ...OWN, cookie: ann.cookie, ...headers }
      const answer = await send({ method: "POST", path: "/api/v1/agents", headers: all, body })
      assert.deepEqual([answer.status, codeOf(answer)], [422, "body_invalid"], answer.text.slice(0, 300))
      assert.match(answer.text, words)
      assert.ok(answer.text.length < 2_000_000)
      assert.ok(performance.now() - began < PATIENCE_MS, "it took too long")
    })
  }
  it("leaves no prototype changed", () => assert.equal(Reflect.get({}, "role"), undefined))

  it("in the address is refused: a target of a megabyte, a thousand members, a megabyte of headers", async () => {
    const { cookie } = ann
    const many = Array.from({ length: 1_000 }, (_, at) => `m${at}=1`).join("&")
    for (const request of [
      { path: `/api/v1/agents?after=${"a".repeat(1_000_000)}`, headers: { cookie } },
      { path: `/api/v1/agents?${many}`, headers: { cookie } },
      { path: "/api/v1/agents", headers: { cookie, x: "a".repeat(1_000_000) } },
    ]) {
      const status = await rawRequest(tabard.server.publicUrl, request).then(
        (answer) => answer.status,
        () => 431,
      )
      assert.ok([400, 413, 414, 422, 431].includes(status), `${status}`)
    }
  })
})

describe("a session", () => {
  it("is a new one at each sign-in: one that was planted in the browser is nothing", async () => {
    const name = `tabard-${new URL(tabard.server.publicUrl).port}`
    const planted = `${name}=${"A".repeat(44)}`
    const code = new URL(await tabard.server.signInLink()).hash.slice(1)
    const headers = { ...JSON_BODY, cookie: planted }
    const answer = await send({
      method: "POST",
      path: "/api/v1/sign-in",
      headers,
      body: JSON.stringify({ code }),
    })
    assert.equal(answer.status, 200, answer.text)
    const [set = ""] = answer.headers["set-cookie"] ?? []
    assert.ok(!set.startsWith(`${planted};`))
    assert.equal((await send({ path: "/api/v1/session", headers: { cookie: planted } })).status, 401)
  })

  it("survives a restart, and is ended by it in no list", async () => {
    const data = await mkdtemp(join(tmpdir(), "tabard-restart-"))
    try {
      let cookie = ""
      let port = 0
      {
        await using once = await runTabard({ data })
        cookie = (await signInFirst(once.server, "Ann")).cookie()
        port = Number(new URL(once.server.publicUrl).port)
      }
      await using again = await runTabard({ data, port })
      const { publicUrl } = again.server
      assert.equal(
        (await rawRequest(publicUrl, { path: "/api/v1/session", headers: { cookie } })).status,
        200,
      )
      const { text } = await rawRequest(publicUrl, { path: "/api/v1/sessions", headers: { cookie } })
      const { items }: { items: { current: boolean }[] } = JSON.parse(text)
      assert.deepEqual(
        items.map(({ current }) => current),
        [true],
      )
    } finally {
      await rm(data, { recursive: true, force: true })
    }
  })

  it("has the role that its person has now, dies with their account, and is not back when they are", async () => {
    const eve = await addPerson(tabard.server, "administrator")
    const asAnn = (path: string, body: object, method = "POST"): Promise<RawAnswer> =>
      send({
        method,
        path: `/api/v1${path}`,
        headers: { ...OWN, cookie: ann.cookie },
        body: JSON.stringify(body),
      })
    const status = async (path: string): Promise<number> =>
      (await send({ path: `/api/v1${path}`, headers: { cookie: eve.cookie } })).status
    assert.equal(await status("/scans"), 200)
    const changed = await asAnn(`/people/${eve.user.id}/role`, { role: "member" }, "PUT")
    assert.equal(changed.status, 200, changed.text)
    assert.equal(await status("/scans"), 403)
    assert.equal(await status("/session"), 200)
    await asAnn(`/people/${eve.user.id}/deactivation`, { reason: "left" })
    assert.equal(await status("/session"), 401)
    await asAnn(`/people/${eve.user.id}/reactivation`, {})
    assert.equal(await status("/session"), 401, "they sign in anew")
  })

  it("is listed for its person, and ended by them from another, at once", async () => {
    const { user } = await addPerson(tabard.server, "member")
    const [here, there] = [await newSession(tabard.server, user), await newSession(tabard.server, user)]
    const { text } = await send({ path: "/api/v1/sessions", headers: { cookie: there } })
    const { items }: { items: { id: string; current: boolean }[] } = JSON.parse(text)
    const current = items.find((one) => one.current)?.id ?? assert.fail(text)
    assert.ok(!text.includes(there.split("=")[1] ?? "none"))
    const headers = { ...OWN, cookie: here }
    await send({ method: "POST", path: `/api/v1/sessions/${current}/ending`, headers, body: "{}" })
    assert.equal((await send({ path: "/api/v1/session", headers: { cookie: there } })).status, 401)
    assert.equal((await send({ path: "/api/v1/session", headers: { cookie: here } })).status, 200)
  })

  it("under https is bound to its host, to https and to no script, and the browser comes back by https alone", async () => {
    await using secure = await runTabard({ publicUrl: "https://tabard.example", proxies: ["127.0.0.1"] })
    const code = new URL(await secure.server.signInLink()).hash.slice(1)
    const introduction = { code, name: "Ann", email: "ann@example.test" }
    const { address } = secure.server
    const headers = { ...JSON_BODY, host: "tabard.example" }
    const body = JSON.stringify(introduction)
    const answer = await rawRequest(address, { method: "POST", path: "/api/v1/sign-in", headers, body })
    assert.equal(answer.status, 200, answer.text)
    const [cookie = ""] = answer.headers["set-cookie"] ?? []
    assert.match(
      cookie,
      /^__Host-tabard=[\w-]{40,}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/,
    )
    assert.equal(answer.headers["strict-transport-security"], "max-age=31536000")
    for (const path of ["/", "/api/v1/agents", "/oauth/jwks", "/.well-known/oauth-protected-resource/mcp"]) {
      const { headers: told } = await rawRequest(address, { path, headers: { host: "tabard.example" } })
      assert.equal(told["strict-transport-security"], "max-age=31536000", path)
    }
  })
})

const PROVIDER = {
  TABARD_OIDC_ISSUER: "http://127.0.0.1:9",
  TABARD_OIDC_CLIENT_ID: "tabard",
  TABARD_OIDC_CLIENT_SECRET: "x",
}

function assertHardened({ status, headers, text }: RawAnswer): void {
  assert.ok(status < 500, text)
  const policy = String(headers["content-security-policy"])
  assert.match(policy, /default-src 'none'/)
  assert.match(policy, /frame-ancestors 'none'/)
  assert.match(policy, /base-uri 'none'/)
  assert.doesNotMatch(policy, /unsafe|\*|https?:/)
  assert.equal(headers["x-frame-options"], "DENY")
  assert.equal(headers["x-content-type-options"], "nosniff")
  assert.equal(headers["referrer-policy"], "no-referrer")
  assert.equal(headers["cross-origin-opener-policy"], "same-origin")
  assert.equal(headers["cross-origin-resource-policy"], "same-origin")
  assert.equal(headers["server"], undefined)
  assert.equal(headers["x-powered-by"], undefined)
}

function isPage({ headers }: RawAnswer): boolean {
  return String(headers["content-type"]).startsWith("text/html")
}

/** What happened so far, but for sessions, which the tests themselves begin. */
async function record(): Promise<string> {
  const { shelf } = tabard.server.organisation
  const events = await shelf.snapshot(({ outbox }) => outbox.list({ limit: 500 }))
  return events.flatMap(({ id, type }) => (type.startsWith("session.") ? [] : id)).join(" ")
}

function send(request: RawRequest): Promise<RawAnswer> {
  return rawRequest(tabard.server.publicUrl, request)
}

function codeOf({ text }: RawAnswer): string {
  try {
    return String(Reflect.get(Object(JSON.parse(text)), "code"))
  } catch {
    return "none"
  }
}
