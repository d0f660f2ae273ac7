import assert from "node:assert/strict"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { boundFetch, createKey, enrol } from "@tabard/client"
import type { Browser, Page } from "playwright-core"
import { connectAgent } from "../world/agent.ts"
import { chromiumMissing, obstacles, openBrowser } from "../world/browser.ts"
import { consoleTab, pictures } from "../world/console-tab.ts"
import { type ConsoleWorld, openConsoleWorld } from "../world/console-world.ts"
import { addPerson } from "../world/people.ts"

const OWN = { kind: "guard", subject: "own" } as const
const NO_READING = `@id("no-reading") forbid (principal is Tabard::Agent, action in Tabard::Action::"effect:read", resource);\n`

describe("the policies, in a real browser", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  let world: ConsoleWorld
  let browser: Browser
  let page: Page

  before(async () => {
    world = stack.use(await openConsoleWorld())
    browser = await openBrowser()
    stack.defer(() => browser.close())
    page = await consoleTab(
      browser,
      world.tabard.server,
      { cookie: world.ann.cookie() },
      { path: "/policies" },
    )
  })
  after(() => stack.disposeAsync())

  it("shows which tools each agent may use, what no rule speaks of, and the policies that speak on a tool", async () => {
    const row = page.getByRole("link", { name: /^Invoice bot 2 tools permitted, 1 asked first/ })
    await row.waitFor()
    await page.getByText("6 agents, and no more.").waitFor()
    await page.getByRole("button", { name: /active agents? under no manifest/ }).click()
    await page.getByRole("link", { name: "Data checker", exact: true }).waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "policies-coverage")
    await row.click()
    const drawer = page.getByRole("complementary", { name: "Agent's rules" })
    await drawer.getByText("notes/write_file").waitFor()
    assert.deepEqual(await obstacles(page), [])
    await page.keyboard.press("Escape")
    await drawer.waitFor({ state: "detached" })
    await page.getByRole("button", { name: "Every agent" }).click()
    await page.getByText(/^\d\d agents, and no more\.$/).waitFor()
  })

  it("shows what each version of the guard-rails changed, and by whom", async () => {
    await page.goto(world.addressOf("/policies?tab=guard-rails"))
    const own = page
      .locator("section")
      .filter({ has: page.getByRole("heading", { name: "Guard-rails", exact: true }) })
    await own.getByRole("button", { name: /^Version 2 Ann/ }).click()
    const difference = own.getByRole("region", { name: "What version 2 changed of version 1" })
    await difference.getByText('added: @id("no-programs")').waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "policies-difference")
  })

  it("marks the line that is wrong, and puts nothing in force", async () => {
    await page.getByRole("button", { name: "Change it…" }).first().click()
    const text = page.getByLabel("Guard-rails (Cedar)")
    await text.fill(`${NO_READING}\nforbid (principal, action, resource) when { context.nothing == 1 };\n`)
    await page.getByRole("button", { name: "Show what would come out otherwise" }).click()
    const problem = page.getByRole("list", { name: "Problems" }).getByRole("button")
    assert.match(await problem.innerText(), /^Line 3, column \d+:/)
    await problem.click()
    assert.equal(await page.locator("textarea:focus").count(), 1)
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "policies-problem")
    assert.equal((await world.ann.api.getOwnPolicies(OWN)).version, 2)
  })

  it("shows what would come out otherwise before a document can be put in force, and then puts it", async () => {
    const text = page.getByLabel("Guard-rails (Cedar)")
    await text.fill(NO_READING)
    assert.equal(await page.getByRole("button", { name: /Put version/ }).count(), 0)
    await page.getByRole("button", { name: "Show what would come out otherwise" }).click()
    await page.getByText(/^Of \d+ decisions? since /).waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "policies-preview")
    await page.getByRole("button", { name: "Put version 3 in force" }).click()
    await page.getByText(/^Version 3, put in force by Ann/).waitFor()
    assert.equal((await world.ann.api.getOwnPolicies(OWN)).source, NO_READING)
  })

  it("puts an earlier version in force again, after showing what that changes", async () => {
    await page.goto(world.addressOf("/policies?tab=guard-rails"))
    await page.getByRole("button", { name: /^Version 2 Ann/ }).click()
    await page.getByRole("button", { name: "Put version 2 in force again…" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByText(/taken away: .*no-reading/).waitFor()
    await dialog.getByRole("button", { name: "Put it in force as version 4" }).click()
    await page.getByText(/^Version 4, put in force by Ann/).waitFor()
  })

  it("tells who writes meanwhile that another version is in force", async () => {
    await page.getByRole("button", { name: "Change it…" }).first().click()
    await world.ann.api.putOwnPolicies({ ...OWN, seen: 4, source: NO_READING })
    await page.getByText(/Version 5 was put in force meanwhile/).waitFor()
    await page.getByRole("button", { name: "Begin again from version 5" }).click()
    assert.equal(await page.getByLabel("Guard-rails (Cedar)").inputValue(), NO_READING)
  })

  it("says what a manifest would mean while it is written, and marks the lines that keep it from being in force", async () => {
    const { items } = await world.ann.api.listAgents({ limit: 1000 })
    const id = items.find(({ name }) => name === "Invoice bot")?.id ?? ""
    await page.goto(world.addressOf(`/agents/${id}?tab=manifest`))
    const text = page.getByLabel("Manifest (YAML)")
    const kept = await text.inputValue()
    await page.getByText(/of 20 calls used/).waitFor()
    await page.getByText("Nothing is written by hand beside the manifest.").waitFor()
    await text.fill(kept.replace("list_directory", "read_media_file"))
    await page.getByRole("heading", { name: "What it would mean" }).waitFor()
    await page.getByRole("listitem").filter({ hasText: "read_media_file" }).waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "manifest-meant")
    await text.fill(kept.replace("list_directory", "no_such_tool"))
    const problem = page.getByRole("list", { name: "Problems" }).getByRole("button")
    assert.match(await problem.innerText(), /^Line \d+, column \d+:/)
    assert.ok(await page.getByRole("button", { name: "Put version 3 in force" }).isDisabled())
    await pictures(page, "manifest-problem")
    await page.getByRole("button", { name: "Discard the changes" }).click()
    await page.getByRole("heading", { name: "What it means" }).waitFor()
    await page.getByRole("button", { name: /^Version 2 Ann/ }).click()
    await page.getByText("added: limits:").waitFor()
    assert.deepEqual(await obstacles(page), [])
  })

  it("corrects what a tool does, with a reason, and tells who said so", async () => {
    await page.goto(world.addressOf("/policies?tab=tools"))
    await page.getByRole("link", { name: /^notes\/directory_tree/ }).click()
    const drawer = page.getByRole("complementary", { name: "Tool" })
    await drawer.getByRole("button", { name: "Correct what it does…" }).click()
    await drawer.getByLabel("sends data out").check()
    await drawer.getByLabel("excludePatterns: what it acts on").check()
    await drawer.getByLabel("Reason").fill("It mounts remote folders")
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "policies-tool")
    await drawer.getByRole("button", { name: "Correct what the tool does" }).click()
    await drawer.getByText("corrected by Ann: It mounts remote folders").waitFor()
    const [notes] = (await world.ann.api.listServers({})).items
    const tool = notes?.tools.find(({ name }) => name === "directory_tree")
    assert.ok(tool?.effects.includes("egress"))
    await drawer.getByText("Argument excludePatterns").waitFor()
    assert.deepEqual(await obstacles(page), [])
  })

  it("has an agent observed, shows what enforcing would stop, and enforces it with that said on the button", async () => {
    const { items } = await world.ann.api.listAgents({ limit: 1000 })
    const id = items.find(({ name }) => name === "Invoice bot")?.id ?? ""
    await page.goto(world.addressOf(`/agents/${id}?tab=manifest`))
    await page.getByRole("button", { name: "Observe Invoice bot for some days" }).click()
    const begin = page.getByRole("dialog")
    await begin.getByLabel("For how long").selectOption("3")
    await begin.getByLabel("Reason").fill("Before the new folders go live")
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "observe-begin")
    await begin.getByRole("button", { name: "Observe Invoice bot for 3 days" }).click()
    await page.getByText(/^Its bounds are observed and not enforced: 0 calls/).waitFor()
    await actsWithin(world, id)

    const stopped = page.getByRole("list", { name: "Calls that would be stopped" }).first()
    await page.getByText("Of 3 calls 0 would be permitted, 2 asked about and 1 denied.").waitFor()
    const denied = stopped.getByRole("button", { name: /Denied notes\/write_file/ })
    await denied.click()
    await stopped.getByRole("region", { name: /^Arguments/ }).waitFor()
    await page.getByRole("button", { name: "Suggest a manifest" }).click()
    await page.getByRole("list", { name: "Unused access" }).getByText("notes/read_text_file").waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "observe-section")

    const before = (await world.ann.api.getAgent({ id })).manifest
    await page.getByRole("button", { name: "Take it into the editor" }).click()
    await page.getByRole("button", { name: "Put version 3 in force" }).waitFor()
    assert.deepEqual((await world.ann.api.getAgent({ id })).manifest, before, "nothing is in force by it")
    await page.getByRole("button", { name: "Discard the changes" }).click()

    await page.getByRole("button", { name: "Enforce the manifest of Invoice bot" }).click()
    const end = page.getByRole("dialog")
    await end.getByLabel("Reason").fill("Seen enough")
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "observe-end")
    await end.getByRole("button", { name: "Enforce, deny 1 call and ask about 2" }).click()
    await page.getByText(/^Enforced\. 3 calls were let through; it ended /).waitFor()
    await page.getByRole("button", { name: "Record that Invoice bot was rehearsed" }).click()
    await page.getByText(/3 calls were observed, and it takes 20/).waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "observe-enforced")
  })

  it("asks the cases that are kept what is in force, shows which fail and why, and what a draft of them comes to", async () => {
    const { items } = await world.ann.api.listAgents({ limit: 1000 })
    const id = items.find(({ name }) => name === "Invoice bot")?.id ?? ""
    const call = "call: { server: notes, tool: write_file, arguments: { path: /etc/passwd, content: a } }"
    const inCase = (name: string, expect: string): string =>
      `  - name: ${name}\n    who: ${id}\n    ${call}\n    when: { task: false }\n    expect: ${expect}\n`
    await page.goto(world.addressOf("/policies?tab=tests"))
    await page.getByText("No cases are kept yet").waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "cases-empty")
    await page.getByRole("button", { name: "Write it…" }).click()
    const text = page.getByLabel("Cases (YAML)")
    await text.fill("version: 1\ncases:\n  - { name: a, expects: deny }\n")
    await page.getByRole("button", { name: "Ask these cases" }).click()
    const problem = page.getByRole("list", { name: "Problems" }).getByRole("button").first()
    assert.match(await problem.innerText(), /^Line 3, column \d+:/)
    const source = `version: 1\ncases:\n${inCase("Without a task it writes nothing", "deny")}${inCase("It writes where it likes", "permit")}`
    await text.fill(source)
    await page.getByRole("button", { name: "Ask these cases" }).click()
    await page.getByText("the effect is deny and has to be permit").waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "cases-draft")
    await page.getByRole("button", { name: "Put version 1 in force" }).click()
    // The editor shows the same until it is closed.
    await page.getByText(/^Version 1, put in force by Ann/).waitFor()
    await page.getByText("1 case failed").waitFor()
    await page.getByRole("button", { name: "Ask 2 cases again" }).click()
    const rows = page.getByRole("list", { name: "Cases" }).getByRole("listitem")
    assert.match(await rows.first().innerText(), /It writes where it likes\s+Failed/)
    assert.match(await rows.last().innerText(), /Without a task it writes nothing\s+Passed/)
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "cases-failed")
    const kept = { kind: "cases", subject: "own" } as const
    await world.ann.api.putOwnPolicies({ ...kept, seen: 1, source: source.replace("permit", "deny") })
    await page.getByText("All 2 cases passed").waitFor()
    await pictures(page, "cases-passed")

    await world.ann.api.putOwnPolicies({ ...kept, seen: 2, source: source.replace("deny", "ask") })
    await page.goto(world.addressOf("/policies?tab=guard-rails"))
    await page.getByRole("button", { name: "Change it…" }).first().click()
    await page.getByLabel("Guard-rails (Cedar)").fill(`${NO_READING}\n`)
    await page.getByRole("button", { name: "Show what would come out otherwise" }).click()
    await page.getByText("What the kept cases would come to:").waitFor()
    await page.getByText("2 cases failed").waitFor()
    assert.deepEqual(await obstacles(page), [])
    await pictures(page, "cases-guarded")
  })

  it("shows members what binds their agents, and lets them write none of it", async () => {
    const member = await addPerson(world.tabard.server, "member")
    const tab = await consoleTab(browser, world.tabard.server, member, { path: "/policies?tab=guard-rails" })
    await tab.getByText(/^Version 5, put in force by/).waitFor()
    assert.equal(await tab.getByRole("button", { name: /Change it|Write it/ }).count(), 0)
    assert.equal(await tab.getByRole("tab", { name: /Sets|Tests/ }).count(), 0)
  })

  it("left no fault", () => assert.deepEqual(world.tabard.faults, []))
})

/** Writes two files where the agent would be asked about them, and one outside its folder. */
async function actsWithin({ ann, machine, tabard }: ConsoleWorld, id: string): Promise<void> {
  const { publicUrl } = tabard.server
  const notes = (await ann.api.listServers({})).items.find(({ name }) => name === "notes")?.id ?? ""
  const folder = join(machine.root, "finance/invoices")
  const run = { text: "tidy the invoices", server: notes, tools: ["write_file"], folder, minutes: 60 }
  const { id: task } = await ann.api.openTask({ id, ...run })
  const { code } = await ann.api.offerEnrolment({ id })
  const credentials = await enrol({ server: publicUrl, code, label: "laptop", key: await createKey() })
  await using hands = await connectAgent(publicUrl, boundFetch(credentials, { task }))
  for (const path of ["finance/invoices/a.md", "finance/invoices/b.md", "finance/c.md"])
    await hands.call("write_file", { path: join(machine.root, path), content: "Three invoices." })
}
