import assert from "node:assert/strict"
import { mkdtemp, readFile, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { setTimeout as pause } from "node:timers/promises"
import { main } from "@tabard/cli"
import { recordStanding } from "@tabard/control"
import { ManualClock, newId } from "@tabard/core"
import * as oauth from "oauth4webapi"
import { askAs } from "../world/code-client.ts"
import { addPerson, type Person } from "../world/people.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

// oxlint-disable-next-line typescript/no-deprecated -- marked so to stand out; these tests speak with loopback alone
const PLAIN = { [oauth.allowInsecureRequests]: true }
const CLIENT: oauth.Client = { client_id: "tabard" }
const FIVE_SECONDS = 5000

const clock = new ManualClock(new Date().toISOString())
let tabard: RunningTabard
let bob: Person
let as: oauth.AuthorizationServer

before(async () => {
  tabard = await runTabard({ clock })
  bob = await addPerson(tabard.server, "member")
  const issuer = new URL(`${tabard.server.publicUrl}/oauth`)
  const discovery = await oauth.discoveryRequest(issuer, { ...PLAIN, algorithm: "oauth2" })
  as = await oauth.processDiscoveryResponse(issuer, discovery)
})
after(async () => {
  await tabard[Symbol.asyncDispose]()
  assert.deepEqual(tabard.faults, [])
})

describe("RFC 8628: a device that a person signs in by a code", () => {
  it("§3.2, §3.5: waits for its person, and then is them, once", async () => {
    const begun = await begin()
    assert.match(begun.user_code, /^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/)
    assert.equal(begun.verification_uri, `${tabard.server.publicUrl}/consent/device`)
    assert.equal(await poll(begun), "authorization_pending")
    assert.equal(await poll(begun), "slow_down")
    await pass(FIVE_SECONDS)
    assert.equal(await poll(begun), "authorization_pending")
    await answer(begun.user_code.toLowerCase().replace("-", " "), true)
    const response = await ask(begun)
    const { access_token: token, token_type: type } = Object(await response.json())
    assert.equal(type, "Bearer")
    const session = await fetch(`${tabard.server.publicUrl}/api/v1/session`, {
      headers: { authorization: `Bearer ${token}` },
    })
    assert.equal(Object(await session.json()).user.id, bob.user.id)
    assert.equal(await poll(begun), "expired_token")
  })

  it("§3.5: is told of a no", async () => {
    const begun = await begin()
    await answer(begun.user_code, false)
    assert.equal(await poll(begun), "access_denied")
    assert.equal(await poll(begun), "expired_token")
  })

  it("§3.5: is over after ten minutes, for device and person", async () => {
    const begun = await begin()
    await pass(10 * 60 * 1000 + 1)
    assert.equal(await poll(begun), "expired_token")
    await assert.rejects(answer(begun.user_code, true), /403/)
  })

  it("gives one session, however many ask at once", async () => {
    const begun = await begin()
    await answer(begun.user_code, true)
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await ask(begun)).status))
    assert.equal(statuses.filter((status) => status === 200).length, 1)
  })

  it("is answered once: who comes second is told that nobody shows such a code", async () => {
    const begun = await begin()
    const eve = await addPerson(tabard.server, "member")
    const told = await Promise.allSettled([
      answer(begun.user_code, true),
      askAs(tabard.server, eve, {
        path: "/device-sign-ins/answer",
        body: { userCode: begun.user_code, agree: true },
      }),
    ])
    assert.equal(told.filter(({ status }) => status === "fulfilled").length, 1)
  })

  it("is nobody where its person left meanwhile", async () => {
    const ted = await addPerson(tabard.server, "member")
    const begun = await begin()
    await askAs(tabard.server, ted, {
      path: "/device-sign-ins/answer",
      body: { userCode: begun.user_code, agree: true },
    })
    await tabard.server.organisation.shelf.transact(({ users }) => users.setActive(ted.user.id, false))
    assert.equal(await poll(begun), "access_denied")
  })

  it("§5.1: bounds how often an address guesses codes", async () => {
    let told = 0
    for (let guess = 0; guess < 200 && told !== 429; guess++) {
      const response = await fetch(`${tabard.server.publicUrl}/api/v1/device-sign-ins/check`, {
        method: "POST",
        headers: { cookie: bob.cookie, "x-tabard": "1", "content-type": "application/json" },
        body: JSON.stringify({ userCode: `BBBB-${guess}` }),
      })
      told = response.status
    }
    assert.equal(told, 429)
    await pass(10 * 60 * 1000)
  })

  it("is begun by our own command line alone", async () => {
    const body = new URLSearchParams({ client_id: "cli_somebody" })
    const response = await fetch(`${tabard.server.publicUrl}/oauth/device_authorization`, {
      method: "POST",
      body,
    })
    assert.deepEqual([response.status, Object(await response.json()).error], [401, "invalid_client"])
  })

  it("an API token makes itself no session by it", async () => {
    const ann = await addPerson(tabard.server, "administrator")
    const wish = { purpose: "x", scopes: ["read"] }
    const { token } = await askAs<{ token: string }>(tabard.server, ann, { path: "/api-tokens", body: wish })
    const begun = await begin()
    const response = await fetch(`${tabard.server.publicUrl}/api/v1/device-sign-ins/answer`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ userCode: begun.user_code, agree: true }),
    })
    assert.equal(response.status, 403)
  })

  it("a command line that was signed in by it lets nothing else in: no device, no client and no agent", async () => {
    const first = await begin()
    await answer(first.user_code, true)
    const { access_token: held } = Object(await (await ask(first)).json())
    const next = await begin()
    const inHeader = { authorization: `Bearer ${held}` }
    const inCookie = { cookie: bob.cookie.replace(/=.*$/, `=${held}`), "x-tabard": "1" }
    for (const [path, body] of [
      ["/device-sign-ins/check", { userCode: next.user_code }],
      ["/device-sign-ins/answer", { userCode: next.user_code, agree: true }],
      ["/client-requests/of-somebody/answer", { agree: true }],
      [`/approvals/${await askedForToken()}/verdict`, { verdict: "approved" }],
    ] as const) {
      assert.deepEqual(await posted(inHeader, path, body), [403, "not_allowed"], path)
      assert.equal((await posted(inCookie, path, body))[0], 401, path)
    }
    await answer(next.user_code, true)
  })

  it("a command line of an administrator's makes no way in: no invitation, no role, no API token, no other identity", async () => {
    const ann = await addPerson(tabard.server, "administrator")
    const begun = await begin()
    const agreed = { userCode: begun.user_code, agree: true }
    await askAs(tabard.server, ann, { path: "/device-sign-ins/answer", body: agreed })
    const { access_token: held } = Object(await (await ask(begun)).json())
    for (const [method, path, body] of [
      ["POST", `/people/${bob.user.id}/invitation`, {}],
      ["POST", "/people", { name: "Mal", email: "mal@example.test", role: "administrator" }],
      ["POST", `/people/${bob.user.id}/unbinding`, { issuer: "https://provider.example" }],
      ["PUT", `/people/${bob.user.id}/role`, { role: "auditor" }],
      ["PUT", "/settings/sign-in", { domains: [] }],
      ["POST", "/api-tokens", { purpose: "x", scopes: ["read"] }],
    ] as const) {
      const told = await posted({ authorization: `Bearer ${held}` }, path, body, method)
      assert.deepEqual(told, [403, "not_allowed"], path)
      assert.equal((await posted({ cookie: ann.cookie, "x-tabard": "1" }, path, body, method))[0], 200, path)
    }
  })
})

