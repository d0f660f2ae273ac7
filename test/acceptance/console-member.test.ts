import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { Browser, Page } from "playwright-core"
import { answered, chromiumMissing, openBrowser, shoot } from "../world/browser.ts"
import { type Machine, makeMachine } from "../world/machine.ts"
import { addPerson, type Person } from "../world/people.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"

const ACCOUNT = ["/account", "/account?tab=sessions", "/account?tab=tokens", "/account?tab=notifications"]
const TABS = ["risk", "access", "findings", "about", "seen", "manifest", "tasks", "identity", "history"]

describe("the console of a member", { skip: chromiumMissing() }, () => {
  let machine: Machine
  let tabard: RunningTabard
  let ann: SignedInPerson
  let mia: Person
  let browser: Browser
  let page: Page
  const refused: string[] = []
  let isAnswered: () => Promise<void>

  before(async () => {
    machine = await makeMachine()
    tabard = await runTabard({ scan: [machine.root] })
    await tabard.server.scans.settled()
    ann = await signInFirst(tabard.server, "Ann")
    mia = await addPerson(tabard.server, "member")
    browser = await openBrowser()
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
    isAnswered = answered(page)
    page.on("response", (answer) => {
      if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`)
    })
    const [name = "", value = ""] = mia.cookie.split("=")
    await page.context().addCookies([{ name, value, url: tabard.server.publicUrl }])
  })
  after(async () => {
    await browser.close()
    await tabard[Symbol.asyncDispose]()
    await machine[Symbol.asyncDispose]()
    assert.deepEqual(tabard.faults, [])
  })

  it("tells somebody with no agent so, and does not say that nothing was scanned", async () => {
    await look("/")
    await page.getByText("Nothing is wrong with your agents.").waitFor()
    await page.getByText("No agent is yours yet").first().waitFor()
    assert.equal(await page.getByText("No scan has finished").count(), 0)
    assert.equal(await page.getByText("All sources").count(), 0)
    await shoot(page, "member-overview")
    await look("/agents")
    await page.getByText("No agent is yours yet").waitFor()
  })

  it("leads to no page that asks for what a member may not see", async () => {
    const places = await page
      .getByRole("navigation")
      .first()
      .getByRole("link")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""))
    assert.ok(places.includes("/findings"))
    for (const place of [...places, ...ACCOUNT]) await look(place)
    assert.deepEqual(refused, [])
  })

  it("shows an agent that is offered with all that belongs to it", async () => {
    const [found] = (await ann.api.listAgents({})).items
    const id = found?.id ?? assert.fail("an agent was found")
    const mandate = { purpose: "Tidies notes", tier: "read-only", acceptOwnership: false } as const
    const expiresAt = new Date(Date.now() + 86_400_000 * 30).toISOString()
    await ann.api.adoptAgent({ id, name: "Notes helper", ...mandate, expiresAt, owner: mia.user.id })
    await look("/")
    await page.getByText("Notes helper").first().waitFor()
    await page.getByText("Its purpose: Tidies notes").waitFor()
    for (const tab of TABS) await look(`/agents/${id}?tab=${tab}`)
    assert.deepEqual(refused, [])
  })

  it("offers nothing about the identity of an agent that they only help with, and what is theirs to do of their own", async () => {
    const [own, helped] = (await ann.api.listAgents({})).items.toSorted((one) =>
      one.name === "Notes helper" ? -1 : 1,
    )
    assert.ok(own?.name === "Notes helper" && helped)
    const { offer } = await ann.api.getAgent({ id: own.id })
    const accepted = await fetch(`${tabard.server.publicUrl}/api/v1/offers/${offer?.id}/acceptance`, {
      method: "POST",
      headers: { cookie: mia.cookie, "x-tabard": "1", "content-type": "application/json" },
      body: "{}",
    })
    assert.equal(accepted.status, 200, await accepted.text())
    const expiresAt = new Date(Date.now() + 86_400_000 * 30).toISOString()
    const mandate = { purpose: "Sorts mail", tier: "read-only", acceptOwnership: true, expiresAt } as const
    await ann.api.adoptAgent({ id: helped.id, name: "Mail sorter", ...mandate })
    await ann.api.addMaintainer({ id: helped.id, user: mia.user.id })
    await ann.api.allowDelegation({ id: helped.id, to: own.id })
    const fields = { form: "openid", issuer: "https://id.example", subject: "ci/mail" } as const
    await ann.api.makeTrustRule({ agent: helped.id, name: "Pipelines", fields })

    await look(`/agents/${helped.id}?tab=identity`)
    await page.getByText("under a trust rule").waitFor()
    await page.getByRole("list", { name: "May act for" }).waitFor()
    assert.deepEqual(await acts(), [])
    await look(`/agents/${own.id}?tab=identity`)
    await page.getByRole("list", { name: "May act for" }).waitFor()
    assert.deepEqual(await acts(), [
      "Hand over…",
      "Suspend…",
      "Retire for ever…",
      "Make an enrolment code",
      "Add a trust rule",
      "Let another act for it",
      "Withdraw…",
    ])
    assert.deepEqual(refused, [])
  })

  /** What can be done on the tab that is shown, but to copy. */
  async function acts(): Promise<readonly string[]> {
    const buttons = await page.getByRole("tabpanel").getByRole("button").allInnerTexts()
    return buttons.map((words) => words.trim()).filter((words) => words !== "")
  }

  async function look(path: string): Promise<void> {
    await page.goto(tabard.server.publicUrl + path)
    await page.getByRole("heading", { level: 1 }).waitFor()
    await isAnswered()
  }
})
