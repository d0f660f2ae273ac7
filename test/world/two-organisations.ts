import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
  type ChannelWish,
  OPERATIONS,
  type Operation,
  type SignalSourceInput,
  type SignalStreamInput,
  type SinkInput,
} from "@tabard/api"
import { type Approval, type DecisionRecord, newHandle, newId, systemClock } from "@tabard/core"
import { openPostgres, openSqlite } from "@tabard/store"
import { type GovernedAgent, governAgent } from "./governed-agent.ts"
import { addPerson, newSession, type Person } from "./people.ts"
import { type RawAnswer, rawRequest } from "./raw-request.ts"
import { makeReporter, reportOf, sawAgent, sawCredential, sawServer, type TestReporter } from "./reporter.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "./running-tabard.ts"
import { inputSchema, sampleInput } from "./sample-input.ts"
import { sampleTrustRule } from "./sample-trust-rule.ts"
import { makeShiftingServer } from "./shifting-server.ts"
import { until } from "./until.ts"

/** Two organisations in one store, each with its own server. */
export interface TwoOrganisations extends AsyncDisposable {
  readonly ours: OneOrganisation
  readonly theirs: OneOrganisation
}

/** One of them, with one of each thing there is. */
export interface OneOrganisation {
  readonly tabard: RunningTabard
  /** Stands in every text that was given to it, and in no other organisation's. */
  readonly marker: string
  readonly administrator: Person
  readonly member: Person
  readonly reporter: TestReporter
  readonly governed: GovernedAgent
  /** What each way in is spelt with. */
  readonly secrets: Readonly<Record<"apiToken" | "invitation" | "enrolment" | "reporterEnrolment", string>>
  /** Ids of everything that its administrator is told of, by kind. */
  ids(): Promise<ReadonlyMap<string, readonly string[]>>
  ask(name: string, input?: Readonly<Record<string, unknown>>, who?: Person): Promise<RawAnswer>
}

const KEK = Buffer.alloc(32, 7).toString("base64")
const ID = /\b[a-z]{3}_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g
const TABLE = new Map(Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS }))

