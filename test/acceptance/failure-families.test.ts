import assert from "node:assert/strict"
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { after, afterEach, before, describe, it } from "node:test"
import { type Client, OPERATIONS, type Operation } from "@tabard/api"
import {
  boundFetch,
  type Credentials,
  createKey,
  dpopProof,
  enrol,
  Refused,
  TokenSource,
} from "@tabard/client"
import { type Id, newId, systemClock } from "@tabard/core"
import { emptyLog, integrate, memoryTileStore, parseVerifierKey, publish, verifyLog } from "@tabard/log"
import { fileTileStore } from "@tabard/log/files"
import { ed25519Signer, sha256, verifySignature } from "@tabard/log/node"
import { connectAgent, structured, type ToolAnswer, textOf } from "../world/agent.ts"
import { type GovernedAgent, governAgent, NOTES_MANIFEST, openNotesTask } from "../world/governed-agent.ts"
import { CANARY, type Machine, makeMachine } from "../world/machine.ts"
import { type RawAnswer, rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { makeShiftingServer, type ShiftingServer } from "../world/shifting-server.ts"
import { until } from "../world/until.ts"

const READ = { tool: "read_note", args: { topic: "groceries" } }
const WRITE = { tool: "write_note", args: { topic: "groceries", content: "milk" } }

const stack = new AsyncDisposableStack()
let machine: Machine
let upstream: ShiftingServer
let tabard: RunningTabard
let ann: SignedInPerson
let api: Client

before(async () => {
  machine = stack.use(await makeMachine())
  upstream = stack.use(await makeShiftingServer())
  const proxies = ["127.0.0.1"]
  tabard = stack.use(await runTabard({ scan: [machine.root], gateway: { patienceMs: 50 }, proxies }))
  await tabard.server.scans.settled()
  ann = await signInFirst(tabard.server, "Ann")
  api = ann.api
  await api.registerServer({ name: "notes", launch: upstream.launch })
})
after(() => stack.disposeAsync())
let faultsSeen = 0
afterEach(() => assert.deepEqual(tabard.faults.slice(faultsSeen), []))

describe("fail-open where policy, key or decision point is missing", () => {
  it("denies everything while no policy is in force, and after", async () => {
    const agent = await governAgent(tabard.server, api)
    assert.equal(outcomeOf(await call(agent, READ)), "done")
    const { shelf } = tabard.server.organisation
    const sets = await shelf.snapshot(({ policies }) => policies.inForce())
    await shelf.transact(async ({ policies, organisation }) => {
      for (const { kind, subject } of sets) await policies.remove(kind, subject, systemClock.now())
      await organisation.bumpVersion()
    })
    assert.match(outcomeOf(await call(agent, READ)), /^deny/)
    await shelf.transact(async ({ policies, organisation }) => {
      for (const set of sets) {
        await policies.put({ ...set, id: newId("policySet", systemClock), version: set.version + 1 })
      }
      await organisation.bumpVersion()
    })
    assert.equal(outcomeOf(await call(agent, READ)), "done")
  })

  it("denies where a guard-rail cannot be read, instead of leaving it out", async () => {
    const agent = await governAgent(tabard.server, api)
    const bound = boundFetch(agent.credentials, { task: agent.task.id })
    await using hands = await connectAgent(tabard.server.publicUrl, bound)
    assert.equal(outcomeOf(await hands.call(READ.tool, READ.args)), "done")
    const { shelf } = tabard.server.organisation
    const text = "forbid (principal, action, resource) when { nonsense.everywhere };"
    await shelf.transact(async ({ policies, organisation }) => {
      const id = newId("policySet", systemClock)
      const createdAt = systemClock.now()
      const common = {
        id,
        kind: "guard",
        subject: "broken",
        version: 1,
        author: "x",
        source: null,
        createdAt,
      } as const
      await policies.put({ ...common, policies: [{ id: "broken/1", text }] })
      await organisation.bumpVersion()
    })
    try {
      // Already the token is asked about: nobody knows whether the guard-rail would let it be issued.
      await assert.rejects(call(agent, READ), { status: 400, code: "temporarily_unavailable" })
      assert.match(outcomeOf(await hands.call(READ.tool, READ.args)), /^deny decision_unavailable/)
      assert.ok(tabard.faults.length > 0, "the operator is told")
    } finally {
      faultsSeen = tabard.faults.length
      await shelf.transact(async ({ policies, organisation }) => {
        await policies.remove("guard", "broken", systemClock.now())
        await organisation.bumpVersion()
      })
    }
  })
})

describe("a second entry point that skips the check", () => {
  it("is not found: however the address is spelt, nobody without a token reaches the server", async () => {
    const heard = await upstream.heard()
    const paths = [
      "/mcp/notes",
      "/mcp/notes/",
      "//mcp/notes",
      "/MCP/notes",
      "/mcp/%6eotes",
      "/mcp/notes?x=1",
      "/mcp/./notes",
      "/api/v1/../../mcp/notes",
      "/o/default/mcp/notes",
      "/sse",
      "/messages",
    ]
    for (const path of paths) {
      for (const method of ["POST", "GET", "PUT", "DELETE"]) {
        const answer = await post(path, toolCall(READ), {}, method)
        assert.ok(
          answer.status >= 400 || /<!doctype html>/i.test(answer.text),
          `${method} ${path} ${answer.status}`,
        )
      }
    }
    assert.deepEqual(await upstream.heard(), heard)
  })

  it("is not another method: what is no decided tool call is not forwarded", async () => {
    const agent = await governAgent(tabard.server, api)
    await call(agent, READ)
    const heard = await upstream.heard()
    const methods = [
      "resources/read",
      "resources/list",
      "prompts/get",
      "completion/complete",
      "sampling/createMessage",
      "tools/Call",
      "tools/call ",
      "logging/setLevel",
      "tools/execute",
    ]
    for (const method of methods) {
      const body = JSON.stringify({
        jsonrpc: "2.0",
        id: 1,
        method,
        params: { name: "write_note", arguments: WRITE.args, uri: "file:///etc/passwd" },
      })
      await asAgent(agent, body)
    }
    const batch = `[${toolCall(WRITE)},${toolCall(READ)}]`
    const silent = JSON.stringify({
      jsonrpc: "2.0",
      method: "tools/call",
      params: { name: "write_note", arguments: WRITE.args },
    })
    const twofold = toolCall(READ).replace(`"name"`, `"name":"write_note","name"`)
    for (const body of [batch, silent, twofold]) await asAgent(agent, body)
    assert.deepEqual(await upstream.heard(), heard)
  })
})

describe("a union of stale grants that grants again", () => {
  it("does not happen: a new task has its own tools, not those of the task before", async () => {
    const agent = await governAgent(tabard.server, api)
    await api.closeTask({ id: agent.task.id })
    const narrow = { ...agent, task: await openNotesTask(api, agent.id, ["read_note"]) }
    assert.equal(outcomeOf(await call(narrow, READ)), "done")
    assert.match(outcomeOf(await call(narrow, WRITE)), /^deny/)
    await assert.rejects(call(agent, READ), "the closed task gives no token")
  })

  it("does not happen: a manifest replaces the one before as a whole", async () => {
    const agent = await governAgent(tabard.server, api)
    await api.putManifest({ id: agent.id, manifest: NOTES_MANIFEST.replace(/.*read_note.*\n/, "") })
    assert.match(outcomeOf(await call(agent, READ)), /^deny/)
  })

  it("does not happen: two open tasks do not lend each other their tools", async () => {
    const agent = await governAgent(tabard.server, api, { tools: ["read_note"] })
    const other = { ...agent, task: await openNotesTask(api, agent.id, ["write_note"]) }
    assert.match(outcomeOf(await call(agent, WRITE)), /^deny/)
    assert.match(outcomeOf(await call(other, READ)), /^deny/)
  })
})

describe("a revocation that does not cascade", () => {
  it("does not happen: with its owner an agent loses its tokens' worth, new tokens, enrolments and answers", async () => {
    const agent = await governAgent(tabard.server, api)
    const token = await tokenOf(agent)
    const { code } = await api.offerEnrolment({ id: agent.id })
    const { shelf } = tabard.server.organisation
    const owner = (await shelf.snapshot(({ agents }) => agents.find(agent.id)))?.owner ?? assert.fail()
    await shelf.transact(({ users }) => users.setActive(owner, false))
    try {
      assert.equal((await asAgent(agent, toolCall(READ), token)).status, 401)
      await assert.rejects(tokenOf(agent), Refused)
      await assert.rejects(enrolBy(code), { code: "agent_orphaned" })
    } finally {
      await shelf.transact(({ users }) => users.setActive(owner, true))
    }
  })

  it("does not happen: a retired agent's token, key, task, question and approval are each refused", async () => {
    const agent = await governAgent(tabard.server, api)
    const token = await tokenOf(agent)
    const handle = handleOf(await call(agent, WRITE))
    const question = await questionOf(agent)
    await api.answerApproval({ id: question, verdict: "approved" })
    await api.retireAgent({ id: agent.id, reason: "done" })
    const ran = await upstream.ran()

    assert.equal((await asAgent(agent, toolCall({ ...WRITE, handle }), token)).status, 401)
    await assert.rejects(tokenOf(agent), Refused)
    await assert.rejects(new TokenSource(agent.credentials).token(), Refused)
    assert.equal((await api.getApproval({ id: question })).state, "cancelled")
    await assert.rejects(
      api.openTask({ id: agent.id, text: "x", server: "srv_none", tools: ["x"], folder: null, minutes: 1 }),
    )
    assert.deepEqual(await upstream.ran(), ran)
  })
})

describe("a denial that an agent cannot understand", () => {
  it("does not happen: it says what is allowed instead, in words and for programs, with a reference to look up", async () => {
    const agent = await governAgent(tabard.server, api, { tools: ["read_note"] })
    const denied = await call(agent, WRITE)
    assert.equal(denied.isError, true)
    assert.match(textOf(denied), /the task does not allow write_note; it allows read_note/)
    const { reference, code } = structured(denied)
    assert.equal(code, "no_policy")
    const { items } = await api.listEvents({ agent: agent.id, type: "call.decided" })
    assert.ok(
      items.some(({ body }) => JSON.stringify(body).includes(String(reference))),
      "its owner finds it",
    )
  })

  it("does not happen: a question says that it waits, until when, and how to come back", async () => {
    const agent = await governAgent(tabard.server, api)
    const asked = await call(agent, WRITE)
    assert.match(textOf(asked), /waits for approval and has not run.*exactly the same arguments/)
    assert.equal(structured(asked)["decision"], "ask")
  })
})

describe("an approval that is not bound to arguments", () => {
  it("does not happen: it serves exactly what was shown, once, whatever the order of its members", async () => {
    const agent = await governAgent(tabard.server, api)
    const handle = handleOf(await call(agent, WRITE))
    await api.answerApproval({ id: await questionOf(agent), verdict: "approved" })
    const ran = (await upstream.ran()).length
    for (const args of [
      { topic: "groceries", content: "milk " },
      { topic: "Groceries", content: "milk" },
      { topic: "groceries", content: "mi\u006ck\u0000" },
      { topic: "groceries", content: "milk", force: true },
      { topic: "groceries" },
    ]) {
      assert.notEqual(outcomeOf(await call(agent, { ...WRITE, args, handle })), "done", JSON.stringify(args))
    }
    assert.equal((await upstream.ran()).length, ran)
    assert.equal(
      outcomeOf(await call(agent, { ...WRITE, args: { content: "milk", topic: "groceries" }, handle })),
      "done",
    )
    assert.equal(outcomeOf(await call(agent, { ...WRITE, handle })), "deny approval_spent")
    assert.equal((await upstream.ran()).length, ran + 1)
  })
})

describe("identity laundering through headers or shared keys", () => {
  it("does not happen: what a request says of itself beside its token changes nothing", async () => {
    const [agent, other] = [await governAgent(tabard.server, api), await governAgent(tabard.server, api)]
    const claims = {
      "x-forwarded-user": other.id,
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
      "x-agent-id": other.id,
      "x-tabard-agent": other.id,
      "x-original-url": "/mcp/other",
      cookie: ann.cookie(),
    }
    assert.equal(
      (await post("/mcp/notes", toolCall(READ), claims)).status,
      401,
      "without a token they are nobody",
    )
    const answer = await asAgent(agent, toolCall(READ), undefined, claims)
    assert.equal(answer.status, 200, answer.text)
    const [latest] = (await api.listEvents({ type: "call.finished" })).items
    assert.equal(Reflect.get(Object(latest?.body), "agent"), agent.id)
  })

  it("does not happen: a token is worth nothing without its key, its request and its moment", async () => {
    const agent = await governAgent(tabard.server, api)
    const token = await tokenOf(agent)
    const url = `${tabard.server.publicUrl}/mcp/notes`
    const target = { method: "POST", url, accessToken: token }
    const stranger = await createKey()
    const own = (differences: object) =>
      dpopProof(agent.credentials.key, { ...target, ...differences }, () => new Date())
    const used = await own({})
    assert.equal((await withProof(token, used)).status, 200)
    const proofs = {
      "another's key": await dpopProof(stranger, target, () => new Date()),
      "a proof that was used": used,
      "a proof for another address": await own({ url: `${tabard.server.publicUrl}/mcp/other` }),
      "a proof for another method": await own({ method: "GET" }),
      "a proof for another token": await own({ accessToken: await tokenOf(agent) }),
      "an old proof": await dpopProof(agent.credentials.key, target, () => new Date(Date.now() - 3600_000)),
      nothing: "",
    }
    for (const [what, proof] of Object.entries(proofs)) {
      const { status } = await withProof(token, proof)
      assert.ok(status === 401 || status === 400, `${what}: ${status}`)
    }
  })

  it("does not happen: two Authorization headers, a bearer's or a token without a signature are refused", async () => {
    const agent = await governAgent(tabard.server, api)
    const token = await tokenOf(agent)
    const proof = await dpopProof(
      agent.credentials.key,
      { method: "POST", url: `${tabard.server.publicUrl}/mcp/notes`, accessToken: token },
      () => new Date(),
    )
    const [header = "", payload = ""] = token.split(".")
    const none = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(header, "base64url").toString()), alg: "none" }),
    ).toString("base64url")
    for (const authorization of [
      `Bearer ${token}`,
      `DPoP ${none}.${payload}.`,
      `DPoP ${token}, DPoP ${token}`,
      `DPoP ${token} ${token}`,
      "DPoP",
      `Basic ${token}`,
    ]) {
      const { status } = await post("/mcp/notes", toolCall(READ), { authorization, dpop: proof })
      assert.ok(status === 401 || status === 400, `${authorization.slice(0, 12)}: ${status}`)
    }
    const query = await post(`/mcp/notes?access_token=${token}`, toolCall(READ), { dpop: proof })
    assert.equal(query.status, 401)
  })

  it("does not happen: one key cannot be enrolled for a second agent", async () => {
    const agent = await governAgent(tabard.server, api)
    const other = await governAgent(tabard.server, api)
    const { code } = await api.offerEnrolment({ id: other.id })
    const { enrol } = await import("@tabard/client")
    const again = enrol({ server: tabard.server.publicUrl, code, label: "x", key: agent.credentials.key })
    await assert.rejects(again, { code: "key_already_enrolled" })
  })
})

