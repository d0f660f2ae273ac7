import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { OPERATIONS, type Operation, type Page } from "@tabard/api"
import { type Id, isId, newId, riskBand, systemClock } from "@tabard/core"
import { makeLargeOrganisation } from "../../bench/world/large-organisation.ts"
import { newSession } from "../world/people.ts"
import { type RawAnswer, rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"
import { keptTrustRule } from "../world/sample-trust-rule.ts"

type Named = readonly [name: string, operation: Operation<unknown, unknown>]
type AnyOperation = Pick<Operation<never, unknown>, "path">
type Item = Readonly<Record<string, unknown>>

/** Whatever answers a page is a list. */
const LISTS: readonly Named[] = Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS }).filter(
  ([, { answer }]) => Object.hasOwn(Object(answer.safeParse({ items: [], next: null }).data), "next"),
)

/** How many items are walked two at a time; the rest follows in longer strides. */
const WALKED = 40

let tabard: RunningTabard
/** What stands for the id in the address of a list of what is a channel's or a sink's, by its first word. */
const holders = new Map<string, string>()
let cookies: Readonly<Record<"administrator" | "member", string>>

before(async () => {
  tabard = await runTabard()
  const { shelf, organisation } = tabard.server.organisation
  const made = await makeLargeOrganisation({ shelf, organisation, size: { agents: 80 } })
  await offerAll(made.administrator)
  await tellAll(made.administrator)
  await exportAll(made.administrator)
  await signalAll(made.administrator)
  await saveViews(made.administrator)
  await trustAll(made.administrator)
  await applyAll(made.administrator)
  await signClientsIn(made.administrator)
  await delegateAll(made.administrator)
  await reachAll(made.administrator)
  await decideAll([made.ownAgent, made.otherAgent])
  // An event that gets its place in the log while it is walked past would look like another one.
  while ((await tabard.server.publish()) > 0);
  await rotateTwice(made.administrator)
  const sessions = async (id: Id<"user">): Promise<string> => {
    await newSession(tabard.server, { id })
    await newSession(tabard.server, { id })
    return newSession(tabard.server, { id })
  }
  cookies = { administrator: await sessions(made.administrator), member: await sessions(made.member) }
})
after(() => tabard[Symbol.asyncDispose]())

/** Two thirds were about one tool, and half were denied; several share a moment. */
async function decideAll(agents: readonly Id<"agent">[]): Promise<void> {
  await tabard.server.organisation.shelf.transact(async ({ decisions }) => {
    for (const agent of agents)
      for (let n = 0; n < 30; n++) {
        const denied = n % 2 === 0
        await decisions.insert({
          id: newId("decision", systemClock),
          call: newId("call", systemClock),
          agent,
          task: null,
          action: n % 3 === 0 ? "notes/read_note" : "notes/write_note",
          resource: "notes",
          effect: denied ? "deny" : "permit",
          code: denied ? "forbidden" : "permitted",
          reasons: [denied ? "guard/1" : `${agent}/0`],
          approval: null,
          observed: null,
          version: 1,
          at: new Date(Date.parse("2026-01-01T00:00:00Z") + Math.floor(n / 3)),
        })
      }
  })
}

describe("every list", () => {
  it("is one of these", () => {
    assert.ok(LISTS.length >= 15, LISTS.map(([name]) => name).join(" "))
    for (const [name, { method }] of LISTS) assert.equal(method, "GET", name)
  })

  for (const [name, operation] of LISTS) {
    it(`${name} is the same in small pages as in one large one, without loss or doubles`, async () => {
      for (const cookie of Object.values(cookies)) {
        const whole = await walk(operation, cookie, { limit: 1000 })
        const keys = whole.map((item) => JSON.stringify(item))
        if (cookie === cookies.administrator) assert.ok(whole.length >= 3, `${whole.length} ${name}`)
        assert.equal(new Set(keys).size, keys.length, "an item stands in it twice")
        const start = await walk(operation, cookie, { limit: 2, most: WALKED })
        assert.deepEqual(start, whole.slice(0, start.length))
        assert.ok(start.length >= Math.min(WALKED, whole.length))
        assert.deepEqual(await walk(operation, cookie, { limit: 97 }), whole)
      }
    })

    it(`${name} holds a hundred where nobody says how many`, async () => {
      const whole = await walk(operation, cookies.administrator, { limit: 1000 })
      const { items } = await page(operation, cookies.administrator, {})
      assert.deepEqual(items, whole.slice(0, 100))
    })

    it(`${name} refuses a cursor that is none of its own, and a limit that is none`, async () => {
      for (const value of [...HOSTILE, ...(await cursorsOfOthers(name))])
        assertRefused(await ask(operation, cookies.administrator, { after: value }), value)
      for (const limit of ["0", "-1", "1001", "1.5", "x", "", "1e9", "null"])
        assertRefused(await ask(operation, cookies.administrator, { limit }), limit)
    })
  }

  it("goes on where it was although what it stopped at is gone", async () => {
    const own = OPERATIONS.listSessions
    const whole = await walk(own, cookies.administrator, { limit: 1000 })
    const place = whole.findIndex(({ current }) => current === false)
    const { next } = await page(own, cookies.administrator, { limit: String(place + 1) })
    const gone = String(whole[place]?.["id"])
    await tabard.server.organisation.shelf.transact(async ({ sessions }) => {
      assert.ok(isId("session", gone) && (await sessions.end(gone)))
    })
    const rest = await page(own, cookies.administrator, { after: next ?? assert.fail() })
    assert.deepEqual(rest.items, whole.slice(place + 1))
  })
})

