import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId, systemClock } from "@tabard/core"
import {
  startTestProvider,
  TEST_CLIENT,
  type TestProvider,
} from "../../packages/server/src/sign-in/testing/test-provider.ts"
import { chromiumMissing, obstacles, openBrowser, shoot } from "../world/browser.ts"
import { makeMachine } from "../world/machine.ts"
import { type RunningTabard, runTabard, signInFirst } from "../world/running-tabard.ts"

describe("a member with an account at an OpenID provider", { skip: chromiumMissing() }, () => {
  it("is invited, signs in there in a browser, and sees their own agent alone", async () => {
    await using machine = await makeMachine()
    const at: { tabard?: RunningTabard } = {}
    await using provider = await startTestProvider(
      () => `${at.tabard?.server.publicUrl}/sign-in/provider/callback`,
    )
    await using tabard = await runTabard({ scan: [machine.root], env: environment(provider) })
    at.tabard = tabard
    await tabard.server.scans.settled()
    const ann = await signInFirst(tabard.server, "Ann")
    const invited = await ann.api.invitePerson({ name: "Bob", email: "bob@example.test", role: "member" })
    const [own, ...others] = (await ann.api.listAgents({})).items
    assert.ok(own && others.length > 0)
    await give(tabard, own.id, invited.person)

    const browser = await openBrowser()
    try {
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
    } finally {
      await browser.close()
    }
    assert.deepEqual(tabard.faults, [])
  })
})

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
