import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { Browser, Page } from "playwright-core"
import { chromiumMissing, obstacles, openBrowser } from "../world/browser.ts"
import { type ConsolePage, consolePages, thingsToShow } from "../world/console-pages.ts"
import { type ConsoleWorld, openConsoleWorld } from "../world/console-world.ts"
import { until } from "../world/until.ts"

describe("every page of the console", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  const complaints: string[] = []
  let world: ConsoleWorld
  let browser: Browser
  let pages: readonly ConsolePage[]

  before(async () => {
    world = stack.use(await openConsoleWorld())
    browser = await openBrowser()
    stack.defer(() => browser.close())
    pages = consolePages(await thingsToShow(world.ann.api))
  })
  after(() => stack.disposeAsync())

  for (const width of [375, 1600])
    it(`puts no obstacle into anybody's way at ${width} pixels, and is no wider than the screen`, async () => {
      const page = await opened(width)
      for (const { path } of pages) {
        await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" })
        await page.goto(world.addressOf(path))
        await settle(page)
        assert.deepEqual(await obstacles(page), [], `${path} in light`)
        // What is there is the same in the dark; how it looks is not.
        await page.emulateMedia({ colorScheme: "dark" })
        assert.deepEqual(await obstacles(page, ["color-contrast"]), [], `${path} in dark`)
        const wide = await page.evaluate<number>("document.documentElement.scrollWidth")
        assert.ok(wide <= width, `${path} is ${wide} pixels wide`)
      }
    })

  it("goes from row to row by j and k, opens one by Enter and closes it by Escape", async () => {
    const page = await opened(1600)
    for (const path of ["/findings", "/servers", "/credentials", "/scans"]) {
      await page.goto(world.addressOf(path))
      await settle(page)
      const focused = page.locator("[data-row]:focus")
      await page.keyboard.press("j")
      const first = await focused.innerText()
      await page.keyboard.press("j")
      assert.notEqual(await focused.innerText(), first, path)
      await page.keyboard.press("k")
      assert.equal(await focused.innerText(), first, path)
      await page.keyboard.press("Enter")
      const drawer = page.getByRole("complementary")
      await drawer.waitFor()
      await page.keyboard.press("Escape")
      await drawer.waitFor({ state: "detached" })
    }
  })

  it("shows the keys by ? and leads to the search by /", async () => {
    const page = await opened(1600)
    await page.goto(world.addressOf("/settings"))
    await settle(page)
    await page.keyboard.press("?")
    const keys = page.getByRole("dialog", { name: "Keys" })
    await keys.waitFor()
    await page.keyboard.press("Escape")
    await keys.waitFor({ state: "detached" })
    // A dialog gives the keyboard back a moment after it is gone, also where the search has taken it by then.
    await until(async () => {
      await page.keyboard.press("/")
      await page.waitForTimeout(500)
      return (await page.locator("input:focus").count()) > 0
    })
  })

  it("is led to by the navigation, on a phone by a bar and what is behind More", async () => {
    const page = await opened(375)
    await page.goto(world.addressOf("/"))
    await settle(page)
    await page.getByRole("button", { name: "More" }).click()
    const sheet = page.getByRole("dialog", { name: "More places" })
    assert.deepEqual(await obstacles(page), [])
    await sheet.getByRole("link", { name: "Credentials" }).click()
    await sheet.waitFor({ state: "detached" })
    await page.getByRole("heading", { level: 1, name: "Credentials" }).waitFor()
  })

  it("said nothing on the browser's console, and left no fault", () => {
    assert.deepEqual(complaints, [])
    assert.deepEqual(world.tabard.faults, [])
  })

  async function opened(width: number): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 900 } })
    await context.addCookies([world.cookie()])
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text())
    })
    return page
  }
})

async function settle(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).waitFor()
  await page.locator("[aria-busy=true], .skeleton").first().waitFor({ state: "detached" })
}
