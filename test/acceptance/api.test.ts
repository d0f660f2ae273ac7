import assert from "node:assert/strict"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { after, afterEach, before, describe, it } from "node:test"
import { OPERATIONS, type Operation } from "@tabard/api"
import { ROLES } from "@tabard/core"
import { addPerson, newSession, type Person } from "../world/people.ts"
import { type RawAnswer, type RawRequest, rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

const OPERATION_LIST = Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS })
const OWN = { "content-type": "application/json", "x-tabard": "1" }

let tabard: RunningTabard
let people: Map<string, Person>
/** Whoever asks for everything: one of these questions ends all of a person's sessions. */
let askers: Map<string, Person>
const refusals: RawAnswer[] = []

before(async () => {
  tabard = await runTabard()
  people = await onePerRole()
  askers = await onePerRole()
})
after(() => tabard[Symbol.asyncDispose]())
afterEach(() => assert.deepEqual(tabard.faults, [], "a request of a stranger's is no fault of ours"))

describe("who may ask what", () => {
  for (const [name, operation] of OPERATION_LIST) {
    it(`${name} is for ${wordsFor(operation)}`, async () => {
      for (const who of ["a stranger", ...ROLES] as const) {
        const answer = await ask(operation, await cookieOf(who))
        assert.equal(outcome(answer), expected(operation, who), `${who}: ${answer.status} ${answer.text}`)
      }
    })
  }

  it("takes no cookie that is nobody's", async () => {
    const own = `tabard-${new URL(tabard.server.publicUrl).port}`
    const odd = [`${own}=`, `${own}=x`, `${own}=undefined`, "__Host-tabard=x", "tabard=x", `${own}[]=x`]
    for (const cookie of odd) {
      const answer = await send({ path: "/api/v1/session", headers: { cookie } })
      assert.deepEqual([answer.status, codeOf(answer)], [401, "session_required"], cookie)
    }
  })

  it("takes no other proof of who it is: no header, no query, no basic authentication", async () => {
    const { user, cookie } = person("administrator")
    const token = cookie.split("=")[1] ?? ""
    const headers = [
      { authorization: `Bearer ${token}` },
      { authorization: `DPoP ${token}` },
      { authorization: `Basic ${Buffer.from(`${user.email}:${token}`).toString("base64")}` },
      { "x-forwarded-user": user.email, "x-remote-user": user.id, "x-user": user.id },
    ]
    for (const claimed of headers)
      assert.equal((await send({ path: "/api/v1/agents", headers: claimed })).status, 401)
    assert.equal((await send({ path: `/api/v1/agents?tabard=${token}` })).status, 401)
  })
})

