import assert from "node:assert/strict"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { openSqlite } from "@tabard/store"
import { addPerson, newSession, type Person } from "../world/people.ts"
import { rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { ScimClient, scimClient } from "../world/scim/scim-client.ts"

const KEK = Buffer.alloc(32, 9).toString("base64")

/** How the two directories switch somebody off. */
const OFF = {
  Entra: { Operations: [{ op: "Replace", path: "active", value: "False" }] },
  Okta: { Operations: [{ op: "replace", value: { active: false } }] },
} as const

interface SentEvent {
  readonly type: string
  readonly door?: string
  readonly actor: { readonly via?: string }
}

let tabard: RunningTabard
let ann: SignedInPerson
let directory: ScimClient

before(async () => {
  tabard = await runTabard({ proxies: ["127.0.0.1"] })
  ann = await signInFirst(tabard.server, "Ann")
  directory = await scimClient(tabard.server, ann)
})
after(async () => {
  await tabard[Symbol.asyncDispose]()
  assert.deepEqual(tabard.faults, [])
})

describe("who is switched off over SCIM", () => {
  for (const [vendor, body] of Object.entries(OFF)) {
    it(`as ${vendor} does it is out at once: their session, their API token and what they own`, async () => {
      const eve = await addPerson(tabard.server, "security")
      const { token } = await answered(eve, "POST", "/api-tokens", { purpose: "x", scopes: ["read"] })
      const entered = await answered(eve, "POST", "/agents", {
        name: `Bot of ${vendor}`,
        category: "production",
        purpose: "Pays invoices",
        owner: eve.user.email,
      })
      assert.equal((await ann.api.getAgent({ id: entered.id ?? "" })).orphaned, false)

      const answer = await directory.ask("PATCH", `/Users/${eve.user.id}`, body)
      assert.deepEqual([answer.status, answer.body?.["active"]], [200, false])
      assert.equal((await asked(eve, "GET", "/session")).status, 401)
      assert.equal((await byToken(token ?? "")).status, 401)
      assert.equal((await ann.api.getAgent({ id: entered.id ?? "" })).orphaned, true)
      assert.ok(await ann.api.getDeparture({ id: eve.user.id }), "what follows from their leaving has begun")
    })
  }

  it("is let in again by their directory, and signs in anew", async () => {
    const eve = await addPerson(tabard.server, "member")
    await directory.ask("PATCH", `/Users/${eve.user.id}`, OFF.Entra)
    const on = { Operations: [{ op: "Replace", path: "active", value: "True" }] }
    assert.equal((await directory.ask("PATCH", `/Users/${eve.user.id}`, on)).body?.["active"], true)
    assert.equal((await asked(eve, "GET", "/session")).status, 401)
    const again = { ...eve, cookie: await newSession(tabard.server, eve.user) }
    assert.equal((await asked(again, "GET", "/session")).status, 200)
  })

  it("is never the last active administrator, whichever way it is asked", async () => {
    const { user } = await ann.api.getSession({})
    for (const [method, body] of [
      ["PATCH", OFF.Entra],
      ["PATCH", OFF.Okta],
      ["PUT", { userName: user.email, active: false }],
      ["DELETE", undefined],
    ] as const) {
      const answer = await directory.ask(method, `/Users/${user.id}`, body)
      assert.equal(answer.status, 409, method)
      assert.match(String(answer.body?.["detail"]), /only active administrator/)
    }
    assert.equal((await ann.api.getSession({})).user.id, user.id)
  })

  it("gets no role by it, whatever the directory says", async () => {
    const answer = await directory.ask("POST", "/Users", {
      userName: "climber@acme.test",
      roles: [{ value: "administrator", primary: true }],
      role: "administrator",
      entitlements: ["administrator"],
    })
    const person = await ann.api.getPerson({ id: String(answer.body?.["id"]) })
    assert.deepEqual([person.role, person.keptBy], ["member", "scim"])
  })
})

describe("a token for SCIM", () => {
  it("is made by administrators alone", async () => {
    const eve = await addPerson(tabard.server, "security")
    const answer = await asked(eve, "POST", "/api-tokens", { purpose: "x", scopes: ["scim"] })
    assert.equal(answer.status, 403)
  })

  it("goes on when whoever made it is switched off by it", async () => {
    const maker = await addPerson(tabard.server, "administrator")
    const { token } = await answered(maker, "POST", "/api-tokens", { purpose: "Entra", scopes: ["scim"] })
    const theirs = new ScimClient(tabard.server, token ?? "")
    assert.equal((await theirs.ask("PATCH", `/Users/${maker.user.id}`, OFF.Entra)).status, 200)
    assert.equal((await theirs.ask("GET", "/Users?count=1")).status, 200)
    const next = await addPerson(tabard.server, "member")
    assert.equal((await theirs.ask("PATCH", `/Users/${next.user.id}`, OFF.Okta)).status, 200)
  })

  it("that is guessed is bounded, in SCIM's words, and one that is right is not", async () => {
    const from = "203.0.113.7"
    const guess = (token: string) =>
      rawRequest(tabard.server.publicUrl, {
        path: "/scim/v2/Users?count=0",
        headers: { authorization: `Bearer ${token}`, "x-forwarded-for": from },
      })
    const statuses: number[] = []
    let last = await guess("tbd_wrong")
    for (let turn = 0; turn < 400 && last.status !== 429; turn++) {
      statuses.push(last.status)
      last = await guess("tbd_wrong")
    }
    assert.ok(statuses.length >= 300 && statuses.every((status) => status === 401))
    assert.equal(last.status, 429)
    assert.deepEqual(JSON.parse(last.text).schemas, ["urn:ietf:params:scim:api:messages:2.0:Error"])
    assert.ok(Number(last.headers["retry-after"]) >= 1)
    const { token } = await ann.api.makeApiToken({ purpose: "Right", scopes: ["scim"] })
    assert.equal((await guess(token)).status, 200)
  })
})

describe("what a directory does", () => {
  it("is in the record, under the token by which it was done and the door by which it came", async () => {
    const { token, id } = await ann.api.makeApiToken({ purpose: "Watched", scopes: ["scim"] })
    const watched = new ScimClient(tabard.server, token)
    const ids = await watched.play([
      {
        says: "a person",
        method: "POST",
        path: "/Users",
        body: { userName: "watched@acme.test" },
        status: 201,
        remembers: { user: "id" },
      },
      {
        says: "a group",
        method: "POST",
        path: "/Groups",
        body: { displayName: "Watched", members: [{ value: "{user}" }] },
        status: 201,
        remembers: { group: "id" },
      },
      { says: "gone", method: "DELETE", path: "/Groups/{group}", status: 204 },
      { says: "gone", method: "DELETE", path: "/Users/{user}", status: 204 },
    ])
    const file = await ann.api.exportEvents({ form: "jsonl", person: ids.get("user") ?? "" })
    const events = file.text
      .trim()
      .split("\n")
      .map((line): SentEvent => JSON.parse(line).event)
    const mine = events.filter(({ actor }) => actor.via === id)
    assert.deepEqual(
      new Set(mine.map(({ type }) => type)),
      new Set(["person.entered", "person.deactivated", "person.released", "team.member-added"]),
    )
    assert.ok(mine.every(({ door }) => door === "scim"))
  })

  it("ends with an erasure: nothing of what it said of the person is left", async () => {
    const made = await directory.ask("POST", "/Users", {
      userName: "erased-canary@acme.test",
      externalId: "erased-canary-id",
      displayName: "Erased Canary",
      title: "Canary of erasure",
    })
    const id = String(made.body?.["id"])
    const kept = () => ann.api.getProvisioning({})
    const before = await kept()
    await directory.ask("PATCH", `/Users/${id}`, OFF.Entra)
    await ann.api.erasePerson({ id, reason: "asked for it" })
    assert.equal((await directory.ask("GET", `/Users/${id}`)).status, 404)
    assert.equal((await kept()).people, before.people - 1)
    assert.equal((await directory.ask("POST", "/Users", { userName: "erased-canary@acme.test" })).status, 201)
  })
})

describe("two organisations of one store", () => {
  it("have a directory each: neither sees nor touches the other's people and groups", async () => {
    await using stack = new AsyncDisposableStack()
    const data = await mkdtemp(join(tmpdir(), "tabard-scim-"))
    stack.defer(() => rm(data, { recursive: true, force: true }))
    const openStore = stack.use(await openSqlite({ path: join(data, "tabard.db") }))
    const open = async (slug: string) => {
      const env = { TABARD_KEK: KEK, TABARD_ORGANISATION: slug }
      const { server } = stack.use(await runTabard({ data, openStore, env }))
      const one = await scimClient(server, await signInFirst(server, `Ann-${slug}`))
      const known = await one.play([
        {
          says: "a person",
          method: "POST",
          path: "/Users",
          body: { userName: "same@acme.test", externalId: "same" },
          status: 201,
          remembers: { user: "id" },
        },
        {
          says: "a group",
          method: "POST",
          path: "/Groups",
          body: { displayName: "Same", externalId: "same", members: [{ value: "{user}" }] },
          status: 201,
          remembers: { group: "id" },
        },
      ])
      return { client: one, user: known.get("user") ?? "", group: known.get("group") ?? "" }
    }
    const [ours, theirs] = [await open("default"), await open("other")]
    for (const path of [`/Users/${theirs.user}`, `/Groups/${theirs.group}`])
      for (const [method, body] of [
        ["GET", undefined],
        ["PATCH", { Operations: [{ op: "replace", value: { displayName: "Taken" } }] }],
        ["DELETE", undefined],
      ] as const)
        assert.equal((await ours.client.ask(method, path, body)).status, 404, `${method} ${path}`)
    const into = { Operations: [{ op: "add", path: "members", value: [{ value: theirs.user }] }] }
    assert.equal((await ours.client.ask("PATCH", `/Groups/${ours.group}`, into)).status, 400)
    for (const filter of ['userName eq "same@acme.test"', 'externalId eq "same"', "userName pr"]) {
      const { body } = await ours.client.ask("GET", `/Users?filter=${encodeURIComponent(filter)}`)
      assert.ok(!JSON.stringify(body).includes(theirs.user), filter)
    }
    assert.equal((await theirs.client.ask("GET", `/Users/${theirs.user}`)).status, 200)
  })
})

function asked(who: Person, method: string, path: string, body?: object) {
  return rawRequest(tabard.server.publicUrl, {
    path: `/api/v1${path}`,
    method,
    headers: { cookie: who.cookie, "x-tabard": "1", ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  })
}

async function answered<Answer = { readonly id?: string; readonly token?: string }>(
  ...request: Parameters<typeof asked>
): Promise<Answer> {
  const answer = await asked(...request)
  assert.equal(answer.status, 200, answer.text)
  return JSON.parse(answer.text)
}

function byToken(token: string) {
  return rawRequest(tabard.server.publicUrl, {
    path: "/api/v1/agents",
    headers: { authorization: `Bearer ${token}` },
  })
}
