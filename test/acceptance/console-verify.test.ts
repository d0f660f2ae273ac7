import assert from "node:assert/strict"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import type { EventView } from "@tabard/api"
import type { Browser, Locator, Page } from "playwright-core"
import { chromiumMissing, obstacles, openBrowser, shoot } from "../world/browser.ts"
import { replaceFile } from "../world/replace-file.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"

describe("verifying an event in a real browser", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  let tabard: RunningTabard
  let ann: SignedInPerson
  let browser: Browser
  let page: Page

  before(async () => {
    tabard = stack.use(await runTabard())
    ann = await signInFirst(tabard.server, "Ann")
    for (const name of ["Notes helper", "Invoice bot", "Mail sorter"]) await ann.api.enterAgent({ name })
    await publish()
    browser = await openBrowser()
    stack.defer(() => browser.close())
    page = await openPage()
  })
  after(() => stack.disposeAsync())

  it("says each step, with what it was held against, and remembers the log's key", async () => {
    const checked = await verify(await firstEvent())
    await checked.getByText("It verifies: this is what was logged").waitFor()
    const first = await checked.innerText()
    for (const words of [
      /sees the log's key for the first time/,
      /What this page shows is what the [\d,]+ logged bytes say/,
      /The log has signed the checkpoint of \d+ entries/,
      /The entry stands in that log as number 0: \d hashes lead from its bytes to the signed root/,
    ])
      assert.match(first, words)
    assert.deepEqual(await obstacles(page), [])
    await shoot(page, "event-verified")
    const again = await verify(await firstEvent())
    await again.getByText("The log's key is the one that this browser has kept.").waitFor()
    assert.match(await again.innerText(), /the key as it was seen first, on \d/)
  })

  it("fails in words where a tile on the disk was changed, and holds again where it was put back", async () => {
    const tile = await tilePath()
    const bytes = await readFile(tile)
    await replaceFile(tile, bytes.with(33, (bytes[33] ?? 0) ^ 1))
    const checked = await verify(await firstEvent())
    await checked.getByText("It does not verify").waitFor()
    assert.match(
      await checked.innerText(),
      /do not lead from this entry to the signed root.*tabard audit verify/s,
    )
    await shoot(page, "event-not-verified")
    await replaceFile(tile, bytes)
    await (await verify(await firstEvent())).getByText("It verifies").waitFor()
  })

  it("fails where what the server sends for the page is not what was logged", async () => {
    const event = await firstEvent()
    await page.route(`**/api/v1/events/${event.id}`, async (route) => {
      const answer = await route.fetch()
      const told: Record<string, unknown> = JSON.parse(await answer.text())
      const body: object = Object(told["body"])
      await route.fulfill({ response: answer, json: { ...told, body: { ...body, type: "agent.retired" } } })
    })
    const checked = await verify(event)
    await checked.getByText("What this page shows is not what the logged bytes say.").waitFor()
    await page.unroute(`**/api/v1/events/${event.id}`)
  })

  it("fails where the log's key is another than the one that was kept, and says since when", async () => {
    const event = await firstEvent()
    await page.goto(tabard.server.publicUrl)
    await page.evaluate(`for (const name of Object.keys(localStorage))
      if (name.startsWith("tabard-log-key:"))
        localStorage.setItem(name, JSON.stringify({ key: "another+00000000+key", since: "2026-03-01T12:00:00.000Z" }))`)
    const checked = await verify(event)
    await checked.getByText(/The log's key has changed/).waitFor()
    assert.match(await checked.innerText(), /seen first, on 1 Mar 2026: another\+00000000\+key/)
  })

  async function verify({ id }: Pick<EventView, "id">): Promise<Locator> {
    await page.goto(`${tabard.server.publicUrl}/audit?event=${id}`)
    await page.getByRole("button", { name: "Verify in this browser" }).click()
    return page.getByRole("region", { name: "What was checked" })
  }

  async function firstEvent(): Promise<EventView> {
    const [event] = (await ann.api.listEvents({ place: 0 })).items
    return event ?? assert.fail("nothing was recorded")
  }

  /** The level-0 tile of the newest checkpoint, which holds the first entry's neighbour. */
  async function tilePath(): Promise<string> {
    const { published } = await ann.api.getLog({})
    const folder = join(tabard.data, "log", "default", "tile", "0", "000.p")
    assert.ok((await readdir(folder)).includes(String(published)))
    return join(folder, String(published))
  }

  async function publish(): Promise<void> {
    while ((await tabard.server.publish()) > 0);
  }

  async function openPage(): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } })
    const [name = "", value = ""] = ann.cookie().split("=")
    await context.addCookies([{ name, value, url: tabard.server.publicUrl }])
    const opened = await context.newPage()
    opened.setDefaultTimeout(60_000)
    return opened
  }
})