describe("a filter", () => {
  const all = async (operation: AnyOperation, query = {}): Promise<readonly Item[]> =>
    walk(operation, cookies.administrator, { limit: 97, query })
  const filters: readonly (readonly [
    keyof typeof OPERATIONS,
    Record<string, string>,
    (item: Item) => boolean,
  ])[] = [
    ["listAgents", { category: "chatbot" }, ({ category }) => category === "chatbot"],
    ["listAgents", { category: "production" }, ({ category }) => category === "production"],
    ["listAgents", { tier: "operator" }, ({ tier }) => tier === "operator"],
    ["listAgents", { band: "high" }, ({ risk }) => bandOf(risk) === "high"],
    [
      "listAgents",
      { band: "low", state: "active" },
      ({ risk, state }) => bandOf(risk) === "low" && state === "active",
    ],
    ["listCredentials", { kind: "slack-token" }, ({ kind }) => kind === "slack-token"],
    ["listCredentials", { provider: "aws" }, ({ provider }) => provider === "aws"],
    ["listCredentials", { storedAs: "keychain" }, ({ storedAs }) => storedAs === "keychain"],
    ["listPeople", { role: "member" }, ({ role }) => role === "member"],
    ["listPeople", { active: "true" }, ({ active }) => active === true],
    ["listScans", { own: "true" }, ({ reporter }) => reporter === "server"],
    ["listScans", { reporter: "server" }, ({ reporter }) => reporter === "server"],
    ["listApprovals", { state: "approved" }, ({ state }) => state === "approved"],
    ["listDecisions", { effect: "deny" }, ({ effect }) => effect === "deny"],
    ["listDecisions", { policy: "guard/1" }, ({ policies }) => String(policies) === "guard/1"],
    ["listDecisions", { code: "permitted", tool: "notes" }, ({ code }) => code === "permitted"],
    ["listDecisions", { tool: "notes/write_note" }, ({ tool }) => tool === "notes/write_note"],
    ["listEvents", { type: "token.issued" }, ({ type }) => type === "token.issued"],
    ["listEvents", { effect: "deny" }, ({ body }) => Object(Object(body).decision).effect === "deny"],
    ["listEvents", { group: "calls" }, ({ type }) => String(type).startsWith("call.")],
    [
      "listEvents",
      { group: "calls", type: "call.decided", effect: "ask" },
      ({ type, body }) => type === "call.decided" && Object(Object(body).decision).effect === "ask",
    ],
    ["listFindings", { severity: "high" }, ({ severity }) => severity === "high"],
    ["listFindings", { state: "accepted" }, ({ state }) => state === "accepted"],
    ["listFindings", { rule: "no-owner" }, ({ rule }) => rule === "no-owner"],
  ]
  for (const [name, query, fits] of filters) {
    it(`${JSON.stringify(query)} of ${name} leaves out what does not fit, and nothing else`, async () => {
      const everything = await all(OPERATIONS[name])
      const wanted = everything.filter(fits)
      assert.ok(wanted.length > 0 && wanted.length < everything.length, `${wanted.length} fit`)
      assert.deepEqual(await all(OPERATIONS[name], query), wanted)
    })
  }

  it("by time takes what happened from a moment on, until another", async () => {
    const times = (await all(OPERATIONS.listEvents)).map(({ at }) => String(at)).toSorted()
    const [from = "", until = ""] = [times[500], times[2500]]
    const within = await all(OPERATIONS.listEvents, { from, until })
    assert.equal(within.length, times.filter((at) => at >= from && at < until).length)
    assert.ok(within.length > 0 && within.every(({ at }) => String(at) >= from && String(at) < until))
  })

  it("by agent and task leaves out every other's", async () => {
    const events = await all(OPERATIONS.listEvents)
    const one = events.find(({ task }) => task !== null) ?? assert.fail()
    const agent = String(Object(one["agent"]).id)
    const ofAgent = events.filter((event) => Object(event["agent"]).id === agent)
    assert.deepEqual(await all(OPERATIONS.listEvents, { agent }), ofAgent)
    const task = String(one["task"])
    const ofTask = events.filter((event) => event["task"] === task)
    assert.deepEqual(await all(OPERATIONS.listEvents, { task }), ofTask)
  })

  it("by person, tool, call and place leaves out every other's, alone and together", async () => {
    const events = await all(OPERATIONS.listEvents)
    const body = (event: Item): Item => Object(event["body"])
    const named = (event: Item): readonly unknown[] => [
      Object(body(event)["actor"]).id,
      body(event)["owner"],
      body(event)["onBehalfOf"],
      Object(body(event)["data"]).user,
      Object(body(event)["data"]).to,
    ]
    const called = events.find((event) => event["call"] !== null && body(event)["action"]) ?? assert.fail()
    const [call, tool] = [String(called["call"]), String(body(called)["action"])]
    const server = tool.slice(0, tool.indexOf("/"))
    const person = events.flatMap(named).find((id) => isId("user", id)) ?? assert.fail()
    const [of, on] = [
      (event: Item) => named(event).includes(person),
      (event: Item) => body(event)["action"] === tool,
    ]
    const cases: readonly (readonly [Readonly<Record<string, string>>, (event: Item) => boolean])[] = [
      [{ call }, (event) => event["call"] === call],
      [{ tool }, on],
      [{ tool: server }, (event) => String(body(event)["action"]).startsWith(`${server}/`)],
      [{ person: person }, of],
      [{ person: person, tool }, (event) => of(event) && on(event)],
      [{ place: String(called["index"]) }, ({ index }) => index === called["index"]],
    ]
    for (const [query, fits] of cases) {
      const wanted = events.filter(fits)
      if (Object.keys(query).length === 1) assert.ok(wanted.length > 0, JSON.stringify(query))
      assert.deepEqual(await all(OPERATIONS.listEvents, query), wanted, JSON.stringify(query))
    }
  })
})

