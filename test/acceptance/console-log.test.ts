import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { Browser, Page } from "playwright-core"
import { chromiumMissing, obstacles, openBrowser } from "../world/browser.ts"
import { consoleTab, pictures } from "../world/console-tab.ts"
import { addPerson } from "../world/people.ts"
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
    page = await consoleTab(browser, tabard.server, await addPerson(tabard.server, "administrator"), {
      path: "/audit",
    })
    auditor = await consoleTab(browser, tabard.server, await addPerson(tabard.server, "auditor"), {
      path: "/audit",
    })
  })
  after(() => stack.disposeAsync())

  it("shows an auditor the trust policy that an administrator has settled, with the log's line in it", async () => {
    await page.getByRole("button", { name: "Settle who witnesses it…" }).click()
    await page.getByRole("dialog").getByLabel("Trust policy").fill("quorum none")
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "log-policy")
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
    await pictures(page, "log-begin")
    await dialog.getByRole("button", { name: "Begin a new log" }).click()
    await dialog.waitFor({ state: "detached" })
    await page.getByText(/before log 2 began on /).waitFor()
    await page.getByText(/^log audit\.\S+\/2\+\S+\nquorum none/).waitFor()
    await page.getByText("Log 1", { exact: true }).click()
    await page.getByRole("button", { name: "Copy the last checkpoint of log 1" }).waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "log-generations")
  })

  it("offers an auditor nothing to settle", async () => {
    await auditor.reload()
    await auditor.getByText(/before log 2 began on /).waitFor()
    assert.equal(await auditor.getByRole("button", { name: /^(Settle|Begin)/ }).count(), 0)
  })

  it("left no fault", () => assert.deepEqual(tabard.faults, []))
})
