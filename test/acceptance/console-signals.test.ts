import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { Browser, Page } from "playwright-core"
import { chromiumMissing, obstacles, openBrowser } from "../world/browser.ts"
import { consoleTab, pictures } from "../world/console-tab.ts"
import { addPerson, type Person } from "../world/people.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"
import { AUDIENCE, CAEP, type SignalTransmitter, startTransmitter } from "../world/signal-transmitter.ts"
import { clientOf, type SignalReceiver, startReceiver } from "../world/signal-world.ts"

/** As hostile as a name can be. */
const HOSTILE = 'Eve <img src=x onerror=alert(1)>\u202E"@idp'

const TAB = "/settings?tab=signals"

describe("signals, in a real browser", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  let tabard: RunningTabard
  let idp: SignalTransmitter
  let receiver: SignalReceiver
  let browser: Browser
  let ann: Person
  let page: Page
  let pushed: { url: string; header: string }

  before(async () => {
    idp = stack.use(await startTransmitter())
    receiver = stack.use(await startReceiver())
    tabard = stack.use(await runTabard())
    browser = await openBrowser()
    stack.defer(() => browser.close())
    ann = await addPerson(tabard.server, "administrator")
    page = await consoleTab(browser, tabard.server, ann)
  })
  after(() => stack.disposeAsync())

  it("says what there is to gain where nobody is heard and nobody is told", async () => {
    await page.goto(addressOf(TAB))
    await page.getByText("Nobody is heard yet").waitFor()
    await page.getByText("Nobody is told yet").waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "signals-empty")
  })

  it("adds a source that pushes, shows its header this once, and tells what it said", async () => {
    await page.getByRole("button", { name: "Add a source" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Name", { exact: true }).fill(HOSTILE)
    await dialog.getByLabel("Issuer").fill(idp.issuer)
    await dialog.getByLabel("Keys").fill(idp.jwksUri)
    await dialog.getByLabel("Audience").fill(AUDIENCE)
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "signals-add-source")
    await dialog.getByRole("button", { name: "Act upon its signals" }).click()
    await dialog.getByText("The source is made").waitFor()
    const [url = "", header = ""] = await dialog.locator("code").allInnerTexts()
    pushed = { url, header }
    assert.match(header, /^Bearer \S{40}/)
    await dialog.getByRole("button", { name: "Done" }).click()
    const row = page.getByRole("list", { name: "Sources" }).getByRole("listitem")
    await row.getByText("Nothing heard yet").waitFor()
    assert.ok(!(await page.content()).includes(header.slice(10, 30)))
    const subject = { format: "email", email: "nobody@example.test" }
    const said = { [`${CAEP}/session-revoked`]: {} }
    assert.equal(await push(idp.token(said, subject)), 202)
    assert.equal(await push(idp.token(said, subject, { claims: { exp: 1 } })), 400)
    await row.getByText("1 token not believed").waitFor()
    await row.getByText("the token must not hold exp").waitFor()
    await row.getByText("Heard", { exact: true }).waitFor()
  })

  it("adds a stream, and tells that its receiver has what was sent", async () => {
    await page.getByRole("button", { name: "Add a stream" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Name", { exact: true }).fill("The SIEM")
    await dialog.getByLabel("Address").fill(receiver.url)
    await dialog.getByLabel("Authorization").fill("Bearer c4nary")
    await dialog.getByLabel("May act again").uncheck()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "signals-add-stream")
    await dialog.getByRole("button", { name: "Tell the receiver from now on" }).click()
    await dialog.waitFor({ state: "detached" })
    const row = page.getByRole("list", { name: "Streams" }).getByRole("listitem")
    await row.getByRole("button", { name: "Send a test" }).click()
    await row.getByText("A verification event is on its way.").waitFor()
    await row.getByText("Up to date").waitFor()
    assert.equal(receiver.taken.length, 1)
    assert.ok(!(await page.content()).includes("c4nary"))
    const keys = await page.context().newPage()
    await keys.goto(addressOf("/settings?tab=issuer"))
    await keys.getByRole("list", { name: "Keys that sign signals" }).getByText("RS256").waitFor()
    await keys.close()
  })

  it("offers a stream that is fetched to live tokens with the scope for it alone", async () => {
    const api = clientOf(tabard.server, ann.cookie)
    await page.getByRole("button", { name: "Add a stream" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("How signals come to it").selectOption("It fetches them (RFC 8936)")
    await dialog.getByText(/make one with the scope ssf.manage/).waitFor()
    const days = 1
    await api.makeApiToken({ purpose: "The other one", role: "auditor", scopes: ["agents:read"], days })
    await api.makeApiToken({ purpose: "The warehouse", role: "auditor", scopes: ["ssf.manage"], days })
    const choice = dialog.getByLabel("The receiver’s API token")
    await choice.waitFor()
    assert.deepEqual(await choice.locator("option").allInnerTexts(), ["Choose one", "The warehouse"])
    await choice.selectOption("The warehouse")
    await dialog.getByLabel("Name", { exact: true }).fill("The warehouse fetches")
    await dialog.getByRole("button", { name: "Tell the receiver from now on" }).click()
    await dialog.waitFor({ state: "detached" })
    await rowOf("The warehouse fetches").getByText("By the API token").waitFor()
  })

  it("pauses and goes on, and says why a receiver does not take anything", async () => {
    const row = rowOf("The SIEM")
    await row.getByRole("button", { name: "Pause" }).click()
    await row.getByText("Paused").waitFor()
    receiver.answer = { status: 503 }
    await row.getByRole("button", { name: "Go on" }).click()
    await row.getByText("Trying again").waitFor()
    await row.getByText(/it answered 503, tried again/).waitFor()
    await row.getByText(/1 signal waits|2 signals wait/).waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "signals")
  })

  it("removes a stream and a source, and says what follows", async () => {
    const dialog = page.getByRole("dialog")
    await choose(rowOf("The SIEM"), "Remove…")
    await dialog.getByText(/will not reach the receiver/).waitFor()
    await dialog.getByRole("button", { name: "Remove the stream" }).click()
    await rowOf("The SIEM").waitFor({ state: "detached" })
    await choose(rowOf("Eve"), "Remove…")
    await dialog.getByText("What it has ended stays ended.").waitFor()
    await dialog.getByRole("button", { name: "Remove the source" }).click()
    await page.getByText("Nobody is heard yet").waitFor()
  })

  it("lets an auditor look and touch nothing", async () => {
    const auditor = await consoleTab(browser, tabard.server, await addPerson(tabard.server, "auditor"))
    await auditor.goto(addressOf(TAB))
    await auditor.getByText("The warehouse fetches").waitFor()
    const names = await auditor.getByRole("main").getByRole("button").allInnerTexts()
    assert.deepEqual(names, [""], "nothing but a way to copy the address")
  })

  it("left no fault", () => assert.deepEqual(tabard.faults, []))

  function rowOf(name: string): ReturnType<Page["getByRole"]> {
    return page.getByRole("listitem").filter({ hasText: name })
  }

  async function choose(row: ReturnType<Page["getByRole"]>, act: string): Promise<void> {
    await row.getByRole("button", { name: /^More for / }).click()
    await page.getByRole("menuitem", { name: act }).click()
  }

  async function push(body: string): Promise<number> {
    const headers = { "content-type": "application/secevent+jwt", authorization: pushed.header }
    return (await fetch(pushed.url, { method: "POST", body, headers })).status
  }

  function addressOf(path: string): string {
    return `${tabard.server.publicUrl}${path}`
  }
})
