import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { OPERATIONS, type Operation } from "@tabard/api"
import { boundFetch, createKey, enrol, enrolmentProof, Refused, TokenSource } from "@tabard/client"
import { postgresMissing, startPostgresCluster } from "@tabard/store/testing"
import { newSession } from "../world/people.ts"
import { type RawAnswer, rawRequest } from "../world/raw-request.ts"
import { reportOf } from "../world/reporter.ts"
import { inputSchema, inputsWith, sampleInput } from "../world/sample-input.ts"
import {
  fromElsewhere,
  makeTwoOrganisations,
  type OneOrganisation,
  type TwoOrganisations,
} from "../world/two-organisations.ts"
import { until } from "../world/until.ts"

const TABLE = Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS })
const WITH_ID = TABLE.filter(([, { path }]) => path.includes(":"))
const LISTS = TABLE.filter(
  ([, { method, path, access }]) => method === "GET" && !path.includes(":") && access !== "public",
)

/** How many ids of a kind are tried. */
const SOME = 8

/** What is asked besides an id where a sample would name somebody who is not there. */
const FITTING: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  setManager: { manager: null },
  setSignalStreamReceiver: { receiver: null },
  putOwnPolicies: { source: "" },
}

/** What ends the session that asks: each is asked with one of its own. */
const ENDING = ["signOut", "endAllSessions"]

/** Members that refer to another thing, where the operation gets as far as looking for it. */
const REFERENCES: readonly (readonly [string, string, string])[] = [
  ["offerOwnership", "to", "usr"],
  ["addMaintainer", "user", "usr"],
  ["openTask", "server", "srv"],
  ["mergeAgents", "into", "agt"],
  ["setSignalStreamReceiver", "receiver", "atk"],
]

organisations("SQLite", async () => undefined)
organisations(
  "PostgreSQL",
  async (stack) => stack.use(await startPostgresCluster()).createDatabase(),
  postgresMissing(),
)

