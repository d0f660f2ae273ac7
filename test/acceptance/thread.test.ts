import assert from "node:assert/strict"
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { setTimeout as pause } from "node:timers/promises"
import { type AgentDetail, ApiProblem } from "@tabard/api"
import { main } from "@tabard/cli"
import { boundFetch, type Credentials, createKey, enrol, Refused, TokenSource } from "@tabard/client"
import { systemClock } from "@tabard/core"
import { postgresMissing, startPostgresCluster } from "@tabard/store/testing"
import { type ConnectedAgent, connectAgent, structured, textOf } from "../world/agent.ts"
import { CANARY, filesystemServer, type Machine, makeMachine } from "../world/machine.ts"
import {
  type RunningTabard,
  runTabard,
  type SignedInPerson,
  signInFirst,
  visitor,
} from "../world/running-tabard.ts"
import { until } from "../world/until.ts"

thread("SQLite", async () => undefined)
thread(
  "PostgreSQL",
  async (stack) => stack.use(await startPostgresCluster()).createDatabase(),
  postgresMissing(),
)

/** One agent through the whole loop, on real parts. Each step stands on those before it. */
function thread(
  store: string,
  database: (stack: AsyncDisposableStack) => Promise<string | undefined>,
  skip: string | false = false,
): void {
  describe(`one agent goes through the whole loop, kept in ${store}`, { skip }, () => {
    const stack = new AsyncDisposableStack()
    let machine: Machine
    let tabard: RunningTabard
    let ann: SignedInPerson
    let agent: AgentDetail
    let credentials: Credentials
    let hands: ConnectedAgent
    let taskId: string

    before(async () => {
      machine = stack.use(await makeMachine())
      tabard = stack.use(
        await runTabard({
          store: await database(stack),
          scan: [machine.root],
          gateway: { patienceMs: 300, patienceWithProgressMs: 120_000, progressEveryMs: 200 },
        }),
      )
      await tabard.server.scans.settled()
    })
    after(() => stack.disposeAsync())

    it("an unsigned visitor is told nothing", async () => {
      await assert.rejects(visitor(tabard.server).api.listAgents({}), isProblem(401, "session_required"))
    })

    it("the first administrator signs in by the one-time link, once", async () => {
      const link = await tabard.server.signInLink()
      const code = new URL(link).hash.slice(1)
      const first = visitor(tabard.server)
      assert.deepEqual(await first.api.checkSignIn({ code }), { firstAdministrator: true })
      await assert.rejects(first.api.signIn({ code }), isProblem(422, "body_invalid"))
      const session = await first.api.signIn({ code, name: "Ann", email: "ann@example.test" })
      assert.equal(session.user.role, "administrator")
      await assert.rejects(
        visitor(tabard.server).api.signIn({ code, name: "Eve", email: "eve@example.test" }),
        isProblem(403, "sign_in_invalid"),
      )
      ann = await signInFirst(tabard.server, "Ann")
      assert.deepEqual(
        (await ann.api.listPeople({})).items.map(({ name }) => name),
        ["Ann"],
      )
    })

    it("1: the scan finds four clients and their servers, and of the key its fingerprint alone", async () => {
      const { items } = await ann.api.listAgents({})
      assert.deepEqual(items.map(({ client }) => client).toSorted(), [
        "claude-code",
        "codex",
        "cursor",
        "vscode-copilot",
      ])
      assert.ok(items.every(({ state, owner }) => state === "discovered" && owner === null))
      const claude = items.find(({ client }) => client === "claude-code")
      assert.ok(claude)
      agent = await ann.api.getAgent({ id: claude.id })
      assert.deepEqual(
        agent.usesServers.map(({ name, system }) => [name, system !== null]),
        [["notes", true]],
      )
      const cursor = await ann.api.getAgent({ id: items.find(({ client }) => client === "cursor")?.id ?? "" })
      assert.equal(cursor.holdsCredentials[0]?.storedAs, "plaintext")
      assert.match(cursor.holdsCredentials[0]?.fingerprint ?? "", /^[\w+/=-]{20,}$/)
      assert.ok(!JSON.stringify([cursor, await ann.api.listEvents({})]).includes(CANARY))
    })

    it("1: the same scan again changes nothing", async () => {
      const before = await ann.api.listAgents({})
      await ann.api.startScan({})
      await tabard.server.scans.settled()
      const now = await ann.api.listAgents({})
      assert.deepEqual(
        now.items.map(({ id, name }) => [id, name]),
        before.items.map(({ id, name }) => [id, name]),
      )
    })

    it("2: before somebody owns it, it can neither enrol a key nor be given a task", async () => {
      await assert.rejects(ann.api.offerEnrolment({ id: agent.id }), isProblem(409, "agent_not_active"))
    })

    it("2: it is adopted by a person who accepts to own it, as the sole administrator", async () => {
      const adoption = {
        id: agent.id,
        name: "Notes helper",
        purpose: "Tidies notes",
        tier: "transactional",
        expiresAt: inDays(30),
      } as const
      await assert.rejects(
        ann.api.adoptAgent({ ...adoption, acceptOwnership: false }),
        isProblem(422, "owner_must_accept"),
      )
      agent = await ann.api.adoptAgent({ ...adoption, acceptOwnership: true })
      assert.equal(agent.state, "active")
      assert.equal(agent.owner?.name, "Ann")
      assert.equal(agent.mandate?.oversight, "sole-administrator")
      assert.match(agent.identity, /^spiffe:\/\/tabard\.localhost\/agent\/agt_/)
      await assert.rejects(
        ann.api.adoptAgent({ ...adoption, acceptOwnership: true }),
        isProblem(409, "agent_state_conflict"),
      )
    })

    it("3: it enrols a key by a one-time code, and gets a five-minute token bound to that key", async () => {
      const { code } = await ann.api.offerEnrolment({ id: agent.id })
      const server = tabard.server.publicUrl
      credentials = await enrol({ server, code, label: "Ann's laptop", key: await createKey() })
      await assert.rejects(enrol({ server, code, label: "Eve's laptop", key: await createKey() }), Refused)
      const token = await new TokenSource(credentials).token()
      const claims = JSON.parse(Buffer.from(token.accessToken.split(".")[1] ?? "", "base64url").toString())
      assert.equal(claims.exp - claims.iat, 300)
      assert.equal(claims.agent, agent.id)
      assert.ok(claims.cnf.jkt)
      assert.equal(
        (
          await fetch(`${server}/mcp/notes`, {
            method: "POST",
            headers: { authorization: `Bearer ${token.accessToken}`, "content-type": "application/json" },
          })
        ).status,
        401,
      )
    })

    it("4: the server is put behind the gateway, its tools are pinned, and a manifest bounds the agent", async () => {
      const notes = await ann.api.registerServer({
        name: "notes",
        launch: { transport: "stdio", ...filesystemServer(machine.root) },
      })
      assert.ok(notes.tools.some(({ name, effects }) => name === "write_file" && effects.includes("write")))
      const wider = MANIFEST(machine.notes).replace("transactional", "operator")
      const { problems } = await ann.api.checkManifest({ id: agent.id, manifest: wider })
      assert.deepEqual(
        problems.map(({ line, column, path }) => [line, column, path]),
        [[3, 1, ["tier"]]],
      )
      await assert.rejects(
        ann.api.putManifest({ id: agent.id, manifest: wider }),
        isProblem(422, "manifest_invalid"),
      )
      const meant = await ann.api.checkManifest({ id: agent.id, manifest: MANIFEST(machine.notes) })
      agent = await ann.api.putManifest({ id: agent.id, manifest: MANIFEST(machine.notes) })
      assert.ok(
        agent.manifest?.sentences.some((sentence) => sentence.includes(machine.notes)),
        agent.manifest?.sentences.join("\n"),
      )
      const { sentences, policies } = agent.manifest ?? {}
      assert.deepEqual({ problems: [], sentences, policies }, meant)
    })

    it("4: without a task it may do nothing", async () => {
      await using idle = await connectAgent(tabard.server.publicUrl, boundFetch(credentials))
      const answer = await idle.call("read_text_file", { path: join(machine.notes, "groceries.md") })
      assert.equal(structured(answer)["decision"], "deny")
    })

    it("4: its owner opens a task, choosing folder and tools", async () => {
      const { items } = await ann.api.listServers({})
      const task = await ann.api.openTask({
        id: agent.id,
        text: "tidy the notes in this folder",
        server: items[0]?.id ?? "",
        tools: ["read_text_file", "list_directory", "write_file"],
        folder: machine.notes,
        minutes: 30,
      })
      taskId = task.id
      assert.ok(task.open)
      hands = stack.use(
        await connectAgent(tabard.server.publicUrl, boundFetch(credentials, { task: taskId })),
      )
    })

    it("5: it sees the tools that it may call, and no others", async () => {
      const names = (await hands.tools()).toSorted()
      assert.deepEqual(names, ["list_directory", "read_text_file", "write_file"])
    })

    it("5: it reads a file: permitted", async () => {
      const answer = await hands.call("read_text_file", { path: join(machine.notes, "groceries.md") })
      assert.match(textOf(answer), /milk, bread/)
    })

    it("5: it tries to leave the folder: denied, in words that it can act on", async () => {
      const outside = await hands.call("read_text_file", { path: join(machine.root, ".cursor/mcp.json") })
      assert.equal(structured(outside)["decision"], "deny")
      assert.match(textOf(outside), new RegExp(`only under ${machine.notes}`))
      assert.ok(!textOf(outside).includes(CANARY))
      const climbing = await hands.call("read_text_file", { path: `${machine.notes}/../.cursor/mcp.json` })
      assert.equal(structured(climbing)["decision"], "deny")
    })

    it("5: it writes: the call is held with progress until the owner approves, and runs once", async () => {
      const path = join(machine.notes, "tidy.md")
      const told: string[] = []
      const writing = hands.call(
        "write_file",
        { path, content: "tidy\n" },
        { onProgress: (message) => told.push(message) },
      )
      const question = await pending(ann)
      assert.equal(question.tool, "write_file")
      assert.equal(question.agent.name, "Notes helper")
      assert.equal(question.task?.text, "tidy the notes in this folder")
      assert.ok(question.mayAnswer)
      assert.match(
        question.before?.[0]?.type ?? "",
        /^call\./,
        "what it did before is shown beside the question",
      )
      await pause(300)
      assert.ok(!existsSync(path))
      await ann.api.answerApproval({ id: question.id, verdict: "approved" })
      assert.equal((await writing).isError ?? false, false)
      assert.equal(readFileSync(path, "utf8"), "tidy\n")
      assert.ok(
        told.some((message) => message.includes("Waiting for approval")),
        told.join("\n"),
      )
      await assert.rejects(
        ann.api.answerApproval({ id: question.id, verdict: "denied" }),
        isProblem(409, "approval_already_resolved"),
      )
      const { spent, before: shown } = await ann.api.getApproval({ id: question.id })
      assert.deepEqual([spent, shown], [true, []])
    })

    it("5: past its patience it gets a handle; the approval serves one retry, and is refused after", async () => {
      const args = { path: join(machine.notes, "later.md"), content: "later\n" }
      const waited = structured(await hands.call("write_file", args))
      assert.equal(waited["decision"], "ask")
      const handle = handleOf(waited)
      const question = await pending(ann)
      await ann.api.answerApproval({ id: question.id, verdict: "approved" })
      assert.equal((await hands.call("write_file", args, { handle })).isError ?? false, false)
      assert.equal(readFileSync(args.path, "utf8"), "later\n")
      writeFileSync(args.path, "changed since\n")
      const again = await hands.call("write_file", args, { handle })
      assert.equal(structured(again)["code"], "approval_spent")
      assert.equal(readFileSync(args.path, "utf8"), "changed since\n")
    })

    it("5: a changed argument is asked anew, and a denied one is not asked again", async () => {
      const path = join(machine.notes, "other.md")
      const handle = handleOf(structured(await hands.call("write_file", { path, content: "one\n" })))
      await ann.api.answerApproval({ id: (await pending(ann)).id, verdict: "approved" })
      const changed = structured(await hands.call("write_file", { path, content: "two\n" }, { handle }))
      assert.equal(changed["decision"], "ask")
      assert.notEqual(handleOf(changed), handle)
      assert.ok(!existsSync(path))
      await ann.api.answerApproval({ id: (await pending(ann)).id, verdict: "denied" })
      const denied = structured(await hands.call("write_file", { path, content: "two\n" }))
      assert.deepEqual([denied["decision"], denied["code"]], ["deny", "denied_by_person"])
    })

    it("6: each step is in the log, which verifies, and does not after one flipped bit", async () => {
      const items = await until(async () => {
        await tabard.server.publish()
        const listed = (await ann.api.listEvents({ limit: 500 })).items
        return listed.every(({ index }) => index !== null) && listed
      })
      const types = new Set(items.map(({ type }) => type))
      for (const type of STEPS) assert.ok(types.has(type), type)
      assert.ok(items.every(({ body }) => !JSON.stringify(body).includes(CANARY)))

      const { verifierKey } = await ann.api.getLog({})
      const log = join(tabard.data, "log/default")
      assert.equal(await verify(log, verifierKey), 0)
      const bundle = globSync(`${log}/tile/entries/**/*`, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .toSorted()
        .at(-1)
      assert.ok(bundle)
      const bytes = readFileSync(bundle)
      flip(bundle, bytes, 1000)
      assert.equal(await verify(log, verifierKey), 1)
      writeFileSync(bundle, bytes)
      assert.equal(await verify(log, verifierKey), 0)
    })

    it("7: suspending it stops it at once, also in the middle of a waiting call", async () => {
      const writing = hands.call(
        "write_file",
        { path: join(machine.notes, "never.md"), content: "never\n" },
        { onProgress: () => undefined },
      )
      const question = await pending(ann)
      const stopped = await ann.api.suspendAgent({ id: agent.id, reason: "something looks wrong" })
      assert.equal(stopped.state, "suspended")
      const answer = structured(await writing)
      assert.equal(answer["decision"], "deny")
      assert.equal((await ann.api.getApproval({ id: question.id })).state, "cancelled")
      assert.ok(!existsSync(join(machine.notes, "never.md")))
      await assert.rejects(hands.call("read_text_file", { path: join(machine.notes, "ideas.md") }))
      await assert.rejects(new TokenSource(credentials).token(), Refused)
    })

    it("7: resumed, it gets a new token and goes on", async () => {
      await ann.api.resumeAgent({ id: agent.id, reason: "it was nothing" })
      await using hands = await connectAgent(
        tabard.server.publicUrl,
        boundFetch(credentials, { task: taskId }),
      )
      assert.match(
        textOf(await hands.call("read_text_file", { path: join(machine.notes, "ideas.md") })),
        /a coat/,
      )
    })

    it("7: retiring it ends its key and its token: both are tried and refused", async () => {
      const tokens = new TokenSource(credentials, { task: taskId })
      const bound = boundFetch(credentials, { task: taskId })
      await using hands = await connectAgent(tabard.server.publicUrl, bound)
      await tokens.token()
      const retired = await ann.api.retireAgent({ id: agent.id, reason: "the notes are tidy" })
      assert.equal(retired.state, "retired")
      assert.deepEqual(retired.tokens, [])
      assert.ok(retired.instances.every(({ revokedAt }) => revokedAt !== null))
      assert.ok(retired.tasks.every(({ open }) => !open))
      await assert.rejects(hands.call("read_text_file", { path: join(machine.notes, "ideas.md") }))
      await assert.rejects(new TokenSource(credentials).token(), Refused)
      await assert.rejects(
        ann.api.resumeAgent({ id: agent.id, reason: "come back" }),
        isProblem(409, "agent_state_conflict"),
      )
    })

    it("ends with no fault of ours", () => {
      assert.deepEqual(tabard.faults, [])
    })
  })
}

const MANIFEST = (folder: string): string => `
purpose: Tidy the notes in one folder
tier: transactional
tools:
  - { server: notes, tool: read_text_file, arguments: { path: { under: ${folder} } } }
  - { server: notes, tool: list_directory, arguments: { path: { under: ${folder} } } }
  - { server: notes, tool: write_file, arguments: { path: { under: ${folder} } }, ask: owner }
`

const STEPS = [
  "scan.finished",
  "agent.discovered",
  "agent.proposed",
  "agent.activated",
  "enrolment.offered",
  "instance.enrolled",
  "token.issued",
  "server.registered",
  "manifest.put",
  "task.opened",
  "call.decided",
  "call.finished",
  "approval.requested",
  "approval.approved",
  "approval.spent",
  "approval.denied",
]

/** The question that waits, once it does. */
async function pending({ api }: SignedInPerson): Promise<Awaited<ReturnType<typeof api.getApproval>>> {
  return until(async () => (await api.listApprovals({ state: "pending" })).items[0] ?? false)
}

function handleOf(answer: Readonly<Record<string, unknown>>): string {
  const { approval } = answer
  assert.ok(
    typeof approval === "object" &&
      approval !== null &&
      "handle" in approval &&
      typeof approval.handle === "string",
  )
  return approval.handle
}

async function verify(directory: string, key: string): Promise<number> {
  const silent = { write: () => true }
  return main(["audit", "verify", directory, "--vkey", key], {
    stdout: silent,
    stderr: silent,
    cwd: "/",
    home: "/",
    host: "test",
    env: {},
    clock: systemClock,
    signal: AbortSignal.timeout(240_000),
  })
}

function flip(path: string, bytes: Buffer, bit: number): void {
  const changed = Buffer.from(bytes)
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  writeFileSync(path, changed)
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString()
}

function isProblem(status: number, code: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof ApiProblem, String(error))
    assert.deepEqual([error.status, error.code], [status, code], error.message)
    return true
  }
}
