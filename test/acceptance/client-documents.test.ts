import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { decodeJwt } from "jose"
import { type ClientSite, openClientSite } from "../world/client-site.ts"
import { askAs, codeClient, signedIn, tokensIn } from "../world/code-client.ts"
import { addPerson, type Person } from "../world/people.ts"
import { personBrowser } from "../world/person-browser.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

const stack = new AsyncDisposableStack()
let tabard: RunningTabard
let site: ClientSite
let bob: Person

before(async () => {
  site = stack.use(await openClientSite())
  tabard = stack.use(await runTabard())
  const ann = await addPerson(tabard.server, "administrator")
  bob = await addPerson(tabard.server, "member")
  const match = new URL(site.origin).host
  const body = { match, purpose: "Helps at the desk.", tier: "read-only", days: 30 }
  await askAs(tabard.server, ann, { path: "/client-rules", body })
})
after(async () => {
  await stack.disposeAsync()
  assert.deepEqual(tabard.faults, [])
})

describe("a client that names itself by the address of its description (draft 02)", () => {
  it("§3, §4: is who its address says, without having been registered", async () => {
    const clientId = site.describe("/client.json")
    const { client, response } = await signedIn(tabard.server, bob, { clientId })
    const { client_id, sub } = decodeJwt((await tokensIn(client, response)).access_token)
    assert.deepEqual([client_id, sub], [clientId, bob.user.id])
    assert.equal(client.as["client_id_metadata_document_supported"], true)
  })

  it("is shown by the host that its address proves, whatever it calls itself", async () => {
    const clientId = site.describe("/bank.json", { client_name: "Your\u202e bank\nof trust" })
    const browser = personBrowser(tabard.server, bob)
    const id = await browser.begin(await (await codeClient(tabard.server, { clientId })).url())
    const response = await fetch(`${tabard.server.publicUrl}/api/v1/client-requests/${id}`, {
      headers: { cookie: bob.cookie },
    })
    const { client } = Object(JSON.parse(await response.text()))
    assert.deepEqual(client, { id: clientId, name: "Your  bank of trust", host: new URL(site.origin).host })
  })

  it("§5.2: is read once in a while, and not at each request", async () => {
    const clientId = site.describe("/often.json")
    const browser = personBrowser(tabard.server, bob)
    for (let turn = 0; turn < 5; turn++)
      await browser.begin(await (await codeClient(tabard.server, { clientId })).url())
    assert.equal(site.asked.filter((path) => path === "/often.json").length, 1)
  })

  for (const [what, put] of [
    [
      "§4: describes somebody else",
      () => site.describe("/other.json", { client_id: "https://good.example/c" }),
    ],
    [
      "§4: describes itself by another spelling",
      () => site.describe("/case.json", { client_id: "/case.json" }),
    ],
    ["§4.1: holds a secret", () => site.describe("/secret.json", { client_secret: "s3cret" })],
    [
      "§4.1: authenticates by a secret",
      () => site.describe("/basic.json", { token_endpoint_auth_method: "client_secret_basic" }),
    ],
    [
      "§6.4: leads into the clear",
      () => site.describe("/clear.json", { redirect_uris: ["http://desk.example/"] }),
    ],
    [
      "leads into a script",
      () =>
        site.describe("/script.json", {
          redirect_uris: ["javascript:alert(1)", "http://127.0.0.1:4711/callback"],
        }),
    ],
    ["leads nowhere", () => site.describe("/nowhere.json", { redirect_uris: [] })],
    ["§6.5: is larger than 5 KB", () => site.describe("/large.json", { client_name: "x".repeat(6000) })],
    ["is none", () => site.put("/none.json", { body: "<html>" })],
    ["says who it is twice", () => site.put("/twice.json", { body: `{"client_id":"a","client_id":"b"}` })],
    ["is not there", () => `${site.origin}/missing.json`],
    [
      "§5: is elsewhere, by a redirect",
      () =>
        site.put("/moved.json", { status: 302, headers: { location: site.describe("/to.json") }, body: "" }),
    ],
    ["does not come", () => site.put("/slow.json", { body: "{}", afterMs: 600_000 })],
  ] as const) {
    it(`is refused where its description ${what}`, { timeout: 120_000 }, async () => {
      await refused(put())
    })
  }

  for (const [what, address] of [
    ["http", () => site.origin.replace("https:", "http:")],
    ["a user", () => site.origin.replace("https://", "https://user@")],
    ["dots", () => `${site.origin}/a/../client.json`],
    ["encoded dots", () => `${site.origin}/%2e%2e/client.json`],
    ["a private network", () => "https://10.0.0.1/client.json"],
    ["the metadata service of a cloud", () => "https://169.254.169.254/latest/meta-data"],
    ["a private network in other clothes", () => "https://[::ffff:10.0.0.1]/client.json"],
    ["a unique local address", () => "https://[fd00::1]/client.json"],
  ] as const) {
    it(`is not asked at an address with ${what}`, async () => {
      const before = site.asked.length
      await refused(address())
      assert.equal(site.asked.length, before)
    })
  }

  it("gets no grant but the two that people take part in, whatever it asks for", async () => {
    const grant_types = [
      "authorization_code",
      "client_credentials",
      "urn:ietf:params:oauth:grant-type:token-exchange",
    ]
    const clientId = site.describe("/greedy.json", { grant_types })
    await signedIn(tabard.server, bob, { clientId })
    for (const grant_type of grant_types.slice(1)) {
      const body = new URLSearchParams({ grant_type, client_id: clientId })
      const response = await fetch(`${tabard.server.publicUrl}/oauth/token`, { method: "POST", body })
      assert.ok(response.status >= 400 && response.status < 500, await response.text())
    }
  })
})

describe("a client that names itself by its address", () => {
  for (const [what, changes] of [
    ["a scope that is none", { scope: "bogus" }],
    ["no challenge", { code_challenge: null }],
    ["an answer without a question", { prompt: "none" }],
    ["an answer as a form that sends itself", { scope: "bogus", response_mode: "form_post" }],
    ["an answer in a fragment", { scope: "bogus", response_mode: "fragment" }],
  ] as const) {
    it(`RFC9700 §4.11.2: leads nobody away by asking for ${what}: anybody could have written that link`, async () => {
      const clientId = site.describe("/away.json")
      const client = await codeClient(tabard.server, { clientId })
      const url = await client.url(changes)
      const { status, next } = await personBrowser(tabard.server).visit(url)
      const stays = `${tabard.server.publicUrl}/consent/refused?error=not_led_away`
      assert.deepEqual([status, next?.href], [303, stays])
    })
  }
})

async function refused(clientId: string): Promise<void> {
  const client = await codeClient(tabard.server, { clientId })
  const { next } = await personBrowser(tabard.server, bob).visit(await client.url())
  assert.equal(next?.pathname, "/consent/refused", next?.href)
  assert.equal(next?.origin, tabard.server.publicUrl)
}