describe("agents that can edit what constrains them", () => {
  it("are not let in: an agent's token is nobody at every address of the API", async () => {
    const agent = await governAgent(tabard.server, api)
    const token = await tokenOf(agent)
    const all = Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS })
    for (const [place, [name, operation]] of all.entries()) {
      if (operation.access === "public") continue
      // Each from an address of its own: one address alone would soon be told to come back later.
      const from = { "x-forwarded-for": `203.0.${place >> 8}.${place & 255}` }
      const path = `/api/v1${operation.path.replace(":id", agent.id)}`
      const url = `${tabard.server.publicUrl}${path}`
      const dpop = await dpopProof(
        agent.credentials.key,
        { method: operation.method, url, accessToken: token },
        () => new Date(),
      )
      for (const proof of [
        { authorization: `DPoP ${token}`, dpop },
        { authorization: `Bearer ${token}` },
        { cookie: `tabard-${new URL(tabard.server.publicUrl).port}=${token}` },
      ]) {
        const headers = { ...proof, ...from, "content-type": "application/json", "x-tabard": "1" }
        const body = operation.method === "GET" ? undefined : "{}"
        const answer = await rawRequest(tabard.server.publicUrl, {
          method: operation.method,
          path,
          headers,
          ...(body && { body }),
        })
        assert.equal(answer.status, 401, `${name}: ${answer.text}`)
      }
    }
  })

  it("cannot answer their own question", async () => {
    const agent = await governAgent(tabard.server, api)
    const handle = handleOf(await call(agent, WRITE))
    const question = await questionOf(agent)
    for (const id of [question, handle]) {
      const headers = {
        "content-type": "application/json",
        "x-tabard": "1",
        authorization: `DPoP ${await tokenOf(agent)}`,
      }
      const path = `/api/v1/approvals/${id}/verdict`
      const answer = await rawRequest(tabard.server.publicUrl, {
        method: "POST",
        path,
        headers,
        body: `{"verdict":"approved"}`,
      })
      assert.equal(answer.status, 401)
    }
    assert.equal((await api.getApproval({ id: question })).state, "pending")
  })
})

