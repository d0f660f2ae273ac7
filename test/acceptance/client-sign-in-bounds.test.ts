import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { ManualClock, newId } from "@tabard/core"
import { decodeJwt } from "jose"
import {
  adoptedClient,
  askAs,
  type CodeClient,
  codeClient,
  signedIn,
  tokensIn,
} from "../world/code-client.ts"
import { addPerson, type Person } from "../world/people.ts"
import { personBrowser } from "../world/person-browser.ts"
import { type RunningTabard, runTabard, signInFirst } from "../world/running-tabard.ts"
import { makeShiftingServer } from "../world/shifting-server.ts"

const MANIFEST = `
purpose: Reads the notes
tier: read-only
tools:
  - { server: notes, tool: read_note }
`
const SECOND = 1000

const stack = new AsyncDisposableStack()
const clock = new ManualClock(new Date().toISOString())
let tabard: RunningTabard
let bob: Person
let clientId: Awaited<ReturnType<typeof adoptedClient>>
let server: string

before(async () => {
  tabard = stack.use(await runTabard({ clock }))
  const first = await signInFirst(tabard.server, "Ada")
  const upstream = stack.use(await makeShiftingServer())
  server = (await first.api.registerServer({ name: "notes", launch: upstream.launch })).id
  const ann = await addPerson(tabard.server, "administrator")
  bob = await addPerson(tabard.server, "member")
  clientId = await adoptedClient(tabard.server, ann)
})
after(async () => {
  await stack.disposeAsync()
  assert.deepEqual(tabard.faults, [])
})

describe("RFC 9126: a pushed request", () => {
  it("§2.2, §4: leads a browser on for as long as it was told, and not a moment longer", async () => {
    const client = await codeClient(tabard.server, { clientId })
    const [inTime, late] = [await client.push(), await client.push()]
    const { expires_in: seconds } = inTime
    assert.ok(seconds > 5 && seconds <= 600, String(seconds))
    const browser = personBrowser(tabard.server, bob)
    clock.advance((seconds - 5) * SECOND)
    await browser.begin(client.pushedUrl(inTime.request_uri))
    clock.advance(6 * SECOND)
    const { next } = await browser.visit(client.pushedUrl(late.request_uri))
    assert.equal(next?.searchParams.get("error"), "invalid_request_uri", next?.href)
    assert.equal(next?.searchParams.get("code"), null)
  })
})

describe("RFC 9396: what a person agreed to under a task", () => {
  let task: string
  let other: string

  before(async () => {
    const { client, response } = await signedIn(tabard.server, bob, { clientId })
    const agent = String(decodeJwt((await tokensIn(client, response)).access_token)["agent"])
    await allowNotes(agent)
    task = await openTask(agent)
    other = await openTask(agent)
  })

  for (const way of ["sent with the browser", "pushed"] as const) {
    it(`§6, §7: gives tokens for that task, also where it is refreshed (${way})`, async () => {
      const { client, answer } = await agreedUnder(detailsOf(task), way)
      const tokens = await tokensIn(client, await client.redeem(answer))
      assert.equal(decodeJwt(tokens.access_token)["task"], task)
      assert.deepEqual(tokens.authorization_details, [{ type: "tabard_task", task }])
      const refreshed = await client.refresh(tokens.refresh_token ?? assert.fail())
      assert.equal(decodeJwt((await tokensIn(client, refreshed)).access_token)["task"], task)
    })
  }

  it("§6: is worth nothing under another task, whatever the request for the token names", async () => {
    const { client, answer } = await agreedUnder(detailsOf(task))
    const response = await client.redeem(answer, { details: detailsOf(other) })
    assert.equal(response.status, 400)
    assert.equal(Object(await response.json()).error, "invalid_authorization_details")
  })

  it("§6: may be narrowed to a task later where there was none", async () => {
    const client = await codeClient(tabard.server, { clientId })
    const answer = await personBrowser(tabard.server, bob).agree(await client.url())
    const tokens = await tokensIn(client, await client.redeem(answer, { details: detailsOf(other) }))
    assert.equal(decodeJwt(tokens.access_token)["task"], other)
  })

  it("§5: leads to no code where the details are of another kind, or malformed", async () => {
    const client = await codeClient(tabard.server, { clientId })
    const browser = personBrowser(tabard.server, bob)
    for (const details of [
      "[]x",
      '[{"type":"payment"}]',
      '[{"type":"tabard_task"}]',
      '[{"type":"tabard_bounds","calls":3}]',
      JSON.stringify([...JSON.parse(detailsOf(task)), ...JSON.parse(detailsOf(other))]),
    ]) {
      const { next } = await browser.visit(await client.url({ authorization_details: details }))
      assert.equal(next?.searchParams.get("error"), "invalid_authorization_details", details)
      assert.equal(next?.searchParams.get("code"), null)
    }
  })

  it("§6: gives no token for a task that its agent does not have", async () => {
    const { client, answer } = await agreedUnder(detailsOf(newId("task", clock)))
    const response = await client.redeem(answer)
    assert.equal(response.status, 400, await response.text())
  })
})

function detailsOf(task: string): string {
  return JSON.stringify([{ type: "tabard_task", task }])
}

async function agreedUnder(
  details: string,
  way: "sent with the browser" | "pushed" = "sent with the browser",
): Promise<{ readonly client: CodeClient; readonly answer: URL }> {
  const client = await codeClient(tabard.server, { clientId })
  const changes = { authorization_details: details }
  const url =
    way === "pushed" ? client.pushedUrl((await client.push(changes)).request_uri) : await client.url(changes)
  return { client, answer: await personBrowser(tabard.server, bob).agree(url) }
}

async function openTask(agent: string): Promise<string> {
  const body = { text: "read the notes", server, tools: ["read_note"], folder: null, minutes: 30 }
  const { id } = await askAs<{ id: string }>(tabard.server, bob, { path: `/agents/${agent}/tasks`, body })
  return id
}

async function allowNotes(agent: string): Promise<void> {
  const response = await fetch(`${tabard.server.publicUrl}/api/v1/agents/${agent}/manifest`, {
    method: "PUT",
    headers: { cookie: bob.cookie, "x-tabard": "1", "content-type": "application/json" },
    body: JSON.stringify({ manifest: MANIFEST }),
  })
  assert.ok(response.ok, await response.text())
}