function organisations(
  store: string,
  database: (stack: AsyncDisposableStack) => Promise<string | undefined>,
  skip: string | false = false,
): void {
  describe(`two organisations kept in one ${store}`, { skip }, () => {
    const stack = new AsyncDisposableStack()
    let two: TwoOrganisations
    let ours: OneOrganisation
    let theirs: OneOrganisation
    let theirIds: ReadonlyMap<string, readonly string[]>
    let ourIds: ReadonlyMap<string, readonly string[]>
    let told: ReadonlyMap<string, string>

    before(async () => {
      two = stack.use(await makeTwoOrganisations(await database(stack)))
      ;({ ours, theirs } = two)
      theirIds = await theirs.ids()
      ourIds = await ours.ids()
      told = await everythingTold(theirs)
    })
    after(async () => {
      assert.deepEqual([...ours.tabard.faults, ...theirs.tabard.faults], [])
      await stack.disposeAsync()
    })

    it("have the same kinds of things, and no id in common", () => {
      assert.deepEqual([...theirIds.keys()].toSorted(), [...ourIds.keys()].toSorted())
      assert.ok(theirIds.size > 12, [...theirIds.keys()].join(" "))
      const own = new Set([...ourIds.values()].flat())
      assert.deepEqual(
        [...theirIds.values()].flat().filter((id) => own.has(id)),
        [],
      )
    })

    it("do not answer each other's enforcement points, nor tell their own of each other's agents", async () => {
      const made = await ours.ask("makeApiToken", {
        purpose: "asks",
        role: "auditor",
        scopes: ["access:ask"],
      })
      const { id: apiToken, token } = JSON.parse(made.text)
      const point = { name: "everywhere", kind: "ci", apiToken, applications: ["agents"], subjects: ["*"] }
      const registered = await ours.ask("registerEnforcementPoint", point)
      assert.equal(registered.status, 200, registered.text)
      const asked = ({ tabard }: OneOrganisation, agent: string): Promise<RawAnswer> =>
        rawRequest(tabard.server.publicUrl, {
          method: "POST",
          path: "/access/v1/evaluation",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          body: JSON.stringify({
            subject: { type: "agent", id: agent },
            action: { name: "tools/call" },
            resource: { type: "tool", id: "notes/read_note" },
            context: { arguments: { topic: "x" } },
          }),
        })
      for (const { governed } of [ours, theirs])
        assert.equal((await asked(theirs, governed.id)).status, 401, "a token of the other is nobody's")
      const nobody = unknown(theirs.governed.id)
      const [about, none] = [await asked(ours, theirs.governed.id), await asked(ours, nobody)]
      const told = (answer: RawAnswer, id: string): string =>
        plain(answer, id).replace(/"evaluation_id":"[\w-]+"/, "")
      assert.match(about.text, /"decision":false.*"agent_not_found"/)
      assert.equal(told(about, theirs.governed.id), told(none, nobody))
    })

    for (const [name, operation] of WITH_ID) {
      it(`answer ${name} with 404 for whatever is the other's`, async () => {
        const schema = inputSchema(name, operation)
        const rest = { ...sampleInput(schema, "x"), ...FITTING[name] }
        for (const id of [...someOf(theirIds), ...(isNamed(operation) ? [theirs.marker] : [])]) {
          const answer = await ours.ask(name, { ...rest, ...inPath(operation, id) })
          assert.equal(answer.status, 404, `${id}: ${answer.text}`)
          assert.match(codeOf(answer), /_not_found$/)
        }
      })
    }

    for (const [name, operation] of LISTS) {
      it(`tell nothing of each other in ${name}`, async () => {
        const schema = inputSchema(name, operation)
        const answer = await ours.ask(name, sampleInput(schema, "x"))
        assert.equal(answer.status, 200, answer.text)
        assertNothingOf(theirs, answer, theirIds)
        for (const id of someOf(theirIds)) {
          for (const { member, input } of inputsWith(schema, id, {})) {
            const asked = await ours.ask(name, input)
            const nothing = await ours.ask(name, { ...input, [member]: unknown(id) })
            assert.equal(asked.status, nothing.status, `${member}=${id}: ${asked.text}`)
            assert.equal(plain(asked, id), plain(nothing, unknown(id)), member)
          }
        }
        for (const text of [theirs.marker, `${theirs.marker} 1`])
          for (const { input } of inputsWith(schema, text, {})) {
            const { text: said } = await ours.ask(name, input)
            assert.doesNotMatch(said.replaceAll(text, ""), new RegExp(theirs.marker), name)
          }
      })
    }

    for (const [name, member, kind] of REFERENCES) {
      it(`do not let ${name} name the other's as its ${member}`, async () => {
        const operation = TABLE.find(([one]) => one === name)?.[1] ?? assert.fail(name)
        const rest = { ...sampleInput(inputSchema(name, operation), "x"), id: ours.governed.id }
        for (const id of theirIds.get(kind) ?? assert.fail(kind)) {
          const answer = await ours.ask(name, { ...rest, [member]: id })
          const nothing = await ours.ask(name, { ...rest, [member]: unknown(id) })
          assert.ok(answer.status >= 400, answer.text)
          assert.deepEqual([answer.status, plain(answer, id)], [nothing.status, plain(nothing, unknown(id))])
        }
      })
    }

    for (const [name, operation] of TABLE.filter(([, { method }]) => method !== "GET")) {
      it(`do not tell from nothing what ${name} names of the other's`, async () => {
        const schema = inputSchema(name, operation)
        const base = sampleInput(schema, "x")
        const own = ourIds.get("agt")?.findLast((id) => id !== ours.governed.id)
        for (const kind of ["agt", "usr", "srv", "tsk", "fnd", "crd"]) {
          const [id = assert.fail(kind)] = theirIds.get(kind) ?? []
          for (const { input } of inputsWith(schema, id, base)) {
            const asked = { ...inPath(operation, own ?? ""), ...input }
            const nothing = JSON.parse(JSON.stringify(asked).replaceAll(id, unknown(id)))
            const first = await asOwn(ours, name, nothing)
            if (first.status < 400) continue
            const second = await asOwn(ours, name, asked)
            assert.deepEqual([second.status, codeOf(second)], [first.status, codeOf(first)], second.text)
            assertNothingOf(
              theirs,
              second,
              new Map([...theirIds].map(([k, ids]) => [k, ids.filter((one) => one !== id)])),
            )
          }
        }
      })
    }

    it("are left as they were by all that the other asked", async () => {
      const now = await everythingTold(theirs)
      for (const name of [
        "listPeople",
        "listServers",
        "getSettings",
        "listFindings",
        "listCredentials",
        "listScans",
      ])
        assert.ok(now.get(name) === told.get(name), `${name} tells something else than before`)
    })

    it("know no session and no API token of each other", async () => {
      const { publicUrl } = ours.tabard.server
      const [, token = ""] = theirs.administrator.cookie.split("=")
      const cookie = `tabard-${new URL(publicUrl).port}=${token}`
      for (const headers of [{ cookie }, { authorization: `Bearer ${theirs.secrets.apiToken}` }]) {
        const there = await rawRequest(theirs.tabard.server.publicUrl, {
          path: "/api/v1/agents",
          headers: "cookie" in headers ? { cookie: theirs.administrator.cookie } : headers,
        })
        assert.equal(there.status, 200)
        for (const path of ["/api/v1/agents", "/api/v1/changes", "/api/v1/session"]) {
          const here = await rawRequest(publicUrl, { path, headers })
          assert.equal(here.status, 401, path)
        }
      }
    })

    it("take no invitation, sign-in link or enrolment code of each other, and leave it whole", async () => {
      const link = new URL(await theirs.tabard.server.signInLink()).hash.slice(1)
      for (const code of [theirs.secrets.invitation, link]) {
        for (const path of ["/api/v1/sign-in/check", "/api/v1/sign-in"]) {
          const answer = await post(ours, path, { code })
          assert.deepEqual([answer.status, codeOf(answer)], [403, "sign_in_invalid"], path)
        }
        assert.equal((await post(theirs, "/api/v1/sign-in", { code })).status, 200)
      }
      const key = await createKey()
      const enrolling = { code: theirs.secrets.enrolment, label: "x", key }
      await assert.rejects(enrol({ server: ours.tabard.server.publicUrl, ...enrolling }), /enrol|code/i)
      assert.ok(await enrol({ server: theirs.tabard.server.publicUrl, ...enrolling }))
      const code = theirs.secrets.reporterEnrolment
      const proof = await enrolmentProof(key, { code, aud: ours.tabard.server.publicUrl }, () => new Date())
      const answer = await post(ours, "/api/v1/reporter-enrolments", { code, proof })
      assert.deepEqual([answer.status, codeOf(answer)], [403, "enrolment_invalid"])
    })

    it("take no report, no token request and no tool call of each other's machines and agents", async () => {
      const body = JSON.stringify(reportOf([]))
      const htu = `${ours.tabard.server.publicUrl}/api/v1/reports`
      const authorization = `Tabard-Report ${await theirs.reporter.proof(body, { htu })}`
      const pushed = await rawRequest(ours.tabard.server.publicUrl, {
        method: "POST",
        path: "/api/v1/reports",
        headers: { authorization, "content-type": "application/json" },
        body,
      })
      assert.deepEqual([pushed.status, codeOf(pushed)], [401, "reporter_unknown"])

      const { credentials, task } = theirs.governed
      const { issuer, tokenEndpoint, resource } = ours.governed.credentials
      const here = { ...credentials, issuer, tokenEndpoint, resource }
      await assert.rejects(new TokenSource(here, { task: task.id }).token(), Refused)

      const { accessToken } = await new TokenSource(credentials, { task: task.id }).token()
      const carry: typeof fetch = async (input, init) => {
        const sent = new Request(input, init)
        if (sent.url.startsWith(resource)) sent.headers.set("authorization", `DPoP ${accessToken}`)
        return fetch(sent)
      }
      const stranger = boundFetch(ours.governed.credentials, { task: ours.governed.task.id, fetch: carry })
      const message = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" })
      const called = await stranger(`${resource}/notes`, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
        body: message,
      })
      assert.equal(called.status, 401)
    })

    it("replay no answer of each other under the same idempotency key", async () => {
      const once = (at: OneOrganisation, name: string): Promise<RawAnswer> =>
        post(at, "/api/v1/agents", { name }, { cookie: at.administrator.cookie, "idempotency-key": "same" })
      const there = await once(theirs, "the same")
      const here = await once(ours, "the same")
      assert.deepEqual([there.status, here.status], [200, 200])
      assert.equal(here.headers["idempotency-replayed"], undefined)
      assert.notEqual(idOf(here), idOf(there))
    })

    it("hear of no change of each other, also behind an event of the other's", async () => {
      const [event = ""] = theirIds.get("evt") ?? []
      const heard = await listen(ours, event)
      const { text } = await post(
        theirs,
        "/api/v1/agents",
        { name: `${theirs.marker} late` },
        signedIn(theirs),
      )
      const own = await post(ours, "/api/v1/agents", { name: "ours" }, signedIn(ours))
      await until(() => heard.text().includes(idOf(own)))
      await heard.end()
      assert.ok(heard.text().includes("event: reset"), heard.text())
      assert.ok(heard.text().includes(idOf(own)), "one's own is heard")
      assert.ok(!heard.text().includes(idOf({ text })), "the other's is not")
    })

    it("have something that each operation with an id can be asked about: lay one where this fails", async () => {
      const unasked: string[] = []
      for (const [name, operation] of WITH_ID) {
        const rest = {
          ...sampleInput(inputSchema(name, operation), "x"),
          ...FITTING[name],
          // The server is looked for before the agent.
          ...(name === "openTask" && { server: theirIds.get("srv")?.[0] }),
        }
        // An application is called by its name, which no list of ids holds.
        const ids = isNamed(operation) ? new Map([["application", [theirs.marker]]]) : theirIds
        const found = await isFound(theirs, name, (id) => ({ ...rest, ...inPath(operation, id) }), ids)
        if (!found) unasked.push(name)
      }
      assert.deepEqual(unasked, [], "nothing of the other organisation can be asked about by these")
    })
  })
}

