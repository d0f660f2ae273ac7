import assert from "node:assert/strict"
import { createServer } from "node:http"
import { after, before, describe, it } from "node:test"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { chromiumMissing, obstacles, openBrowser, shoot } from "../world/browser.ts"
import {
  adoptedClient,
  askAs,
  type CodeClient,
  codeClient,
  registerClient,
  tokensIn,
} from "../world/code-client.ts"
import { addPerson, type Person } from "../world/people.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

const WIDTHS = [375, 1024, 1600]

describe("a person whom a client leads here, in a real browser", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  const complaints: string[] = []
  let tabard: RunningTabard
  let browser: Browser
  let ann: Person
  let bob: Person
  let listening: string
  let arrived: Promise<URL>

  before(async () => {
    tabard = stack.use(await runTabard())
    ann = await addPerson(tabard.server, "administrator")
    bob = await addPerson(tabard.server, "member")
    browser = await openBrowser()
    stack.defer(() => browser.close())
    listening = await listen()
  })
  after(async () => {
    await stack.disposeAsync()
    assert.deepEqual(complaints, [])
  })

  it("sees who asks and what follows, says yes, and is led back with what the client came for", async () => {
    const client = await clientOf(await adoptedClient(tabard.server, ann))
    const page = await pageOf(bob)
    await page.goto((await client.url()).href)
    await page.getByRole("heading", { name: "Desk wants to act for you" }).waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "consent-rule")
    await page.getByRole("button", { name: "Let Desk act, and answer for it" }).click()
    const answer = await arrived
    const tokens = await tokensIn(client, await client.redeem(answer))
    assert.equal(tokens.token_type, "dpop")

    const again = await clientOf(client.client.client_id)
    await page.goto((await again.url()).href)
    await page.getByRole("button", { name: "Let Desk act for me" }).waitFor()
    await pictures(page, "consent-ready")
    await page.context().close()
  })

  it("asks for adoption where nobody has vouched for the client, and goes on by itself once somebody has", async () => {
    const client = await clientOf(await registerClient(tabard.server, ann, "Scratch"))
    const page = await pageOf(bob)
    await page.goto((await client.url()).href)
    const ask = page.getByRole("button", { name: "Ask for Scratch to be adopted" })
    await ask.waitFor()
    await pictures(page, "consent-new")
    await ask.click()
    await page.getByText("It waits to be adopted").waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "consent-waiting")

    const { shelf } = tabard.server.organisation
    const grant = await shelf.snapshot(({ clientGrants }) =>
      clientGrants.find(bob.user.id, client.client.client_id),
    )
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString()
    const body = { purpose: "Tries things.", tier: "read-only", expiresAt, acceptOwnership: true }
    await askAs(tabard.server, ann, { path: `/agents/${grant?.agent}/adoption`, body })
    await page.getByRole("button", { name: "Let Scratch act for me" }).click()
    assert.ok((await arrived).searchParams.get("code"))
    await page.context().close()
  })

  it("is led back without anything after a no", async () => {
    const client = await clientOf(await adoptedClient(tabard.server, ann))
    const page = await pageOf(bob)
    await page.goto((await client.url()).href)
    await page.getByRole("button", { name: "Refuse" }).click()
    assert.equal((await arrived).searchParams.get("error"), "access_denied")
    await page.context().close()
  })

  it("signs in first, and comes back to what was asked", async () => {
    const client = await clientOf(await adoptedClient(tabard.server, ann))
    const page = await pageOf()
    await page.goto((await client.url()).href)
    await page.getByRole("heading", { name: "Sign in to Tabard" }).waitFor()
    const [name = "", value = ""] = bob.cookie.split("=")
    await page.context().addCookies([{ name, value, url: tabard.server.publicUrl, sameSite: "Strict" }])
    await page.goto(tabard.server.publicUrl)
    await page.getByRole("heading", { name: "Desk wants to act for you" }).waitFor()
    await page.context().close()
  })

  it("signs a command line in by the code that it shows", async () => {
    const begun = await fetch(`${tabard.server.publicUrl}/oauth/device_authorization`, {
      method: "POST",
      body: new URLSearchParams({ client_id: "tabard", machine: "desk-7" }),
    })
    const { user_code: code } = Object(await begun.json())
    const page = await pageOf(bob)
    await page.goto(`${tabard.server.publicUrl}/consent/device`)
    await page.getByLabel("Code").fill(code)
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "device-code")
    await page.getByRole("button", { name: "Look who shows it" }).click()
    await page.getByRole("heading", { name: "Sign desk-7 in as you?" }).waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "device-asked")
    await page.getByRole("button", { name: "Sign it in as me" }).click()
    await page.getByRole("heading", { name: "It is signed in" }).waitFor()
    await page.context().close()
  })

  it("is told in the console's own words why something ends here", async () => {
    const page = await pageOf(bob)
    await page.goto(`${tabard.server.publicUrl}/consent/refused?error=another_person&error_description=evil`)
    await page.getByRole("heading", { name: "This ends here" }).waitFor()
    assert.equal(await page.getByText("evil").count(), 0)
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "consent-refused")
    await page.context().close()
  })

  async function pageOf(person?: Person): Promise<Page> {
    const context: BrowserContext = await browser.newContext({ viewport: { width: 1024, height: 800 } })
    if (person) {
      const [name = "", value = ""] = person.cookie.split("=")
      await context.addCookies([{ name, value, url: tabard.server.publicUrl, sameSite: "Strict" }])
    }
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    page.on("console", (message) => {
      if (message.type() === "error" && !/401/.test(message.text())) complaints.push(message.text())
    })
    return page
  }

  /** The next client that is led back to arrives here. */
  async function clientOf(clientId: string): Promise<CodeClient> {
    const { promise, resolve } = Promise.withResolvers<URL>()
    arrived = promise
    onArrival = resolve
    return codeClient(tabard.server, { clientId, redirectUri: `${listening}/callback` })
  }

  let onArrival: (url: URL) => void = () => undefined

  async function listen(): Promise<string> {
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? "", listening)
      if (url.pathname === "/callback") onArrival(url)
      response.end("You can close this page.")
    })
    stack.defer(() => {
      server.closeAllConnections()
      server.close()
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const address = server.address()
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
  }
})

async function pictures(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 })
      await shoot(page, `${name}-${colorScheme}-${width}`)
    }
  }
}
