import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { DecisionView } from "@tabard/api"
import type { Browser, Locator, Page } from "playwright-core"
import { chromiumMissing, obstacles, openBrowser, shoot } from "../world/browser.ts"
import { type ConsoleWorld, openConsoleWorld } from "../world/console-world.ts"
import { until } from "../world/until.ts"

const SIZES = [
  [375, 812],
  [1024, 768],
  [1600, 1000],
] as const

describe("decisions in a real browser", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  const complaints: string[] = []
  let world: ConsoleWorld
  let browser: Browser
  let page: Page
  let asked: DecisionView

  before(async () => {
    world = stack.use(await openConsoleWorld())
    browser = await openBrowser()
    stack.defer(() => browser.close())
    const [first] = (await world.ann.api.listDecisions({ effect: "ask" })).items
    asked = first ?? assert.fail("nobody was asked")
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } })
    await context.addCookies([world.cookie()])
    page = await context.newPage()
    page.setDefaultTimeout(60_000)
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text())
    })
  })
  after(async () => {
    await stack.disposeAsync()
    assert.deepEqual(complaints, [])
  })

  it("are narrowed by what the address says, which comes back with it, and say where none matches", async () => {
    await open("/decisions")
    await row(/Invoice bot/)
      .first()
      .waitFor()
    await page.getByRole("button", { name: "Denied" }).click()
    await page.getByText("No decision matches").waitFor()
    assert.match(page.url(), /\?effect=deny$/)
    await page.getByRole("button", { name: "Show every decision" }).click()
    await page.getByLabel("Why").selectOption({ label: "A person has to agree" })
    await page.waitForURL("**/decisions?code=approval_needed")
    await page.reload()
    await row(/A person has to agree/)
      .first()
      .waitFor()
    assert.equal(await page.getByLabel("Why").inputValue(), "approval_needed")
    await open("/decisions?effect=perhaps&agent=<b>&decision=x&part=y")
    await row(/Invoice bot/)
      .first()
      .waitFor()
    assert.equal(await drawer().count(), 0)
  })

  it("are found by a pasted call or policy", async () => {
    await open("/decisions")
    const field = page.getByLabel("Find by id or policy")
    await field.fill(asked.policies[0] ?? "")
    await field.press("Enter")
    await page.getByRole("button", { name: /^By agt_/ }).click()
    await field.fill(asked.call)
    await field.press("Enter")
    await drawer().getByRole("heading", { name: asked.sentence }).waitFor()
    await field.fill("nothing like it")
    await field.press("Enter")
    await page.getByText("Nothing is found by this").waitFor()
  })

  it("are explained beside the list: the answer, each link, the policy with its Cedar, and what was needed", async () => {
    await open(`/decisions?decision=${asked.id}`)
    const shown = drawer()
    await shown.getByRole("heading", { name: asked.sentence }).waitFor()
    assert.match(asked.sentence, /^Invoice bot had to ask the owner before using notes\/write_file: /)
    const told = (await shown.innerText()).replaceAll(/\s+/g, " ")
    for (const words of [
      /Person served Ann Permitted/,
      /Agent Invoice bot Asked about/,
      /The agreement of the owner: the manifest asks/,
      /Forbids: the manifest asks before each write_file/,
      /Brightline/,
      /Environment /,
    ])
      assert.match(told, words)
    await shown.getByText("Its Cedar as it stood").click()
    await shown
      .getByRole("region", { name: /^The Cedar of agt_/ })
      .getByText(/forbid ?\(/)
      .waitFor()
    await shown.getByRole("link", { name: "The event and its proof" }).click()
    await page.getByRole("link", { name: "why, and what if" }).click()
    await shown.getByRole("heading", { name: asked.sentence }).waitFor()
    await page.keyboard.press("Escape")
    await shown.waitFor({ state: "detached" })
  })

  it("are asked again with anything changed: the answer follows, and what differs is marked", async () => {
    await open(`/decisions?decision=${asked.id}&part=what-if`)
    const answer = page.getByRole("region", { name: "What would be decided" })
    await answer.getByText("It would be asked about all the same.").waitFor()
    const before = (await world.ann.api.listDecisions({})).items.length
    await page.getByLabel("The owner has agreed").check()
    await answer.getByText("It would be permitted instead.").waitFor()
    await answer.getByText("was asked about").waitFor()
    await page.getByLabel("Arguments").fill('{"path":"/etc/passwd","content":"x"}')
    await answer.getByText(/^It would be denied instead: /).waitFor()
    await page.getByLabel("Arguments").fill("{")
    await answer.getByText(/not the JSON of an object yet/).waitFor()
    await page.getByRole("button", { name: "Suppose nothing" }).click()
    await answer.getByText("It would be asked about all the same.").waitFor()
    await page
      .getByLabel("Manifest and guard-rails")
      .selectOption({ label: "Other guard-rails of the organisation" })
    await page
      .getByLabel("The guard-rails, in Cedar")
      .fill(
        '@say("nothing is written on Sundays") forbid (principal, action in Tabard::Action::"effect:write", resource);',
      )
    await answer.getByText(/It would be denied instead: .*nothing is written on Sundays/).waitFor()
    assert.equal((await world.ann.api.listDecisions({})).items.length, before)
  })

  for (const [width, height] of SIZES)
    it(`put no obstacle into anybody's way at ${width} pixels, in both themes`, async () => {
      await page.setViewportSize({ width, height })
      for (const [name, path] of [
        ["decisions", "/decisions"],
        ["decision", `/decisions?decision=${asked.id}`],
        ["what-if", `/decisions?decision=${asked.id}&part=what-if`],
      ] as const)
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
          await open(path)
          await row(/Invoice bot/)
            .first()
            .waitFor()
          await page.locator("[aria-busy=true], .skeleton").first().waitFor({ state: "detached" })
          assert.deepEqual(await obstacles(page), [], `${path} ${colorScheme}`)
          const wide = await page.evaluate<number>("document.documentElement.scrollWidth")
          assert.ok(wide <= width, `${path} is ${wide} pixels wide`)
          await shoot(page, `${name}-${colorScheme}-${width}`)
        }
    })

  function drawer(): Locator {
    return page.getByRole("complementary", { name: "Decision" })
  }

  function row(name: RegExp): Locator {
    return page.locator("[data-row]").filter({ hasText: name })
  }

  async function open(path: string): Promise<void> {
    await page.goto(world.addressOf(path))
    await until(async () => (await page.getByRole("heading", { level: 1, name: "Decisions" }).count()) > 0)
  }
})
