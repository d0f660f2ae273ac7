import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { OPERATIONS, type Operation, SCOPE_GROUPS, SCOPES, scopesOf } from "@tabard/api"
import { addPerson, type Person } from "../world/people.ts"
import { type RawAnswer, rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"
import { inputSchema, sampleInput } from "../world/sample-input.ts"

const TABLE = Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS })
const AGENT = JSON.stringify({ name: "Invoices", category: "production", purpose: "Pays invoices" })

/** What a write is asked with where the least that is right does nothing. */
const FITTING: Readonly<Record<string, object>> = {
  describeAgent: { purpose: "Pays more" },
  importRegister: { csv: "name\nFrom a register", apply: true },
}
/** What is asked by a body, since a text or a supposed call is judged, and changes nothing. */
const CHANGES_NOTHING = new Set([
  "checkManifest",
  "planManifests",
  "planPolicies",
  "askWhatIf",
  "testPolicies",
  "previewEnforcing",
])
const JSON_BODY = { "content-type": "application/json" }

let tabard: RunningTabard
let ann: Person

before(async () => {
  tabard = await runTabard()
  ann = await addPerson(tabard.server, "administrator")
})
after(async () => {
  await tabard[Symbol.asyncDispose]()
  assert.deepEqual(tabard.faults, [])
})

