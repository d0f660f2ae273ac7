import { OPERATIONS, type Operation } from "@tabard/api"
import { createKey, enrol } from "@tabard/client"
import { type Approval, type Id, newHandle, newId, systemClock } from "@tabard/core"
import { governAgent } from "./governed-agent.ts"
import { makeHostileServer } from "./hostile-server.ts"
import { HOSTILE_TEXTS } from "./hostile-texts.ts"
import { addPerson, type Person } from "./people.ts"
import { type RawAnswer, rawRequest } from "./raw-request.ts"
import { makeReporter, reportOf, sawAgent, sawCredential, sawServer } from "./reporter.ts"
import { type RunningTabard, signInFirst } from "./running-tabard.ts"
import { inputSchema, inputsWith, sampleInput } from "./sample-input.ts"
import { makeShiftingServer } from "./shifting-server.ts"

/** A Tabard that was told hostile texts by everything that tells it anything. */
export interface HostileWorld extends AsyncDisposable {
  readonly ann: Person
  /** The agent that acts. */
  readonly agent: Id<"agent">
  /** What each telling was answered with. */
  readonly told: readonly Told[]
  ask(request: Parameters<typeof rawRequest>[1]): Promise<RawAnswer>
}

/** One text, told by one way. */
export interface Told {
  readonly way: string
  readonly text: string
  readonly answer: RawAnswer
}

/** What a store could keep. */
const KEEPABLE = Object.values(HOSTILE_TEXTS).filter((text) => text.isWellFormed() && !text.includes("\0"))

const WRITES = Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS }).filter(
  ([name, { method, access }]) =>
    method !== "GET" && access !== "public" && !/^(signOut|end|deactivate|changeRole|retire)/.test(name),
)

