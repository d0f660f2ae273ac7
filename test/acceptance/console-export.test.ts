import assert from "node:assert/strict"
import { createServer, type ServerResponse } from "node:http"
import { after, before, describe, it } from "node:test"
import type { Browser, Page } from "playwright-core"
import { Webhook } from "standardwebhooks"
import { chromiumMissing, obstacles, openBrowser } from "../world/browser.ts"
import { consoleTab, pictures } from "../world/console-tab.ts"
import { addPerson, type Person } from "../world/people.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

/** As hostile as a name can be. */
const HOSTILE = 'Eve <img src=x onerror=alert(1)>\u202E"@siem'

const TAB = "/settings?tab=export"

/** How the webhook's bodies hold the event of a pause. */
const PAUSED = '"type":"sink.paused"'

describe("exporting the record, in a real browser", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  const posts: { headers: Record<string, string>; body: string }[] = []
  /** How the receiver answers from now on. */
  let answer: (response: ServerResponse, body: string) => void = (response) => response.writeHead(204).end()
  let tabard: RunningTabard
  let browser: Browser
  let ann: Person
  let page: Page
  let receiver: string

  before(async () => {
    receiver = await startReceiver()
    tabard = stack.use(await runTabard())
    browser = await openBrowser()
    stack.defer(() => browser.close())
    ann = await addPerson(tabard.server, "administrator")
    page = await consoleTab(browser, tabard.server, ann)
  })
  after(() => stack.disposeAsync())

  it("says what there is to gain where the record goes nowhere yet", async () => {
    await page.goto(addressOf(TAB))
    await page.getByText("The record goes nowhere else yet").waitFor()
    assert.deepEqual(await obstacles(page), [])
  })

  it("adds a webhook whose secret is shown once, and brings it the whole record, signed", async () => {
    await page.getByRole("button", { name: "Add a sink" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Name").fill(HOSTILE)
    await dialog.getByLabel("Address").fill(receiver)
    assert.deepEqual(await obstacles(page), [])
    await dialog.getByRole("button", { name: "Add the sink" }).click()
    const secret = await dialog.getByText(/^whsec_/).innerText()
    await dialog.getByRole("button", { name: "Done" }).click()
    const row = page.getByRole("listitem").filter({ hasText: "Webhook, signed" })
    await row.getByText("Up to date").waitFor()
    const [first] = posts
    assert.ok(first)
    const said = Object(new Webhook(secret).verify(first.body, first.headers))
    assert.equal(said.data.entries[0].place, 0)
    assert.equal(said.data.entries.at(-1).type, "log.checkpoint")
    assert.ok(!(await page.content()).includes(secret.slice(6, 30)))
    await row.getByRole("button", { name: "Carry a test" }).click()
    await row.getByText("The test was taken.").waitFor()
    assert.ok(posts.some(({ body }) => body.includes('"test/')))
  })

  it("offers each kind of receiver what it needs", async () => {
    await page.getByRole("button", { name: "Add a sink" }).click()
    const dialog = page.getByRole("dialog")
    const kinds = await dialog.getByLabel("Receiver").locator("option").allInnerTexts()
    assert.equal(kinds.length, 8)
    for (const kind of kinds) {
      await dialog.getByLabel("Receiver").selectOption(kind)
      assert.ok((await dialog.getByRole("textbox").count()) >= 2, kind)
    }
    await dialog.getByLabel("Receiver").selectOption("Syslog over TLS")
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "export-make")
    await dialog.getByLabel("Receiver").selectOption("Files of JSON lines")
    await dialog.getByLabel("Name").fill("Copy on disk")
    await dialog.getByLabel("Folder").fill("../elsewhere")
    await dialog.getByRole("button", { name: "Add the sink" }).click()
    await dialog.getByRole("alert").waitFor()
    await dialog.getByLabel("Folder").fill("copy")
    await dialog.getByRole("button", { name: "Add the sink" }).click()
    await dialog.waitFor({ state: "detached" })
    await rowOf("Copy on disk").getByText("Up to date").waitFor()
  })

  it("pauses and goes on, changes what it carries, and says how many entries are carried again", async () => {
    const row = rowOf("Copy on disk")
    await row.getByRole("button", { name: "Pause" }).click()
    await row.getByText("Paused").waitFor()
    await row.getByRole("button", { name: "Go on" }).click()
    await row.getByText("Up to date").waitFor()
    await choose(row, "Change…")
    const dialog = page.getByRole("dialog")
    assert.equal(await dialog.getByLabel("Folder").inputValue(), "copy")
    await dialog.getByLabel("Which entries").selectOption("Decisions and outcomes of calls")
    await dialog.getByRole("button", { name: "Change the sink" }).click()
    await row.getByText("Decisions and outcomes of calls, and checkpoints").waitFor()
    await choose(row, "Carry again…")
    await dialog.getByLabel("From entry").fill("1")
    assert.deepEqual(await obstacles(page), [])
    await dialog.getByRole("button", { name: /^Carry \d+ entries again$/ }).click()
    await dialog.waitFor({ state: "detached" })
  })

  it("shows what a receiver refused with its reason, and has it tried again", async () => {
    const row = page.getByRole("listitem").filter({ hasText: "Webhook, signed" })
    // The pause of before is an entry of the same type, and may still be on its way.
    while (!posts.some(({ body }) => body.includes(PAUSED))) await page.waitForTimeout(50)
    answer = (response, body) => response.writeHead(body.includes(PAUSED) ? 413 : 204).end()
    await rowOf("Copy on disk").getByRole("button", { name: "Pause" }).click()
    await row.getByText("1 dead letter").waitFor()
    await pictures(page, "export")
    await row.getByRole("button", { name: "Dead letters (1)" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByText("it answered 413: too large").waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "export-dead-letters")
    answer = (response) => response.writeHead(204).end()
    await dialog.getByRole("button", { name: "Try 1 dead letter again" }).click()
    await dialog.getByText("Nothing was refused").waitFor()
    await dialog.getByRole("button", { name: "Close" }).click()
  })

  it("says that a person is needed where the receiver refuses us, and why", async () => {
    answer = (response) => response.writeHead(401).end()
    await rowOf("Copy on disk").getByRole("button", { name: "Go on" }).click()
    const row = page.getByRole("listitem").filter({ hasText: "Webhook, signed" })
    await row.getByText("Needs a person").waitFor()
    await row.getByText(/it answered 401/).waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "export-held")
    await page.getByRole("button", { name: "Notifications, 2 unread" }).waitFor()
  })

  it("removes a sink, and says what is lost with it", async () => {
    const row = page.getByRole("listitem").filter({ hasText: "Webhook, signed" })
    await choose(row, "Remove…")
    const dialog = page.getByRole("dialog")
    await dialog.getByText(/will not reach it/).waitFor()
    await dialog.getByRole("button", { name: "Remove the sink" }).click()
    await row.waitFor({ state: "detached" })
  })

  it("lets an auditor look and touch nothing", async () => {
    const auditor = await consoleTab(browser, tabard.server, await addPerson(tabard.server, "auditor"))
    await auditor.goto(addressOf(TAB))
    await auditor.getByText("Copy on disk").waitFor()
    const names = await auditor.getByRole("main").getByRole("button").allInnerTexts()
    assert.deepEqual(names, ["Dead letters"])
  })

  it("left no fault", () => assert.deepEqual(tabard.faults, []))

  function rowOf(name: string): ReturnType<Page["getByRole"]> {
    return page.getByRole("listitem").filter({ hasText: name })
  }

  async function choose(row: ReturnType<Page["getByRole"]>, act: string): Promise<void> {
    await row.getByRole("button", { name: /^More for / }).click()
    await page.getByRole("menuitem", { name: act }).click()
  }

  function addressOf(path: string): string {
    return `${tabard.server.publicUrl}${path}`
  }

  async function startReceiver(): Promise<string> {
    const server = createServer((request, response) => {
      let body = ""
      request.on("data", (piece: Buffer) => {
        body += piece.toString()
      })
      request.on("end", () => {
        const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
        posts.push({ headers: Object.fromEntries(headers), body })
        answer(response, body)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    stack.defer(() => {
      server.closeAllConnections()
      server.close()
    })
    const address = server.address()
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/hook`
  }
})
