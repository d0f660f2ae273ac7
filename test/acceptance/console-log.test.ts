import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { Browser, Page } from "playwright-core"
import { chromiumMissing, obstacles, openBrowser, shoot } from "../world/browser.ts"
import { addPerson, type Person } from "../world/people.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

describe("the log beside the record, in a real browser", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  let tabard: RunningTabard
  let browser: Browser
  let page: Page
  let auditor: Page

  before(async () => {
    tabard = stack.use(await runTabard())
    browser = await openBrowser()
    stack.defer(() => browser.close())
    page = await opened(await addPerson(tabard.server, "administrator"))
    auditor = await opened(await addPerson(tabard.server, "auditor"))
  })
  after(() => stack.disposeAsync())

  it("shows an auditor the trust policy that an administrator has settled, with the log's line in it", async () => {
    await page.getByRole("button", { name: "Settle who witnesses it…" }).click()
    await page.getByRole("dialog").getByLabel("Trust policy").fill("quorum none")
    assert.deepEqual(await obstacles(page), [])
    await pictures("log-policy")
    await page.getByRole("button", { name: "Settle the policy" }).click()
    await page.getByRole("dialog").waitFor({ state: "detached" })
    await auditor.reload()
    const policy = auditor.getByText(/^log audit\.\S+\+[0-9a-f]{8}\+\S+\nquorum none/)
    await policy.waitFor()
    await auditor.getByText(/^Settled by administrator on /).waitFor()
  })

  it("tells of a new log with its own line in the policy, and keeps the last checkpoint of the old one at hand", async () => {
    await page.getByRole("button", { name: "Begin a new log…" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Reason").fill("a key a year")
    assert.deepEqual(await obstacles(page), [])
    await pictures("log-begin")
    await dialog.getByRole("button", { name: "Begin a new log" }).click()
    await dialog.waitFor({ state: "detached" })
    await page.getByText(/before log 2 began on /).waitFor()
    await page.getByText(/^log audit\.\S+\/2\+\S+\nquorum none/).waitFor()
    await page.getByText("Log 1", { exact: true }).click()
    await page.getByRole("button", { name: "Copy the last checkpoint of log 1" }).waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures("log-generations")
  })

  it("offers an auditor nothing to settle", async () => {
    await auditor.reload()
    await auditor.getByText(/before log 2 began on /).waitFor()
    assert.equal(await auditor.getByRole("button", { name: /^(Settle|Begin)/ }).count(), 0)
  })

  it("left no fault", () => assert.deepEqual(tabard.faults, []))

  async function opened({ cookie }: Person): Promise<Page> {
    const { publicUrl: url } = tabard.server
    const viewport = { width: 1600, height: 1000 }
    const context = await browser.newContext({ viewport, reducedMotion: "reduce" })
    const [name = "", value = ""] = cookie.split("=")
    await context.addCookies([{ name, value, url }])
    const tab = await context.newPage()
    await tab.goto(`${url}/audit`)
    return tab
  }

  async function pictures(name: string): Promise<void> {
    if (!process.env["SHOTS"]) return
    for (const width of [375, 1024, 1600]) {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.setViewportSize({ width, height: 1000 })
        await page.emulateMedia({ colorScheme })
        await shoot(page, `${name}-${width}-${colorScheme}`)
      }
    }
    await page.emulateMedia({ colorScheme: null })
    await page.setViewportSize({ width: 1600, height: 1000 })
  }
})