/** Tells it: scans that are pushed, every text that the API takes, browsers' names, labels of keys. */
export async function makeHostileWorld({ server }: RunningTabard): Promise<HostileWorld> {
  await using opening = new AsyncDisposableStack()
  const first = await signInFirst(server, "Zoe")
  const upstream = opening.use(await makeShiftingServer())
  await first.api.registerServer({ name: "notes", launch: upstream.launch })
  const { id: agent } = await governAgent(server, first.api)
  const ann = await addPerson(server, "administrator")
  const ask: HostileWorld["ask"] = (request) =>
    rawRequest(server.publicUrl, { ...request, headers: { cookie: ann.cookie, ...request.headers } })
  await tooled(opening, ask)
  await asked(server, { agent, approver: ann })
  await pushed(server, first)
  await labelled(server, first, agent)
  await browsed(server, { ask, ann })
  await imported(ask)
  const subjects = await subjectsOf(ask, agent)
  const told: Told[] = []
  for (const [name, operation] of WRITES) told.push(...(await toldBy(ask, { name, operation, subjects })))
  const opened = opening.move()
  return { ann, agent, told, ask, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

type Server = RunningTabard["server"]

/** Servers whose tools are called and described so: what can be kept, and each of the rest by itself. */
async function tooled(stack: AsyncDisposableStack, ask: HostileWorld["ask"]): Promise<void> {
  const texts = Object.values(HOSTILE_TEXTS)
  const kept = KEEPABLE
  for (const [at, some] of [
    kept,
    ...texts.filter((text) => !kept.includes(text)).map((text) => [text]),
  ].entries()) {
    const { launch } = stack.use(await makeHostileServer(some))
    const headers = { "content-type": "application/json", "x-tabard": "1" }
    const body = JSON.stringify({ name: `hostile-${at}`, launch })
    const answer = await ask({ method: "POST", path: "/api/v1/servers", headers, body })
    if (answer.status !== (at === 0 ? 200 : 422)) throw new Error(`${at}: ${answer.status} ${answer.text}`)
  }
}

/** Questions of an agent, in which the tool, its arguments and what it is about are hostile. */
async function asked(
  { organisation }: Server,
  { agent, approver }: { readonly agent: Id<"agent">; readonly approver: Person },
): Promise<void> {
  const createdAt = systemClock.now()
  const expiresAt = new Date(createdAt.getTime() + 3_600_000)
  const texts = Object.values(HOSTILE_TEXTS).map((text) => text.toWellFormed().replaceAll("\0", ""))
  await organisation.shelf.transact(async ({ approvals, agents }) => {
    const { owner } = (await agents.find(agent)) ?? {}
    for (const text of texts) {
      const approval: Approval = {
        id: newId("approval", systemClock),
        handle: newHandle(),
        question: {
          kind: "call",
          agent,
          instance: newId("instance", systemClock),
          task: null,
          server: newId("server", systemClock),
          tool: text,
          toolDigest: "digest",
          arguments: { [text]: text, list: [text] },
          chain: [],
          resource: text,
        },
        actionHash: newHandle(),
        nonce: "n",
        bindingHash: newHandle(),
        say: [text],
        policies: [text],
        routes: ["owner"],
        approvers: [approver.user.id, ...(owner ? [owner] : [])],
        state: { kind: "pending" },
        createdAt,
        expiresAt,
        agreed: [],
        spentBy: null,
      }
      await approvals.request(approval)
    }
  })
}

async function pushed(server: Server, person: Awaited<ReturnType<typeof signInFirst>>): Promise<void> {
  const reporter = await makeReporter(server, person, "pushing")
  const texts = Object.values(HOSTILE_TEXTS)
  const key = (kind: string, at: number): string => `${kind}:hostile-${at}`
  const report = reportOf(
    texts.map((text, at) =>
      sawAgent(key("agent", at), text, {
        client: at % 2 === 0 ? "cursor" : null,
        locations: [{ path: `/home/${text}`, line: 1 }],
        autonomy: { level: "unrestricted", effective: [] },
        mcpServers: [key("server", at)],
        credentials: [key("credential", at)],
        evidence: [{ path: `/${text}`, line: 1, what: text }],
      }),
    ),
    {
      host: texts[0] ?? null,
      roots: texts.slice(0, 20).map((text) => `/${text}`),
      mcpServers: texts.map((text, at) =>
        sawServer(key("server", at), text, {
          command: text,
          args: [text, text],
          locations: [{ path: `/${text}`, line: 3 }],
        }),
      ),
      credentials: texts.map((text, at) =>
        sawCredential(key("credential", at), {
          storedAs: "plaintext",
          locations: [{ path: `/${text}`, line: 3 }],
        }),
      ),
      unreadable: texts.map((text) => ({ path: `/${text}`, reason: text })),
    },
  )
  const answer = await reporter.push(report)
  if (answer.status !== 200)
    throw new Error(`the report was answered with ${answer.status}: ${await answer.text()}`)
}

/** What an agent's machine calls itself, where that is taken at all. */
async function labelled(
  { publicUrl }: Server,
  { api }: Awaited<ReturnType<typeof signInFirst>>,
  id: string,
): Promise<void> {
  for (const label of Object.values(HOSTILE_TEXTS)) {
    const { code } = await api.offerEnrolment({ id })
    await enrol({ server: publicUrl, code, label: label.slice(0, 200), key: await createKey() }).catch(
      () => undefined,
    )
  }
}

/** A browser calls itself what a header can hold, and by other ways in whatever there is. */
async function browsed(
  { organisation }: Server,
  { ask, ann }: Pick<HostileWorld, "ask" | "ann">,
): Promise<void> {
  for (const text of Object.values(HOSTILE_TEXTS)) {
    const agent = Buffer.from(text)
      .toString("latin1")
      .replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, "")
    const body = JSON.stringify({ code: text.toWellFormed() })
    const headers = { "content-type": "application/json", "user-agent": agent }
    await ask({ method: "POST", path: "/api/v1/sign-in/check", headers, body })
  }
  const createdAt = systemClock.now()
  const expiresAt = new Date(createdAt.getTime() + 3_600_000)
  await organisation.shelf.transact(async ({ sessions }) => {
    for (const text of KEEPABLE.slice(0, 15)) {
      const id = newId("session", systemClock)
      const times = { createdAt, expiresAt, lastSeen: createdAt }
      await sessions.insert({
        id,
        tokenHash: newHandle(),
        user: ann.user.id,
        agent: text.slice(0, 200),
        ...times,
      })
    }
  })
}

/** A register in whose cells they stand, as people's programs write them. */
async function imported(ask: HostileWorld["ask"]): Promise<void> {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
  for (const text of KEEPABLE) {
    const csv = `name,purpose,systems\r\n${quoted(text)},${quoted(text)},${quoted(text)}\r\n`
    const headers = { "content-type": "application/json", "x-tabard": "1" }
    await ask({
      method: "POST",
      path: "/api/v1/register",
      headers,
      body: JSON.stringify({ csv, apply: true }),
    })
  }
}

/** What stands in the place of an id, by the first word of an address. */
async function subjectsOf(ask: HostileWorld["ask"], agent: string): Promise<ReadonlyMap<string, string>> {
  const subjects = new Map([["agents", agent]])
  for (const kind of [
    "findings",
    "tasks",
    "offers",
    "people",
    "teams",
    "channels",
    "sinks",
    "reporters",
    "api-tokens",
  ]) {
    const { text, status } = await ask({ path: `/api/v1/${kind}` })
    const items: readonly { id: string }[] = status === 200 ? (JSON.parse(text).items ?? []) : []
    const [one] = items
    if (one) subjects.set(kind, one.id)
  }
  return subjects
}

async function toldBy(
  ask: HostileWorld["ask"],
  {
    name,
    operation,
    subjects,
  }: {
    readonly name: string
    readonly operation: Operation<unknown, unknown>
    readonly subjects: ReadonlyMap<string, string>
  },
): Promise<readonly Told[]> {
  const schema = inputSchema(name, operation)
  const told: Told[] = []
  for (const text of Object.values(HOSTILE_TEXTS)) {
    for (const { member, input } of inputsWith(schema, text, sampleInput(schema, "sample"))) {
      const subject = subjects.get(operation.path.split("/")[1] ?? "") ?? "none"
      const path = `/api/v1${operation.path.replace(/:\w+/g, subject)}`
      const headers = { "content-type": "application/json", "x-tabard": "1" }
      const answer = await ask({ method: operation.method, path, headers, body: JSON.stringify(input) })
      told.push({ way: `${name}.${member}`, text, answer })
    }
  }
  return told
}
