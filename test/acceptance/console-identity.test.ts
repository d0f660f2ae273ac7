import assert from "node:assert/strict"
import { generateKeyPairSync } from "node:crypto"
import { after, before, describe, it } from "node:test"
import { createKey, enrol, TokenSource } from "@tabard/client"
import type { Browser, Page } from "playwright-core"
import { chromiumMissing, obstacles, openBrowser, shoot } from "../world/browser.ts"
import { type ConsoleWorld, openConsoleWorld } from "../world/console-world.ts"
import { until } from "../world/until.ts"

/** The key of a client. */
const { kty, crv, x, y } = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({
  format: "jwk",
})
const CLIENT_KEY = { kty: kty ?? "", crv: crv ?? "", x: x ?? "", y: y ?? "" }

/** A public key as an issuer that nobody can ask would hand it over. */
const PUBLISHED = {
  kty: "RSA",
  kid: "runners",
  alg: "RS256",
  n: generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ format: "jwk" }).n ?? "",
  e: "AQAB",
}

const TENANT = "6c1f2a3b-4d5e-4f60-8a7b-9c0d1e2f3a4b"

const SHIFT = { days: ["mon", "tue", "wed", "thu"], from: "08:00", to: "20:00", zone: "Europe/Berlin" }
const HOURS = "its workloads may act only Monday to Thursday, 08:00 to 20:00 (Europe/Berlin)"
const NETWORK = "its workloads may act only from 10.20.0.0/16"

const WIDTHS = [375, 1024, 1600] as const

