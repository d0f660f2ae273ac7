import assert from "node:assert/strict"
import { createServer } from "node:http"
import { after, before, describe, it } from "node:test"
import { newId, systemClock } from "@tabard/core"
import type { Browser, Page } from "playwright-core"
import { SMTPServer } from "smtp-server"
import { Webhook } from "standardwebhooks"
import { chromiumMissing, obstacles, openBrowser } from "../world/browser.ts"
import { consoleTab } from "../world/console-tab.ts"
import { makeMachine } from "../world/machine.ts"
import { addPerson, type Person } from "../world/people.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"
import { until } from "../world/until.ts"

/** As hostile as a name can be. */
const HOSTILE = 'Eve <img src=x onerror=alert(1)>\u202E"@channel'

describe("being told, in a real browser", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  const mails: string[] = []
  const posts: { headers: Record<string, string>; body: string }[] = []
  let tabard: RunningTabard
  let browser: Browser
  let ann: Person
  let page: Page
  let hooks: string

  before(async () => {
    const machine = stack.use(await makeMachine())
    const smtp = await startSmtp()
    hooks = await startHooks()
    const env = { TABARD_SMTP_URL: smtp, TABARD_MAIL_FROM: "Tabard <tabard@acme.example>" }
    tabard = stack.use(await runTabard({ scan: [machine.root], env }))
    await tabard.server.scans.settled()
    browser = await openBrowser()
    stack.defer(() => browser.close())
    ann = await addPerson(tabard.server, "administrator")
    page = await consoleTab(browser, tabard.server, ann)
  })
  after(() => stack.disposeAsync())

  it("tells an owner of what another did, behind the bell and by mail, and marks it as read when it is opened", async () => {
    const owner = await addPerson(tabard.server, "member")
    const eve = await addPerson(tabard.server, "security")
    const agent = await ownedAgent(owner)
    await act(eve, agent)
    const theirs = await consoleTab(browser, tabard.server, owner)
    await theirs.getByRole("button", { name: "Notifications, 1 unread" }).waitFor()
    await theirs.getByRole("button", { name: /^Notifications/ }).click()
    assert.deepEqual(await obstacles(theirs), [])
    await theirs
      .getByRole("dialog")
      .getByRole("link", { name: /suspended/ })
      .click()
    await theirs.waitForURL(new RegExp(agent))
    await theirs.getByRole("button", { name: "Notifications", exact: true }).waitFor()
    await until(() => mails.some((mail) => mail.includes(owner.user.email)))
    const mail = mails.find((one) => one.includes(owner.user.email)) ?? ""
    assert.match(mail, /Subject: .*suspended/)
    assert.match(mail, new RegExp(agent))
  })

  it("keeps what a person chose, and tells nothing of what they want to hear nothing of", async () => {
    await page.goto(addressOf("/account?tab=notifications"))
    await page.getByLabel("New agents were found").selectOption("Not at all")
    await page.getByLabel("The day’s mail goes out at").selectOption("17")
    await page.getByRole("button", { name: "Keep these choices" }).click()
    await page.getByText("Kept.").waitFor()
    await page.reload()
    assert.equal(await page.getByLabel("New agents were found").inputValue(), "nothing")
    assert.equal(await page.getByLabel("The day’s mail goes out at").inputValue(), "17")
    await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" })
    assert.deepEqual(await obstacles(page), [])
  })

  it("adds a webhook whose secret is shown once and verifies what comes, and takes it away again", async () => {
    await page.goto(addressOf("/settings?tab=notifications"))
    await page.getByRole("button", { name: "Add a channel" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Name").fill(HOSTILE)
    await dialog.getByLabel("Address").fill(hooks)
    assert.deepEqual(await obstacles(page), [])
    await dialog.getByRole("button", { name: "Add it for 4 kinds" }).click()
    const secret = await dialog.getByText(/^whsec_/).innerText()
    await dialog.getByRole("button", { name: "Done" }).click()
    const row = page.getByRole("listitem").filter({ hasText: "Webhook, signed" })
    await row.getByRole("button", { name: "Send a test" }).click()
    await row.getByText("The test was taken.").waitFor()
    const [post] = posts
    assert.ok(post)
    assert.equal(Object(new Webhook(secret).verify(post.body, post.headers)).type, "test")
    await page.reload()
    await row.getByText("Works").waitFor()
    const content = await page.content()
    assert.ok(!content.includes(secret.slice(6, 30)) && !content.includes("T0SECRET"), "both are sealed")
    await row.getByRole("button", { name: "Deliveries" }).click()
    await dialog.getByText("Nothing went through it yet").waitFor()
    await dialog.getByRole("button", { name: "Close" }).click()
    assert.deepEqual(await obstacles(page), [])
    await row.getByRole("button", { name: "Remove…" }).click()
    await dialog.getByRole("button", { name: "Remove the channel" }).click()
    await row.waitFor({ state: "detached" })
  })

  it("sends an administrator a test of the mail", async () => {
    await page.goto(addressOf("/settings?tab=notifications"))
    await page.getByRole("button", { name: "Send yourself a test" }).click()
    await page.getByText("The test was taken.").waitFor()
    assert.ok(mails.some((mail) => mail.includes("A test from Tabard")))
  })

  it("leads nobody but administrators to channels", async () => {
    const security = await consoleTab(browser, tabard.server, await addPerson(tabard.server, "security"))
    await security.goto(addressOf("/settings?tab=notifications"))
    await security.getByText("Administrators look after channels").waitFor()
  })

  it("left no fault", () => assert.deepEqual(tabard.faults, []))

  async function ownedAgent({ user }: Person): Promise<string> {
    const { shelf } = tabard.server.organisation
    return shelf.transact(async (tx) => {
      const at = systemClock.now()
      const id = newId("agent", systemClock)
      const expiresAt = new Date(at.getTime() + 30 * 24 * 3600_000)
      await tx.agents.insert({
        id,
        state: "active",
        owner: user.id,
        createdAt: at,
        mandate: {
          purpose: "Keeps the notes tidy.",
          tier: "transactional",
          expiresAt,
          proposedBy: user.id,
          acceptedAt: at,
          oversight: "sole-administrator",
          approvedBy: null,
        },
      })
      return id
    })
  }

  async function act({ cookie }: Person, agent: string): Promise<void> {
    const answer = await fetch(addressOf(`/api/v1/agents/${agent}/suspension`), {
      method: "POST",
      headers: { cookie, "x-tabard": "1", "content-type": "application/json" },
      body: JSON.stringify({ reason: "odd" }),
    })
    assert.equal(answer.status, 200, await answer.text())
  }

  function addressOf(path: string): string {
    return `${tabard.server.publicUrl}${path}`
  }

  async function startSmtp(): Promise<string> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["AUTH", "STARTTLS"],
      onData(stream, _session, callback) {
        const pieces: Buffer[] = []
        stream.on("data", (piece: Buffer) => pieces.push(piece))
        stream.on("end", () => {
          mails.push(
            Buffer.concat(pieces)
              .toString("utf8")
              .replaceAll(/=\r?\n/g, ""),
          )
          callback()
        })
      },
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()))
    stack.defer(() => new Promise<void>((resolve) => server.close(() => resolve())))
    return `smtp://127.0.0.1:${portOf(server.server.address())}`
  }

  async function startHooks(): Promise<string> {
    const server = createServer((request, response) => {
      const pieces: Buffer[] = []
      request.on("data", (piece: Buffer) => pieces.push(piece))
      request.on("end", () => {
        const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
        posts.push({ headers: Object.fromEntries(headers), body: Buffer.concat(pieces).toString("utf8") })
        response.writeHead(204).end()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()))
    stack.defer(() => new Promise<void>((resolve) => server.close(() => resolve())))
    return `http://127.0.0.1:${portOf(server.address())}/T0SECRET`
  }
})

function portOf(address: ReturnType<ReturnType<typeof createServer>["address"]>): number {
  return typeof address === "object" && address ? address.port : 0
}
