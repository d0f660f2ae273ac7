import assert from "node:assert/strict"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, beforeEach, describe, it } from "node:test"
import { ManualClock, newId, systemClock, type User } from "@tabard/core"
import { ROLES, readConfig } from "../config.ts"
import { type RunningServer, startServer } from "../start-server.ts"
import { CALLBACK_PATH, PROVIDER_PATH } from "./provider-door.ts"
import { type TestBrowser, testBrowser } from "./testing/browser.ts"
import { startTestProvider, TEST_CLIENT, type TestProvider } from "./testing/test-provider.ts"

let provider: TestProvider
let tabard: RunningServer
let data: string
let browser: TestBrowser
const clock = new ManualClock(new Date().toISOString())
const faults: unknown[] = []

before(async () => {
  data = await mkdtemp(join(tmpdir(), "tabard-"))
  provider = await startTestProvider(() => `${tabard.publicUrl}${CALLBACK_PATH}`)
  tabard = await start({ TABARD_OIDC_ISSUER: provider.issuer, TABARD_OIDC_GROUPS_CLAIM: "groups" })
})
after(async () => {
  await tabard[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
  await rm(data, { recursive: true, force: true })
})
beforeEach(() => {
  browser = testBrowser()
})

describe("signing in by an OpenID provider", () => {
  it("lets in whom an administrator invited, with a cookie for no script and no other site", async () => {
    const bob = await person()
    provider.account = { sub: "bob", email: bob.email.toUpperCase(), email_verified: true }
    const { next, cookies } = await browser.visit(await callback())
    assert.equal(next?.href, `${tabard.publicUrl}/`)
    const cookie = cookies.find((one) => /^tabard-\d+=/.test(one)) ?? assert.fail(cookies.join())
    assert.match(cookie, /HttpOnly/i)
    assert.match(cookie, /SameSite=Strict/i)
    const { text } = await browser.visit(`${tabard.publicUrl}/api/v1/session`)
    assert.equal(JSON.parse(text).user.id, bob.id)
    assert.deepEqual(faults, [])
  })

  it("asks by code, S256, state and nonce, for the exact address back, and leads nowhere else", async () => {
    const { next, cookies } = await browser.visit(
      `${tabard.publicUrl}${PROVIDER_PATH}?to=https://evil.example`,
    )
    const asked = Object.fromEntries(next?.searchParams ?? [])
    assert.equal(next?.origin, provider.issuer)
    assert.equal(asked["response_type"], "code")
    assert.equal(asked["code_challenge_method"], "S256")
    assert.equal(asked["redirect_uri"], `${tabard.publicUrl}${CALLBACK_PATH}`)
    assert.ok((asked["state"]?.length ?? 0) >= 43 && (asked["nonce"]?.length ?? 0) >= 43)
    assert.match(cookies.join(), /HttpOnly/i)
    assert.ok(!cookies.join().includes(asked["state"] ?? "?"), "the cookie does not tell the state")
  })

  for (const [what, account] of [
    ["whose email nobody here has", { sub: "eve", email: "eve@example.test", email_verified: true }],
    ["without an email", { sub: "eve" }],
  ] as const) {
    it(`makes no account for somebody ${what}`, async () => {
      provider.account = account
      const people = await count()
      assert.equal(await refused(await callback()), "sign_in_refused")
      assert.equal(await count(), people)
    })
  }

  it("refuses an email that the provider did not verify", async () => {
    const { email } = await person()
    provider.account = { sub: "unverified", email, email_verified: false }
    assert.equal(await refused(await callback()), "sign_in_refused")
  })

  it("refuses a person who was switched off, also one who came in before", async () => {
    const { id, email } = await person()
    provider.account = { sub: "leaver", email, email_verified: true }
    assert.equal(await refused(await callback()), null)
    await tabard.organisation.shelf.transact(({ users }) => users.setActive(id, false))
    browser = testBrowser()
    assert.equal(await refused(await callback()), "sign_in_refused")
  })

  it("refuses another account with the email of somebody who is bound", async () => {
    const { email } = await person()
    provider.account = { sub: "first", email, email_verified: true }
    assert.equal(await refused(await callback()), null)
    provider.account = { sub: "second", email, email_verified: true }
    browser = testBrowser()
    assert.equal(await refused(await callback()), "sign_in_refused")
  })
})

describe("what a provider says of somebody besides their address", () => {
  it("makes them a member by their name where their domain was settled, in the teams of their groups", async () => {
    const team = newId("team", systemClock)
    const kept = { name: "Web", externalName: "g-web", keptBy: "provider", lead: null } as const
    await tabard.organisation.shelf.transact(async ({ organisation, teams }) => {
      await organisation.putSignInSettings({ domains: ["acme.example"] })
      await teams.add({ id: team, ...kept, createdAt: clock.now() })
    })
    provider.account = {
      sub: "grace",
      email: "grace@acme.example",
      email_verified: true,
      name: "Grace",
      groups: ["g-web", 7, "x".repeat(300), { nested: "g-web" }],
    }
    assert.equal(await refused(await callback()), null)
    const { text } = await browser.visit(`${tabard.publicUrl}/api/v1/session`)
    const { id, name, role } = JSON.parse(text).user
    assert.deepEqual([name, role], ["Grace", "member"])
    const members = () => tabard.organisation.shelf.snapshot(({ teams }) => teams.membersOf([team]))
    assert.deepEqual(
      (await members()).map(({ user }) => user),
      [id],
    )
    for (const groups of [undefined, "other", {}, null]) {
      provider.account = { ...provider.account, groups: "g-web" }
      browser = testBrowser()
      assert.equal(await refused(await callback()), null)
      assert.equal((await members()).length, 1, "one group may come by itself")
      provider.account = { ...provider.account, groups }
      browser = testBrowser()
      assert.equal(await refused(await callback()), null)
      assert.deepEqual(await members(), [], JSON.stringify({ groups }))
    }
  })
})

describe("the way back from the provider", () => {
  for (const [what, change] of [
    ["another state", (url: URL) => url.searchParams.set("state", "x".repeat(43))],
    ["no state", (url: URL) => url.searchParams.delete("state")],
    ["another issuer", (url: URL) => url.searchParams.set("iss", "https://evil.example")],
    ["no issuer", (url: URL) => url.searchParams.delete("iss")],
    ["another code", (url: URL) => url.searchParams.set("code", "x".repeat(43))],
    ["no code", (url: URL) => url.searchParams.delete("code")],
    ["a code twice", (url: URL) => url.searchParams.append("code", "x")],
    ["an error", (url: URL) => url.searchParams.set("error", "<script>alert(1)</script>")],
  ] as const) {
    it(`lets nobody in with ${what}`, async () => {
      await known()
      const url = await callback()
      change(url)
      assert.equal(await refused(url), "sign_in_invalid")
    })
  }

  for (const name of ["nonce", "code_challenge"]) {
    it(`lets nobody in whose ${name} at the provider was another's`, async () => {
      await known()
      const { next = assert.fail() } = await browser.visit(`${tabard.publicUrl}${PROVIDER_PATH}`)
      next.searchParams.set(name, "x".repeat(43))
      assert.equal(await refused(await browser.travel(next, backAt())), "sign_in_invalid")
    })
  }

  it("leads in once: the same answer again is refused", async () => {
    await known()
    const url = await callback()
    const cookie = browser.cookie(url)
    assert.equal(await refused(url), null)
    const again = await fetch(url, { redirect: "manual", headers: { cookie } })
    assert.match(again.headers.get("location") ?? "", /refused=sign_in_invalid$/)
    assert.ok(!again.headers.getSetCookie().some((one) => /^tabard-\d+=./.test(one)))
  })

  it("is for the browser that began it, and for ten minutes", async () => {
    await known()
    const url = await callback()
    const other = testBrowser()
    assert.match((await other.visit(url)).next?.href ?? "", /refused=sign_in_invalid$/)
    await other.visit(`${tabard.publicUrl}${PROVIDER_PATH}`)
    assert.match((await other.visit(url)).next?.href ?? "", /refused=sign_in_invalid$/)
    clock.advance(10 * 60_000)
    assert.equal(await refused(url), "sign_in_invalid")
  })
})

describe("a provider that is not there", () => {
  it("stops no start and lets nobody in, and whoever tried is told", async () => {
    const own = await mkdtemp(join(tmpdir(), "tabard-"))
    try {
      await using server = await start({ TABARD_OIDC_ISSUER: "http://127.0.0.1:9" }, own)
      const { next } = await browser.visit(`${server.publicUrl}${PROVIDER_PATH}`)
      assert.equal(next?.href, `${server.publicUrl}/sign-in?refused=provider_unavailable`)
    } finally {
      await rm(own, { recursive: true, force: true })
    }
  })
})

async function start(env: Readonly<Record<string, string>>, directory = data): Promise<RunningServer> {
  const options = { port: 0, host: "127.0.0.1", data: directory, production: false, roles: ROLES } as const
  const config = readConfig(
    { ...options, scan: { kind: "none" }, tls: null, publicUrl: null, proxies: [], oracle: false },
    { ...env, TABARD_OIDC_CLIENT_ID: TEST_CLIENT.id, TABARD_OIDC_CLIENT_SECRET: TEST_CLIENT.secret },
    directory,
  )
  return startServer(config, { clock, onFault: (error) => void faults.push(error) })
}

async function person(): Promise<User> {
  const id = newId("user", systemClock)
  const createdAt = clock.now()
  const email = `${id}@example.test`
  const user: User = { id, name: "Bob", email, role: "member", active: true, createdAt }
  await tabard.organisation.shelf.transact(({ users }) => users.insert(user))
  return user
}

/** Has the provider name somebody who may come in. */
async function known(): Promise<void> {
  const { id, email } = await person()
  provider.account = { sub: id, email, email_verified: true }
}

function backAt(): string {
  return `${tabard.publicUrl}${CALLBACK_PATH}`
}

/** Signs in at the provider, and answers where it leads back to. */
function callback(): Promise<URL> {
  return browser.travel(`${tabard.publicUrl}${PROVIDER_PATH}`, backAt())
}

/** Answers the code of the refusal that an address leads to, or null where it leads in. */
async function refused(url: URL): Promise<string | null> {
  const { next } = await browser.visit(url)
  assert.equal(next?.origin, tabard.publicUrl)
  const code = next.searchParams.get("refused")
  const { status } = await browser.visit(`${tabard.publicUrl}/api/v1/session`)
  assert.equal(status, code === null ? 200 : 401)
  return code
}

async function count(): Promise<number> {
  return (await tabard.organisation.shelf.snapshot(({ users }) => users.list())).length
}