/** Opens both in a database of theirs, or in one file. */
export async function makeTwoOrganisations(database: string | undefined): Promise<TwoOrganisations> {
  await using opening = new AsyncDisposableStack()
  const data = await mkdtemp(join(tmpdir(), "tabard-two-"))
  opening.defer(() => rm(data, { recursive: true, force: true }))
  const store = opening.use(
    database ? await openPostgres({ url: database }) : await openSqlite({ path: join(data, "tabard.db") }),
  )
  const run = async (slug: string): Promise<RunningTabard> => {
    const env = { TABARD_KEK: KEK, TABARD_ORGANISATION: slug }
    return opening.use(await runTabard({ data, openStore: store, env, proxies: ["127.0.0.1"] }))
  }
  const ours = await furnish(opening, await run("default"), "quokka")
  const theirs = await furnish(opening, await run("other"), "zebulon")
  const opened = opening.move()
  return { ours, theirs, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

async function furnish(
  stack: AsyncDisposableStack,
  tabard: RunningTabard,
  marker: string,
): Promise<OneOrganisation> {
  const { server } = tabard
  const ann = await signInFirst(server, `Ann ${marker}`.replace(" ", "-"))
  const upstream = stack.use(await makeShiftingServer())
  await ann.api.registerServer({ name: "notes", launch: upstream.launch })
  // One is removed by whoever asks for that, and one stays.
  for (const name of [`${marker} first`, `${marker} second`]) {
    await ann.api.createNotificationChannel(silentChannel(name, marker))
    await ann.api.makeSink(fileSink(name))
    await ann.api.makeTeam({ name })
    await ann.api.makeSignalStream(fetchedStream(name))
    await ann.api.makeSignalSource(pushingSource(name))
  }
  // While there is one administrator, whoever adopts an agent makes it active as well.
  const governed = await governAgent(server, ann.api)
  await ann.api.putOwnPolicies({ kind: "hand", subject: governed.id, seen: 0, source: "" })
  for (const name of ["first", "second"])
    await ann.api.makeTrustRule(sampleTrustRule(governed.id, `${marker} ${name}`))
  const administrator = await addPerson(server, "administrator")
  const member = await addPerson(server, "member")
  const reporter = await makeReporter(server, ann, `${marker} machine`)
  await seen(reporter, marker)
  await newSession(server, administrator.user)
  const secrets = await waysIn(ann, marker, governed)
  await clients(tabard, ann, { marker, administrator })
  await applications(ann, marker)
  await question(tabard, governed, administrator)
  await delegated(tabard, governed, administrator)
  for (const to of ["manifests", "pipeline"]) await ann.api.declareReach({ holder: governed.id, to })
  const asked = (name: string, input = {}, who = administrator): Promise<RawAnswer> =>
    askAs(tabard, who, { name, input })
  await eachMade(asked, marker)
  await eachTold(asked)
  await givenUp(tabard)
  return {
    tabard,
    marker,
    administrator,
    member,
    reporter,
    governed,
    secrets,
    ids: () => idsTold(asked),
    ask: asked,
  }
}

/** A channel to where nobody answers: its deliveries wait. */
function silentChannel(name: string, marker: string): ChannelWish {
  return { kind: "webhook", name, url: `http://127.0.0.1:9/${marker}`, kinds: ["agents-found"] }
}

/** A stream of signals that nobody fetches. */
function fetchedStream(name: string): SignalStreamInput {
  return { name, types: ["session-revoked"], form: "uri", delivery: { method: "poll" } }
}

/** A source of signals that never says anything. */
function pushingSource(name: string): SignalSourceInput {
  const issuer = "http://127.0.0.1:9"
  return { name, issuer, audience: "us", jwksUri: `${issuer}/jwks`, delivery: { method: "push" } }
}

/** A sink into files of the data directory. */
function fileSink(name: string): SinkInput {
  const directory = name.replace(" ", "-")
  return {
    name,
    receiver: { kind: "jsonl", settings: { directory, rotateBytes: 1_000_000 } },
    content: "own",
    choice: { kind: "all" },
    checkpoints: true,
    from: "now",
  }
}

/** An application, called as its organisation is, and two doors that ask it. */
async function applications({ api }: SignedInPerson, marker: string): Promise<void> {
  const entities = [{ uid: { type: "user", id: marker }, attrs: {}, parents: [] }]
  await api.putApplication({ name: marker, schema: "namespace A { entity user; }", policies: "", entities })
  for (const name of [`${marker} first door`, `${marker} second door`]) {
    const { id: apiToken } = await api.makeApiToken({
      purpose: name,
      scopes: ["access:ask"],
      role: "auditor",
    })
    await api.registerEnforcementPoint({ name, kind: "hook", apiToken, applications: [marker] })
  }
}

/** Two clients with a rule and a sign-in each, and what one of them asks. */
async function clients(
  { server }: RunningTabard,
  { api }: SignedInPerson,
  { marker, administrator: { user } }: { readonly marker: string; readonly administrator: Person },
): Promise<void> {
  const now = systemClock.now()
  for (const name of [`${marker} client one`, `${marker} client two`]) {
    const { id: client } = await api.registerClient({ name, redirectUris: ["https://desk.example/"] })
    await api.addClientRule({ match: client, purpose: marker, tier: "read-only", days: 1 })
    const [agent, instance] = [newId("agent", systemClock), newId("instance", systemClock)]
    const id = newId("clientGrant", systemClock)
    const agreed = { askedAt: now, agreedAt: now, endedAt: null, signedOut: false }
    // Requests have handles, which no list tells: here one is found by the id of its client.
    const request = {
      way: "browser",
      client: { id: client, name, host: null },
      redirectUri: "https://desk.example/",
      resource: `${server.publicUrl}/mcp`,
      scope: ["read"],
      message: null,
      asked: null,
      answeredBy: null,
    }
    await server.organisation.shelf.transact(async ({ clientGrants, oauthModels }) => {
      await clientGrants.ask({ id, user: user.id, client, name, agent, instance, ...agreed })
      const kept = { model: "ClientRequest", id: client, payload: request, grant: null, consumedAt: null }
      await oauthModels.put({ ...kept, expiresAt: new Date(now.getTime() + 3600_000) })
    })
  }
}

/** Waits until the administrator was told of what was found, and the channel is about to carry it. */
async function eachTold(asked: OneOrganisation["ask"]): Promise<void> {
  const channels: { items: readonly { id: string; waiting: number }[] } = JSON.parse(
    (await asked("listNotificationChannels")).text,
  )
  const [channel] = channels.items
  await until(async () => {
    const told = await asked("listNotifications")
    const carried = await asked("listDeliveries", { id: channel?.id })
    return told.text.includes('"ntf_') && carried.text.includes('"dlv_')
  })
}

/** Gives up on what the newest channel was to carry. */
async function givenUp({ server }: RunningTabard): Promise<void> {
  await server.organisation.shelf.transact(async ({ channels, deliveries }) => {
    const channel = (await channels.list()).at(-1)
    if (!channel) throw new Error("no channel was made")
    for (const delivery of await deliveries.list({ channel: channel.id, limit: 10 }))
      await deliveries.settle(delivery, {
        kind: "failed",
        at: systemClock.now(),
        said: "nobody answers there",
      })
  })
}

async function seen(reporter: TestReporter, marker: string): Promise<void> {
  const agents = Array.from({ length: 6 }, (_, at) =>
    sawAgent(`agent:${marker}-${at}`, `${marker} ${at}`, {
      autonomy: { level: "unrestricted", effective: [] },
      locations: [{ path: `/home/${marker}/${at}/.cursor/mcp.json`, line: 1 }],
      mcpServers: [`server:${marker}`],
      credentials: [`credential:${marker}`],
    }),
  )
  const { status } = await reporter.push(
    reportOf(agents, {
      host: marker,
      mcpServers: [sawServer(`server:${marker}`, `${marker}-server`)],
      credentials: [sawCredential(`credential:${marker}`, { storedAs: "plaintext" })],
    }),
  )
  if (status !== 200) throw new Error(`the report was answered with ${status}`)
}

async function waysIn(
  { api }: SignedInPerson,
  marker: string,
  { id }: GovernedAgent,
): Promise<OneOrganisation["secrets"]> {
  const { token } = await api.makeApiToken({ purpose: marker, scopes: ["read"], role: "administrator" })
  const invited = await api.invitePerson({ name: marker, email: `${marker}@example.test`, role: "auditor" })
  return {
    apiToken: token,
    invitation: new URL(invited.link).hash.slice(1),
    enrolment: (await api.offerEnrolment({ id })).code,
    reporterEnrolment: (await api.offerReporterEnrolment({ name: `${marker} second` })).code,
  }
}

/** Two agents that may act for the one that is governed. */
async function delegated(
  { server }: RunningTabard,
  { id: from }: GovernedAgent,
  { user }: Person,
): Promise<void> {
  const given = { scope: null, allowedBy: user.id, allowedAt: systemClock.now() }
  await server.organisation.shelf.transact(async ({ agents, delegations }) => {
    const others = (await agents.list({ limit: 10 })).filter(({ id }) => id !== from).slice(0, 2)
    for (const { id: to } of others) {
      const id = newId("delegation", systemClock)
      await delegations.allow({ id, from, to, ...given, expiresAt: null, withdrawnAt: null })
    }
  })
}

/** What was decided of a call, and it waits for its answer. */
function decided({ id: approval, question: { agent } }: Approval, at: Date): DecisionRecord {
  const asked = { effect: "ask", code: "approval_needed", reasons: [], approval } as const
  return {
    ...asked,
    id: newId("decision", systemClock),
    call: newId("call", systemClock),
    agent,
    task: null,
    action: "notes/write_note",
    resource: newId("server", systemClock),
    version: 1,
    observed: null,
    at,
  }
}

/** A question to the administrator with what was decided, and an agent that they are asked to own. */
async function question(
  { server }: RunningTabard,
  { id: agent }: GovernedAgent,
  { user }: Person,
): Promise<void> {
  const now = systemClock.now()
  const expiresAt = new Date(now.getTime() + 3_600_000)
  const asked: Approval = {
    id: newId("approval", systemClock),
    handle: newHandle(),
    question: {
      kind: "call",
      agent,
      instance: newId("instance", systemClock),
      task: null,
      server: newId("server", systemClock),
      tool: "write_note",
      toolDigest: "digest",
      arguments: {},
      chain: [],
      resource: "x",
    },
    actionHash: newHandle(),
    nonce: "n",
    bindingHash: newHandle(),
    say: [],
    policies: [],
    routes: ["owner"],
    approvers: [user.id],
    state: { kind: "pending" },
    createdAt: now,
    expiresAt,
    agreed: [],
    spentBy: null,
  }
  await server.organisation.shelf.transact(async (tx) => {
    await tx.approvals.request(asked)
    await tx.decisions.insert(decided(asked, now))
    const [other] = (await tx.agents.list({ limit: 100 })).filter(({ id }) => id !== agent)
    await tx.offers.insert({
      id: newId("offer", systemClock),
      agent: other?.id ?? agent,
      to: user.id,
      by: user.id,
      note: null,
      terms: null,
      offeredAt: now,
      expiresAt,
      state: { kind: "pending" },
    })
  })
}

/** Asks each write that needs no other thing, so that what it makes is there; what does not suit it is refused. */
async function eachMade(asked: OneOrganisation["ask"], marker: string): Promise<void> {
  for (const [name, operation] of TABLE) {
    if (operation.method !== "POST" || operation.access === "public") continue
    if (operation.path.includes(":") || /sign-out|ending|scans|register$/.test(operation.path)) continue
    await asked(name, sampleInput(inputSchema(name, operation), marker))
  }
}

/** Reads every list, and every single thing of a list, for the ids in them. */
async function idsTold(asked: OneOrganisation["ask"]): Promise<ReadonlyMap<string, readonly string[]>> {
  const reads = [...TABLE].filter(([, { method, access }]) => method === "GET" && access !== "public")
  const [single, lists] = [true, false].map((one) =>
    reads.filter(([, { path }]) => path.includes(":") === one),
  )
  const listed = await Promise.all((lists ?? []).map(([name]) => asked(name)))
  const found = new Set(listed.flatMap(({ text }) => text.match(ID) ?? []))
  for (const [name] of single ?? [])
    for (const id of [...found].slice(0, 200))
      for (const told of (await asked(name, { id })).text.match(ID) ?? []) found.add(told)
  return Map.groupBy(found, (id) => id.slice(0, 3))
}

let asking = 0

/** Another address each time: what is asked here by the thousand is no guessing. */
export function fromElsewhere(): Readonly<Record<"x-forwarded-for", string>> {
  asking++
  return { "x-forwarded-for": `203.0.${(asking >> 8) & 255}.${asking & 255}` }
}

function askAs(
  { server }: RunningTabard,
  { cookie }: Person,
  { name, input }: { readonly name: string; readonly input: Readonly<Record<string, unknown>> },
): Promise<RawAnswer> {
  const operation = TABLE.get(name)
  if (!operation) throw new Error(`there is no operation ${name}`)
  const rest = new Map(Object.entries(input))
  const path = operation.path.replace(/:(\w+)/g, (_, member: string) => {
    const value = String(rest.get(member))
    rest.delete(member)
    return encodeURIComponent(value)
  })
  const headers = { cookie, "x-tabard": "1", "content-type": "application/json", ...fromElsewhere() }
  if (operation.method !== "GET") {
    const body = JSON.stringify(Object.fromEntries(rest))
    return rawRequest(server.publicUrl, {
      method: operation.method,
      path: `/api/v1${path}`,
      headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
      body,
    })
  }
  const query = new URLSearchParams(
    Object.fromEntries([...rest].map(([member, value]) => [member, String(value)])),
  ).toString()
  return rawRequest(server.publicUrl, {
    path: `/api/v1${path}${query && `?${query}`}`,
    headers: { cookie },
  })
}