describe("a write", () => {
  const writes = OPERATION_LIST.filter(([, { method }]) => method !== "GET")

  it("is refused where another site sent it, whoever is signed in", async () => {
    for (const [name, operation] of writes) {
      for (const origin of [
        "https://evil.example",
        "null",
        "http://127.0.0.1",
        tabard.server.publicUrl.replace("http:", "https:"),
      ]) {
        const cookie = await newSession(tabard.server, person("administrator").user)
        const answer = await ask(operation, cookie, { ...OWN, origin })
        assert.deepEqual(
          [answer.status, codeOf(answer)],
          [403, "cross_site_request"],
          `${name} from ${origin}`,
        )
      }
    }
  })

  it("is refused without the header that no form can send, wherever a cookie speaks", async () => {
    for (const [name, operation] of writes.filter(([, { access }]) => access !== "public")) {
      for (const header of [{}, { "x-tabard": "0" }, { "x-tabard": "1, 1" }]) {
        const headers = { "content-type": "application/json", ...header }
        const answer = await ask(operation, person("administrator").cookie, headers)
        assert.deepEqual([answer.status, codeOf(answer)], [403, "cross_site_request"], name)
      }
    }
  })

  it("is taken from the console's own origin", async () => {
    const cookie = await newSession(tabard.server, person("administrator").user)
    const answer = await ask(OPERATIONS.signOut, cookie, { ...OWN, origin: tabard.server.publicUrl })
    assert.equal(answer.status, 200)
  })

  it("is refused as anything but JSON: what a form can send is not read", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]) {
      const answer = await ask(OPERATIONS.signIn, "", {
        "x-tabard": "1",
        ...(type && { "content-type": type }),
      })
      assert.deepEqual([answer.status, codeOf(answer)], [422, "body_invalid"], type)
    }
  })

  it("is refused with a member that nobody knows", async () => {
    for (const [name, operation] of writes) {
      const cookie = await newSession(tabard.server, person("administrator").user)
      const answer = await ask(operation, cookie, OWN, JSON.stringify({ surprise: 1, isAdministrator: true }))
      assert.deepEqual([answer.status, codeOf(answer)], [422, "body_invalid"], name)
      assert.match(answer.text, /surprise/, `${name} does not say what it does not know`)
    }
  })

  it("is refused with a member of the address in its body", async () => {
    const answer = await ask(
      OPERATIONS.retireAgent,
      person("administrator").cookie,
      OWN,
      `{"id":"agt_1","reason":"x"}`,
    )
    assert.deepEqual([answer.status, codeOf(answer)], [422, "body_invalid"])
    assert.match(answer.text, /belongs into the address/)
  })

  it("is refused where its body is none: broken, a list, a text, nothing, nested without end", async () => {
    for (const body of [
      "{",
      "[]",
      `"x"`,
      "",
      "null",
      "[".repeat(100_000),
      '{"code":"\ud800"',
      `{"__proto__":{"a":1}}`,
    ]) {
      const answer = await ask(OPERATIONS.signIn, "", OWN, body)
      assert.deepEqual([answer.status, codeOf(answer)], [422, "body_invalid"], body.slice(0, 20))
    }
  })

  it("is refused where a text in it could be kept nowhere: half a character, or a NUL, however deep", async () => {
    const { cookie } = person("administrator")
    for (const body of [
      String.raw`{"name":"\ud800"}`,
      String.raw`{"name":"\u0000"}`,
      String.raw`{"name":"a","systems":["\udfff"]}`,
    ]) {
      const answer = await ask(OPERATIONS.enterAgent, cookie, OWN, body)
      assert.deepEqual([answer.status, codeOf(answer)], [422, "body_invalid"], body)
      assert.match(answer.text, /cannot be kept/)
    }
    const answer = await send({ path: "/api/v1/agents?after=%00", headers: { cookie } })
    assert.deepEqual([answer.status, codeOf(answer)], [422, "body_invalid"])
  })

  it("is read without its length being told beforehand", async () => {
    const headers = { ...OWN, "transfer-encoding": "chunked" }
    const answer = await ask(OPERATIONS.checkSignIn, "", headers, `{"code":"x"}`)
    assert.deepEqual([answer.status, codeOf(answer)], [403, "sign_in_invalid"])
  })

  it("is refused where its bytes are no text", async () => {
    const body = Buffer.from([0x7b, 0xff, 0xfe, 0x7d])
    const answer = await ask(OPERATIONS.signIn, "", OWN, body)
    assert.deepEqual([answer.status, codeOf(answer)], [422, "body_invalid"])
  })

  it("is refused with 413 where it is larger than a megabyte, also where it does not say so beforehand", async () => {
    const body = JSON.stringify({ code: "x".repeat(1024 * 1024) })
    for (const headers of [OWN, { ...OWN, "transfer-encoding": "chunked" }]) {
      const answer = await ask(OPERATIONS.signIn, "", headers, body)
      assert.deepEqual([answer.status, codeOf(answer)], [413, "body_too_large"])
    }
  })
})

