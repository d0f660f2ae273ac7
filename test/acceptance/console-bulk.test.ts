import assert from "node:assert/strict"
import { readFile } from "node:fs/promises"
import { after, before, describe, it } from "node:test"
import { type Agent, newId, systemClock } from "@tabard/core"
import type { Browser, Page } from "playwright-core"
import { chromiumMissing, obstacles, openBrowser, shoot } from "../world/browser.ts"
import { addPerson } from "../world/people.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

const DAY = 86_400_000

describe("acts on many agents in a real browser", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  const complaints: string[] = []
  let tabard: RunningTabard
  let browser: Browser
  let page: Page

  before(async () => {
    tabard = stack.use(await runTabard())
    browser = await openBrowser()
    stack.defer(() => browser.close())
    await keepAgents("Clerk", { many: 6, tokens: 2 })
    await keepAgents("Stopped", { many: 2, state: "suspended" })
    page = await signedInAs("security")
  })
  after(() => stack.disposeAsync())

  it("picks rows by the keyboard and by a range, and says so in the address", async () => {
    await page.goto(addressOf("/agents?q=Clerk&sort=name"))
    const rows = page.locator("[data-row]")
    await rows.first().focus()
    await page.keyboard.press("x")
    await bar().getByText("1 selected").waitFor()
    await page.getByLabel("Select Clerk 3", { exact: true }).click({ modifiers: ["Shift"] })
    await bar().getByText("3 selected").waitFor()
    assert.equal(/pick=([^&]+)/.exec(decodeURIComponent(page.url()))?.[1]?.split(",").length, 3)
    await page.reload()
    await bar().getByText("3 selected").waitFor()
    await shoot(page, "picked")
  })

  it("says what will happen before it does, and does it to exactly those", async () => {
    await bar().getByRole("button", { name: "Suspend 3" }).click()
    const dialog = page.getByRole("dialog", { name: "Suspend 3 agents, end 6 tokens" })
    await dialog.waitFor()
    await dialog.getByLabel("Reason").fill("they wrote to strangers")
    await shoot(page, "suspend-many")
    await dialog.getByRole("button", { name: "Suspend 3 agents" }).click()
    await page.getByText("3 agents suspended").waitFor()
    await shoot(page, "suspended-many")
    await page.getByRole("button", { name: "Done" }).click()
    await page.goto(addressOf("/agents?q=Clerk&state=suspended"))
    await page.getByRole("status").filter({ hasText: "3 of 8 agents" }).waitFor()
  })

  it("passes over those that it cannot be done to, and says why", async () => {
    await page.goto(addressOf("/agents?pick=all&sort=name"))
    await bar().getByText("8 selected").waitFor()
    await bar().getByRole("button", { name: "Suspend 3" }).click()
    const dialog = page.getByRole("dialog", { name: "Suspend 3 agents, end 6 tokens" })
    await dialog.getByText("Passed over: 5 agents").waitFor()
    await dialog.getByText("the agent is suspended; only active or quarantined can be changed so").waitFor()
    await shoot(page, "suspend-some")
    assert.deepEqual(await obstacles(page), [])
    await page.keyboard.press("Escape")
  })

  it("asks a person to own many, and what cannot be taken back is typed", async () => {
    const owner = await addPerson(tabard.server, "member")
    await page.goto(addressOf("/agents?pick=all"))
    await bar().getByRole("button", { name: "Offer 8" }).click()
    await page.getByLabel("Who is asked").selectOption(owner.user.id)
    await page.getByRole("button", { name: "Offer 8 agents" }).click()
    await page.getByText("8 agents offered").waitFor()
    await page.getByRole("button", { name: "Done" }).click()
    await bar().getByRole("button", { name: "More acts on those selected" }).click()
    await page.getByRole("menuitem", { name: /^Retire 8 agents/ }).click()
    const dialog = page.getByRole("dialog", { name: /^Retire 8 agents for ever, end 6 tokens/ })
    await dialog.getByLabel("Reason").fill("the project ended")
    await dialog.getByRole("button", { name: "Retire 8 agents" }).click()
    assert.equal(await page.getByText("8 agents retired").count(), 0, "it was not typed yet")
    await dialog.getByLabel(/^Type/).fill("retire 8")
    await dialog.getByRole("button", { name: "Retire 8 agents" }).click()
    await page.getByText("8 agents retired or retiring").waitFor()
    await page.getByRole("button", { name: "Done" }).click()
  })

  it("shows how far it is with hundreds, and stops when asked, with the rest left as it was", async () => {
    await keepAgents("Crowd", { many: 300 })
    await page.goto(addressOf("/agents?q=Crowd"))
    await page.getByLabel("Select all that are shown").check()
    await bar().getByRole("button", { name: "Suspend 300" }).click()
    const dialog = page.getByRole("dialog", { name: "Suspend 300 agents" })
    await dialog.getByLabel("Reason").fill("an incident")
    // The first three go through; what comes after waits until the person has said stop.
    const stopped = Promise.withResolvers<void>()
    let through = 3
    await page.route("**/agents/acts", async (route) => {
      if (through-- <= 0) await stopped.promise
      await route.continue()
    })
    await dialog.getByRole("button", { name: "Suspend 300 agents" }).click()
    await dialog.getByText(/^Suspending: (25|50|75) of 300 agents$/).waitFor()
    await shoot(page, "suspending-many")
    await dialog.getByRole("button", { name: "Stop after these" }).click()
    stopped.resolve()
    const again = dialog.getByRole("button", { name: /^Try \d+ agents again$/ })
    const left = Number(/\d+/.exec(await again.innerText())?.[0])
    assert.ok(left > 0 && left < 300, String(left))
    const { agents } = await states()
    assert.equal(agents.filter((state) => state === "active").length, left)
    await page.unroute("**/agents/acts")
    await again.click()
    await page.getByText(`${left} agents suspended`).waitFor()
    await page.getByRole("button", { name: "Done" }).click()
    assert.ok((await states()).agents.every((state) => state === "suspended"))
  })

  it("looks through a list beside it, by the keyboard, with an address for each", async () => {
    await page.goto(addressOf("/agents?q=Crowd&sort=name"))
    await page.locator("[data-row]").first().focus()
    await page.keyboard.press("Enter")
    const drawer = page.getByRole("complementary", { name: "Agent" })
    await drawer.getByRole("heading", { name: /^Crowd 1 is/ }).waitFor()
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await drawer.getByRole("heading", { name: /^Crowd 2 is/ }).waitFor()
    await drawer.getByRole("button", { name: "Resume" }).waitFor()
    assert.match(page.url(), /agent=agt_/)
    await shoot(page, "agent-drawer")
    assert.deepEqual(await obstacles(page), [])
    await page.keyboard.press("Escape")
    await drawer.waitFor({ state: "detached" })
  })

  it("keeps what is shown as a view, above the list and wherever one signs in, until it is removed", async () => {
    await page.goto(addressOf("/agents?state=suspended&q=Crowd&columns=owner,risk"))
    await page.getByRole("button", { name: "Save this view" }).click()
    await page.getByRole("dialog").getByLabel("Name").fill("Stopped crowd")
    await page.getByRole("dialog").getByRole("button", { name: "Save the view" }).click()
    const views = page.getByRole("navigation", { name: "Saved views" })
    await views.getByRole("link", { name: "Stopped crowd" }).waitFor()
    await page.goto(addressOf("/agents"))
    await views.getByRole("link", { name: "Stopped crowd" }).click()
    await page.waitForURL(/state=suspended/)
    assert.deepEqual(await page.getByRole("columnheader").allInnerTexts(), ["", "Name", "Owner", "Risk"])
    await shoot(page, "saved-view")
    assert.deepEqual(await obstacles(page), [])
    await views.getByRole("button", { name: "Remove the view Stopped crowd" }).click()
    await views.getByRole("link", { name: "Stopped crowd" }).waitFor({ state: "detached" })
  })

  it("saves what the list shows as a file, in its order", async () => {
    await page.goto(addressOf("/agents?q=Crowd&sort=-name"))
    await page
      .getByRole("status")
      .filter({ hasText: /^300 of/ })
      .waitFor()
    const saving = page.waitForEvent("download")
    await page.getByRole("button", { name: "Save as CSV" }).click()
    const file = await saving
    assert.match(file.suggestedFilename(), /^agents-default-\d{4}-\d\d-\d\d\.csv$/)
    const [, first, second] = (await readFile(await file.path(), "utf8")).split("\r\n")
    assert.match(first ?? "", /,Crowd 300,/)
    assert.match(second ?? "", /,Crowd 299,/)
  })

  it("offers no act to an auditor, who reads", async () => {
    const auditor = await signedInAs("auditor")
    await auditor.goto(addressOf("/agents?pick=all"))
    await auditor.locator("[data-row]").first().waitFor()
    assert.equal(await auditor.getByRole("checkbox").count(), 0)
    assert.equal(await auditor.getByText("selected").count(), 0)
    await auditor.context().close()
  })

  it("said nothing on the browser's console and left no fault", () => {
    assert.deepEqual(complaints, [])
    assert.deepEqual(tabard.faults, [])
  })

  function bar(): ReturnType<Page["locator"]> {
    return page.getByRole("region", { name: "Picked agents" })
  }

  async function states(): Promise<{ agents: readonly string[] }> {
    const crowd = await tabard.server.organisation.shelf.snapshot(({ agents }) =>
      agents.list({ limit: 1000 }),
    )
    return { agents: crowd.filter(({ owner }) => owner === null).map(({ state }) => state) }
  }

  async function signedInAs(role: "security" | "auditor"): Promise<Page> {
    const { cookie } = await addPerson(tabard.server, role)
    const [name = "", value = ""] = cookie.split("=")
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addCookies([{ name, value, url: tabard.server.publicUrl }])
    const opened = await context.newPage()
    opened.setDefaultTimeout(60_000)
    opened.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text())
    })
    return opened
  }

  function addressOf(path: string): string {
    return tabard.server.publicUrl + path
  }

  /** Keeps active agents of a name; some with live tokens and, those with tokens alone, with an owner. */
  async function keepAgents(
    name: string,
    { many, tokens = 0, state = "active" }: { many: number; tokens?: number; state?: Agent["state"] },
  ): Promise<void> {
    const owner = name === "Crowd" ? null : (await addPerson(tabard.server, "member")).user.id
    const at = systemClock.now()
    await tabard.server.organisation.shelf.transact(async (tx) => {
      for (let n = 1; n <= many; n++) {
        const id = newId("agent", systemClock)
        await tx.agents.insert({ id, state, owner, mandate: null, createdAt: at })
        await tx.facts.putAll([
          { subject: id, name: "name", kind: "observed", source: "test", value: `${name} ${n}`, at },
        ])
        for (let token = 0; token < tokens; token++) {
          await tx.tokens.insert({
            jkt: null,
            grant: "client_credentials",
            lineage: [],
            actors: [],
            served: null,
            delegations: [],
            mayAct: null,
            scope: null,
            callsLeft: null,
            conditions: [],
            jti: newId("call", systemClock),
            agent: id,
            instance: newId("instance", systemClock),
            task: null,
            audience: "https://tabard.example",
            issuedAt: at,
            expiresAt: new Date(at.getTime() + DAY),
            revokedAt: null,
          })
        }
      }
    })
  }
})
