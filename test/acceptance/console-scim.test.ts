import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { Browser, Page } from "playwright-core"
import { chromiumMissing, obstacles, openBrowser, shoot } from "../world/browser.ts"
import { addPerson } from "../world/people.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"
import { ScimClient } from "../world/scim/scim-client.ts"

describe("provisioning, in a real browser", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  let tabard: RunningTabard
  let browser: Browser
  let page: Page
  let directory: ScimClient
  let mira: string

  before(async () => {
    tabard = stack.use(await runTabard())
    browser = await openBrowser()
    stack.defer(() => browser.close())
    page = await signedInAs("administrator")
  })
  after(async () => {
    await stack.disposeAsync()
    assert.deepEqual(tabard.faults, [])
  })

  it("tells the address, and makes a token that is shown this once", async () => {
    await page.goto(addressOf("/settings?tab=provisioning"))
    await page.getByText("None works: no directory is connected.").waitFor()
    await page.getByText(addressOf("/scim/v2"), { exact: true }).waitFor()
    await look("provisioning-empty")
    await page.getByRole("button", { name: "Make a token for SCIM" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Which directory").fill("Entra ID")
    await look("provisioning-wish")
    await dialog.getByRole("button", { name: "Make the token" }).click()
    const token = await dialog.locator("code", { hasText: /^tbd_/ }).textContent()
    await dialog.getByRole("button", { name: "Done" }).click()
    await page.getByText("Entra ID", { exact: true }).waitFor()
    assert.equal(await page.getByText(/^tbd_/).count(), 0)
    directory = new ScimClient(tabard.server, token ?? "")
    const answer = await directory.ask("GET", "/Users?startIndex=1&count=2")
    assert.equal(answer.status, 200)
  })

  it("says how many a directory keeps", async () => {
    const known = await directory.play([
      {
        says: "a person",
        method: "POST",
        path: "/Users",
        body: {
          userName: "mira@contoso.test",
          externalId: "7d5a2f60-molsen",
          displayName: "Mira Olsen",
          name: { givenName: "Mira", familyName: "Olsen" },
        },
        status: 201,
        remembers: { mira: "id" },
      },
      {
        says: "a group",
        method: "POST",
        path: "/Groups",
        body: { displayName: "Treasury", members: [{ value: "{mira}" }] },
        status: 201,
      },
      {
        says: "who leaves",
        method: "PATCH",
        path: "/Users/{mira}",
        body: { Operations: [{ op: "Replace", path: "active", value: "False" }] },
        status: 200,
      },
    ])
    mira = known.get("mira") ?? ""
    await page.goto(addressOf("/settings?tab=provisioning"))
    await page.getByRole("link", { name: "1 person", exact: true }).waitFor()
    await page.getByText("(1 switched off by it)").waitFor()
    await page.getByRole("link", { name: "1 team", exact: true }).waitFor()
    await look("provisioning")
  })

  it("shows at a person that SCIM keeps them, and takes them back before they are let in by hand", async () => {
    await page.goto(addressOf(`/people?off=true&person=${mira}`))
    await page.getByText("Your directory switched them off.").waitFor()
    assert.equal(await page.getByRole("button", { name: "Let in again" }).count(), 0)
    await look("person-kept-by-scim")
    await page.getByRole("button", { name: "Take back from SCIM…" }).click()
    await page.getByRole("dialog").getByRole("button", { name: "Take 1 person back" }).click()
    await page.getByRole("button", { name: "Let in again" }).click()
    await page.getByRole("button", { name: "Switch off…" }).waitFor()
  })

  it("shows by whom a team is kept, and hands it over", async () => {
    await page.goto(addressOf("/people?tab=teams"))
    await page.getByRole("link", { name: "Treasury" }).click()
    await page.getByText("what your directory says over SCIM").waitFor()
    await look("team-kept-by-scim")
    await page.getByRole("button", { name: "Change the team…" }).click()
    const dialog = page.getByRole("dialog", { name: "Change the team" })
    await dialog.getByLabel("Kept by").selectOption("people")
    await look("team-handed-over")
    await dialog.getByRole("button", { name: "Change the team" }).click()
    await dialog.waitFor({ state: "detached" })
    const answer = await directory.ask("GET", '/Groups?filter=displayName+eq+"Treasury"')
    assert.equal(answer.body?.["totalResults"], 0)
  })

  /** Looks at the page at three widths, light and dark. */
  async function look(name: string): Promise<void> {
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      for (const width of [375, 1024, 1600]) {
        await page.setViewportSize({ width, height: 900 })
        await shoot(page, `${name}-${width}-${scheme}`)
      }
      assert.deepEqual(await obstacles(page), [], `${name} ${scheme}`)
    }
    await page.emulateMedia({ colorScheme: "light" })
  }

  function addressOf(path: string): string {
    return tabard.server.publicUrl + path
  }

  async function signedInAs(role: "administrator"): Promise<Page> {
    const { cookie } = await addPerson(tabard.server, role)
    const [name = "", value = ""] = cookie.split("=")
    const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } })
    await context.addCookies([{ name, value, url: tabard.server.publicUrl }])
    return context.newPage()
  }
})