describe("a read", () => {
  it("is refused with a member that nobody knows, and with one that stands twice", async () => {
    const { cookie } = person("administrator")
    for (const [name, { path }] of OPERATION_LIST.filter(([, { method }]) => method === "GET")) {
      const address = `/api/v1${path.replace(/:\w+/g, "none")}`
      for (const query of ["surprise=1", "limit=1&limit=2"]) {
        const answer = await send({ path: `${address}?${query}`, headers: { cookie } })
        assert.deepEqual([answer.status, codeOf(answer)], [422, "body_invalid"], `${name} ${query}`)
        assert.match(answer.text, /surprise|limit/, `${name} does not say what it does not know`)
      }
    }
  })

  it("is refused with a filter that nobody knows, or that is out of bounds", async () => {
    const { cookie } = person("administrator")
    for (const query of ["surprise=1", "limit=0", "limit=1001", "limit=x", "state=hidden", "limit=1e9"]) {
      const answer = await send({ path: `/api/v1/agents?${query}`, headers: { cookie } })
      assert.deepEqual([answer.status, codeOf(answer)], [422, "body_invalid"], query)
    }
  })

  it("is refused where a cursor or a filter by id is none: nobody gets the first page again, or more than was asked for", async () => {
    const { cookie } = person("administrator")
    for (const query of [
      "agents?after=x",
      "agents?owner=x",
      "agents?after=usr_1",
      "inventory/servers?after=x",
      "inventory/credentials?after=x",
      "findings?after=x",
      "events?after=x",
      "events?agent=x",
      "events?task=x",
    ]) {
      const answer = await send({ path: `/api/v1/${query}`, headers: { cookie } })
      assert.deepEqual([answer.status, codeOf(answer)], [422, "body_invalid"], query)
    }
  })

  it("answers what is not there with 404, whatever was written in its place", async () => {
    const { cookie } = person("administrator")
    for (const id of [
      "agt_none",
      "%00",
      "..%2f..",
      "'%20or%201=1--",
      encodeURIComponent("{}"),
      "x".repeat(80),
    ]) {
      const answer = await send({ path: `/api/v1/agents/${id}`, headers: { cookie } })
      assert.deepEqual([answer.status, codeOf(answer)], [404, "agent_not_found"], id)
    }
  })

  it("answers addresses and methods that are none with 404", async () => {
    for (const [method, path] of [
      ["GET", "/api/v1/"],
      ["GET", "/api/v1/nothing"],
      ["DELETE", "/api/v1/agents"],
      ["PATCH", "/api/v1/agents/agt_1"],
      ["GET", "/api/v1/agents/agt_1/suspension"],
      ["OPTIONS", "/api/v1/agents"],
    ] as const) {
      const answer = await send({ method, path })
      assert.deepEqual([answer.status, codeOf(answer)], [404, "route_not_found"], `${method} ${path}`)
      assert.equal(answer.headers["access-control-allow-origin"], undefined)
    }
  })
})

describe("a server that cannot be asked for its tools", () => {
  const node = { transport: "stdio", command: process.execPath, args: ["-e", "process.exit(3)"], roots: [] }
  for (const [what, launch, words] of [
    ["a program that is not there", { ...node, command: "no-such-program" }, /there is no program no-such/],
    ["a folder that is not there", { ...node, roots: ["/no/such"] }, /the folder \/no\/such does not exist/],
    ["a relative folder", { ...node, roots: ["notes"] }, /the folder notes is not absolute/],
    ["a program that ends at once", node, /the program ended at once \(exit code 3\)/],
    ["an address where nobody is", { transport: "http", url: "http://127.0.0.1:9/mcp" }, /did not answer/],
  ] as const) {
    it(`is not registered, and whoever tried is told why: ${what}`, async () => {
      const body = JSON.stringify({ name: "notes", launch })
      const answer = await ask(OPERATIONS.registerServer, person("administrator").cookie, OWN, body)
      assert.deepEqual([answer.status, codeOf(answer)], [422, "body_invalid"], answer.text)
      assert.match(answer.text, words)
    })
  }
})

describe("a session's cookie", () => {
  it("is for this host alone, not for scripts and not for other sites", async () => {
    const code = new URL(await tabard.server.signInLink()).hash.slice(1)
    const answer = await ask(OPERATIONS.signIn, "", OWN, JSON.stringify({ code }))
    assert.equal(answer.status, 200, answer.text)
    const [cookie = "", ...more] = answer.headers["set-cookie"] ?? []
    assert.deepEqual(more, [])
    assert.match(cookie, /^tabard-\d+=[\w-]{40,}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/)
    assert.ok(
      !answer.text.includes(cookie.split(/[=;]/)[1] ?? "none"),
      "a script must not read it from the answer",
    )
  })

  it("is ended by signing out, at the browser and here", async () => {
    const cookie = await newSession(tabard.server, person("member").user)
    const answer = await ask(OPERATIONS.signOut, cookie)
    assert.match(answer.headers["set-cookie"]?.[0] ?? "", /^tabard-\d+=; .*Expires=Thu, 01 Jan 1970/)
    assert.equal((await send({ path: "/api/v1/session", headers: { cookie } })).status, 401)
    assert.equal(
      (await send({ path: "/api/v1/session", headers: { cookie: person("member").cookie } })).status,
      200,
    )
  })
})