describe("an API token", () => {
  it("lets a machine ask for what it was made for, without a cookie and without the console's header", async () => {
    const token = await make({ scopes: ["agents:read", "agents:write"], role: "security" })
    const listed = await withToken(token, OPERATIONS.listAgents)
    assert.equal(listed.status, 200, listed.text)
    const entered = await withToken(token, OPERATIONS.enterAgent, AGENT)
    assert.equal(entered.status, 200, entered.text)
    const events = await asAnn("GET", "/events?type=agent.entered")
    assert.match(events.text, /administrator by the token “A test” entered Invoices/)
    assert.match(events.text, /"via":"atk_/)
  })

  it("is named in every event of what it does, and in none of what its maker does", async () => {
    const token = await make({ scopes: ["agents:write", "findings:write"], role: "administrator" })
    const { items } = JSON.parse((await asAnn("GET", "/api-tokens")).text)
    const [{ id: via }] = items
    const before = new Set((await acts()).map(({ id }) => id))
    for (const [name, operation] of TABLE.filter(([, { method }]) => method !== "GET")) {
      if (!scopesOf(name).some((scope) => /^(agents|findings):write$/.test(scope))) continue
      const { id } = JSON.parse((await withToken(token, OPERATIONS.enterAgent, AGENT)).text)
      const [finding] = JSON.parse((await asAnn("GET", `/findings?agent=${id}`)).text).items
      const body = JSON.stringify({ ...sampleInput(inputSchema(name, operation), "x"), ...FITTING[name] })
      const subject = operation.path.startsWith("/findings/") ? finding?.id : id
      const address = operation.path.replace(":id", subject ?? id).replace(/:\w+/g, ann.user.id)
      await withToken(token, { ...operation, path: address }, body)
    }
    const done = (await acts()).filter(({ id }) => !before.has(id))
    assert.ok(new Set(done.map(({ type }) => type)).size >= 6, done.map(({ type }) => type).join(" "))
    for (const { type, body } of done.filter((event) => event.body.actor.kind === "user"))
      assert.deepEqual(body.actor, { kind: "user", id: ann.user.id, via }, type)
    await asAnn("POST", "/agents", AGENT)
    const own = (await acts()).find(({ type }) => type === "agent.entered")
    assert.deepEqual(own?.body.actor, { kind: "user", id: ann.user.id })
  })

  it("ends with its maker: with the next request after they were switched off, or are no longer who may make one", async () => {
    const eve = await addPerson(tabard.server, "security")
    const body = JSON.stringify({ purpose: "Eve's", scopes: ["read"] })
    const headers = { ...JSON_BODY, cookie: eve.cookie, "x-tabard": "1" }
    const made = await send({ method: "POST", path: "/api/v1/api-tokens", headers, body })
    const { token }: { token: string } = JSON.parse(made.text)
    const status = async (): Promise<number> => (await withToken(token, OPERATIONS.listAgents)).status
    assert.equal(await status(), 200)
    await asAnn("PUT", `/people/${eve.user.id}/role`, `{"role":"auditor"}`)
    assert.equal(await status(), 401)
    await asAnn("PUT", `/people/${eve.user.id}/role`, `{"role":"security"}`)
    assert.equal(await status(), 200)
    await asAnn("POST", `/people/${eve.user.id}/deactivation`, `{"reason":"left"}`)
    assert.equal(await status(), 401)
  })

  it("is told which scopes it would need where it was made for others", async () => {
    const token = await make({ scopes: ["findings:read"] })
    const refused = (name: "enterAgent" | "answerApproval"): Promise<RawAnswer> =>
      withToken(token, OPERATIONS[name])
    assert.match(
      (await refused("enterAgent")).text,
      /have one made with one of the scopes agents:write, enterAgent/,
    )
    assert.match((await refused("answerApproval")).text, /a person does that, signed in/)
  })

  for (const scope of SCOPES) {
    it(`made for ${scope} is for its operations and no other, whoever made it`, async () => {
      const token = await make({ scopes: [scope], role: "administrator" })
      for (const [name, operation] of TABLE.filter(([, { access }]) => access !== "public")) {
        const answer = await withToken(token, operation)
        const refused = answer.status === 403 && codeOf(answer) === "scope_missing"
        assert.equal(refused, !scopesOf(name).includes(scope), `${name}: ${answer.status} ${answer.text}`)
      }
      await endNewest()
    })
  }

  it("is for no operation that is in no group, as each new one is; and for none by which people give their word", () => {
    const grouped = new Set<string>(Object.values(SCOPE_GROUPS).flat())
    for (const [name] of TABLE) assert.equal(scopesOf(name).length > 0, grouped.has(name), name)
    assert.deepEqual(scopesOf("somethingNew"), [])
    for (const name of [
      "adoptAgent",
      "activateAgent",
      "acceptOwnership",
      "answerApproval",
      "signRetirement",
      "resumeAgent",
      "openTask",
      "offerEnrolment",
      "registerServer",
      "rotateLog",
      "putSettings",
      "makeApiToken",
      "revokeApiToken",
      "offerReporterEnrolment",
      "signOut",
    ])
      assert.deepEqual(scopesOf(name), [], name)
    for (const [name, { method }] of TABLE)
      if (scopesOf(name).includes("read"))
        assert.ok(method === "GET" || CHANGES_NOTHING.has(name), `${name} writes`)
  })

  it("is no more than its role: one of an auditor's changes nothing", async () => {
    const token = await make({ scopes: ["agents:write", "scans:write"] })
    const answer = await withToken(token, OPERATIONS.startScan)
    assert.deepEqual([answer.status, codeOf(answer)], [403, "not_allowed"])
  })

  it("is taken from its header alone, never beside a cookie and never from an address", async () => {
    const token = await make({ scopes: ["read"] })
    const path = "/api/v1/agents"
    const both = await send({ path, headers: { cookie: ann.cookie, authorization: `Bearer ${token}` } })
    assert.deepEqual([both.status, codeOf(both)], [401, "api_token_invalid"])
    for (const query of [`access_token=${token}`, `token=${token}`])
      assert.equal((await send({ path: `${path}?${query}` })).status, 401)
    for (const authorization of [token, `Basic ${token}`, `Token ${token}`, `DPoP ${token}`])
      assert.equal((await send({ path, headers: { authorization } })).status, 401, authorization)
    const last = token.endsWith("0") ? "1" : "0"
    for (const wrong of ["", "x", `${token.slice(0, -1)}${last}`, `${token} ${token}`, token.toLowerCase()]) {
      const answer = await send({ path, headers: { authorization: `Bearer ${wrong}` } })
      assert.deepEqual([answer.status, codeOf(answer)].at(0), 401, wrong)
    }
  })

  it("is not sent by another site's page", async () => {
    const token = await make({ scopes: ["scans:write"], role: "security" })
    const headers = { ...JSON_BODY, authorization: `Bearer ${token}`, origin: "https://evil.example" }
    const answer = await send({ method: "POST", path: "/api/v1/scans", headers, body: "{}" })
    assert.deepEqual([answer.status, codeOf(answer)], [403, "cross_site_request"])
  })

  it("is shown once, listed with its last use, and ended at once", async () => {
    const token = await make({ scopes: ["read"], purpose: "To be ended" })
    await withToken(token, OPERATIONS.listAgents)
    const listed = await asAnn("GET", "/api-tokens")
    assert.ok(!listed.text.includes(token))
    const items: { items: { id: string; purpose: string; lastUsedAt: string | null }[] } = JSON.parse(
      listed.text,
    )
    const one = items.items.find(({ purpose }) => purpose === "To be ended") ?? assert.fail()
    assert.ok(one.lastUsedAt)
    const body = JSON.stringify({ reason: "not needed" })
    assert.equal((await asAnn("POST", `/api-tokens/${one.id}/revocation`, body)).status, 200)
    const after = await withToken(token, OPERATIONS.listAgents)
    assert.deepEqual([after.status, codeOf(after)], [401, "api_token_invalid"])
    assert.equal(after.headers["www-authenticate"], 'Bearer realm="tabard"')
  })

  it("is not made for a scope that is none, for longer than a year, or for nothing", async () => {
    for (const wish of [
      { scopes: ["everything"] },
      { scopes: [] },
      { scopes: ["makeApiToken"] },
      { days: 366 },
    ]) {
      const body = JSON.stringify({ purpose: "x", scopes: ["read"], ...wish })
      const answer = await asAnn("POST", "/api-tokens", body)
      assert.deepEqual([answer.status, codeOf(answer)], [422, "body_invalid"], body)
    }
  })
})

/** What a person or a token did, the newest first. */
async function acts(): Promise<
  readonly { id: string; type: string; body: { actor: { kind: string; id?: string; via?: string } } }[]
> {
  return JSON.parse((await asAnn("GET", "/events?limit=500")).text).items
}

async function make(wish: object): Promise<string> {
  const body = JSON.stringify({ purpose: "A test", ...wish })
  const answer = await asAnn("POST", "/api-tokens", body)
  assert.equal(answer.status, 200, answer.text)
  const { token }: { token: string } = JSON.parse(answer.text)
  return token
}

/** A person has so many live tokens and no more, and there are about as many scopes. */
async function endNewest(): Promise<void> {
  const { items }: { items: readonly { id: string }[] } = JSON.parse(
    (await asAnn("GET", "/api-tokens?limit=1")).text,
  )
  const body = JSON.stringify({ reason: "it was tried" })
  const answer = await asAnn("POST", `/api-tokens/${items[0]?.id}/revocation`, body)
  assert.equal(answer.status, 200, answer.text)
}

function asAnn(method: string, path: string, body?: string): Promise<RawAnswer> {
  const headers = { cookie: ann.cookie, ...(body !== undefined && { ...JSON_BODY, "x-tabard": "1" }) }
  return send({ method, path: `/api/v1${path}`, headers, ...(body !== undefined && { body }) })
}

/** Asks with the least that could be right: what is not in scope is refused before it is read. */
function withToken(
  token: string,
  { method, path }: Pick<Operation<never, unknown>, "method" | "path">,
  body = "{}",
): Promise<RawAnswer> {
  const address = `/api/v1${path.replace(/:\w+/g, "none")}`
  const authorization = `Bearer ${token}`
  return method === "GET"
    ? send({ path: address, headers: { authorization } })
    : send({ method, path: address, headers: { ...JSON_BODY, authorization }, body })
}

function send(request: Parameters<typeof rawRequest>[1]): Promise<RawAnswer> {
  return rawRequest(tabard.server.publicUrl, request)
}

function codeOf({ text }: RawAnswer): string {
  return String(Reflect.get(Object(JSON.parse(text)), "code"))
}
