import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { addPerson, type Person } from "../world/people.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"
import { until } from "../world/until.ts"

let tabard: RunningTabard
let ann: Person

before(async () => {
  tabard = await runTabard()
  ann = await addPerson(tabard.server, "administrator")
})
after(async () => {
  await tabard[Symbol.asyncDispose]()
  assert.deepEqual(tabard.faults, [])
})

describe("who listens for changes", () => {
  it("hears what to look at again, and nothing of what it is", async () => {
    await using heard = await listen(ann)
    const agent = await enter()
    const text = await heard.until(agent)
    const change = eventsIn(text).find(({ data }) => data.includes(agent)) ?? assert.fail(text)
    assert.equal(change.event, "change")
    assert.match(change.id ?? "", /^evt_/)
    assert.deepEqual(JSON.parse(change.data), { type: "agent.entered", agent })
    assert.ok(!text.includes("Invoices"))
  })

  it("goes on behind what was heard last, and is told to look at everything where nobody knows what that was", async () => {
    await using heard = await listen(ann)
    const first = await enter()
    const { id = "" } = eventsIn(await heard.until(first)).find(({ data }) => data.includes(first)) ?? {}
    const second = await enter()
    await using again = await listen(ann, { "last-event-id": id })
    const text = await again.until(second)
    assert.ok(id !== "" && !text.includes(id), "what was heard is not told again")
    await using lost = await listen(ann, { "last-event-id": "evt_none" })
    await lost.until("event: reset")
  })

  it("hears, as a member, of no agent that is another's", async () => {
    const member = await addPerson(tabard.server, "member")
    await using heard = await listen(member)
    await using all = await listen(ann)
    const agent = await enter()
    await all.until(agent)
    // Whoever hears of a second one does so after everybody was told of the first.
    await all.until(await enter())
    assert.ok(!heard.text().includes(agent))
    assert.deepEqual(eventsIn(heard.text()), [])
  })

  it("hears nothing more once the session has ended", async () => {
    const eve = await addPerson(tabard.server, "security")
    await using heard = await listen(eve)
    await tabard.server.organisation.shelf.transact(({ sessions }) => sessions.endAllOf(eve.user.id, 0))
    await heard.ended
    const agent = await enter()
    assert.ok(!heard.text().includes(agent))
  })

  it("has a bounded number of connections, and gets one back that was closed", async () => {
    const eve = await addPerson(tabard.server, "auditor")
    const held = await Promise.all(Array.from({ length: 12 }, () => listen(eve)))
    assert.equal((await ask({ cookie: eve.cookie })).status, 429)
    for (const one of held) await one[Symbol.asyncDispose]()
    await using again = await until(async () => (await mayListen(eve)) && listen(eve))
    assert.equal(again.text().includes("error"), false)
  })

  it("counts the connections of a person's tokens as theirs", async () => {
    const held = await Promise.all(Array.from({ length: 12 }, () => listen(ann)))
    const bearer = `Bearer ${await token("record:read")}`
    assert.equal((await ask({ authorization: bearer })).status, 429)
    for (const one of held) await one[Symbol.asyncDispose]()
    await until(() => mayListen(ann))
  })

  it("takes no connection by asking what the answer would be like", async () => {
    const { cookie } = await addPerson(tabard.server, "security")
    for (let time = 0; time < 13; time++) {
      const { status, headers } = await askHead({ cookie })
      assert.deepEqual([status, headers.get("content-type")], [200, "text/event-stream"])
    }
    assert.equal((await askHead({})).status, 401)
    await using heard = await listen({ cookie })
    await heard.until(await enter())
  })

  it("is signed in, or has a token that was made for the record", async () => {
    assert.equal((await ask({})).status, 401)
    assert.equal((await ask({ authorization: `Bearer ${await token("agents:read")}` })).status, 403)
    await using heard = await listen({ authorization: `Bearer ${await token("record:read")}` })
    await heard.until(await enter())
  })
})

interface Heard extends AsyncDisposable {
  text(): string
  until(part: string): Promise<string>
  readonly ended: Promise<void>
}

async function listen(
  who: Person | Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Heard> {
  const proof: Record<string, string> = "user" in who ? { cookie: who.cookie } : who
  const stop = new AbortController()
  const answer = await ask({ ...proof, ...headers }, stop.signal)
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get("content-type") ?? "", /^text\/event-stream/)
  let text = ""
  const ended = (async () => {
    for await (const piece of answer.body ?? []) text += new TextDecoder().decode(piece)
  })().catch(() => undefined)
  await until(() => text.includes("retry:"))
  return {
    text: () => text,
    ended,
    async until(part) {
      await until(() => text.includes(part))
      return text
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await ended
    },
  }
}

/** Whether there is room for one more of a person's connections. */
async function mayListen({ cookie }: Person): Promise<boolean> {
  const stop = new AbortController()
  const { status } = await ask({ cookie }, stop.signal)
  stop.abort()
  return status === 200
}

function ask(headers: Record<string, string>, signal?: AbortSignal): Promise<Response> {
  return fetch(`${tabard.server.publicUrl}/api/v1/changes`, { headers, ...(signal && { signal }) })
}

function askHead(headers: Record<string, string>): Promise<Response> {
  return fetch(`${tabard.server.publicUrl}/api/v1/changes`, { method: "HEAD", headers })
}

async function enter(): Promise<string> {
  const { id } = await post("/agents", { name: "Invoices", category: "production", purpose: "Pays invoices" })
  return id ?? assert.fail()
}

async function token(scope: string): Promise<string> {
  return (await post("/api-tokens", { purpose: "A test", scopes: [scope] })).token ?? assert.fail()
}

async function post(path: string, body: object): Promise<{ id?: string; token?: string }> {
  const headers = { cookie: ann.cookie, "content-type": "application/json", "x-tabard": "1" }
  const url = `${tabard.server.publicUrl}/api/v1${path}`
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })
  assert.equal(answer.status, 200)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the operation answers
  return (await answer.json()) as { id?: string; token?: string }
}

function eventsIn(text: string): readonly { id: string | undefined; event: string; data: string }[] {
  return text.split("\n\n").flatMap((block) => {
    const member = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1]
    const [event, data] = [member("event"), member("data")]
    return event !== undefined && data !== undefined ? [{ id: member("id"), event, data }] : []
  })
}
