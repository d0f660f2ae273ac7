import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { Browser, Locator, Page } from "playwright-core"
import { chromiumMissing, obstacles, openBrowser, shoot } from "../world/browser.ts"
import { type BusyMachine, makeBusyMachine } from "../world/busy-machine.ts"
import { addPerson } from "../world/people.ts"
import { type RunningTabard, runTabard, type SignedInPerson } from "../world/running-tabard.ts"
import { seedBusy } from "../world/seed-busy.ts"
import { until } from "../world/until.ts"

/** A name that would be markup, turn what stands behind it around, and hide where it ends. */
const HOSTILE = '<img src=x onerror="document.title=1">zebra\u202Egnp.exe\u200B'

const SIZES = [
  [375, 812],
  [1024, 768],
  [1600, 1000],
] as const

describe("the search in a real browser", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  const complaints: string[] = []
  let machine: BusyMachine
  let tabard: RunningTabard
  let ann: SignedInPerson
  let browser: Browser
  let page: Page

  before(async () => {
    machine = stack.use(await makeBusyMachine())
    tabard = stack.use(await runTabard({ scan: [machine.root] }))
    ann = await seedBusy(tabard)
    await ann.api.enterAgent({ name: HOSTILE })
    browser = await openBrowser()
    stack.defer(() => browser.close())
    page = await openPage(ann.cookie(), { width: 1440, height: 900 })
  })
  after(async () => {
    await stack.disposeAsync()
    assert.deepEqual(complaints, [])
  })

  it("loses no letter of what is typed right behind the key that opens it", async () => {
    await page.goto(addressOf("/audit"))
    await page.getByRole("heading", { name: "Audit" }).waitFor()
    // It is fetched behind the page, before anybody types: here, until it is there and has run.
    const fetched =
      "performance.getEntriesByType('resource').find(({ name }) => name.includes('search-palette'))"
    // Asked from outside: a page's policy lets nobody evaluate text within it.
    await until(() => page.evaluate<boolean>(`${fetched} !== undefined`))
    await page.evaluate(`import(${fetched}.name)`)
    await page.waitForTimeout(100)
    await page.keyboard.press("/")
    await page.keyboard.type("invoice")
    assert.equal(await fieldOf(page).inputValue(), "invoice")
    await page.keyboard.press("Escape")
  })

  it("opens by / on any page, finds an agent by what it is called, and Enter leads there", async () => {
    await page.goto(addressOf("/audit"))
    await page.getByRole("heading", { name: "Audit" }).waitFor()
    await page.keyboard.press("/")
    const field = fieldOf(page)
    await field.waitFor()
    assert.equal(await field.inputValue(), "")
    await page.keyboard.type("invoice b")
    const found = page.getByRole("group", { name: "Agents" }).getByRole("option", { name: /^Invoice bot/ })
    await found.waitFor()
    assert.equal(await found.getAttribute("aria-selected"), "true")
    assert.deepEqual(await found.locator("mark").allInnerTexts(), ["Invoice", "b"])
    assert.match(await found.innerText(), /active · Ann · /)
    await page.keyboard.press("Enter")
    await page.waitForURL("**/agents/agt_*")
    await page.getByRole("heading", { name: /Invoice bot/ }).waitFor()
  })

  it("offers, before anything is typed, where it led last, and every page", async () => {
    await page.keyboard.press("Control+k")
    const options = page.getByRole("option")
    await options.first().waitFor()
    assert.match(await options.first().innerText(), /^Invoice bot/)
    const groups = await page
      .getByRole("group")
      .evaluateAll((all) => all.map(({ firstChild }) => firstChild?.textContent))
    assert.deepEqual(groups, ["Recent", "Go to", "Do"])
    await page.keyboard.type("sourc")
    await page.getByRole("option", { name: "Sources" }).waitFor()
    await page.keyboard.press("Enter")
    await page.waitForURL("**/sources")
  })

  it("is gone through by arrows in a circle, which the field tells, and Escape gives the keyboard back", async () => {
    const box = page.getByRole("button", { name: "Search everything" })
    await box.focus()
    await page.keyboard.press("Enter")
    await page.keyboard.type("github")
    await page.getByRole("group", { name: "Systems" }).waitFor()
    const field = fieldOf(page)
    const at = async (): Promise<number> => {
      const active = await field.getAttribute("aria-activedescendant")
      const ids = await page.getByRole("option").evaluateAll((all) => all.map(({ id }) => id))
      return ids.indexOf(active ?? "")
    }
    assert.equal(await at(), 0)
    await page.keyboard.press("ArrowDown")
    assert.equal(await at(), 1)
    for (const _ of [1, 2]) await page.keyboard.press("ArrowUp")
    assert.equal(await at(), (await page.getByRole("option").count()) - 1)
    await page.keyboard.press("Escape")
    await field.waitFor({ state: "detached" })
    await page.locator("button:focus", { hasText: "Search everything" }).waitFor()
  })

  it("shows hostile names as text, in which what hides is named", async () => {
    await search("zebra")
    const option = page.getByRole("option", { name: /zebra/ })
    await option.waitFor()
    assert.match(
      await option.innerText(),
      /^<img src=x onerror="document\.title=1">zebra⟨U\+202E⟩gnp\.exe⟨U\+200B⟩/,
    )
    assert.equal(await option.locator("img").count(), 0)
  })

  it("says that nothing is found and what was looked through, that it failed, and lets it be tried again", async () => {
    await search("nothing-is-called-so")
    await page.getByText("Nothing found").waitFor()
    await shoot(page, "search-nothing")
    await page.route("**/api/v1/search*", (route) => route.fulfill({ status: 500, body: "{}" }))
    await search("grafana")
    await page.getByText("The search could not be read").waitFor()
    await shoot(page, "search-failed")
    await page.unroute("**/api/v1/search*")
    await page.getByRole("button", { name: "Try again" }).click()
    await page
      .getByRole("option", { name: /grafana/i })
      .first()
      .waitFor()
    complaints.splice(0)
  })

  it("holds the first answer's place while it is read", async () => {
    const answer = Promise.withResolvers<void>()
    await page.route("**/api/v1/search*", async (route) => {
      await answer.promise
      await route.continue()
    })
    await search("kubernetes")
    await page.getByText("Searching").waitFor({ state: "attached" })
    await shoot(page, "search-reading")
    answer.resolve()
    await page
      .getByRole("option", { name: /kubernetes/i })
      .first()
      .waitFor()
    await page.unroute("**/api/v1/search*")
  })

  it("finds a decision, a question and a person by their ids", async () => {
    const { items } = await ann.api.listPeople({})
    await search(items[0]?.id ?? assert.fail())
    await page.getByRole("group", { name: "People" }).getByRole("option").first().waitFor()
  })

  for (const colorScheme of ["light", "dark"] as const) {
    it(`is no obstacle at any width, ${colorScheme}`, async () => {
      for (const [width, height] of SIZES) {
        const narrow = await openPage(ann.cookie(), { width, height }, colorScheme)
        await narrow.goto(addressOf("/people"))
        await narrow.getByRole("button", { name: "Search everything" }).click()
        await narrow.getByRole("option", { name: "Overview" }).waitFor()
        assert.deepEqual(await obstacles(narrow), [])
        await shoot(narrow, `search-empty-${width}-${colorScheme}`)
        await fieldOf(narrow).fill("git")
        await narrow.getByRole("group", { name: "MCP servers" }).waitFor()
        assert.deepEqual(await obstacles(narrow), [])
        await shoot(narrow, `search-${width}-${colorScheme}`)
        const wide = Number(await narrow.evaluate("document.documentElement.scrollWidth"))
        assert.ok(wide <= width, `${wide} of ${width}`)
        await narrow.getByRole("option").first().click()
        await fieldOf(narrow).waitFor({ state: "detached" })
        await narrow.context().close()
      }
    })
  }

  it("shows a member their own agents alone, and no page that they do not have", async () => {
    const mel = await addPerson(tabard.server, "member")
    const own = await openPage(mel.cookie, { width: 1024, height: 768 })
    await own.goto(addressOf("/agents"))
    await own.getByRole("button", { name: "Search everything" }).click()
    await fieldOf(own).fill("invoice")
    await own.getByText("Nothing found").waitFor()
    await fieldOf(own).fill("")
    await own.getByRole("option", { name: "Overview" }).waitFor()
    assert.equal(await own.getByRole("option", { name: /Credentials|Sources|Invite|Settings/ }).count(), 0)
    await own.context().close()
  })

  async function search(text: string): Promise<void> {
    if (!(await fieldOf(page).isVisible())) await page.keyboard.press("Control+k")
    await fieldOf(page).fill(text)
  }

  async function openPage(
    cookie: string,
    viewport: { readonly width: number; readonly height: number },
    colorScheme: "light" | "dark" = "light",
  ): Promise<Page> {
    const context = await browser.newContext({ viewport, colorScheme })
    const [name = "", value = ""] = cookie.split("=")
    await context.addCookies([{ name, value, url: tabard.server.publicUrl }])
    const opened = await context.newPage()
    opened.setDefaultTimeout(60_000)
    opened.on("console", (message) => {
      if (message.type() === "error") complaints.push(`${message.text()} ${message.location().url}`)
    })
    return opened
  }

  function addressOf(path: string): string {
    return `${tabard.server.publicUrl}${path}`
  }
})

function fieldOf(page: Page): Locator {
  return page.getByRole("combobox", { name: "Search everything" })
}