describe("the identity of an agent, in the console", { skip: chromiumMissing() }, () => {
  let world: ConsoleWorld
  let browser: Browser
  let page: Page
  let id: string

  before(async () => {
    world = await openConsoleWorld()
    browser = await openBrowser()
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    await context.addCookies([world.cookie()])
    page = await context.newPage()
    const { items } = await world.ann.api.listAgents({ limit: 1000 })
    id = items.find((agent) => agent.name === "Invoice bot")?.id ?? assert.fail("no such agent")
    await page.goto(world.addressOf(`/agents/${id}?tab=identity`))
  })
  after(async () => {
    await browser.close()
    await world[Symbol.asyncDispose]()
    assert.deepEqual(world.tabard.faults, [])
  })

  it("says by what each install proves itself, and for whom its live tokens act", async () => {
    const install = page.getByRole("list", { name: "Installs" }).getByRole("listitem")
    await install
      .filter({ hasText: "Ann's laptop" })
      .getByText(/^by a key that it /)
      .waitFor()
    await page.getByRole("heading", { name: /^Task: write the summary/ }).waitFor()
    const chain = page.getByRole("list", { name: "Acts for" }).first()
    assert.match((await chain.innerText()).replaceAll(/\s+/g, " "), /^Ann.* Invoice bot/)
    await look(page, "identity")
  })

  it("says which client a person signed in, and who", async () => {
    const { items } = await world.ann.api.listClientGrants({})
    const other = await page.context().newPage()
    await other.goto(world.addressOf(`/agents/${items[0]?.agent.id}?tab=identity`))
    await other.getByText(/^as the MCP client Desk assistant, which Ann signed in$/).waitFor()
    await other.close()
  })

  it("tells on which machine a key is rotated", async () => {
    await page.getByRole("button", { name: "Rotate a key…" }).click()
    await page.getByRole("dialog").getByText("tabard agents rotate", { exact: false }).first().waitFor()
    await look(page, "identity-rotate")
    await page.getByRole("button", { name: "Done" }).click()
  })

  it("shows which tokens a trust rule would accept, before it is kept", async () => {
    await page.getByRole("button", { name: "Add a trust rule" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Name", { exact: true }).fill("Deployments")
    await dialog.getByLabel("Platform").selectOption("entra")
    await dialog.getByLabel("Tenant id").fill(TENANT)
    await dialog.getByLabel("Object id").fill(TENANT)
    await dialog.getByLabel("Its tokens name").selectOption({ label: "The older issuer, sts.windows.net" })
    // With keys in hand the issuer is not asked.
    await dialog.getByLabel("Its keys come").selectOption("inline")
    await dialog.getByLabel("Its public keys").fill(JSON.stringify(PUBLISHED))
    await dialog.getByRole("button", { name: "Show what it would accept" }).click()
    await dialog.getByText(`https://sts.windows.net/${TENANT}/`).first().waitFor()
    await look(page, "trust-rule-entra")
    await dialog.getByLabel("Platform").selectOption("github-actions")
    await dialog.getByLabel("Repository", { exact: true }).fill("acme/payments")
    await dialog.getByLabel("Repository id").fill("4711")
    await dialog.getByLabel("Owner id").fill("42")
    await dialog.getByLabel("Branch or tag").fill("refs/heads/main")
    await dialog.getByLabel("Its public keys").fill("no keys")
    await dialog.getByText(/^Further conditions, one-time use/).click()
    await dialog.getByRole("button", { name: "Add a condition" }).click()
    await dialog.getByText(/^Further conditions, one-time use/).click()
    await dialog.getByRole("button", { name: "Show what it would accept" }).click()
    // What is missing unfolds itself.
    const condition = dialog.getByRole("group", { name: "Condition 1" })
    await condition.getByLabel("Claim").fill("runner_environment")
    await condition.getByLabel("One of").fill("self-hosted")
    await dialog.getByLabel("A token counts").selectOption("often")
    await dialog.getByLabel("Longest life of a token").fill("10")
    await dialog.getByLabel("Networks").fill("10.20.0.0/16")
    await dialog.getByRole("button", { name: "Add hours: Hours" }).click()
    const hours = dialog.getByRole("group", { name: "Hours, window 1" })
    await hours.getByLabel("Friday").uncheck()
    await hours.getByLabel("To", { exact: true }).fill("26:00")
    assert.equal(await hours.locator("input:invalid").count(), 1)
    await hours.getByLabel("To", { exact: true }).fill("20:00")
    await hours.getByLabel("Time zone").fill("Europe/Berlin")
    await look(page, "trust-rule-more")
    await dialog.getByRole("button", { name: "Show what it would accept" }).click()
    await dialog.getByRole("alert").getByText("These are no public keys").waitFor()
    await dialog.getByLabel("Its public keys").fill(JSON.stringify({ keys: [PUBLISHED] }))
    await dialog.getByRole("button", { name: "Show what it would accept" }).click()
    const accepted = dialog.getByRole("list", { name: "Would accept", exact: true })
    await accepted.getByText("The workload itself").waitFor()
    await dialog.getByText("runner_environment has to be self-hosted", { exact: true }).waitFor()
    await dialog
      .getByText("a token counts as often as it lives, and lives at most 10 minutes")
      .first()
      .waitFor()
    await dialog.getByText(NETWORK).waitFor()
    await dialog.getByText(HOURS).waitFor()
    await dialog
      .getByRole("list", { name: "Would not accept" })
      .getByText(/somebody else/)
      .waitFor()
    await look(page, "trust-rule-preview")
    const rules = await world.ann.api.listTrustRules({ agent: id })
    assert.equal(rules.items.length, 0)
    await dialog.getByRole("button", { name: "Let these workloads be the agent" }).click()
    await page.getByRole("list", { name: "Trust rules" }).getByText("Deployments").waitFor()
    const [rule] = (await world.ann.api.listTrustRules({ agent: id })).items
    assert.deepEqual(
      [rule?.keys, rule?.oneTime, rule?.maxLifeSeconds],
      [{ kind: "inline", keys: [PUBLISHED] }, false, 600],
    )
    assert.deepEqual([rule?.networks, rule?.hours], [["10.20.0.0/16"], [SHIFT]])
    await page.getByRole("list", { name: "Trust rules" }).getByText(HOURS).waitFor()
    const install = page.getByRole("list", { name: "Installs" }).getByRole("listitem")
    await install
      .filter({ hasText: "Deployments" })
      .getByText(/^by what GitHub Actions \(https:.* says of it, under a trust rule$/)
      .waitFor()
    await look(page, "identity-trust-rule")
  })

  it("shows the trust rules of every agent in the settings", async () => {
    const settings = await page.context().newPage()
    await settings.goto(world.addressOf("/settings?tab=trust"))
    const rule = settings.getByRole("list", { name: "Trust rules" }).getByRole("listitem")
    await rule.getByRole("link", { name: "Invoice bot" }).waitFor()
    await look(settings, "settings-trust")
    await settings.close()
  })

  it("settles how tokens are, and has another key sign them", async () => {
    const settings = await page.context().newPage()
    await settings.goto(world.addressOf("/settings?tab=issuer"))
    const form = settings.getByRole("form", { name: "Agents’ tokens" })
    await form.getByLabel("operator", { exact: true }).first().fill("2")
    await form.getByLabel("Algorithm").selectOption("EdDSA")
    await form.getByRole("button", { name: "Add hours: read-only" }).click()
    await form.getByRole("group", { name: "read-only, window 1" }).getByLabel("Time zone").fill("UTC")
    await form.getByRole("button", { name: "Settle it for tokens from now on" }).click()
    await form.getByText("Settled.").waitFor()
    const settled = await world.ann.api.getTokenSettings({})
    assert.deepEqual([settled.lifetimeMinutes.operator, settled.signingAlgorithm], [2, "EdDSA"])
    assert.deepEqual(settled.hours["read-only"], [
      { days: ["mon", "tue", "wed", "thu", "fri"], from: "08:00", to: "18:00", zone: "UTC" },
    ])
    await settings.getByText("made with the first signal").waitFor()
    const keys = settings.getByRole("list", { name: "Keys that sign tokens" })
    // There may be one of each algorithm by now.
    await keys.getByText("Signs", { exact: true }).first().waitFor()
    await settings.setViewportSize({ width: 375, height: 900 })
    await until(() =>
      settings.evaluate<boolean>(
        "document.querySelector('[role=tab][aria-selected=true]').getBoundingClientRect().right <= innerWidth",
      ),
    )
    await look(settings, "settings-issuer")
    await settings.getByRole("button", { name: "Have other keys sign…" }).click()
    await settings.getByLabel("Reason").fill("a drill")
    await settings.getByRole("button", { name: "Have other keys sign", exact: true }).click()
    await keys.getByText("Signs next").first().waitFor()
    await settings.close()
  })

  it("lets clients register themselves by a one-time token, and lets none again", async () => {
    const settings = await page.context().newPage()
    await settings.goto(world.addressOf("/settings?tab=clients"))
    await settings.getByText("No client registers itself", { exact: true }).waitFor()
    await settings.getByRole("button", { name: "Let clients register themselves by token" }).click()
    const address = world.addressOf("/oauth/register")
    await settings.getByText(address, { exact: true }).waitFor()
    await settings.getByRole("button", { name: "Make a one-time token" }).click()
    const dialog = settings.getByRole("dialog")
    await dialog.getByLabel("Which client").fill("The desk of Ann")
    await dialog.getByRole("button", { name: "Make the token" }).click()
    const token = await dialog.locator("code", { hasText: /^tbd_/ }).textContent()
    await dialog.getByRole("button", { name: "Done" }).click()
    await settings.getByText("The desk of Ann", { exact: true }).waitFor()
    await look(settings, "settings-registration-on")
    // What is settled is known for a second.
    await until(async () => (await registers(address, token ?? "")) === 201)
    const client = settings.getByRole("list", { name: "Clients" }).getByRole("listitem")
    await settings.reload()
    await client
      .filter({ hasText: "Desk of its own" })
      .getByText(/by itself/)
      .waitFor()
    await settings.getByText("None works: no client can register itself now.").waitFor()
    await settings.getByRole("button", { name: "Let no client register itself" }).click()
    await settings.getByText("No client registers itself", { exact: true }).waitFor()
    await settings.close()
  })

  it("lets a client take its people to a server elsewhere, and no more", async () => {
    const redirectUris = ["https://desk.example/callback"]
    const { id: client } = await world.ann.api.registerClient({
      name: "Desk",
      redirectUris,
      keys: [CLIENT_KEY],
    })
    const settings = await page.context().newPage()
    await settings.goto(world.addressOf("/settings?tab=clients"))
    await settings.getByText("No client takes its person elsewhere").waitFor()
    await settings.getByRole("button", { name: "List a server" }).click()
    const dialog = settings.getByRole("dialog")
    // Those without a key are not offered.
    assert.equal(await dialog.getByRole("option", { name: "Desk assistant" }).count(), 0)
    await dialog.getByLabel("Client", { exact: true }).selectOption({ label: "Desk" })
    await dialog.getByLabel("Issuer").fill("http://auth.example")
    await dialog.getByLabel("Client id there").fill("desk-of-acme")
    await dialog.getByLabel("Scope").fill("notes:read notes:write")
    await dialog.getByLabel("Resources").fill("https://notes.example/mcp")
    await dialog.getByRole("button", { name: "Let this client take its people there" }).click()
    await dialog.getByText("http://auth.example is no https address").waitFor()
    await look(settings, "settings-list-server")
    await dialog.getByLabel("Issuer").fill("https://auth.example")
    await dialog.getByRole("button", { name: "Let this client take its people there" }).click()
    const listed = settings.getByRole("list", { name: "Servers elsewhere" })
    await listed.getByText("at most for notes:read notes:write").waitFor()
    assert.deepEqual((await world.ann.api.getTokenSettings({})).otherServers, [
      {
        issuer: "https://auth.example",
        client,
        clientId: "desk-of-acme",
        scope: ["notes:read", "notes:write"],
        resources: ["https://notes.example/mcp"],
      },
    ])
    await look(settings, "settings-other-servers")
    await settings.getByRole("button", { name: "More for Desk at https://auth.example" }).click()
    await settings.getByRole("menuitem", { name: "Remove…" }).click()
    await look(settings, "settings-remove-server")
    await dialog.getByRole("button", { name: "Give no more assertions" }).click()
    await settings.getByText("No client takes its person elsewhere").waitFor()
    assert.deepEqual((await world.ann.api.getTokenSettings({})).otherServers, [])
    await settings.close()
  })

  it("removes a trust rule with its install, and says so before", async () => {
    await page.getByRole("button", { name: "More for Deployments" }).click()
    await page.getByRole("menuitem", { name: "Remove…" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Reason").fill("the repository moved")
    await dialog.getByRole("button", { name: "Remove the rule and end its tokens" }).click()
    await page.getByText("No platform speaks for it").waitFor()
    const { instances } = await world.ann.api.getAgent({ id })
    assert.ok(instances.some(({ label, revokedAt }) => label === "Deployments" && revokedAt !== null))
  })

  it("lets another agent act for it, draws who acts for whom, and takes that back", async () => {
    await page.getByRole("button", { name: "Let another act for it" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Agent", { exact: true }).selectOption({ label: "Data checker" })
    await dialog.getByLabel(/^read/).check()
    await dialog.getByLabel("Until").fill("2099-12-31")
    await look(page, "identity-delegate")
    await dialog.getByRole("button", { name: "Let it act for this agent" }).click()
    const chain = page.getByRole("list", { name: "May act for" })
    await chain.getByRole("link", { name: "Data checker" }).waitFor()
    assert.match((await chain.innerText()).replaceAll(/\s+/g, " "), /^Invoice bot.* Data checker$/)
    await page.getByText(/, ends /).waitFor()
    const [allowed] = (await world.ann.api.listAgentDelegations({ id })).items
    assert.equal(allowed?.expiresAt, "2099-12-31T23:59:59.000Z")
    await look(page, "identity-delegated")
    await page.getByRole("button", { name: /^Withdraw that Data checker/ }).click()
    await dialog.getByRole("button", { name: "Withdraw it and end its tokens" }).click()
    await page.getByText("No other agent acts for it").waitFor()
  })

  it("revokes one token, and it disappears", async () => {
    const tokens = page.getByRole("list", { name: "Live tokens" }).getByRole("listitem")
    const before = (await world.ann.api.getAgent({ id })).tokens.length
    await tokens.getByRole("button", { name: "Revoke…" }).first().click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Reason").fill("it was seen elsewhere")
    await dialog.getByRole("button", { name: "End this token" }).click()
    await dialog.waitFor({ state: "detached" })
    assert.equal((await world.ann.api.getAgent({ id })).tokens.length, before - 1)
  })

  it("shows the token of a new install as it comes, and revokes the install with it", async () => {
    const { code } = await world.ann.api.offerEnrolment({ id })
    const { publicUrl: server } = world.tabard.server
    const credentials = await enrol({ server, code, label: "Build machine", key: await createKey() })
    const [task] = (await world.ann.api.getAgent({ id })).tasks.filter(({ open }) => open)
    await new TokenSource(credentials, { task: task?.id ?? assert.fail("no task is open") }).token()
    const held = page.getByText("bound to the key of Build machine")
    await held.waitFor()
    await page.getByRole("button", { name: "Revoke Build machine…" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Reason").fill("the machine was lost")
    await look(page, "identity-revoke")
    await dialog.getByRole("button", { name: "Revoke Build machine and end 1 token" }).click()
    await held.waitFor({ state: "detached" })
    const { tokens, instances } = await world.ann.api.getAgent({ id })
    const revoked = instances.find(({ label }) => label === "Build machine")
    assert.ok(revoked?.revokedAt)
    assert.deepEqual(
      tokens.filter(({ instance }) => instance === revoked.id),
      [],
    )
    await look(page, "identity-revoked")
  })
})

async function registers(address: string, token: string): Promise<number> {
  const metadata = { client_name: "Desk of its own", redirect_uris: ["http://127.0.0.1:4711/callback"] }
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
  return (await fetch(address, { method: "POST", headers, body: JSON.stringify(metadata) })).status
}

/** Nothing stands in the way of anybody, on a light phone or a dark wide screen; and pictures, where they are asked for. */
async function look(page: Page, name: string): Promise<void> {
  const size = page.viewportSize() ?? { width: 1280, height: 900 }
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      await shoot(page, `${name}-${colorScheme}-${width}`)
      const isJudged = (colorScheme === "light") === (width === 375) && width !== 1024
      if (isJudged) assert.deepEqual(await obstacles(page), [], `${name}, ${colorScheme}, ${width}`)
    }
  }
  await page.emulateMedia({ colorScheme: "light" })
  await page.setViewportSize(size)
}