describe("a name that is not ours", () => {
  const foreign = ["evil.example", "localhost", "127.0.0.1", "127.0.0.1:1", "[::1]:80"]
  const doors = [
    "/",
    "/api/v1/session",
    "/health",
    "/mcp/notes",
    "/oauth/token",
    "/.well-known/oauth-authorization-server/oauth",
  ]

  for (const path of doors) {
    it(`is not answered at ${path}`, async () => {
      for (const host of foreign) {
        for (const method of ["GET", "POST"]) {
          const answer = await send({ method, path, headers: { ...OWN, host } })
          assert.ok([400, 403, 404].includes(answer.status), `${method} as ${host}: ${answer.status}`)
        }
      }
    })
  }

  it("is not taken from a header that a proxy would set", async () => {
    const headers = {
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
      forwarded: "host=evil.example",
    }
    for (const path of [
      "/.well-known/oauth-protected-resource/mcp",
      "/oauth/.well-known/openid-configuration",
      "/.well-known/oauth-authorization-server/oauth",
    ]) {
      const answer = await send({ path, headers })
      assert.ok(!answer.text.includes("evil"), path)
    }
  })
})

describe("every answer", () => {
  const kinds: readonly (readonly [string, RawRequest])[] = [
    ["the page", { path: "/" }],
    ["a page's address", { path: "/agents/agt_1" }],
    ["a file of the page", { path: `/assets/${assetNames()[0] ?? "none.js"}` }],
    ["a file that is not there", { path: "/assets/none.js" }],
    ["the API", { method: "POST", path: "/api/v1/sign-in/check", headers: OWN, body: `{"code":"x"}` }],
    ["a refusal of the API", { path: "/api/v1/agents" }],
    ["an address that is none", { path: "/api/v1/none" }],
    ["health", { path: "/health" }],
    ["a refusal of the gateway", { method: "POST", path: "/mcp/notes", headers: OWN, body: "{}" }],
    ["the gateway's description", { path: "/.well-known/oauth-protected-resource/mcp" }],
    ["a foreign name's refusal", { path: "/", headers: { host: "evil.example" } }],
    ["a broken address", { path: "/%" }],
  ]
  for (const [what, request] of kinds) {
    it(`tells a browser what to hold to: ${what}`, async () => {
      const { status, headers, text } = await send(request)
      assert.notEqual(status, 500, text)
      assert.match(
        String(headers["content-security-policy"]),
        /^default-src 'none'; script-src 'self'; style-src 'self';/,
      )
      assert.ok(!/unsafe|\*|http:/.test(String(headers["content-security-policy"])))
      assert.match(String(headers["content-security-policy"]), /frame-ancestors 'none'/)
      assert.equal(headers["x-content-type-options"], "nosniff")
      assert.equal(headers["referrer-policy"], "no-referrer")
      assert.equal(headers["cross-origin-opener-policy"], "same-origin")
      assert.ok(headers["cache-control"])
      assert.equal(headers["x-powered-by"], undefined)
      assert.equal(headers["access-control-allow-origin"], undefined)
    })
  }

  for (const path of ["/oauth/token", "/oauth/none", "/.well-known/oauth-authorization-server/oauth"]) {
    it(`of the issuer is not taken for another type: ${path}`, async () => {
      const { status, headers } = await send({ path })
      assert.notEqual(status, 500)
      assert.ok(
        !String(headers["content-type"]).includes("text/html") ||
          headers["x-content-type-options"] === "nosniff",
      )
      assert.equal(headers["x-powered-by"], undefined)
    })
  }

  it("that holds what is known is kept by no cache", async () => {
    const { cookie } = person("administrator")
    for (const path of ["/api/v1/overview", "/api/v1/agents", "/api/v1/events", "/api/v1/session"]) {
      assert.equal((await send({ path, headers: { cookie } })).headers["cache-control"], "no-store", path)
    }
  })
})