describe("secrets that an inventory returns and that are then stored", () => {
  it("are in no answer, no file of ours and no fault: not the found key, nor one of our own", async () => {
    const agent = await governAgent(tabard.server, api)
    const token = await tokenOf(agent)
    await call(agent, READ)
    await call(agent, { ...READ, args: { topic: "x".repeat(100) } })
    const linkCode = new URL(await tabard.server.signInLink()).hash.slice(1)
    const { code: unusedCode } = await api.offerEnrolment({ id: agent.id })
    await tabard.server.publish()
    const { key } = agent.credentials
    assert.ok("d" in key)
    const secrets = {
      "a found key": CANARY,
      "a used enrolment code": agent.code,
      "an enrolment code": unusedCode,
      "an agent's private key": key.d,
      "an agent's token": token,
      "a token's signature": token.split(".")[2] ?? assert.fail(),
      "a sign-in code": linkCode,
      "a session": ann.cookie().split("=")[1] ?? assert.fail(),
    }
    const places = new Map([...filesOf(tabard.data), ...(await answersOf(agent.id))])
    assert.ok(places.size > 10)
    for (const [what, secret] of Object.entries(secrets)) {
      for (const [place, bytes] of places) assert.ok(!bytes.includes(secret), `${what} is in ${place}`)
    }
  })
})