/** Every list as its administrator is told it. */
async function everythingTold(at: OneOrganisation): Promise<ReadonlyMap<string, string>> {
  const all = await Promise.all(LISTS.map(async ([name]) => [name, (await at.ask(name)).text] as const))
  return new Map(all)
}

function assertNothingOf(
  other: OneOrganisation,
  { text }: RawAnswer,
  ids: ReadonlyMap<string, readonly string[]>,
): void {
  assert.doesNotMatch(text, new RegExp(other.marker))
  for (const id of [...ids.values()].flat()) assert.ok(!text.includes(id), `${id} in ${text.slice(0, 2000)}`)
}

/** Whether an operation, asked with what is one's own, finds any of it. */
async function isFound(
  at: OneOrganisation,
  name: string,
  ...[inputWith, ids]: [
    (id: string) => Readonly<Record<string, unknown>>,
    ReadonlyMap<string, readonly string[]>,
  ]
): Promise<boolean> {
  for (const id of [...ids.values()].flatMap((all) => all.slice(-SOME))) {
    // Whoever asks stays who they are.
    if (id === at.administrator.user.id) continue
    const answer = await at.ask(name, inputWith(id))
    assert.ok(answer.status < 500 && ![401, 429].includes(answer.status), `${name}: ${answer.text}`)
    const nobodys = await at.ask(name, inputWith(unknown(id)))
    if (answer.status < 300 || plain(answer, id) !== plain(nobodys, unknown(id))) return true
  }
  return false
}