describe("an unsigned visitor", () => {
  it("gets the page and its files, and nothing that is known", async () => {
    const page = await send({ path: "/agents" })
    assert.equal(page.status, 200)
    assert.match(String(page.headers["content-type"]), /^text\/html/)
    for (const { user } of people.values()) assert.ok(!page.text.includes(user.id))
  })

  it("gets no file from elsewhere, however it is spelt", async () => {
    const names = ["package.json", "etc/passwd", "data/tabard.db", ".git/config", "src/main.tsx"]
    const ups = [
      "../",
      "..%2f",
      "%2e%2e/",
      "%2e%2e%2f",
      "..\\",
      "..%5c",
      "%252e%252e/",
      "....//",
      "assets/../../",
      "assets/..%2f..%2f",
    ]
    for (const name of names) {
      for (const up of ups) {
        for (const depth of [1, 3, 8]) {
          const answer = await send({ path: `/${up.repeat(depth)}${name}` })
          assert.ok(
            [400, 404].includes(answer.status) || /<div id="root">|<!doctype html>/i.test(answer.text),
            `${up} ${name}: ${answer.text.slice(0, 80)}`,
          )
        }
      }
    }
  })

  it("cannot make a fault of ours by an address that cannot be read", async () => {
    for (const path of [
      "/%",
      "/%zz",
      "/%c0%af",
      "/assets/%",
      "/%00.js",
      "//",
      "/%E0%A4%A",
      "/\\",
      `/${"a".repeat(5000)}.js`,
    ]) {
      const answer = await send({ path })
      assert.ok(answer.status < 500, `${path.slice(0, 20)}: ${answer.status}`)
    }
  })
})

describe("a refusal", () => {
  it("is a problem of RFC 9457 with a stable type, and tells nothing of how we are made", () => {
    assert.ok(refusals.length > 300)
    for (const { status, headers, text } of refusals) {
      assert.doesNotMatch(
        text,
        /\bat .+:\d+:\d+|node_modules|\.ts\b|sqlite|\bselect\b.+\bfrom\b|\binsert into\b|Error:/i,
      )
      if (!String(headers["content-type"]).startsWith("application/problem+json")) continue
      const problem: { type?: string; code?: string; status?: number; detail?: string } = JSON.parse(text)
      assert.equal(problem.type, `urn:tabard:problem:${problem.code}`)
      assert.equal(problem.status, status)
      assert.ok((problem.detail ?? "").length > 0)
    }
  })
})

/** Asks with the least that could be right: whoever may not is refused before it is read. */
async function ask(
  { method, path }: Pick<Operation<never, unknown>, "method" | "path">,
  cookie: string,
  headers: Readonly<Record<string, string>> = OWN,
  body: string | Uint8Array = "{}",
): Promise<RawAnswer> {
  const address = `/api/v1${path.replace(/:\w+/g, "none")}`
  const all = { ...(cookie && { cookie }), ...headers }
  return send(
    method === "GET" ? { path: address, headers: all } : { method, path: address, headers: all, body },
  )
}

async function send(request: RawRequest): Promise<RawAnswer> {
  const answer = await rawRequest(tabard.server.publicUrl, request)
  if (answer.status >= 400) refusals.push(answer)
  return answer
}

function outcome(answer: RawAnswer): string {
  const code = answer.status >= 400 ? codeOf(answer) : ""
  return answer.status === 401 || code === "not_allowed" ? `${answer.status} ${code}` : "asked"
}

function expected({ access }: Operation<unknown, unknown>, who: string): string {
  if (access === "public") return "asked"
  if (who === "a stranger") return "401 session_required"
  return access === "signed-in" || access.some((role) => role === who) ? "asked" : "403 not_allowed"
}

function wordsFor({ access }: Operation<unknown, unknown>): string {
  if (access === "public") return "anybody"
  return access === "signed-in" ? "everybody who is signed in" : access.join(" and ")
}

async function cookieOf(who: string): Promise<string> {
  if (who === "a stranger") return ""
  return newSession(tabard.server, (askers.get(who) ?? assert.fail(who)).user)
}

async function onePerRole(): Promise<Map<string, Person>> {
  const added = await Promise.all(ROLES.map((role) => addPerson(tabard.server, role)))
  return new Map(added.map((one) => [one.user.role, one]))
}

function person(role: string): Person {
  return people.get(role) ?? assert.fail(role)
}

function codeOf({ text }: RawAnswer): string {
  try {
    return String(Reflect.get(Object(JSON.parse(text)), "code"))
  } catch {
    return "none"
  }
}

function assetNames(): readonly string[] {
  try {
    return readdirSync(join(import.meta.dirname, "../../packages/web/dist/assets"))
  } catch {
    return []
  }
}