describe("an audit that is keyed by the operator alone", () => {
  it("is noticed where it was rewritten with the same key, by whoever kept an earlier checkpoint", async () => {
    await tabard.server.publish()
    const { verifierKey } = await api.getLog({})
    const entries: Uint8Array[] = []
    const own = { tiles: fileTileStore(join(tabard.data, "log/default")), sha256, verifySignature }
    const onEntry = (_: number, entry: Uint8Array): void => void entries.push(entry)
    assert.ok((await verifyLog(own, { key: parseVerifierKey(sha256, verifierKey), onEntry })).ok)
    assert.ok(entries.length > 20)

    const signer = ed25519Signer("audit.example.test/1", new Uint8Array(32).fill(3))
    const honest = await logOf(signer, entries)
    const [first = assert.fail(), ...rest] = entries
    const rewritten = await logOf(signer, [
      Buffer.from(Buffer.from(first).toString().replace(/\d/, "7 ")),
      ...rest,
    ])
    const deps = { tiles: rewritten.tiles, sha256, verifySignature }
    assert.ok(
      (await verifyLog(deps, { key: signer.key })).ok,
      "by itself it looks whole: that is why one is kept",
    )
    const held = await verifyLog(deps, { key: signer.key, earlier: [honest.checkpoint] })
    assert.equal(held.ok, false)
    const shorter = await logOf(signer, entries.slice(0, -1))
    const shrunk = await verifyLog(
      { ...deps, tiles: shorter.tiles },
      { key: signer.key, earlier: [honest.checkpoint] },
    )
    assert.match(shrunk.ok ? "" : shrunk.reason, /shrunk/)
  })
})