/** What somebody could send in place of a cursor. */
const HOSTILE: readonly string[] = [
  "",
  "x",
  "%00",
  "../../etc/passwd",
  "' or 1=1 --",
  "agt_019a3f2e-0000-7000-8000-000000000000",
  "A".repeat(5_000),
  encoded("[".repeat(2_000)),
  encoded("null"),
  encoded("{}"),
  encoded('["__proto__",{}]'),
  ...Object.values(OPERATIONS).flatMap(({ path }) => [
    encoded(JSON.stringify([path.slice(1), null])),
    encoded(JSON.stringify([path.slice(1), { id: "x", name: "\0", at: "never" }])),
  ]),
]

function encoded(text: string): string {
  return Buffer.from(text).toString("base64url")
}

async function cursorsOfOthers(name: string): Promise<readonly string[]> {
  const cursors: string[] = []
  for (const [other, operation] of LISTS) {
    if (other === name) continue
    const { next } = await page(operation, cookies.administrator, { limit: "1" })
    cursors.push(next ?? assert.fail(`${other} has no second page`))
  }
  return cursors
}

function assertRefused({ status, text }: RawAnswer, value: string): void {
  assert.equal(status, 422, `${value.slice(0, 80)}: ${text}`)
  assert.match(text, /"code":"body_invalid"/)
}

async function walk(
  operation: AnyOperation,
  cookie: string,
  { limit, most = Infinity, query = {} }: { limit: number; most?: number; query?: Record<string, string> },
): Promise<readonly Item[]> {
  const items: Item[] = []
  let next: string | null = null
  do {
    const found: Page<Item> = await page(operation, cookie, {
      ...query,
      limit: String(limit),
      ...(next !== null && { after: next }),
    })
    assert.ok(found.items.length <= limit)
    items.push(...found.items)
    next = found.next
  } while (next !== null && items.length < most)
  return items
}

async function page(
  operation: AnyOperation,
  cookie: string,
  query: Record<string, string>,
): Promise<Page<Item>> {
  const answer = await ask(operation, cookie, query)
  // A member may not ask for every list: then there is none.
  if (answer.status === 403 && cookie === cookies.member) return { items: [], next: null }
  assert.equal(answer.status, 200, answer.text)
  return JSON.parse(answer.text)
}

