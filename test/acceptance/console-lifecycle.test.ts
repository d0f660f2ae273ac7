import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { isId } from "@tabard/core"
import type { Browser, Page } from "playwright-core"
import { chromiumMissing, obstacles, openBrowser, shoot } from "../world/browser.ts"
import { type ConsoleWorld, openConsoleWorld } from "../world/console-world.ts"

const WIDTHS = [375, 1024, 1600] as const

describe("how agents go on and end, in the console", { skip: chromiumMissing() }, () => {
  let world: ConsoleWorld
  let browser: Browser
  let page: Page

  before(async () => {
    world = await openConsoleWorld()
    browser = await openBrowser()
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    await context.addCookies([world.cookie()])
    page = await context.newPage()
    // What follows from an event is read again here only where the page itself does it.
    await page.route("**/api/v1/changes", (route) => route.abort())
  })
  after(async () => {
    await browser.close()
    await world[Symbol.asyncDispose]()
    assert.deepEqual(world.tabard.faults, [])
  })

  it("renews a mandate on its owner's word, with the second person where the tier asks for one", async () => {
    const id = await idOf("Invoice bot")
    await page.goto(world.addressOf(`/agents/${id}`))
    await page.getByRole("button", { name: "More acts" }).click()
    await page.getByRole("menuitem", { name: "Renew the mandate…" }).click()
    const dialog = page.getByRole("dialog")
    await look(page, "renew-dialog")
    await dialog.getByRole("button", { name: "Renew the mandate" }).click()
    await page.getByText(/A second person has to agree/).waitFor()
    await look(page, "renewal-waits")
    const { renewal } = await world.ann.api.getAgent({ id })
    assert.ok(renewal)
    await page.getByRole("button", { name: "Take it back…" }).click()
    await page.getByLabel("Reason").fill("not needed")
    await page.getByRole("dialog").getByRole("button", { name: "Take it back" }).click()
    await page.getByText(/A second person has to agree/).waitFor({ state: "hidden" })
    assert.equal((await world.ann.api.getAgent({ id })).renewal, null)
  })

  it("names who follows, and shows what follows before somebody is switched off", async () => {
    const id = await idOf("Invoice bot")
    await page.goto(world.addressOf(`/agents/${id}?tab=about`))
    await page.getByLabel("Asked first if its owner leaves").selectOption({ label: "Bob" })
    await page.locator("select:disabled").waitFor({ state: "detached" })
    assert.equal((await world.ann.api.getAgent({ id })).successor?.name, "Bob")
    await look(page, "successor")

    const { items } = await world.ann.api.listPeople({})
    const leaver = items.find(({ name }) => name === "Carla") ?? items.find(({ name }) => name === "Dan")
    const person = leaver ?? assert.fail("nobody can leave")
    await handOver(["Data checker", "Invoice bot"], person.id)
    await page.goto(world.addressOf(`/people?person=${person.id}`))
    const drawer = page.getByRole("complementary", { name: "Person" })
    await drawer.getByLabel(`Who follows ${person.name}`).selectOption({ label: "Bob" })
    await drawer.getByRole("button", { name: "Switch off…" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Reason").waitFor()
    await look(page, "departure-preview")
    await dialog.getByLabel("Reason").fill("moved on")
    await dialog.getByRole("button", { name: "Switch off", exact: true }).click()
    await drawer.getByText("As they left").waitFor()
    await look(page, "departure")
  })

  it("shows what retiring does, and then how each credential stands", async () => {
    const { items } = await world.ann.api.listAgents({ limit: 1000 })
    // Not one that the leaver of before had: what follows from that goes on meanwhile.
    const agent = items.find(
      ({ credentials, state, owner }) => credentials > 0 && state === "active" && owner?.name === "Ann",
    )
    const { id, name } = agent ?? assert.fail("no active agent of Ann's holds a credential of others")
    await page.goto(world.addressOf(`/agents/${id}`))
    await page.getByRole("button", { name: "More acts" }).click()
    await page.getByRole("menuitem", { name: "Retire for ever…" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByText(/^It will /).waitFor()
    await look(page, "retire-dialog")
    await dialog.getByLabel("Reason").fill("replaced")
    await dialog.getByLabel(`Type ${name} to confirm`).fill(name)
    await dialog.getByRole("button", { name: /^Retire / }).click()
    await page.getByText(/may still work/).waitFor()
    await look(page, "retiring")
    await page.getByRole("button", { name: "Sign the retirement…" }).click()
    await page.getByLabel("Reason").fill("the provider is no more")
    await page.getByLabel(`Type ${name} to confirm`).fill(name)
    await page.getByRole("button", { name: "Sign the exception" }).click()
    await page.getByRole("link", { name: "its certificate is in the record" }).waitFor()
    await look(page, "retired")
  })

  /** Makes agents of Ann's somebody else's, as if they had accepted. */
  async function handOver(names: readonly string[], to: string): Promise<void> {
    for (const name of names) {
      const { id, owner } = await world.ann.api.getAgent({ id: await idOf(name) })
      const [from] = [owner?.id]
      assert.ok(isId("agent", id) && isId("user", from) && isId("user", to))
      await world.tabard.server.organisation.shelf.transact(({ agents }) =>
        agents.handOver(id, from, to, new Date()),
      )
    }
  }

  async function idOf(name: string): Promise<string> {
    const { items } = await world.ann.api.listAgents({ limit: 1000 })
    return items.find((agent) => agent.name === name)?.id ?? assert.fail(`no agent is called ${name}`)
  }
})

/** Pictures of a page in each width and theme, and what keeps somebody from using it in two of them. */
async function look(page: Page, name: string): Promise<void> {
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      await shoot(page, `${name}-${scheme}-${width}`)
      const isJudged = (scheme === "light") === (width === 375) && width !== 1024
      if (isJudged) assert.deepEqual(await obstacles(page), [], `${name} ${scheme} ${width}`)
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}
