import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { DecisionView } from "@tabard/api"
import { type DecisionRecord, isId, newId, systemClock } from "@tabard/core"
import type { Browser, Locator, Page } from "playwright-core"
import { chromiumMissing, obstacles, openBrowser, shoot } from "../world/browser.ts"
import { type ConsoleWorld, openConsoleWorld } from "../world/console-world.ts"
import { until } from "../world/until.ts"

const SIZES = [
  [375, 812],
  [1024, 768],
  [1600, 1000],
] as const

/** What was refused before any policy was asked. */
const REFUSED: Partial<DecisionRecord> = {
  action: "notes/rename_note",
  reasons: [],
  effect: "deny",
  code: "tool_not_found",
  grounds: {
    links: [],
    asks: [],
    missing: "notes has no reviewed tool rename_note; list the tools to see what may be called",
    tool: "rename_note",
    instance: newId("instance", systemClock),
    circumstances: { door: "gateway", bound: "dpop" },
  },
}

/** What was called with a path that led elsewhere. */
const LINKED: Partial<DecisionRecord> = {
  effects: ["write"],
  judged: {
    arguments: { path: "/srv/notes/a.md", content: "[withheld]" },
    withheld: ["content"],
    resolved: { "/srv/notes/a.md": "/srv/notes/secret.md" },
  },
}

/** Keeps another decision about the agent that has asked, different in what is named. */
async function keep(
  { tabard }: ConsoleWorld,
  { id }: DecisionView,
  differs: Partial<DecisionRecord>,
): Promise<DecisionRecord> {
  return tabard.server.organisation.shelf.transact(async ({ decisions }) => {
    const { judged: _, ...asked } = (isId("decision", id) && (await decisions.find(id))) || assert.fail(id)
    const one: DecisionRecord = {
      ...asked,
      ...differs,
      id: newId("decision", systemClock),
      call: newId("call", systemClock),
      approval: null,
    }
    await decisions.insert(one)
    return one
  })
}

describe("decisions in a real browser", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  const complaints: string[] = []
  let world: ConsoleWorld
  let browser: Browser
  let page: Page
  let asked: DecisionView
  let refused: DecisionRecord
  let linked: DecisionRecord

  before(async () => {
    world = stack.use(await openConsoleWorld())
    browser = await openBrowser()
    stack.defer(() => browser.close())
    const [first] = (await world.ann.api.listDecisions({ effect: "ask" })).items
    asked = first ?? assert.fail("nobody was asked")
    ;[refused, linked] = [await keep(world, asked, REFUSED), await keep(world, asked, LINKED)]
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
    await page.getByLabel("What the tool does").selectOption({ label: "Moves money" })
    await page.getByText("No decision matches").waitFor()
    assert.match(page.url(), /\?does=financial$/)
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
    await page.getByLabel("Agreed: the owner").check()
    await answer.getByText("It would be permitted instead.").waitFor()
    await answer.getByText("was asked about").waitFor()
    await page.getByLabel("Arguments").fill('{"path":"/etc/passwd","content":"x"}')
    await answer.getByText(/^It would be denied instead: /).waitFor()
    await page.getByLabel("Arguments").fill("{")
    await answer.getByText(/not the JSON of an object yet/).waitFor()
    await page.getByRole("button", { name: "Suppose nothing" }).click()
    await answer.getByText("It would be asked about all the same.").waitFor()
    await page
      .getByLabel("Manifest and policies")
      .selectOption({ label: "Other guard-rails of the organisation" })
    await page
      .getByLabel("The guard-rails, in Cedar")
      .fill(
        '@say("nothing is written on Sundays") forbid (principal, action in Tabard::Action::"effect:write", resource);',
      )
    await answer.getByText(/It would be denied instead: .*nothing is written on Sundays/).waitFor()
    assert.equal((await world.ann.api.listDecisions({})).items.length, before)
  })

  it("say of what was refused before any policy was asked why, in a sentence, and that nobody was asked", async () => {
    await open("/decisions?code=tool_not_found")
    await row(/Nobody has reviewed such a tool/).waitFor()
    await open(`/decisions?decision=${refused.id}`)
    await drawer()
      .getByRole("heading", { name: /was kept from notes\/rename_note: notes has no reviewed tool/ })
      .waitFor()
    await drawer().getByText("it is refused before any policy is asked").waitFor()
  })

  it("show where a path led and what was not kept, and are asked again with any fact otherwise", async () => {
    await open(`/decisions?decision=${linked.id}`)
    await drawer().getByText("/srv/notes/secret.md").waitFor()
    await drawer()
      .getByText(/Contents and secrets are not kept: content/)
      .waitFor()
    await open(`/decisions?decision=${linked.id}&part=what-if`)
    const answer = page.getByRole("region", { name: "What would be decided" })
    await answer
      .getByText(/^It would /)
      .first()
      .waitFor()
    await page.getByText("The agent, its tool and its limits").click()
    await page.getByLabel("Tier", { exact: true }).fill("read-only")
    await answer
      .getByText(/read-only/)
      .first()
      .waitFor()
    assert.equal(await page.getByLabel("/srv/notes/a.md leads to").inputValue(), "/srv/notes/secret.md")
  })

  for (const [width, height] of SIZES)
    it(`put no obstacle into anybody's way at ${width} pixels, in both themes`, async () => {
      await page.setViewportSize({ width, height })
      for (const [name, path] of [
        ["decisions", "/decisions"],
        ["decision", `/decisions?decision=${asked.id}`],
        ["what-if", `/decisions?decision=${asked.id}&part=what-if`],
        ["refused", `/decisions?decision=${refused.id}`],
        ["linked", `/decisions?decision=${linked.id}`],
        ["supposing", `/decisions?decision=${linked.id}&part=what-if`],
      ] as const)
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
          await open(path)
          await row(/Invoice bot/)
            .first()
            .waitFor()
          await page.locator("[aria-busy=true], .skeleton").first().waitFor({ state: "detached" })
          if (name === "supposing") await page.getByText("The agent, its tool and its limits").click()
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