function ask({ path }: AnyOperation, cookie: string, query: Record<string, string>): Promise<RawAnswer> {
  const address = `/api/v1${path.replace(":id", holders.get(path.split("/")[1] ?? "") ?? "none")}?${new URLSearchParams(query)}`
  return rawRequest(tabard.server.publicUrl, { method: "GET", path: address, headers: { cookie } })
}

function bandOf(risk: unknown): string | undefined {
  return risk === null ? undefined : riskBand(Number(Object(risk).score))
}

/** Has two more logs follow the first. */
async function rotateTwice(askedBy: Id<"user">): Promise<void> {
  for (const reason of ["a new key", "another new key"]) {
    const wish = { askedBy, via: null, reason, abandon: false, askedAt: systemClock.now() }
    await tabard.server.organisation.shelf.transact((tx) => tx.logs.ask(wish))
    while ((await tabard.server.publish()) > 0);
  }
}

/** Makes rules by which workloads are some agent. */
async function trustAll(by: Id<"user">): Promise<void> {
  await tabard.server.organisation.shelf.transact(async (tx) => {
    const [agent] = await tx.agents.list({ limit: 1 })
    if (!agent) throw new Error("there is no agent")
    for (const name of ["one", "two", "three"]) await tx.trustRules.add(keptTrustRule(agent.id, by, name))
  })
}

/** Makes applications, one of three versions that knows three things, and doors that ask them. */
async function applyAll(author: Id<"user">): Promise<void> {
  const at = systemClock.now()
  const entities = ["ann", "bea", "cyd"].map((id) => ({ uid: { type: "user", id }, attrs: {}, parents: [] }))
  const source = { schema: "namespace A { entity user; }", policies: "", recorded: false, author, putAt: at }
  holders.set("applications", "one")
  await tabard.server.organisation.shelf.transact(async (tx) => {
    for (const name of ["one", "two", "three"])
      await tx.applications.put({ ...source, name, entities, version: 1 })
    for (const version of [2, 3]) await tx.applications.put({ ...source, name: "one", entities, version })
    for (const name of ["first", "second", "third"])
      await tx.enforcementPoints.register({
        id: newId("enforcementPoint", systemClock),
        name,
        kind: "hook",
        subjects: [],
        asserts: [],
        apiToken: newId("apiToken", systemClock),
        applications: ["one"],
        recorded: false,
        registeredBy: author,
        registeredAt: at,
      })
  })
}

/** Makes streams of signals that nobody fetches, and sources that say nothing. */
async function signalAll(by: Id<"user">): Promise<void> {
  const madeAt = systemClock.now()
  const common = { audience: "them", sealed: null, revision: 1, madeBy: by, madeAt }
  await tabard.server.organisation.shelf.transact(async (tx) => {
    for (const name of ["one", "two", "three"]) {
      const stream = { id: newId("signalStream", systemClock), name, receiver: null, ...common }
      const carried = { requested: [], types: ["session-revoked"], form: "uri", everybody: true } as const
      const delivery = { method: "poll" } as const
      await tx.signalStreams.insert({ ...stream, ...carried, delivery, status: "paused", reason: null }, 0)
      const source = {
        id: newId("signalSource", systemClock),
        name,
        issuer: "https://idp.example",
        ...common,
      }
      const pushes = { method: "push", tokenHash: name } as const
      await tx.signalSources.insert({
        ...source,
        jwksUri: "https://idp.example/jwks",
        delivery: pushes,
        state: "paused",
      })
    }
  })
}

/** Makes sinks that wait, and has one of them refused three things. */
async function exportAll(by: Id<"user">): Promise<void> {
  const at = systemClock.now()
  const sinks = [0, 1, 2].map(() => newId("sink", systemClock))
  const [sink] = sinks
  if (!sink) return
  holders.set("sinks", sink)
  await tabard.server.organisation.shelf.transact(async (tx) => {
    for (const id of sinks) {
      const known = { name: "SIEM", settings: { directory: id }, sealed: new Uint8Array(1), revision: 1 }
      const carried = { kind: "jsonl", content: "own", choice: { kind: "all" }, checkpoints: true } as const
      await tx.sinks.insert({ id, ...known, ...carried, state: "paused", madeBy: by, madeAt: at })
      await tx.sinkProgress.begin(id, 0)
    }
    const letters = [0, 1, 2].map((place) => ({
      id: newId("deadLetter", systemClock),
      sink,
      key: `log/${place}`,
      type: "call.decided",
      place,
      note: null,
      reason: "a field is too long",
      at,
    }))
    await tx.deadLetters.keep(letters)
  })
}

