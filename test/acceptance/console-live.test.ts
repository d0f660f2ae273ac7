import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { setTimeout as wait } from "node:timers/promises"
import { boundFetch } from "@tabard/client"
import type { Browser, Page } from "playwright-core"
import { connectAgent, structured } from "../world/agent.ts"
import { chromiumMissing, obstacles, openBrowser, RULES_OF_COLOUR, shoot } from "../world/browser.ts"
import { governAgent } from "../world/governed-agent.ts"
import { addPerson } from "../world/people.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { makeShiftingServer } from "../world/shifting-server.ts"
import { until } from "../world/until.ts"

describe("the console, while others work", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  const asked: string[] = []
  let tabard: RunningTabard
  let browser: Browser
  let ann: SignedInPerson
  let page: Page

  before(async () => {
    tabard = stack.use(await runTabard({ gateway: { patienceMs: 120_000 } }))
    ann = await signInFirst(tabard.server, "Ann")
    browser = await openBrowser()
    stack.defer(() => browser.close())
    page = await openAs(ann.cookie())
    page.on("request", (request) => {
      const { pathname } = new URL(request.url())
      if (pathname.startsWith("/api/v1/") && pathname !== "/api/v1/health") asked.push(pathname)
    })
    for (let n = 0; n < 60; n += 1) await enter(`Agent ${n}`)
  })
  after(async () => {
    await stack.disposeAsync()
    assert.deepEqual(tabard.faults, [])
  })

  it("asks for nothing while nothing changes, but for what no event can tell: that the record is kept", async () => {
    await page.goto(tabard.server.publicUrl)
    await page.getByRole("heading", { name: "Overview" }).waitFor()
    await atRest(7_000)
  })

  // How soon is a figure (npm run bench, live); here is shown that a page which asks for nothing by itself hears of it.
  it("shows what somebody else did, and leaves the rest of the page as it is", async () => {
    await page.goto(`${tabard.server.publicUrl}/agents`)
    await page.getByText("Agent 3", { exact: true }).waitFor()
    await atRest()
    await page.evaluate("window.kept = document.querySelectorAll('[role=row]')[5]; scrollTo(0, 240)")
    const before = await page.evaluate("scrollY")
    await enter("Brand new agent")
    await page.getByText("61 agents").or(page.getByText("Brand new agent")).first().waitFor()
    assert.equal(await page.getByText("Not live").count(), 0)
    assert.deepEqual(await page.evaluate("[window.kept.isConnected, scrollY]"), [true, before])
  })

  it("shows a question, wherever one is", async () => {
    const upstream = stack.use(await makeShiftingServer())
    await ann.api.registerServer({ name: "notes", launch: upstream.launch })
    const { credentials, task } = await governAgent(tabard.server, ann.api)
    await using hands = await connectAgent(
      tabard.server.publicUrl,
      boundFetch(credentials, { task: task.id }),
    )
    await atRest()
    const writing = hands.call("write_note", { topic: "groceries", content: "milk" })
    const question = await firstQuestion()
    await page
      .getByRole("link", { name: /1 waiting/ })
      .first()
      .waitFor()
    assert.equal(await page.getByText("Not live").count(), 0)
    await ann.api.answerApproval({ id: question, verdict: "denied" })
    assert.equal(structured(await writing)["code"], "denied_by_person")
  })

  it("shows how an agent ends while somebody else retires it", async () => {
    const id =
      (await ann.api.listAgents({ limit: 100 })).items.find(({ name }) => name === "Agent 5")?.id ?? ""
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString()
    const mandate = { purpose: "Pays invoices", tier: "read-only", acceptOwnership: true, expiresAt } as const
    await ann.api.adoptAgent({ id, ...mandate })
    await page.goto(`${tabard.server.publicUrl}/agents/${id}`)
    await page.getByRole("button", { name: "More acts" }).click()
    await page.getByRole("menuitem", { name: "Retire for ever…" }).click()
    await page
      .getByRole("dialog")
      .getByText(/^It will /)
      .waitFor()
    await page.getByRole("button", { name: "Cancel" }).click()
    await atRest()
    await ann.api.retireAgent({ id, reason: "replaced" })
    await page.getByRole("link", { name: "its certificate is in the record" }).waitFor()
    assert.equal(await page.getByText("Not live").count(), 0)
  })

  it("says so where it hears nothing, asks instead, and catches up once it hears again", async () => {
    await page.goto(tabard.server.publicUrl)
    await page.getByRole("heading", { name: "Overview" }).waitFor()
    await atRest()
    const givenBack = page.waitForEvent("requestfailed", (request) =>
      request.url().endsWith("/api/v1/changes"),
    )
    await page.route("**/api/v1/changes", (route) => route.abort())
    // A page that nobody sees gives its connection back; the next one fails.
    const turn = (how: string) =>
      page.evaluate(`${how}; document.dispatchEvent(new Event("visibilitychange"))`)
    await turn('Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true })')
    await givenBack
    await turn("delete document.visibilityState")
    await page.getByText("Not live").waitFor()
    for (const width of [375, 1024, 1600]) {
      await page.setViewportSize({ width, height: 900 })
      for (const theme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: theme })
        await shoot(page, `not-live-${width}-${theme}`)
        assert.deepEqual(await obstacles(page, theme === "dark" ? RULES_OF_COLOUR : undefined), [])
      }
    }
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.unroute("**/api/v1/changes")
    await page.getByText("Not live").waitFor({ state: "detached" })
  })

  it("leads to the sign-in page at the session's end, without a touch", async () => {
    const eve = await addPerson(tabard.server, "auditor")
    const own = await openAs(eve.cookie)
    // What asks again and again would learn of it too, only later.
    await own.route("**/api/v1/health", (route) => route.abort())
    await own.goto(tabard.server.publicUrl)
    await own.getByRole("heading", { name: "Overview" }).waitFor()
    await tabard.server.organisation.shelf.transact(({ sessions }) => sessions.endAllOf(eve.user.id, 0))
    await own.getByRole("heading", { name: "Sign in to Tabard" }).waitFor()
    await own.getByText("You are signed out: your session here has ended.").waitFor()
  })

  async function openAs(cookie: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const [name = "", value = ""] = cookie.split("=", 2)
    await context.addCookies([{ name, value, url: tabard.server.publicUrl }])
    const opened = await context.newPage()
    opened.setDefaultTimeout(60_000)
    return opened
  }

  /** Until the page, which hears of changes, has asked for nothing but the record's health for so long. */
  async function atRest(ms = 3_000): Promise<void> {
    await until(async () => {
      const before = asked.length
      await wait(ms)
      return asked.length === before
    })
    assert.equal(await page.getByText("Not live").count(), 0)
  }

  /** Answers the first question that waits, as soon as there is one. */
  async function firstQuestion(): Promise<string> {
    return until(async () => (await ann.api.listApprovals({ state: "pending" })).items[0]?.id ?? false)
  }

  async function enter(name: string): Promise<void> {
    await ann.api.enterAgent({ name, category: "production", purpose: "Pays invoices" })
  }
})
