import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { main } from "@tabard/cli"
import { boundFetch, readCredentials } from "@tabard/client"
import { systemClock } from "@tabard/core"
import type { Browser, BrowserContext, Locator, Page } from "playwright-core"
import { type ConnectedAgent, connectAgent, structured } from "../world/agent.ts"
import { chromiumMissing, obstacles, openBrowser, shoot } from "../world/browser.ts"
import { consoleTab, pictures } from "../world/console-tab.ts"
import { filesystemServer, type Machine, makeMachine } from "../world/machine.ts"
import { addPerson } from "../world/people.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"
import { notesManifest } from "../world/seed.ts"

describe("the ten minutes, in a real browser", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  const complaints: string[] = []
  let machine: Machine
  let tabard: RunningTabard
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let hands: ConnectedAgent
  let agentId: string
  let taskId: string

  before(async () => {
    machine = stack.use(await makeMachine())
    tabard = stack.use(await runTabard({ scan: [machine.root], gateway: { patienceMs: 55_000 } }))
    await tabard.server.scans.settled()
    browser = await openBrowser()
    stack.defer(() => browser.close())
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    page = await context.newPage()
    page.setDefaultTimeout(60_000)
    page.on("console", (message) => {
      if (message.type() === "error" && !/401/.test(message.text())) complaints.push(message.text())
    })
    page.on("request", (request) => {
      if (!request.url().startsWith(tabard.server.publicUrl))
        complaints.push(`asked elsewhere: ${request.url()}`)
    })
  })
  after(() => stack.disposeAsync())

  it("shows an unsigned visitor the way in, and nothing else", async () => {
    await page.goto(`${tabard.server.publicUrl}/agents`)
    await page
      .getByText(/sign-in link|one-time link|Sign in/i)
      .first()
      .waitFor()
    assert.equal(await page.getByText("Claude Code").count(), 0)
    await shoot(page, "sign-in")
  })

  it("signs the first administrator in, and takes the code out of the address", async () => {
    await page.goto(await tabard.server.signInLink())
    await page.getByLabel("Name").fill("Ann")
    await page.getByLabel("Email").fill("ann@example.test")
    assert.ok(!page.url().includes("#"))
    await page.locator("form button[type=submit]").click()
    await page.getByRole("heading", { name: "Overview" }).waitFor()
    assert.ok(!page.url().includes("#"))
    await shoot(page, "overview")
  })

  it("lists what the scan found, and adopts one of it", async () => {
    await page.getByRole("link", { name: "Agents" }).first().click()
    await page.getByText("Claude Code").first().waitFor()
    await shoot(page, "agents")
    for (const width of [1440, 1600, 1920]) {
      await page.setViewportSize({ width, height: 900 })
      await page.getByRole("columnheader", { name: "Last seen" }).waitFor()
      await shoot(page, `agents-${width}`)
      assert.equal((await linesOf(page.getByRole("columnheader"))).size, 1, String(width))
    }
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.getByText("Claude Code").first().click()
    await openWholeAgent(page)
    await page
      .getByRole("button", { name: /^Adopt/ })
      .first()
      .click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Name").fill("Notes helper")
    await dialog.getByLabel("Purpose").fill("Tidies notes")
    await dialog.getByRole("radio", { name: /transactional/i }).check()
    await dialog.getByLabel(/I accept to answer/).check()
    await shoot(page, "adopt")
    await dialog.getByRole("button", { name: /^Adopt/ }).click()
    await page.getByText("Active").first().waitFor()
    await page.getByText("What lowers it most").waitFor()
    await page.getByText("An owner answers for it, without a manifest.").waitFor()
    const changes = page.locator("section", { hasText: "How it changed" }).getByRole("listitem")
    assert.equal(await changes.count(), 2, "adopting it changed its risk")
    await shoot(page, "agent")
  })

  it("says what to put right first, and lets go of what a person decides to live with", async () => {
    const agent = page.url()
    await page.getByRole("link", { name: "Findings" }).first().click()
    const rows = page.getByRole("list", { name: "Findings" }).getByRole("listitem")
    await rows.first().waitFor()
    const before = await rows.count()
    await page.getByRole("link", { name: /Credential in plain text/ }).click()
    await shoot(page, "finding-of-the-first-scan")
    await page.getByRole("button", { name: "Accept until a date…" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Reason").fill("it is replaced on Monday")
    await dialog.getByRole("button", { name: /^Accept until/ }).click()
    await page.getByText("Ann accepted it").waitFor()
    await page
      .getByRole("status")
      .filter({ hasText: new RegExp(`^${before - 1} finding`) })
      .waitFor()
    await page.goto(agent)
  })

  it("puts a server behind the gateway from the task's empty face", async () => {
    await page.getByRole("tab", { name: /Tasks/ }).click()
    await page
      .getByRole("button", { name: /Open a task/ })
      .first()
      .click()
    const dialog = page.getByRole("dialog")
    const { command, args, roots } = filesystemServer(machine.root)
    await dialog.getByLabel("Name").fill("notes")
    await dialog.getByLabel("Command").fill(command)
    await dialog.getByLabel("Arguments").fill(args.join("\n"))
    await dialog.getByLabel("Allowed folders").fill(roots.join("\n"))
    await shoot(page, "server")
    await dialog.locator("button[type=submit]").click()
    await dialog.getByLabel("What should it do?").waitFor()
    await dialog.getByText(/Without a manifest every call is denied/).waitFor()
    await page.keyboard.press("Escape")
  })

  it("puts a manifest in force, and says what it means", async () => {
    await page.getByRole("tab", { name: /Manifest/ }).click()
    const editor = page.getByLabel("Manifest (YAML)")
    if ((await editor.count()) === 0)
      await page
        .getByRole("button", { name: /template|Write/i })
        .first()
        .click()
    await editor.fill(notesManifest(machine.notes))
    await page.getByRole("button", { name: /in force/i }).click()
    await page.getByText(/It must ask its owner before each write_file/).waitFor()
    agentId = /agt_[0-9a-f-]+/.exec(page.url())?.[0] ?? ""
    await shoot(page, "manifest")
  })

  it("makes an enrolment code, whose command enrols a key", async () => {
    await page.getByRole("tab", { name: /Identity/ }).click()
    await page.getByRole("button", { name: /enrolment code/i }).click()
    const command = await page
      .getByText(/npx --no-install tabard agents enroll/)
      .first()
      .innerText()
    await shoot(page, "identity")
    const words = command.split(/\s+/).slice(3)
    assert.equal(await typed([...words, "--out", join(tabard.data, "agent.json")]), 0)
    assert.notEqual(await typed([...words, "--out", join(tabard.data, "again.json")]), 0)
  })

  it("opens a task with folder and tools", async () => {
    await page.getByRole("tab", { name: /Tasks/ }).click()
    await page
      .getByRole("button", { name: /Open a task/ })
      .first()
      .click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("What should it do?").fill("tidy the notes in this folder")
    await dialog.getByLabel("Server").selectOption("Add a server…")
    await dialog.getByLabel("Command").waitFor()
    await shoot(page, "another-server")
    await dialog.getByRole("button", { name: "Cancel" }).click()
    assert.equal(await dialog.getByLabel("What should it do?").inputValue(), "tidy the notes in this folder")
    for (const tool of ["read_text_file", "list_directory", "write_file"]) {
      await dialog.getByRole("checkbox", { name: new RegExp(`^${tool}\\b`) }).check()
    }
    await dialog.getByLabel("Folder").fill(machine.notes)
    await shoot(page, "task")
    await dialog.locator("button[type=submit]").click()
    const shown = await page
      .getByText(/tsk_[0-9a-f-]{36}/)
      .first()
      .textContent()
    taskId = /tsk_[0-9a-f-]{36}/.exec(shown ?? "")?.[0] ?? ""
    assert.ok(taskId)
    await page.getByText(`--task ${taskId} --folder ${machine.notes}`).waitFor()
    await shoot(page, "task-opened")
    await page.keyboard.press("Escape")
  })

  it("holds the agent's write until a person approves it on a telephone's width", async () => {
    const credentials = readCredentials(readFileSync(join(tabard.data, "agent.json"), "utf8"))
    hands = stack.use(await connectAgent(tabard.server.publicUrl, boundFetch(credentials, { task: taskId })))
    await hands.call("read_text_file", { path: join(machine.notes, "groceries.md") })
    const path = join(machine.notes, "tidy.md")
    const writing = hands.call("write_file", { path, content: "# Tidy\n\nmilk\nbread\n" })
    await page.setViewportSize({ width: 375, height: 812 })
    await page.goto(`${tabard.server.publicUrl}/approvals`)
    await page.getByText(/Notes helper wants to use write_file/).waitFor()
    await shoot(page, "approvals-375")
    await page.setViewportSize({ width: 1280, height: 900 })
    await shoot(page, "approvals")
    await page
      .getByRole("button", { name: /^Approve/ })
      .first()
      .click()
    assert.equal((await writing).isError ?? false, false)
    assert.match(readFileSync(path, "utf8"), /# Tidy/)
  })

  it("denies by the keyboard, with a second press to confirm", async () => {
    const writing = hands.call("write_file", { path: join(machine.notes, "no.md"), content: "no" })
    await page.getByText("no.md").first().waitFor()
    await page.keyboard.press("d")
    await page.keyboard.press("d")
    assert.equal(structured(await writing)["code"], "denied_by_person")
  })

  it("holds a write until two people have agreed, and says to each whom it waits for", async () => {
    const sam = await addPerson(tabard.server, "security")
    await page.goto(`${tabard.server.publicUrl}/agents/${agentId}?tab=manifest`)
    const asksTwo = notesManifest(machine.notes).replace(
      "ask: owner",
      "ask: { anyOf: [owner, security], count: 2 }",
    )
    await page.getByLabel("Manifest (YAML)").fill(asksTwo)
    await page.getByRole("button", { name: "Put version 2 in force" }).click()
    await page.getByRole("heading", { name: "What it means" }).waitFor()
    const writing = hands.call("write_file", { path: join(machine.notes, "both.md"), content: "both" })
    await page.goto(`${tabard.server.publicUrl}/approvals`)
    await page.getByText("0 of 2 agreed").waitFor()
    await page.getByText(/as soon as the others who are asked have agreed too/).waitFor()
    await pictures(page, "asked-of-two")
    await page.getByRole("button", { name: "Approve once" }).click()
    await page.getByText("It waits for 1 more person of those who are asked.").waitFor()
    await page.getByText("1 of 2 agreed").waitFor()
    await pictures(page, "asked-of-one-more")
    const theirs = await consoleTab(browser, tabard.server, sam, { path: "/approvals" })
    await theirs.getByText("1 of 2 agreed").waitFor()
    await theirs.getByText(/^Ann agreed/).waitFor()
    await pictures(theirs, "asked-second")
    await theirs.getByRole("button", { name: "Approve once" }).click()
    assert.equal((await writing).isError ?? false, false)
    assert.equal(readFileSync(join(machine.notes, "both.md"), "utf8"), "both")
    await page.getByText(/^by Ann and security/).waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "asked-answered")
    await theirs.context().close()
  })

  it("tells the story in the record", async () => {
    await page.goto(`${tabard.server.publicUrl}/audit`)
    await page
      .getByText(/Ann approved what Notes helper asked for/)
      .first()
      .waitFor()
    await page
      .getByText(/Ann denied what Notes helper asked for/)
      .first()
      .waitFor()
    await shoot(page, "audit")
  })

  it("suspends and retires, saying what will happen", async () => {
    await page.getByRole("link", { name: "Agents" }).first().click()
    await page.getByText("Notes helper").first().click()
    await openWholeAgent(page)
    await page.getByRole("button", { name: "Suspend" }).click()
    const dialog = page.getByRole("dialog").or(page.getByRole("alertdialog"))
    await dialog.getByLabel(/Reason|Why/).fill("something looks wrong")
    await shoot(page, "suspend")
    await dialog.getByRole("button", { name: /^Suspend/ }).click()
    await page.getByText("Suspended").first().waitFor()
    await page.getByText(/^Ann suspended Notes helper .*: something looks wrong$/).waitFor()
    await assert.rejects(hands.call("read_text_file", { path: join(machine.notes, "ideas.md") }))
    await page.getByRole("button", { name: "More acts" }).click()
    await page.getByRole("menuitem", { name: /Retire/ }).click()
    await dialog.getByLabel(/Reason|Why/).fill("the notes are tidy")
    await dialog.getByLabel(/Type/).fill("Notes helper")
    await shoot(page, "retire")
    await dialog.getByRole("button", { name: /^Retire/ }).click()
    await page.getByText("Retired").first().waitFor()
    await page.getByText(/^Ann began to retire Notes helper .*: the notes are tidy$/).waitFor()
    await shoot(page, "retired")
  })

  for (const scheme of ["light", "dark"] as const) {
    it(`puts no obstacle into anybody's way, in ${scheme}`, async () => {
      const { cookies } = await context.storageState()
      const themed = await browser.newContext({ colorScheme: scheme, viewport: { width: 1024, height: 800 } })
      await themed.addCookies(cookies)
      const other = await themed.newPage()
      for (const path of ["/", "/agents", "/approvals", "/findings", "/audit", "/nowhere"]) {
        await other.goto(tabard.server.publicUrl + path)
        await other.getByRole("heading", { level: 1 }).waitFor()
        await shoot(other, `${scheme}${path.replace("/", "-")}`)
        assert.deepEqual(await obstacles(other), [], path)
      }
      await themed.close()
    })
  }

  it("said nothing on the browser's console, asked nobody else, and left no fault", () => {
    assert.deepEqual(complaints, [])
    assert.deepEqual(tabard.faults, [])
  })
})

/** Goes from the drawer to the page of its agent, and waits for that: the drawer has the same buttons until it is gone. */
async function openWholeAgent(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Open the whole agent" }).click()
  await page.getByRole("tab", { name: "Manifest" }).waitFor()
}

/** Answers the heights on the page at which the middles of the shown elements lie. */
async function linesOf(cells: Locator): Promise<ReadonlySet<number>> {
  const boxes = await Promise.all((await cells.all()).map((cell) => cell.boundingBox()))
  return new Set(boxes.flatMap((box) => (box ? Math.round(box.y + box.height / 2) : [])))
}

async function typed(args: readonly string[]): Promise<number> {
  const silent = { write: () => true }
  const signal = AbortSignal.timeout(240_000)
  return main(args, {
    stdout: silent,
    stderr: silent,
    cwd: "/",
    home: "/",
    host: "test",
    env: {},
    clock: systemClock,
    signal,
  })
}