/** Makes channels of the organisation, and tells a person of something three times, by one of them too. */
async function tellAll(to: Id<"user">): Promise<void> {
  const at = systemClock.now()
  const three = [0, 1, 2]
  const channels = three.map(() => newId("channel", systemClock))
  const told = three.map(() => newId("notification", systemClock))
  const newChannel = channels[0] ?? assert.fail()
  holders.set("notification-channels", newChannel)
  await tabard.server.organisation.shelf.transact(async (tx) => {
    const [agent] = await tx.agents.list({ limit: 1 })
    for (const id of channels) {
      const words = { name: "Chat", shown: "chat.example", sealed: new Uint8Array(1) }
      await tx.channels.insert({
        id,
        kind: "slack",
        ...words,
        kinds: ["finding-opened"],
        madeBy: to,
        madeAt: at,
      })
    }
    await tx.notifications.add(
      told.map((id) => ({
        id,
        kind: "agent-stopped",
        event: newId("event", systemClock),
        to,
        agent: agent?.id ?? null,
        subject: null,
        details: {},
        at,
        due: at,
        readAt: null,
      })),
    )
    await tx.notifications.ripen(at, 10)
    await tx.deliveries.add(
      told.map((notification) => ({
        id: newId("delivery", systemClock),
        notification,
        channel: newChannel,
        to: null,
        digest: false,
        state: "failed",
        madeAt: at,
        due: at,
        tries: 5,
        said: "nobody answers there",
        endedAt: at,
      })),
    )
  })
}

/** Offers one person what nobody owns, all at the same moment: then their ids tell the order. */
async function saveViews(user: Id<"user">): Promise<void> {
  await tabard.server.organisation.shelf.transact(async ({ views }) => {
    for (const name of ["One", "Two", "Three"]) {
      const id = newId("view", systemClock)
      await views.add({ id, user, name, search: "band=high", savedAt: systemClock.now() })
    }
  })
}

async function signClientsIn(createdBy: Id<"user">): Promise<void> {
  const createdAt = systemClock.now()
  const made = { createdBy, createdAt, removedAt: null }
  await tabard.server.organisation.shelf.transact(async ({ clients, clientGrants }) => {
    for (const name of ["one", "two", "three"]) {
      const client = newId("client", systemClock)
      await clients.insert({ id: client, name, redirectUris: ["https://desk.example/"], keys: [], ...made })
      const bounds = { purpose: "Reads.", tier: "read-only", days: 1 } as const
      await clients.addRule({ id: newId("clientRule", systemClock), match: client, ...bounds, ...made })
      const [agent, instance] = [newId("agent", systemClock), newId("instance", systemClock)]
      const agreed = { askedAt: createdAt, agreedAt: createdAt, endedAt: null, signedOut: false }
      const id = newId("clientGrant", systemClock)
      await clientGrants.ask({ id, user: createdBy, client, name, agent, instance, ...agreed })
    }
  })
}

async function delegateAll(allowedBy: Id<"user">): Promise<void> {
  const times = { allowedAt: systemClock.now(), expiresAt: null, withdrawnAt: null }
  await tabard.server.organisation.shelf.transact(async ({ agents, delegations }) => {
    const [from, ...others] = await agents.list({ limit: 4 })
    if (from) holders.set("agents", from.id)
    for (const { id: to } of from ? others : []) {
      const id = newId("delegation", systemClock)
      await delegations.allow({ id, from: from?.id ?? to, to, scope: null, allowedBy, ...times })
    }
  })
}

async function reachAll(declaredBy: Id<"user">): Promise<void> {
  const declaredAt = systemClock.now()
  await tabard.server.organisation.shelf.transact(async ({ agents, reaches }) => {
    for (const { id: holder } of await agents.list({ limit: 3 }))
      await reaches.declare({
        id: newId("reach", systemClock),
        holder,
        to: "manifests",
        declaredBy,
        declaredAt,
      })
  })
}

async function offerAll(to: Id<"user">): Promise<void> {
  const now = systemClock.now()
  await tabard.server.organisation.shelf.transact(async ({ agents, offers }) => {
    const found = await agents.list({ state: "discovered", limit: 10 })
    await offers.withdraw(
      found.map(({ id }) => id),
      now,
    )
    await offers.insertAll(
      found.map(({ id: agent }) => ({
        id: newId("offer", systemClock),
        agent,
        to,
        by: to,
        note: null,
        terms: null,
        offeredAt: now,
        expiresAt: new Date(now.getTime() + 3600_000),
        state: { kind: "pending" },
      })),
    )
  })
}