describe("sessions that are initialised again for each call", () => {
  it("do not happen: one process and one handshake serve every call of every agent", async () => {
    const agents = [await governAgent(tabard.server, api), await governAgent(tabard.server, api)]
    const greeted = async () => (await upstream.heard()).filter((line) => line === "initialize").length
    await call(agents[0] ?? assert.fail(), READ)
    const before = await greeted()
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => call(agents[n % 2] ?? assert.fail(), READ)),
    )
    assert.equal(new Set(answers.map(textOf)).size, 1)
    assert.equal(await greeted(), before)
  })
})

describe("a tool that changes after it was approved", () => {
  it("is not run, approved or not, until somebody reviews it again", async () => {
    const agent = await governAgent(tabard.server, api)
    const handle = handleOf(await call(agent, WRITE))
    await api.answerApproval({ id: await questionOf(agent), verdict: "approved" })
    assert.equal(outcomeOf(await call(agent, { ...READ, args: { topic: "shift" } })), "done")
    const ran = await upstream.ran()
    const denied = await call(agent, { ...WRITE, handle })
    assert.equal(outcomeOf(denied), "deny tool_changed")
    assert.match(textOf(denied), /must review it again/)
    assert.equal(outcomeOf(await call(agent, READ)), "deny tool_changed")
    assert.deepEqual(await upstream.ran(), ran)
  })
})