/** Whether what it is about has a name in place of an id. */
function isNamed({ path }: Operation<unknown, unknown>): boolean {
  return path.startsWith("/applications/")
}

function someOf(ids: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...ids.values()].flatMap((all) => all.slice(0, 1))
}

/** The id stands for every member of an address: the first is the thing itself, and is looked for first. */
/** What stands in the path for an id: a kind of document is no id, and an agent's own has the agent's. */
function inPath({ path }: Operation<unknown, unknown>, id: string): Readonly<Record<string, string>> {
  const members = [...path.matchAll(/:(\w+)/g)].map(([, member]) => member)
  return Object.fromEntries(members.map((member) => [member, member === "kind" ? "hand" : id]))
}

/** An id of the same kind that is nobody's. */
function unknown(id: string): string {
  return id.slice(0, -12) + (id.endsWith("0") ? "111111111111" : "000000000000")
}

/** What was answered, but for the id that was asked with and the moment. */
function plain({ text }: RawAnswer, id: string): string {
  return text.replaceAll(id, "…").replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "…")
}

async function asOwn(
  at: OneOrganisation,
  name: string,
  input: Readonly<Record<string, unknown>>,
): Promise<RawAnswer> {
  if (!ENDING.includes(name)) return at.ask(name, input)
  const cookie = await newSession(at.tabard.server, at.administrator.user)
  return at.ask(name, input, { ...at.administrator, cookie })
}

function signedIn({ administrator }: OneOrganisation): Readonly<Record<string, string>> {
  return { cookie: administrator.cookie }
}

function post(
  { tabard }: OneOrganisation,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawAnswer> {
  const own = { "content-type": "application/json", "x-tabard": "1", ...fromElsewhere(), ...headers }
  return rawRequest(tabard.server.publicUrl, {
    method: "POST",
    path,
    headers: own,
    body: JSON.stringify(body),
  })
}

async function listen(
  { tabard, administrator }: OneOrganisation,
  since: string,
): Promise<{ text(): string; end(): Promise<void> }> {
  const leaving = new AbortController()
  const response = await fetch(`${tabard.server.publicUrl}/api/v1/changes`, {
    headers: { cookie: administrator.cookie, "last-event-id": since },
    signal: leaving.signal,
  })
  assert.equal(response.status, 200)
  let text = ""
  const decoder = new TextDecoder()
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
  })().catch(() => undefined)
  return {
    text: () => text,
    async end() {
      leaving.abort()
      await reading
    },
  }
}

function codeOf({ text }: Pick<RawAnswer, "text">): string {
  return String(Reflect.get(Object(JSON.parse(text)), "code"))
}

function idOf({ text }: Pick<RawAnswer, "text">): string {
  return String(Reflect.get(Object(JSON.parse(text)), "id"))
}
