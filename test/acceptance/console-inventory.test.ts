import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { after, before, describe, it } from "node:test"
import type { AgentSummary } from "@tabard/api"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { chromiumMissing, openBrowser, shoot } from "../world/browser.ts"
import { type BusyMachine, makeBusyMachine } from "../world/busy-machine.ts"
import { addPerson } from "../world/people.ts"
import { type RunningTabard, runTabard, type SignedInPerson } from "../world/running-tabard.ts"
import { seedBusy } from "../world/seed-busy.ts"

describe("forty agents in a real browser", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  const complaints: string[] = []
  let machine: BusyMachine
  let tabard: RunningTabard
  let ann: SignedInPerson
  let agents: readonly AgentSummary[]
  let browser: Browser
  let page: Page

  before(async () => {
    machine = stack.use(await makeBusyMachine())
    tabard = stack.use(await runTabard({ scan: [machine.root] }))
    ann = await seedBusy(tabard)
    agents = (await ann.api.listAgents({ limit: 1000 })).items
    browser = await openBrowser()
    stack.defer(() => browser.close())
    page = await (await signedIn({ viewport: { width: 1440, height: 900 } })).newPage()
    page.setDefaultTimeout(60_000)
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text())
    })
    page.on("request", (request) => {
      if (!request.url().startsWith(tabard.server.publicUrl))
        complaints.push(`asked elsewhere: ${request.url()}`)
    })
  })
  after(() => stack.disposeAsync())

  it("draws the way from an agent over its credentials to the systems, and tells the same as a list", async () => {
    await page.goto(addressOf(`/agents/${idAt("shop/checkout")}?tab=access`))
    await page.getByText(/^last seen .* in .*shop\/checkout$/).waitFor()
    await page.getByRole("heading", { name: "It reaches 4 systems with 4 credentials" }).waitFor()
    const boxes = page.locator(".react-flow__node")
    await boxes.first().waitFor()
    assert.equal(await boxes.count(), 1 + 4 + 1 + 4, "agent, credentials, the one that was not seen, systems")
    const columns = new Set<number>()
    for (const box of await boxes.all()) columns.add(Math.round((await box.boundingBox())?.x ?? -1))
    assert.equal(columns.size, 3)
    const stripe = page.getByRole("row", { name: /^Stripe stripe/ })
    assert.match(await stripe.innerText(), /moves money\s+Stripe secret/)
    await shoot(page, "access")
  })

  it("shows every agent between access and autonomy, and opens the riskiest by the keyboard alone", async () => {
    const { agents: scored } = await ann.api.getRiskPicture({})
    await page.goto(addressOf("/"))
    const marks = page.locator("[data-spot]")
    await marks.first().waitFor()
    const told = (
      await marks.evaluateAll((all) => all.map((mark) => mark.getAttribute("aria-label") ?? ""))
    ).map((words) => Number(/^(\d+) agents/.exec(words)?.[1] ?? 1))
    assert.equal(
      told.reduce((sum, many) => sum + many, 0),
      scored.length,
    )
    const riskiest = page.locator("[data-spot][tabindex='0']")
    assert.match(
      (await riskiest.getAttribute("aria-label")) ?? "",
      /79 Critical, access 9, autonomy 8.75, no owner/,
    )
    await riskiest.focus()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("Enter")
    await page.waitForURL(`**/agents/${idAt("shop/checkout")}`)
  })

  it("tells the same as a table to whoever reads rather than looks", async () => {
    await page.goto(addressOf("/"))
    await page.getByText("The same as a table").click()
    const row = page.getByRole("row", { name: /^Claude Code Local 9 8.75 79 Critical/ })
    await row.waitFor()
    await row.getByRole("link").click()
    await page.waitForURL(`**/agents/${idAt("shop/checkout")}`)
  })

  it("narrows the list by what the address says, the riskiest first", async () => {
    await page.goto(addressOf("/agents?band=high"))
    await page.getByRole("status").filter({ hasText: "5 of 37 agents" }).waitFor()
    const scores = await page.getByRole("row").locator("[data-column=risk]").allInnerTexts()
    const numbers = scores.map((score) => Number.parseInt(score, 10))
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => b - a),
    )
    await page.getByLabel("Owner").selectOption({ label: "Ann (6)" })
    await page.getByRole("status").filter({ hasText: "1 of 37 agents" }).waitFor()
    assert.match(page.url(), /band=high&owner=usr_/)
    await page.getByText("Invoice bot").waitFor()
  })

  it("shows which machines report and what they could not read, enrols another one and revokes one", async () => {
    await page.goto(addressOf("/sources"))
    const builder = page
      .getByRole("listitem")
      .filter({ hasText: "build-7" })
      .filter({ hasText: "enrolled by Ann" })
    await builder.getByText("Reporting").waitFor()
    await builder.getByText("2 agents, 1 place could not be read").waitFor()
    await page.getByRole("listitem").filter({ hasText: "design-imac" }).getByText("Not yet").waitFor()
    await page.getByRole("button", { name: "Enrol a machine" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Name").fill("laptop-of-bob")
    await dialog.getByRole("button", { name: "Make a one-time code" }).click()
    const command = await dialog.getByText(/^tabard reporters enroll/).innerText()
    assert.ok(command.includes(tabard.server.publicUrl))
    await shoot(page, "enrol-reporter")
    await dialog.getByRole("button", { name: "Done" }).click()
    await builder.getByRole("button", { name: "Revoke…" }).click()
    await dialog.getByLabel("Reason").fill("the machine is gone")
    await dialog.getByRole("button", { name: "Revoke build-7" }).click()
    await builder.getByText("Revoked").waitFor()
    assert.equal(await builder.getByRole("button").count(), 0)
  })

  it("shows the worst finding first, with what shows it and what to do; accepted, it leaves the list until its day", async () => {
    await page.goto(addressOf("/findings?severity=critical"))
    const rows = page.getByRole("list", { name: "Findings" }).getByRole("listitem")
    await rows.first().waitFor()
    const before = await rows.count()
    await page
      .getByRole("link", { name: /Credential in plain text stripe-secret .*[a-z]+\/[a-z]+ ?A credential/ })
      .click()
    const drawer = page.getByRole("complementary", { name: "Finding" })
    await drawer.getByText("What to do").waitFor()
    await drawer
      .getByText(/shop\/checkout\/\.mcp\.json/)
      .first()
      .waitFor()
    await drawer.getByRole("heading", { name: "Controls it speaks to" }).waitFor()
    assert.match(page.url(), /severity=critical&finding=fnd_/)
    await shoot(page, "finding")

    await drawer.getByRole("button", { name: "Accept until a date…" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Reason").fill("the key is being replaced this week")
    await shoot(page, "accept-finding")
    await dialog.getByRole("button", { name: /^Accept until/ }).click()
    await drawer.getByText("Ann accepted it").waitFor()
    await page
      .getByRole("status")
      .filter({ hasText: `${before - 1} findings` })
      .waitFor()

    await page.getByRole("button", { name: "Accepted", exact: true }).click()
    await page.getByRole("link", { name: /Credential in plain text stripe-secret/ }).click()
    await drawer.getByText("the key is being replaced this week").waitFor()
    await drawer.getByRole("button", { name: "Take the acceptance back…" }).click()
    await dialog.getByLabel("Reason").fill("it was not replaced")
    await dialog.getByRole("button", { name: "Take it back" }).click()
    await drawer.getByRole("button", { name: "Accept until a date…" }).waitFor()
    await page.keyboard.press("Escape")
    await drawer.waitFor({ state: "detached" })
    await page.getByText("Nothing is accepted").or(page.getByText("No finding matches")).waitFor()
  })

  it("lists every rule with what it found, and an agent's own findings on its page", async () => {
    await page.goto(addressOf("/findings?by=rules"))
    await page.getByRole("link", { name: /MCP server granted the home directory or root/ }).click()
    await page.waitForURL(/\/findings\?rule=/)
    await page.goto(addressOf(`/agents/${idAt("finance/invoices")}?tab=findings`))
    await page.getByRole("link", { name: /Unrestricted autonomy together with write access/ }).click()
    await page.waitForURL(/\/findings\?agent=agt_.*&finding=fnd_/)
  })

  it("asks another person to answer for an agent, who accepts it in their own session", async () => {
    const bob = await addPerson(tabard.server, "member")
    await page.goto(addressOf(`/agents/${idAt("support/triage")}?tab=about`))
    await page.getByRole("button", { name: "Offer to somebody…" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Person").selectOption({ label: `member (${bob.user.email})` })
    await dialog.getByLabel("Note").fill("it sorts your team's tickets")
    await shoot(page, "offer")
    await dialog.getByRole("button", { name: "Ask them" }).click()
    await page
      .getByRole("heading", { level: 1 })
      .filter({ hasText: "that nobody owns yet: member was asked" })
      .waitFor()

    await using other = await signedIn({ viewport: { width: 1280, height: 900 } }, bob.cookie)
    const theirs = await other.newPage()
    await theirs.goto(addressOf("/"))
    await theirs.getByText("it sorts your team's tickets").waitFor()
    await shoot(theirs, "offered")
    await theirs.getByRole("button", { name: "Accept to answer for it" }).click()
    await theirs.getByText("it sorts your team's tickets").waitFor({ state: "detached" })
    const agent = await ann.api.getAgent({ id: idAt("support/triage") })
    assert.deepEqual([agent.owner?.id, agent.orphaned, agent.offer], [bob.user.id, false, null])
  })

  it("keeps what people say of an agent above what was seen, and gives it back", async () => {
    const id = idAt("finance/forecast")
    await page.goto(addressOf(`/agents/${id}?tab=about`))
    await page.getByRole("button", { name: "Describe…" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Name").fill("Forecast helper")
    await dialog.getByLabel("Environment").selectOption("production")
    await dialog.getByRole("button", { name: "Confidential" }).click()
    await shoot(page, "describe")
    await dialog.getByRole("button", { name: "Save 3 changes" }).click()
    await page.getByRole("heading", { level: 1 }).filter({ hasText: "Forecast helper" }).waitFor()
    await page.getByText("Cursorseen by", { exact: false }).filter({ hasText: "does not hold" }).waitFor()
    await shoot(page, "about")
    await page.getByRole("button", { name: "Describe…" }).click()
    await dialog.getByLabel("Name").fill("")
    await dialog.getByLabel("Environment").selectOption("")
    assert.equal(await dialog.getByRole("button", { name: "Save 2 changes" }).count(), 1)
    await dialog.getByLabel("Name").fill("Forecaster")
    await dialog.getByRole("button", { name: "Save 2 changes" }).click()
    await page.getByRole("heading", { level: 1 }).filter({ hasText: "Forecaster" }).waitFor()
    const { name, environment, dataClasses } = await ann.api.getAgent({ id })
    assert.deepEqual([name, environment, dataClasses], ["Forecaster", null, ["confidential"]])
  })

  it("merges two agents that are one, and splits them again", async () => {
    const [kept, other] = [idAt("research/papers"), idAt("web/blog")]
    await page.goto(addressOf(`/agents/${kept}`))
    await page.getByRole("button", { name: "More acts" }).click()
    await page.getByRole("menuitem", { name: "Merge another into it…" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("The other agent").fill("claude web/blog")
    await dialog.getByRole("radio").check()
    await dialog.getByLabel("Reason").fill("one person's Claude Code in two folders")
    await shoot(page, "merge")
    await dialog.getByRole("button", { name: "Merge Claude Code into Claude Code" }).click()
    await dialog.waitFor({ state: "detached" })
    assert.deepEqual((await ann.api.getAgent({ id: kept })).alsoKnownAs, [other])

    await page.goto(addressOf(`/agents/${kept}?tab=seen`))
    await page.getByText("Ann said that this is it").waitFor()
    await shoot(page, "merged")
    const moved = page.getByRole("listitem").filter({ hasText: "Ann said that this is it" })
    await moved.getByRole("button", { name: "Another agent…" }).click()
    await dialog.getByLabel("Reason").fill("they are two after all")
    await dialog.getByRole("button", { name: "Make it an agent of its own" }).click()
    await page.waitForURL((url) => !url.pathname.includes(kept))
    assert.equal((await ann.api.getAgent({ id: kept })).seen.length, 1)
  })

  it("says line by line what a register would change, then changes all of it; its export changes nothing", async () => {
    await page.goto(addressOf("/agents"))
    await page.getByRole("button", { name: "More about the register" }).click()
    await page.getByRole("menuitem", { name: "Import a register…" }).click()
    const dialog = page.getByRole("dialog")
    const file = { name: "register.csv", mimeType: "text/csv" }
    const bad = Buffer.from("name,owner,purpose\n,,nobody knows\n")
    await dialog.getByLabel("File").setInputFiles({ ...file, buffer: bad })
    await dialog.getByRole("button", { name: "Mend 1 line first" }).waitFor()
    const good = Buffer.from("name,purpose,systems,next review\nTravel desk,Books trips,Amadeus,2027-01-31\n")
    await dialog.getByLabel("File").setInputFiles({ ...file, buffer: good })
    const apply = dialog.getByRole("button", { name: "Enter 1 agent" })
    await apply.waitFor()
    await shoot(page, "import")
    await apply.click()
    await dialog.getByText("The register was imported.").waitFor()
    await dialog.getByRole("button", { name: "Done" }).click()
    await page.getByText("Travel desk").first().waitFor()

    await page.getByRole("button", { name: "More about the register" }).click()
    await page.getByRole("menuitem", { name: "Export the register…" }).click()
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("button", { name: "Save as CSV" }).click(),
    ])
    const csv = readFileSync(await download.path(), "utf8")
    assert.match(csv, /Travel desk/)
    const again = await ann.api.importRegister({ csv })
    assert.deepEqual([again.entered, again.changed, again.refused], [0, 0, 0])
  })

  it("offers to adopt what a register brought, and asks for that before a manifest", async () => {
    const csv = "name,owner,purpose\nBadge desk,ann@example.test,Prints badges\n"
    await ann.api.importRegister({ csv, apply: true })
    await page.goto(addressOf("/agents?q=Badge"))
    await page.getByRole("link", { name: /Badge desk/ }).click()
    await page.getByRole("link", { name: "Open the whole agent" }).click()
    await page.getByRole("tab", { name: /Manifest/ }).click()
    await page.getByText("Adopt it first").waitFor()
    await page.getByRole("button", { name: "Adopt", exact: true }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("I accept to answer for this agent").click()
    await dialog.getByRole("button", { name: "Adopt Badge desk" }).click()
    await page.getByText("Active", { exact: true }).waitFor()
    await page.getByText("No manifest is in force").waitFor()
  })

  it("opens a crowd of agents by the keyboard, and gives the keyboard back", async () => {
    await page.goto(addressOf("/"))
    const crowd = page.locator("[data-spot][role=button]").first()
    await crowd.focus()
    await page.keyboard.press("Enter")
    const card = page.getByRole("dialog")
    await card.locator("a:focus").waitFor()
    await page.keyboard.press("Escape")
    await card.waitFor({ state: "detached" })
    await page.locator("[data-spot][role=button]:focus").waitFor()
  })

  it("lists the systems, servers and credentials that the agents reach together", async () => {
    await page.goto(addressOf("/systems"))
    await page.getByRole("list", { name: "Systems" }).getByText("Stripe").waitFor()
    await page.getByRole("link", { name: "MCP servers" }).click()
    // Of a long list only what a screen shows is there.
    await page.getByRole("combobox", { name: "Weakness" }).selectOption("plain-http")
    const servers = page.getByRole("list", { name: "Servers" })
    await servers
      .getByRole("listitem")
      .filter({ hasText: "tools.vendor.example.test" })
      .getByText("over plain HTTP")
      .waitFor()
    await page.getByRole("link", { name: "Credentials" }).click()
    const stripe = page
      .getByRole("list", { name: "Credentials" })
      .getByRole("listitem")
      .filter({ hasText: "Stripe secret" })
    assert.match(await stripe.innerText(), /in plain text[\s\S]*2 agents/)
    await stripe.getByRole("link").click()
    const drawer = page.getByRole("complementary", { name: "Credential" })
    await drawer.getByRole("link", { name: /Credential in plain text/ }).waitFor()
    await drawer.getByRole("link", { name: "Invoice bot" }).click()
    await page.waitForURL(`**/agents/${idAt("finance/invoices")}?tab=access`)
  })

  it("narrows servers and credentials by what the address says, and saves as a file what is shown", async () => {
    await page.goto(addressOf("/systems"))
    await page.getByRole("link", { name: /^Stripe/ }).click()
    await page.waitForURL("**/servers?system=Stripe")
    const servers = page.getByRole("list", { name: "Servers" }).getByRole("listitem")
    await page.getByRole("status").filter({ hasText: "1 server, and no more." }).waitFor()
    await page.getByRole("combobox", { name: "Weakness" }).selectOption("plain-http")
    await page.getByText("No server matches").waitFor()
    await page.getByRole("combobox", { name: "System" }).selectOption("")
    await servers.filter({ hasText: "tools.vendor.example.test" }).waitFor()
    assert.equal(await servers.count(), 1)

    await page.goto(addressOf("/credentials?storedAs=plaintext&shared=yes"))
    const credentials = page.getByRole("list", { name: "Credentials" }).getByRole("listitem")
    await page.getByRole("combobox", { name: "Provider" }).selectOption("Stripe")
    await page.getByRole("status").filter({ hasText: "1 credential, and no more." }).waitFor()
    assert.match(await credentials.innerText(), /Stripe secret/)
    const saving = page.waitForEvent("download")
    await page.getByRole("button", { name: "Save as CSV" }).click()
    const lines = readFileSync(await (await saving).path(), "utf8")
      .trim()
      .split(/\r?\n/)
    assert.equal(lines.length, 2, "the columns, and what is shown")
    assert.match(lines[1] ?? "", /stripe/i)
  })

  it("enters an agent by hand, which no scan has to have seen", async () => {
    await page.goto(addressOf("/agents"))
    await page.getByRole("button", { name: "Enter an agent" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Name").fill("Payroll assistant")
    await dialog.getByLabel("Category").selectOption("chatbot")
    await dialog.getByLabel("Systems").fill("the payroll provider")
    await shoot(page, "enter")
    await dialog.getByRole("button", { name: "Enter the agent" }).click()
    await page.waitForURL(/\/agents\/agt_.*tab=about/)
    await page.getByText("entered by hand, never seen by a scan").waitFor()
    await page.getByText("the payroll provider").waitFor()
  })

  it("says on every page what could not be read, and reads it when asked again", async () => {
    await using other = await signedIn({ viewport: { width: 1440, height: 900 } })
    const cut = await other.newPage()
    // A page that is live reads again by itself, before it is asked to.
    await cut.route("**/api/v1/changes", (route) => route.abort())
    const faces = [
      ["/", "risk-picture", "The picture could not be read"],
      ["/agents", "agents?*", "The agents could not be read"],
      [`/agents/${idAt("finance/invoices")}`, "agents/agt_*", "The agent could not be read"],
      ["/findings", "findings?*", "The findings could not be read"],
      ["/servers", "inventory/servers*", "The servers could not be read"],
      ["/sources", "reporters?*", "The machines that report could not be read"],
    ] as const
    for (const [path, operation, says] of faces) {
      const requests = `**/api/v1/${operation}`
      await cut.route(requests, (route) =>
        route.fulfill({ status: 404, json: { code: "x", detail: "it is cut off" } }),
      )
      await cut.goto(addressOf(path))
      const face = cut.getByRole("alert").filter({ hasText: says })
      await face.getByText("It is cut off.").waitFor()
      await cut.unroute(requests)
      await face.getByRole("button", { name: "Try again" }).click()
      await face.waitFor({ state: "detached" })
    }
  })

  it("said nothing on the browser's console, asked nobody else, and left no fault", () => {
    assert.deepEqual(complaints, [])
    assert.deepEqual(tabard.faults, [])
  })

  function idAt(place: string): string {
    return (
      agents.find((agent) => agent.place?.endsWith(`/${place}`))?.id ?? assert.fail(`no agent in ${place}`)
    )
  }

  function addressOf(path: string): string {
    return tabard.server.publicUrl + path
  }

  async function signedIn(
    options: Parameters<Browser["newContext"]>[0],
    cookie = ann.cookie(),
  ): Promise<BrowserContext> {
    const context = await browser.newContext(options)
    const [name = "", value = ""] = cookie.split("=")
    await context.addCookies([{ name, value, url: tabard.server.publicUrl }])
    return context
  }
})