describe("tabard login", () => {
  it("keeps a session that other commands ask with, in a file of one's own, until tabard logout", async () => {
    const home = await mkdtemp(join(tmpdir(), "tabard-home-"))
    const real = await runTabard()
    try {
      const ann = await addPerson(real.server, "administrator")
      const told = { out: "", err: "" }
      const run = (...args: readonly string[]): Promise<number> =>
        main(args, {
          stdout: { write: (text) => void (told.out += text) },
          stderr: { write: (text) => void (told.err += text) },
          cwd: home,
          home,
          host: "desk",
          env: {},
          clock: { now: () => new Date() },
          signal: new AbortController().signal,
        })
      const { publicUrl } = real.server
      const done = run("login", "--server", publicUrl)
      while (!/code: \S+/.test(told.err)) await new Promise((resolve) => setTimeout(resolve, 20))
      const [, userCode = ""] = /code: (\S+)/.exec(told.err) ?? []
      const seen = await askAs<{ machine: string }>(real.server, ann, {
        path: "/device-sign-ins/check",
        body: { userCode },
      })
      assert.equal(seen.machine, "desk")
      await askAs(real.server, ann, { path: "/device-sign-ins/answer", body: { userCode, agree: true } })
      assert.equal(await done, 0, told.err)
      const path = join(home, ".config/tabard/session.json")
      assert.equal((await stat(path)).mode & 0o777, 0o600)
      assert.match(await readFile(path, "utf8"), /"token":"tbs_/)
      assert.equal(await run("people", "export", "--server", publicUrl), 0, told.err)
      assert.match(told.out, /email,name,role/)
      assert.equal(await run("agents", "export"), 0, "it is the server that is meant where none is named")
      assert.equal(
        await run("people", "export", "--server", "https://elsewhere.example"),
        1,
        "it is that server's alone",
      )
      assert.equal(await run("logout"), 0, told.err)
      assert.equal(await run("people", "export", "--server", publicUrl), 1)
    } finally {
      await real[Symbol.asyncDispose]()
      await rm(home, { recursive: true, force: true })
    }
  })
})

/** Lets time pass once the log holds all that happened: what waited for so long would stop the record. */
async function pass(milliseconds: number): Promise<void> {
  const { shelf } = tabard.server.organisation
  while ((await shelf.snapshot(recordStanding)).waitingSince !== null) {
    // The log goes by the same clock, and is written so often and no oftener.
    clock.advance(100)
    await pause(10)
  }
  clock.advance(milliseconds)
}

async function begin(): Promise<oauth.DeviceAuthorizationResponse> {
  const response = await oauth.deviceAuthorizationRequest(
    as,
    CLIENT,
    oauth.None(),
    { machine: "desk" },
    PLAIN,
  )
  return oauth.processDeviceAuthorizationResponse(as, CLIENT, response)
}

function ask({ device_code }: oauth.DeviceAuthorizationResponse): Promise<Response> {
  return oauth.deviceCodeGrantRequest(as, CLIENT, oauth.None(), device_code, PLAIN)
}

async function poll(begun: oauth.DeviceAuthorizationResponse): Promise<string> {
  return String(Object(await (await ask(begun)).json()).error)
}

/** A question of an agent's whether it may act for bob (CIBA). */
async function askedForToken(): Promise<string> {
  const id = newId("approval", clock)
  const now = clock.now()
  const token = { served: bob.user.id, scope: null, calls: null, mayAct: null, message: null }
  const asking = { agent: newId("agent", clock), instance: newId("instance", clock), task: null, chain: [] }
  await tabard.server.organisation.shelf.transact(({ approvals }) =>
    approvals.request({
      id,
      handle: id,
      question: { ...asking, resource: `${tabard.server.publicUrl}/mcp`, kind: "token", token },
      actionHash: "of the question",
      nonce: "of this one",
      bindingHash: "of both",
      say: [],
      policies: [],
      routes: [],
      approvers: [bob.user.id],
      state: { kind: "pending" },
      createdAt: now,
      expiresAt: new Date(now.getTime() + FIVE_SECONDS),
      agreed: [],
      spentBy: null,
    }),
  )
  return id
}

async function posted(
  headers: Readonly<Record<string, string>>,
  path: string,
  body: object,
  method: "POST" | "PUT" = "POST",
): Promise<[number, unknown]> {
  const response = await fetch(`${tabard.server.publicUrl}/api/v1${path}`, {
    method,
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  })
  return [response.status, Object(await response.json()).code]
}

async function answer(userCode: string, agree: boolean): Promise<void> {
  await askAs(tabard.server, bob, { path: "/device-sign-ins/answer", body: { userCode, agree } })
}
