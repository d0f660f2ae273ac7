import assert from "node:assert/strict"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import type { Browser, Page } from "playwright-core"
import { chromiumMissing, obstacles, openBrowser, shoot } from "../world/browser.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

const WIDTHS = [375, 1024, 1600] as const

describe("the page of people", { skip: chromiumMissing() }, () => {
  let tabard: RunningTabard
  let browser: Browser
  let page: Page
  let folder: string

  before(async () => {
    tabard = await runTabard()
    folder = await mkdtemp(join(tmpdir(), "tabard-people-"))
    browser = await openBrowser()
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
    await page.goto(await tabard.server.signInLink())
    await page.getByLabel("Name").fill("Ann")
    await page.getByLabel("Email").fill("ann@example.test")
    await page.getByRole("button", { name: /Sign in/ }).click()
    await page.getByRole("link", { name: "People" }).click()
  })
  after(async () => {
    await browser.close()
    await tabard[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
    assert.deepEqual(tabard.faults, [])
  })

  it("invites a person by a link that lets them in once, signs them out, and switches them off", async () => {
    await page.getByRole("button", { name: "Invite a person" }).click()
    await page.getByLabel("Name").fill("Bob")
    await page.getByLabel("Email").fill("bob@example.test")
    await page.getByRole("button", { name: "Invite", exact: true }).click()
    const link =
      (await page
        .getByText(/\/sign-in#/)
        .first()
        .textContent()) ?? ""
    await page.getByRole("button", { name: "Done" }).click()
    const own = await (await browser.newContext()).newPage()
    await own.goto(link.trim())
    await own.getByRole("button", { name: "Bob" }).waitFor()

    await page.getByRole("link", { name: "Bob" }).click()
    const drawer = page.getByRole("complementary", { name: "Person" })
    await drawer.getByText("1 session").waitFor()
    await drawer.getByRole("button", { name: "Sign out everywhere" }).click()
    await drawer.getByText("Signed in nowhere").waitFor()
    await own.reload()
    await own.getByRole("heading", { name: "Sign in to Tabard" }).waitFor()

    const { id } = (await person("Bob")) ?? assert.fail("Bob is here")
    await tabard.server.organisation.shelf.transact(({ bindings }) =>
      bindings.bind({ issuer: "https://id.example", subject: "bob" }, id),
    )
    await page.reload()
    await drawer.getByRole("button", { name: "Unbind…" }).click()
    await page.getByRole("dialog").getByRole("button", { name: "Unbind", exact: true }).click()
    await drawer.getByText("Nowhere yet").waitFor()

    await drawer.getByLabel("Role of Bob").selectOption("auditor")
    await drawer.getByLabel("Manager of Bob").selectOption({ label: "Ann" })
    await page.getByRole("row", { name: /Bob.*Auditor/ }).waitFor()
    await drawer.getByRole("button", { name: /Switch off/ }).click()
    await page.getByLabel("Reason").fill("left")
    await page.getByRole("button", { name: "Switch off", exact: true }).click()
    await drawer.getByText("Switched off").waitFor()
    await drawer.getByRole("button", { name: "Let in again" }).click()
    await drawer.getByText("Active", { exact: true }).waitFor()
    const bob = await person("Bob")
    assert.deepEqual([bob?.id, bob?.role, bob?.active], [id, "auditor", true])
  })

  it("makes a team, takes people in, and lets it help with an agent", async () => {
    await page.getByRole("tab", { name: "Teams" }).click()
    await page.getByText("There are no teams yet").waitFor()
    await look("teams-none", "light")
    await page.getByRole("button", { name: "Make a team" }).click()
    await page.getByLabel("Name", { exact: true }).fill("Payments")
    await page.getByLabel("Lead").selectOption({ label: "Bob (bob@example.test)" })
    await page.getByRole("dialog").getByRole("button", { name: "Make a team" }).click()
    const drawer = page.getByRole("complementary", { name: "Team" })
    await drawer.getByLabel("Take somebody in").selectOption({ label: "Bob (bob@example.test)" })
    await drawer.getByRole("button", { name: "Take in" }).click()
    await drawer.getByRole("heading", { name: "1 person" }).waitFor()

    await page.goto(`${tabard.server.publicUrl}/agents`)
    await page.getByRole("button", { name: "Enter an agent" }).click()
    await page.getByLabel("Name").fill("Invoice bot")
    await page
      .getByRole("button", { name: /^Enter/ })
      .last()
      .click()
    await page.getByRole("heading", { name: "Invoice bot" }).first().waitFor()
    const { id } =
      (await tabard.server.organisation.shelf.snapshot(({ agents }) => agents.list({ limit: 1 })))[0] ?? {}
    await page.goto(`${tabard.server.publicUrl}/agents/${id}?tab=about`)
    await page.getByLabel("Add a maintainer").selectOption({ label: "Payments" })
    await page.getByRole("button", { name: "Add", exact: true }).click()
    await page.getByText("(team)").waitFor()
    await look("agent-helped-by-a-team")

    await page.goto(`${tabard.server.publicUrl}/people?tab=teams`)
    await page.getByRole("link", { name: "Payments" }).click()
    await drawer.getByRole("link", { name: "Invoice bot" }).waitFor()
    await lookAtAll("teams")
    await drawer.getByRole("link", { name: "Bob" }).last().click()
    await page
      .getByRole("complementary", { name: "Person" })
      .getByRole("link", { name: "Payments" })
      .waitFor()
    await lookAtAll("person")
  })

  it("shows what a file of people would do before it is done, and does it", async () => {
    await page.goto(`${tabard.server.publicUrl}/people`)
    const file = join(folder, "people.csv")
    await writeFile(
      file,
      "email,name,role,manager,teams\ncat@example.test,Cat,boss,,\nbob@example.test,Robert,,,Web",
    )
    await page.getByRole("button", { name: "More about people" }).click()
    await page.getByRole("menuitem", { name: "Import people…" }).click()
    await page.getByLabel("File", { exact: true }).setInputFiles(file)
    await page.getByRole("button", { name: "Mend 1 line first" }).waitFor()
    await look("import-refused")
    const mended = join(folder, "mended.csv")
    await writeFile(
      mended,
      "email,name,role,manager,teams\ncat@example.test,Cat,security,bob@example.test,Web\n",
    )
    await page.getByLabel("File", { exact: true }).setInputFiles(mended)
    await page.getByRole("button", { name: "Enter 1 person" }).waitFor()
    await page.getByLabel("Switch this person off").check()
    await page.getByRole("button", { name: "Enter 1 person and switch 1 off" }).waitFor()
    await lookAtAll("import")
    await page.getByLabel("Switch this person off").uncheck()
    await page.getByRole("button", { name: "Enter 1 person" }).click()
    await page.getByText("The people were imported").waitFor()
    await page.getByRole("button", { name: "Done" }).click()
    await page.getByRole("link", { name: "Cat" }).waitFor()
    const cat = await person("Cat")
    assert.deepEqual([cat?.role, cat?.manager], ["security", (await person("Bob"))?.id])
  })

  it("suggests a leaver's manager where somebody is asked to take their agents over", async () => {
    const cat = (await person("Cat")) ?? assert.fail("Cat is here")
    const [agent = assert.fail()] = await tabard.server.organisation.shelf.transact(async (tx) => {
      const found = await tx.agents.list({ limit: 1 })
      for (const { id } of found) await tx.agents.handOver(id, null, cat.id, new Date())
      await tx.users.deactivate(cat.id)
      return found
    })
    await page.goto(`${tabard.server.publicUrl}/agents/${agent.id}?tab=about`)
    await page.getByRole("button", { name: "Hand over…" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByText("Cat answered to them.").waitFor()
    assert.equal(await dialog.getByLabel("Person").inputValue(), (await person("Bob"))?.id)
    await look("leaver-offer")
    await dialog.getByRole("button", { name: "Ask them" }).click()
    await page.getByText(/asked\s+Bob/).waitFor()
  })

  it("erases who was switched off, once their name is typed, and says what is left", async () => {
    const cat = (await person("Cat")) ?? assert.fail("Cat is here")
    await page.goto(`${tabard.server.publicUrl}/people?off=true&person=${cat.id}`)
    await page.getByRole("button", { name: "Erase…" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByText("Their id stays in the record").waitFor()
    await lookAtAll("erase")
    await dialog.getByLabel("Reason").fill("They asked for it.")
    await dialog.getByLabel("Type Cat to confirm").fill("Cat")
    await dialog.getByRole("button", { name: "Erase this person" }).click()
    await page.getByText("Nothing that named them is kept").waitFor()
    await lookAtAll("erased")
    assert.equal(await person("Cat"), undefined)
  })

  it("stays a page with two thousand people: few rows exist, and each is found", async () => {
    const added = await many()
    await page.goto(`${tabard.server.publicUrl}/people`)
    await page.getByText(`${(added + 2).toLocaleString("en")} people`).waitFor()
    assert.ok((await page.getByRole("row").count()) < 60)
    await page.setViewportSize({ width: 375, height: 900 })
    await look("two-thousand-375", "dark")
    await page.setViewportSize({ width: 1280, height: 800 })
    await look("two-thousand-1280")
    await page.getByLabel("Search the people").fill("person 1999")
    await page.getByRole("link", { name: "Person 1999" }).click()
    await page.getByRole("complementary", { name: "Person" }).getByText("p1999@example.test").waitFor()
    assert.match(page.url(), /person=usr_/)
  })

  async function person(name: string) {
    const everybody = await tabard.server.organisation.shelf.snapshot(({ users }) => users.list())
    return everybody.find((one) => one.name === name)
  }

  async function many(): Promise<number> {
    const head = "email,name,role,manager,teams"
    const lines = Array.from(
      { length: 2000 },
      (_, n) =>
        `p${n}@example.test,Person ${n},,${n > 0 ? `p${Math.floor(n / 12)}@example.test` : ""},Team ${n % 9}`,
    )
    const csv = [head, ...lines].join("\n")
    const status = await page.evaluate(
      async (body) => {
        const headers = { "content-type": "application/json", "x-tabard": "1" }
        return (await fetch("/api/v1/people/import", { method: "POST", headers, body })).status
      },
      JSON.stringify({ csv, apply: true }),
    )
    assert.equal(status, 200)
    return lines.length
  }

  /** The page at each width in both themes, without anything that a person would stumble over. */
  async function lookAtAll(name: string): Promise<void> {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      for (const theme of ["light", "dark"] as const) await look(`${name}-${width}`, theme)
    }
    await page.setViewportSize({ width: 1280, height: 800 })
  }

  async function look(name: string, theme: "light" | "dark" = "light"): Promise<void> {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" })
    await shoot(page, `people-${name}-${theme}`)
    assert.deepEqual(await obstacles(page), [], `${name} ${theme}`)
    const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")
    assert.ok(wide <= 0, `${name}: ${wide} pixels stand out to the side`)
  }
})
