import assert from "node:assert/strict"
import { createServer, type Server } from "node:http"
import { after, before, describe, it } from "node:test"
import { setTimeout as pause } from "node:timers/promises"
import type { NotificationChoicesView, NotificationPage } from "@tabard/api"
import { openPostgres } from "@tabard/store"
import { postgresMissing, startPostgresCluster } from "@tabard/store/testing"
import { addPerson, type Person } from "../world/people.ts"
import { rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"
import { until } from "../world/until.ts"

const KEK = Buffer.alloc(32, 7).toString("base64")

describe("two replicas that tell people", { skip: postgresMissing() }, () => {
  const stack = new AsyncDisposableStack()
  const posts: string[] = []
  let replicas: readonly RunningTabard[]
  let ann: Person
  let bob: Person
  let member: Person

  before(async () => {
    const cluster = stack.use(await startPostgresCluster())
    const store = stack.use(await openPostgres({ url: await cluster.createDatabase() }))
    const options = { openStore: store, env: { TABARD_KEK: KEK } }
    const first = stack.use(await runTabard(options))
    const second = stack.use(
      await runTabard({ ...options, data: first.data, publicUrl: first.server.publicUrl }),
    )
    replicas = [first, second]
    ;[ann, bob, member] = [
      await addPerson(first.server, "administrator"),
      await addPerson(first.server, "administrator"),
      await addPerson(first.server, "member"),
    ]
    const url = `${await startHooks()}/T0SECRET`
    await ask(ann, "POST", "/notification-channels", {
      kind: "webhook",
      name: "On call",
      url,
      kinds: ["role-changed"],
    })
    // The record was looked at once: from here on all of it is told.
    await until(() =>
      first.server.organisation.shelf.snapshot(async (tx) => (await tx.notifications.place()) !== undefined),
    )
  })
  after(async () => {
    assert.deepEqual(
      replicas.flatMap(({ faults }) => faults),
      [],
    )
    await stack.disposeAsync()
  })

  it("tell each person, and each channel, once of each thing", async () => {
    for (const role of ["auditor", "security", "member"])
      await ask(ann, "PUT", `/people/${member.user.id}/role`, { role })
    await until(async () => (await notifications(member)).items.length >= 3 && posts.length >= 3)
    await pause(2500)
    assert.deepEqual(
      (await notifications(member)).items.map(({ title }) => title),
      [
        `${ann.user.name} changed your role from security to member`,
        `${ann.user.name} changed your role from auditor to security`,
        `${ann.user.name} changed your role from member to auditor`,
      ],
    )
    assert.equal((await notifications(bob)).items.length, 3)
    assert.equal((await notifications(ann)).items.length, 0, "who did it knows")
    assert.equal(posts.length, 3)
    assert.equal(new Set(posts).size, 3)
  })

  it("count what is unread, and mark a person's own as read alone", async () => {
    const { items, unread } = await notifications(bob)
    assert.equal(unread, 3)
    const [first] = items
    await ask(member, "POST", "/notifications/reading", { ids: [first?.id] })
    assert.equal((await notifications(bob)).unread, 3, "another's is not theirs to read")
    await ask(bob, "POST", "/notifications/reading", { ids: [first?.id] })
    assert.equal((await notifications(bob)).unread, 2)
    await ask(bob, "POST", "/notifications/reading", {})
    assert.equal((await notifications(bob)).unread, 0)
  })

  it("keep what a person chose, of the kinds that concern their role alone, and record it", async () => {
    const chosen = { digestHour: 5, kinds: { "role-changed": "nothing" } }
    const kept: NotificationChoicesView = JSON.parse(
      (await ask(member, "PUT", "/notification-choices", chosen)).text,
    )
    assert.equal(kept.digestHour, 5)
    assert.equal(kept.email, null, "there is no mail server")
    assert.equal(kept.kinds.find(({ kind }) => kind === "role-changed")?.how, "nothing")
    assert.ok(!kept.kinds.some(({ kind }) => kind === "agents-found"))
    const foreign = { digestHour: 5, kinds: { "agents-found": "at-once" } }
    assert.equal((await ask(member, "PUT", "/notification-choices", foreign)).status, 422)
    for (const bad of [
      { digestHour: 24, kinds: {} },
      { digestHour: 1, kinds: { x: "digest" } },
      { kinds: {} },
    ])
      assert.equal((await ask(member, "PUT", "/notification-choices", bad)).status, 422)
    const { text } = await ask(ann, "GET", "/events?type=notifications.chosen")
    assert.match(text, /chose what to be told of/)
  })

  it("tell nobody where a channel leads, in lists, in the record, or when it is refused", async () => {
    const { text: listed } = await ask(ann, "GET", "/notification-channels")
    const { text: events } = await ask(ann, "GET", "/events?type=channel.made")
    assert.match(listed, /On call/)
    assert.match(events, /On call/)
    const closed = { kind: "slack", name: "x", url: "https://10.0.0.1/T1SECRET", kinds: ["role-changed"] }
    const refused = await ask(ann, "POST", "/notification-channels", closed)
    assert.equal(refused.status, 422)
    const own = { ...closed, url: "https://hooks.example/T1SECRET", kinds: ["signed-in"] }
    const personal = await ask(ann, "POST", "/notification-channels", own)
    assert.equal(personal.status, 422)
    for (const text of [listed, events, refused.text, personal.text])
      assert.doesNotMatch(text, /SECRET|whsec_/)
  })

  it("let nobody but administrators look after channels", async () => {
    const security = await addPerson(replicas[0]?.server ?? assert.fail(), "security")
    for (const person of [security, member])
      assert.equal((await ask(person, "GET", "/notification-channels")).status, 403)
  })

  async function notifications(person: Person): Promise<NotificationPage> {
    return JSON.parse((await ask(person, "GET", "/notifications")).text)
  }

  function ask({ cookie }: Person, method: string, path: string, body?: object) {
    const headers = { cookie, "x-tabard": "1", "content-type": "application/json" }
    const publicUrl = replicas[0]?.server.publicUrl ?? assert.fail("nothing runs")
    return rawRequest(publicUrl, {
      method,
      path: `/api/v1${path}`,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    })
  }

  async function startHooks(): Promise<string> {
    const server: Server = createServer((request, response) => {
      posts.push(String(request.headers["webhook-id"]))
      request.resume().on("end", () => response.writeHead(204).end())
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()))
    stack.defer(() => new Promise<void>((resolve) => server.close(() => resolve())))
    const address = server.address()
    return `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`
  }
})
