import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { newId, systemClock, type User } from "@tabard/core"
import { decodeJwt } from "jose"
import type { Browser } from "playwright-core"
import {
  startTestProvider,
  TEST_CLIENT,
  type TestProvider,
} from "../../packages/server/src/sign-in/testing/test-provider.ts"
import { chromiumMissing, obstacles, openBrowser, shoot } from "../world/browser.ts"
import { adoptedClient, CALLBACK, codeClient, tokensIn } from "../world/code-client.ts"
import { makeMachine } from "../world/machine.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"

describe("a member with an account at an OpenID provider", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  let provider: TestProvider
  let tabard: RunningTabard
  let ann: SignedInPerson
  let browser: Browser

  before(async () => {
    const machine = stack.use(await makeMachine())
    provider = stack.use(
      await startTestProvider(() => `${tabard.server.publicUrl}/sign-in/provider/callback`),
    )
    tabard = stack.use(await runTabard({ scan: [machine.root], env: environment(provider) }))
    await tabard.server.scans.settled()
    ann = await signInFirst(tabard.server, "Ann")
    browser = await openBrowser()
    stack.defer(() => browser.close())
  })
  after(async () => {
    await stack.disposeAsync()
    assert.deepEqual(tabard.faults, [])
  })

  it("is invited, signs in there in a browser, and sees their own agent alone", async () => {
    const invited = await ann.api.invitePerson({ name: "Bob", email: "bob@example.test", role: "member" })
    const [own, ...others] = (await ann.api.listAgents({})).items
    assert.ok(own && others.length > 0)
    await give(tabard, own.id, invited.person)

    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    const page = await context.newPage()
    provider.account = { sub: "eve", email: "eve@example.test", email_verified: true }
    await page.goto(tabard.server.publicUrl)
    await page.getByRole("link", { name: "Sign in with Acme" }).click()
    await page.getByRole("alert").waitFor()
    assert.match((await page.getByRole("alert").textContent()) ?? "", /may not come in here/)
    for (const theme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: theme })
      await shoot(page, `sign-in-refused-${theme}`)
      assert.deepEqual(await obstacles(page), [])
    }

    await context.clearCookies()
    provider.account = { sub: "bob", email: "bob@example.test", email_verified: true }
    await page.getByRole("link", { name: "Sign in with Acme" }).click()
    await page.getByRole("link", { name: "Agents", exact: true }).click()
    await page.getByText(own.name).first().waitFor()
    assert.equal(new URL(page.url()).origin, tabard.server.publicUrl)
    const text = (await page.locator("main").textContent()) ?? ""
    for (const { name } of others) if (name !== own.name) assert.ok(!text.includes(name), name)
    assert.equal(await page.getByRole("link", { name: "Sources" }).count(), 0)
    await shoot(page, "member-agents")
    await page.goto(`${tabard.server.publicUrl}/agents/${others[0]?.id}`)
    await page
      .getByText(/there is no agent/i)
      .first()
      .waitFor()
    await context.close()
  })

  it("signs their MCP client in by it: from the client to the provider, to the question, and back with a code", async () => {
    const { person } = await ann.api.invitePerson({ name: "Cyd", email: "cyd@example.test", role: "member" })
    const steward = { user: await userOf(tabard, ann), cookie: ann.cookie() }
    const client = await codeClient(tabard.server, { clientId: await adoptedClient(tabard.server, steward) })
    const page = await (await browser.newContext()).newPage()

    provider.account = { sub: "eve", email: "eve@example.test", email_verified: true }
    await page.goto((await client.url()).href)
    await page.getByRole("link", { name: "Sign in with Acme" }).click()
    await page.getByRole("alert").waitFor()
    assert.equal(await page.getByRole("heading", { name: "Desk wants to act for you" }).count(), 0)

    await page.context().clearCookies()
    provider.account = { sub: "cyd", email: "cyd@example.test", email_verified: true }
    await page.goto((await client.url()).href)
    await page.getByRole("link", { name: "Sign in with Acme" }).click()
    await page.getByRole("heading", { name: "Desk wants to act for you" }).waitFor()
    await shoot(page, "consent-after-provider")
    // Nobody listens where the client would: what it would be asked is enough.
    const arrived = page.waitForRequest((request) => request.url().startsWith(CALLBACK))
    await page.getByRole("button", { name: "Let Desk act, and answer for it" }).click()
    const tokens = await tokensIn(client, await client.redeem(new URL((await arrived).url())))
    const { sub, owner, client_id: clientId } = decodeJwt(tokens.access_token)
    assert.deepEqual([sub, owner, clientId], [person, person, client.client.client_id])
    await page.context().close()
  })
})

async function userOf({ server }: RunningTabard, { api }: SignedInPerson): Promise<User> {
  const { user } = await api.getSession({})
  return (
    (await server.organisation.shelf.snapshot(({ users }) => users.list())).find(
      ({ id }) => id === user.id,
    ) ?? assert.fail("nobody signed in")
  )
}

function environment({ issuer }: TestProvider): Readonly<Record<string, string>> {
  return {
    TABARD_OIDC_ISSUER: issuer,
    TABARD_OIDC_CLIENT_ID: TEST_CLIENT.id,
    TABARD_OIDC_CLIENT_SECRET: TEST_CLIENT.secret,
    TABARD_OIDC_NAME: "Acme",
  }
}

/** Has a member help with an agent. */
async function give({ server }: RunningTabard, agent: string, person: string): Promise<void> {
  await server.organisation.shelf.transact(async ({ agents, maintainers, users }) => {
    const user = (await users.list()).find(({ id }) => id === person) ?? assert.fail("nobody")
    const found =
      (await agents.list({ limit: 1000 })).find(({ id }) => id === agent) ?? assert.fail("no agent")
    const addedBy = newId("user", systemClock)
    await maintainers.add({ agent: found.id, user: user.id, addedBy, addedAt: systemClock.now() })
  })
}