interface Wanted {
  readonly tool: string
  readonly args: Readonly<Record<string, unknown>>
  readonly handle?: string
}

/** One call through the official client, under the agent's task. */
async function call(
  { credentials, task }: GovernedAgent,
  { tool, args, handle }: Wanted,
): Promise<ToolAnswer> {
  await using hands = await connectAgent(tabard.server.publicUrl, boundFetch(credentials, { task: task.id }))
  return await hands.call(tool, { ...args }, handle ? { handle } : {})
}

function outcomeOf(answer: ToolAnswer): string {
  const { decision, code } = structured(answer)
  if (decision === undefined) return answer.isError ? textOf(answer) : "done"
  return `${JSON.stringify(decision)} ${JSON.stringify(code)}`.replaceAll('"', "")
}

function toolCall({ tool, args, handle }: Wanted): string {
  const meta = handle && { _meta: { "tabard/approval": handle } }
  return JSON.stringify({
    jsonrpc: "2.0",
    id: 1,
    method: "tools/call",
    params: { name: tool, arguments: args, ...meta },
  })
}

async function enrolBy(code: string): Promise<Credentials> {
  return enrol({ server: tabard.server.publicUrl, code, label: "late", key: await createKey() })
}

async function tokenOf({ credentials, task }: GovernedAgent): Promise<string> {
  return (await new TokenSource(credentials, { task: task.id }).token()).accessToken
}

/** A request with the agent's token and a right proof. */
async function asAgent(
  agent: GovernedAgent,
  body: string,
  token?: string,
  more: Record<string, string> = {},
): Promise<RawAnswer> {
  const accessToken = token ?? (await tokenOf(agent))
  const url = `${tabard.server.publicUrl}/mcp/notes`
  const proof = await dpopProof(agent.credentials.key, { method: "POST", url, accessToken }, () => new Date())
  return withProof(accessToken, proof, body, more)
}

function withProof(
  token: string,
  dpop: string,
  body = toolCall(READ),
  more: Record<string, string> = {},
): Promise<RawAnswer> {
  return post("/mcp/notes", body, { authorization: `DPoP ${token}`, ...(dpop && { dpop }), ...more })
}

function post(
  path: string,
  body: string,
  headers: Record<string, string> = {},
  method = "POST",
): Promise<RawAnswer> {
  const own = {
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    "mcp-protocol-version": "2025-11-25",
  }
  return rawRequest(tabard.server.publicUrl, {
    method,
    path,
    headers: { ...own, ...headers },
    ...(method === "GET" ? {} : { body }),
  })
}

function handleOf(answer: ToolAnswer): string {
  const handle = Reflect.get(Object(structured(answer)["approval"]), "handle")
  assert.ok(typeof handle === "string", textOf(answer))
  return handle
}

async function questionOf({ id }: GovernedAgent): Promise<Id<"approval">> {
  const question = await until(
    async () =>
      (await api.listApprovals({ state: "pending" })).items.find(({ agent }) => agent.id === id) ?? false,
  )
  return question.id as Id<"approval">
}

function filesOf(folder: string): readonly (readonly [string, Buffer])[] {
  return globSync("**/*", { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name))])
}

/** Every answer that the API gives to reading. */
async function answersOf(agent: string): Promise<readonly (readonly [string, Buffer])[]> {
  const agents = (await api.listAgents({})).items
  const details = await Promise.all(agents.map(({ id }) => api.getAgent({ id })))
  const answers = {
    session: await api.getSession({}),
    overview: await api.getOverview({}),
    people: await api.listPeople({}),
    agents,
    details,
    servers: await api.listServers({}),
    approvals: await api.listApprovals({}),
    events: await api.listEvents({ limit: 500 }),
    "events of one agent": await api.listEvents({ agent, limit: 500 }),
    log: await api.getLog({}),
    reporters: await api.listReporters({}),
    scans: await api.listScans({}),
  }
  return Object.entries(answers).map(([name, answer]) => [name, Buffer.from(JSON.stringify(answer))])
}

async function logOf(signer: ReturnType<typeof ed25519Signer>, entries: readonly Uint8Array[]) {
  const tiles = memoryTileStore()
  const head = await integrate({ tiles, sha256 }, emptyLog(sha256), entries)
  return { tiles, checkpoint: await publish({ tiles, sha256, signer }, head) }
}
