import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { Browser, Page } from "playwright-core"
import { chromiumMissing, obstacles, openBrowser, shoot } from "../world/browser.ts"
import { addPerson, newSession } from "../world/people.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

describe("settings and one's own account, in a real browser", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  let tabard: RunningTabard
  let browser: Browser
  let page: Page

  before(async () => {
    tabard = stack.use(await runTabard())
    browser = await openBrowser()
    stack.defer(() => browser.close())
    page = await signedInAs("administrator")
  })
  after(() => stack.disposeAsync())

  it("settles for everybody how long a discovered agent may be left", async () => {
    await page.goto(addressOf("/settings"))
    for (const [name, days] of [
      ["Grace period", "30"],
      ["Warnings", "21, 3"],
    ] as const) {
      const form = page.getByRole("form", { name })
      await form.getByLabel("Days").fill(days)
      await form.getByRole("button", { name: "Settle it for everybody" }).click()
      await form.getByText("Settled.").waitFor()
    }
    const settings = await tabard.server.organisation.shelf.snapshot(({ organisation }) =>
      organisation.settings(),
    )
    assert.deepEqual([settings.graceDays, settings.warnDays], [30, [21, 3]])
  })

  it("settles that somebody other than its owner lets an agent do more, and takes it back", async () => {
    await page.goto(addressOf("/settings"))
    await page.getByText("Its owner alone, within the tier that it was adopted for").waitFor()
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      for (const width of [375, 1024, 1600]) {
        await page.setViewportSize({ width, height: 900 })
        await shoot(page, `settings-general-${width}-${scheme}`)
      }
    }
    await page.emulateMedia({ colorScheme: "light" })
    assert.deepEqual(await obstacles(page), [])
    const settled = async () =>
      (await tabard.server.organisation.shelf.snapshot(({ organisation }) => organisation.settings()))
        .widenedByAnother
    await page.getByRole("button", { name: "Ask for another person from now on" }).click()
    await page.getByText("Somebody of security or administrators who does not own the agent").waitFor()
    assert.equal(await settled(), true)
    await page.getByRole("button", { name: "Let owners widen alone" }).click()
    await page.getByText("Its owner alone, within the tier that it was adopted for").waitFor()
    assert.equal(await settled(), false)
  })

  it("settles how long the record is kept, with a reason, and asks twice where it is short", async () => {
    await page.setViewportSize({ width: 1600, height: 1000 })
    await page.goto(addressOf("/audit"))
    await page.getByText("All of it is kept.").waitFor()
    await page.getByRole("button", { name: "Settle how long it is kept…" }).click()
    const dialog = page.getByRole("dialog")
    assert.ok(await dialog.getByRole("button", { name: "Keep all of it" }).isDisabled())
    await dialog.getByLabel("Keep all of it, for ever").uncheck()
    await dialog.getByLabel("Months").fill("3")
    await dialog.getByLabel("Reason").fill("As the privacy policy says")
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      for (const width of [375, 1024, 1600]) {
        await page.setViewportSize({ width, height: 900 })
        await shoot(page, `retention-${width}-${scheme}`)
      }
    }
    await page.emulateMedia({ colorScheme: "light" })
    assert.deepEqual(await obstacles(page), [])
    await dialog.getByRole("button", { name: "Keep 3 months" }).click()
    const kept = () => tabard.server.organisation.shelf.snapshot(({ retention }) => retention.find())
    assert.equal(await kept(), undefined, "the box that it is meant is not ticked")
    await dialog.getByLabel(/Less than 6 months are meant/).check()
    await dialog.getByRole("button", { name: "Keep 3 months" }).click()
    await page.getByText(/Entries older than 3 months leave it/).waitFor()
    await page.getByText(/Settled by administrator on .*As the privacy policy says/).waitFor()
    assert.equal((await kept())?.months, 3)
    await page.getByRole("button", { name: "Settle how long it is kept…" }).click()
    await dialog.getByLabel("Keep all of it, for ever").check()
    await dialog.getByLabel("Reason").fill("A lawsuit")
    await dialog.getByRole("button", { name: "Keep all of it" }).click()
    await page.getByText("All of it is kept.").waitFor()
  })

  it("lets a new log begin, with a reason and a key of its own", async () => {
    await page.goto(addressOf("/audit"))
    await page.getByRole("button", { name: "Begin a new log…" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Reason").fill("The yearly change of the key")
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      for (const width of [375, 1024, 1600]) {
        await page.setViewportSize({ width, height: 900 })
        await shoot(page, `new-log-${width}-${scheme}`)
      }
    }
    await page.emulateMedia({ colorScheme: "light" })
    assert.deepEqual(await obstacles(page), [])
    await dialog.getByRole("button", { name: "Begin a new log" }).click()
    await dialog.waitFor({ state: "detached" })
    await tabard.server.publish()
    await page.getByText(/Earlier logs, before log 2/).waitFor()
    await page
      .getByText(/^audit\.\S+\/default\/2\+[0-9a-f]{8}\+/)
      .first()
      .waitFor()
  })

  it("makes a token that is shown once, works, and is refused once it is revoked", async () => {
    await page.goto(addressOf("/account?tab=tokens"))
    await page.getByRole("button", { name: "Make a token" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("What it is for").fill("Nightly export")
    await dialog.getByLabel("At most as").selectOption("security")
    await dialog.getByLabel("Start scans").check()
    await dialog.getByRole("button", { name: "Make the token" }).click()
    const token = await dialog.getByText(/^tbd_/).innerText()
    assert.equal(await asksBy(token), 200)
    await shoot(page, "token-made")
    await dialog.getByRole("button", { name: "Done" }).click()
    await page.reload()
    const row = page.getByRole("listitem").filter({ hasText: "Nightly export" })
    await row.getByText("Security: reads everything and scans:write").waitFor()
    assert.ok(!(await page.content()).includes(token.slice(4, 20)), "it is shown once")

    await page.goto(addressOf("/settings?tab=tokens"))
    await row.getByText(/by administrator/).waitFor()
    await row.getByRole("button", { name: "Revoke…" }).click()
    await dialog.getByLabel("Reason").fill("the export is gone")
    await dialog.getByRole("button", { name: "Revoke the token" }).click()
    await page.getByRole("button", { name: "Show 1 token that is over" }).click()
    await row.getByText("Revoked").waitFor()
    assert.equal(await asksBy(token), 401)
  })

  it("makes a token for an auditor that reads the log's files and events, and nothing else", async () => {
    await page.goto(addressOf("/settings?tab=tokens"))
    await page.getByRole("button", { name: "Make a token" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("What it is for").fill("The audit")
    await dialog.getByLabel(/Read everything/).uncheck()
    await dialog.getByLabel(/Verify the log/).check()
    await shoot(page, "token-auditor")
    await dialog.getByRole("button", { name: "Make the token" }).click()
    const token = await dialog.getByText(/^tbd_/).innerText()
    await dialog.getByRole("button", { name: "Done" }).click()
    const answers = ["/log/checkpoint", "/api/v1/events", "/api/v1/agents"].map(
      async (path) =>
        (await fetch(addressOf(path), { headers: { authorization: `Bearer ${token}` } })).status,
    )
    assert.deepEqual(await Promise.all(answers), [200, 200, 403])
  })

  it("tells what runs here, and how far its log has come", async () => {
    await page.goto(addressOf("/settings?tab=about"))
    await page.getByText(/^SQLite at step [1-9]\d* of the schema$/).waitFor()
    await page.getByText(/^Tabard \d+\.\d+\.\d+ on Node 2\d\./).waitFor()
    await page.getByText(/under a signed checkpoint/).waitFor()
  })

  it("lists where one is signed in, ends another browser, then all of them", async () => {
    const person = await addPerson(tabard.server, "member")
    const [here, there, third] = await Promise.all([
      opened(person.cookie),
      opened(await newSession(tabard.server, person.user)),
      opened(await newSession(tabard.server, person.user)),
    ])
    const sessions = here.getByRole("list", { name: "Sessions" }).getByRole("listitem")
    const isOut = (page: Page): Promise<void> =>
      page.getByRole("heading", { name: "Sign in to Tabard" }).waitFor()
    await here.goto(addressOf("/account?tab=sessions"))
    await here.getByText("this one").waitFor()
    assert.equal(await sessions.count(), 3)
    await shoot(here, "sessions")
    await sessions.getByRole("button", { name: "End" }).first().click()
    await sessions.nth(2).waitFor({ state: "detached" })
    await here.getByRole("button", { name: "Sign out everywhere…" }).click()
    await here.getByRole("dialog").getByRole("button", { name: "End 2 sessions" }).click()
    await isOut(here)
    for (const other of [there, third]) {
      await other.goto(addressOf("/account"))
      await isOut(other)
    }
  })

  it("shows the settings to an auditor unchangeable, and leads no member there", async () => {
    const auditor = await signedInAs("auditor")
    await auditor.goto(addressOf("/settings"))
    await auditor.getByText("30 days").waitFor()
    assert.equal(await auditor.getByRole("button", { name: "Settle it for everybody" }).count(), 0)
    const member = await signedInAs("member")
    await member.goto(addressOf("/settings"))
    await member.getByText("Settings are for those who see the whole organisation").waitFor()
    assert.equal(await member.getByRole("link", { name: "Settings" }).count(), 0)
  })

  for (const path of ["/settings", "/settings?tab=sign-in", "/settings?tab=tokens", "/settings?tab=about"])
    it(`puts no obstacle into anybody's way at ${path}`, async () => {
      await page.goto(addressOf(path))
      await page.getByRole("heading", { level: 1 }).waitFor()
      await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" })
      assert.deepEqual(await obstacles(page), [])
    })

  it("left no fault", () => assert.deepEqual(tabard.faults, []))

  async function asksBy(token: string): Promise<number> {
    const answer = await fetch(addressOf("/api/v1/agents"), {
      headers: { authorization: `Bearer ${token}` },
    })
    return answer.status
  }

  async function signedInAs(role: "administrator" | "auditor" | "member"): Promise<Page> {
    return opened((await addPerson(tabard.server, role)).cookie)
  }

  async function opened(cookie: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    const [name = "", value = ""] = cookie.split("=")
    await context.addCookies([{ name, value, url: tabard.server.publicUrl }])
    const opened = await context.newPage()
    opened.setDefaultTimeout(60_000)
    return opened
  }

  function addressOf(path: string): string {
    return tabard.server.publicUrl + path
  }
})
