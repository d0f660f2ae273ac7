import assert from "node:assert/strict"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import type { Browser, Page } from "playwright-core"
import { chromiumMissing, obstacles, openBrowser, shoot } from "../world/browser.ts"
import { replaceFile } from "../world/replace-file.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"
import { until } from "../world/until.ts"

describe("the console while the record cannot be kept", { skip: chromiumMissing() }, () => {
  let tabard: RunningTabard
  let browser: Browser
  let page: Page

  before(async () => {
    tabard = await runTabard()
    browser = await openBrowser()
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
    await page.goto(await tabard.server.signInLink())
    await page.getByLabel("Name").fill("Ann")
    await page.getByLabel("Email").fill("ann@example.test")
    await page.getByRole("button", { name: /Sign in/ }).click()
    await page.getByRole("heading", { name: "Overview" }).waitFor()
  })
  after(async () => {
    await browser.close()
    await tabard[Symbol.asyncDispose]()
  })

  it("says so above every page, and says nothing once all is well", async () => {
    const checkpoint = join(tabard.data, "log", "default", "checkpoint")
    await tabard.server.publish()
    const genuine = await readFile(checkpoint, "utf8")
    const [origin, size, ...rest] = genuine.split("\n")
    const banner = page.getByRole("alert").filter({ hasText: "The record cannot be kept" })
    assert.equal(await banner.count(), 0)
    await replaceFile(checkpoint, [origin, Number(size) + 5, ...rest].join("\n"))
    await page.goto(`${tabard.server.publicUrl}/agents`)
    await page.getByRole("button", { name: "Enter an agent" }).click()
    await page.getByLabel("Name").fill("Something happens")
    await page
      .getByRole("button", { name: /^Enter/ })
      .last()
      .click()
    await page.getByRole("heading", { name: "Something happens" }).first().waitFor()
    await settled(true)
    await page.goto(`${tabard.server.publicUrl}/people`)
    await banner.getByText("What is published is not what was recorded").waitFor()
    for (const width of [375, 1024, 1600]) {
      await page.setViewportSize({ width, height: 900 })
      for (const theme of ["light", "dark"] as const) await look(`health-${width}`, theme)
    }
    await replaceFile(checkpoint, genuine)
    await settled(false)
    await page.reload()
    await page.getByRole("heading", { name: "People" }).waitFor()
    assert.equal(await banner.count(), 0)
  })

  /** Waits until what is watched is known. */
  async function settled(stopped: boolean): Promise<void> {
    const { recordWatch } = tabard.server.organisation
    await until(async () => ((await recordWatch.look()) !== undefined) === stopped)
  }

  async function look(name: string, theme: "light" | "dark"): Promise<void> {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" })
    await shoot(page, `${name}-${theme}`)
    assert.deepEqual(await obstacles(page), [], `${name} ${theme}`)
    const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")
    assert.ok(wide <= 0, `${name}: ${wide} pixels stand out to the side`)
  }
})
