import assert from "node:assert/strict"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { setTimeout as pause } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import type { ApprovalView } from "@tabard/api"
import { thumbprintOf } from "@tabard/client"
import { verifiedProof } from "@tabard/client/testing"
import { type CommandWorld, openCommandWorld } from "../world/command-world.ts"
import { rawRequest } from "../world/raw-request.ts"
import type { RunningTabard, SignedInPerson } from "../world/running-tabard.ts"
import { type Ended, startTabard } from "../world/tabard-process.ts"
import { until } from "../world/until.ts"

const PLAIN_AGENT = fileURLToPath(new URL("../../examples/plain-agent.ts", import.meta.url))
const IDENTITY_PAGE = new URL("../../docs/identity.md", import.meta.url)
const MESSAGE = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" })

const stack = new AsyncDisposableStack()
let world: CommandWorld
let tabard: RunningTabard
let ann: SignedInPerson
let cwd: string

before(async () => {
  world = stack.use(await openCommandWorld())
  ;({ tabard, ann, cwd } = world)
})
after(() => stack.disposeAsync())

describe("tabard token", () => {
  it("writes a token that is bound to the agent's key, and says to which", async () => {
    const { credentials, task } = await world.agentNamed("bound")
    const { code, stdout, stderr } = await tabardCommand("token", "--agent", "bound", "--task", task.id)
    assert.equal(code, 0, stderr)
    const claims = claimsOf(stdout.trim())
    assert.ok("d" in credentials.key)
    assert.equal(claims.cnf.jkt, await thumbprintOf(credentials.key))
    assert.equal(claims.task, task.id)
    assert.match(stderr, new RegExp(`Bound to the key ${claims.cnf.jkt}`))
    assert.ok(!`${stdout}${stderr}`.includes(credentials.key.d))
    const bare = await listTools({ authorization: `DPoP ${stdout.trim()}` })
    assert.equal(bare.status, 401, "without a proof it is worth nothing")
  })

  it("writes the headers of one request, which is taken once and nowhere else", async () => {
    const { task } = await world.agentNamed("headers")
    const url = `${tabard.server.publicUrl}/mcp/notes`
    const args = ["--agent", "headers", "--task", task.id, "--json", "--dpop-for", "post", url]
    const { code, stdout, stderr } = await tabardCommand("token", ...args)
    assert.equal(code, 0, stderr)
    const { authorization, dpop } = JSON.parse(stdout)
    assert.equal((await verifiedProof(dpop)).payload["htm"], "POST")
    assert.equal((await listTools({ authorization, dpop })).status, 200)
    assert.equal((await listTools({ authorization, dpop })).status, 401, "once")
  })

  it("tells a program the same as JSON, the private key never among it", async () => {
    const { credentials } = await world.agentNamed("json")
    const { stdout } = await tabardCommand("token", "--agent", "json", "--json")
    const { access_token: token, ...said } = JSON.parse(stdout)
    assert.deepEqual(Object.keys(said).toSorted(), ["expires_at", "jkt", "resource", "token_type"])
    assert.equal(said.token_type, "DPoP")
    assert.equal(typeof token, "string")
    assert.ok("d" in credentials.key && !stdout.includes(credentials.key.d))
  })

  it("asks a person with --ask, waits for them, and writes the token that they agreed to", async () => {
    const { id, task } = await world.agentNamed("helper")
    // As docs/identity.md has it.
    const page = await readFile(IDENTITY_PAGE, "utf8")
    const typed = /^tabard (token .*--ask .*)$/m.exec(page)?.[1]?.replace(" TASK ", ` ${task.id} `)
    const words = typed?.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', "")) ?? assert.fail()
    await using asking = startTabard([...words, "--json"], { cwd })
    const question = await until(() => pendingOf(id))
    assert.equal(question.token?.message, "W4SC 12")
    await ann.api.answerApproval({ id: question.id, verdict: "approved" })
    const { code, stdout, stderr } = await asking.ended()
    assert.equal(code, 0, stderr)
    const { sub } = claimsOf(JSON.parse(stdout).access_token)
    assert.equal(sub, question.onBehalfOf?.id)
    assert.match(stderr, /Asked ann@example\.test.* Waiting until .*\nThey are shown: W4SC 12\n/)
  })

  it("says no to --ask for somebody else, and stops to wait when it is told to", async () => {
    const { id } = await world.agentNamed("stopping")
    const unknown = await tabardCommand("token", "--agent", "stopping", "--ask", "eve@example.test")
    assert.deepEqual([unknown.code, /unknown_user_id/.test(unknown.stderr)], [1, true])
    assert.equal((await tabardCommand("token", "--agent", "stopping", "--message", "hm")).code, 2)
    await using asking = startTabard(["token", "--agent", "stopping", "--ask", "ann@example.test"], { cwd })
    await until(() => pendingOf(id))
    asking.child.kill("SIGINT")
    const { code, stderr } = await asking.ended()
    assert.deepEqual([code, /you stopped waiting/.test(stderr)], [1, true])
  })

  it("says why there is none: no such agent here, credentials that others may read, an agent that is suspended", async () => {
    const missing = await tabardCommand("token", "--agent", "nobody")
    assert.deepEqual([missing.code, /tabard agents enroll/.test(missing.stderr)], [1, true])
    await writeFile(join(cwd, "open.json"), "{}", { mode: 0o644 })
    const open = await tabardCommand("token", "--credentials", "open.json")
    assert.deepEqual([open.code, /others may read/.test(open.stderr)], [1, true])
    const { id } = await world.agentNamed("suspended")
    await ann.api.suspendAgent({ id, reason: "a test" })
    const suspended = await tabardCommand("token", "--agent", "suspended")
    assert.deepEqual([suspended.code, suspended.stdout], [1, ""])
    assert.match(suspended.stderr, /gets no token/)
  })

  it("speaks to no other server than the one it is for", async () => {
    await world.agentNamed("elsewhere")
    const { code, stdout, stderr } = await tabardCommand(
      "token",
      "--agent",
      "elsewhere",
      "--dpop-for",
      "GET",
      "https://evil.example/x",
    )
    assert.deepEqual([code, stdout], [2, ""])
    assert.match(stderr, /^the agent's token is for http.*name an address there/)
  })
})

describe("tabard run", () => {
  it("lets a program that knows nothing of Tabard use the gateway, and ends as it ends", async () => {
    const { task } = await world.agentNamed("plain")
    const { code, stdout, stderr } = await runAgent("plain", task.id)
    assert.equal(code, 0, stderr)
    assert.match(stdout, /^200 .*read_note/s)
  })

  it("ends the program once its agent is suspended, and says why", async () => {
    const { id, task } = await world.agentNamed("stopped")
    await using running = startTabard(runArguments("stopped", task.id, "--until-refused"), { cwd })
    while (!running.said().includes("200")) await pause(20)
    await ann.api.suspendAgent({ id, reason: "a test" })
    const { code, stderr } = await running.ended()
    // The program leaves with 3 by itself where it hears of its 401 before it is ended.
    assert.ok(code === 1 || code === 3, String(code))
    assert.match(stderr, /gets no token any more/)
  })

  it("hands its signals on", async () => {
    const { task } = await world.agentNamed("signals")
    const script =
      "process.on('SIGTERM', () => process.exit(42)); console.log('here'); setInterval(() => {}, 1000)"
    const args = ["run", "--agent", "signals", "--task", task.id, "--", process.execPath, "-e", script]
    await using running = startTabard(args, { cwd })
    while (!running.said().includes("here")) await pause(20)
    running.child.kill("SIGTERM")
    assert.equal((await running.ended()).code, 42)
  })

  it("runs nothing where there is nothing to run, or nothing to run it as", async () => {
    assert.equal((await tabardCommand("run", "--agent", "plain")).code, 2)
    assert.equal((await tabardCommand("run", "--agent", "nobody", "--", "true")).code, 1)
    assert.equal((await tabardCommand("run", "--agent", "../x", "--", "true")).code, 2)
  })
})

/** What a token says of itself; whether it is right is the server's to say. */
function claimsOf(token: string): {
  readonly cnf: { readonly jkt: string }
  readonly task: string
  readonly sub: string
} {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString())
}

async function pendingOf(agent: string): Promise<ApprovalView | false> {
  const { items } = await ann.api.listApprovals({ state: "pending" })
  return items.find((question) => question.agent.id === agent) ?? false
}

function runArguments(name: string, task: string, ...more: readonly string[]): readonly string[] {
  return ["run", "--agent", name, "--task", task, "--", process.execPath, PLAIN_AGENT, ...more]
}

function runAgent(name: string, task: string): Promise<Ended> {
  return tabardCommand(...runArguments(name, task))
}

function listTools(headers: Readonly<Record<string, string>>): ReturnType<typeof rawRequest> {
  const { host } = new URL(tabard.server.publicUrl)
  return rawRequest(tabard.server.publicUrl, {
    method: "POST",
    path: "/mcp/notes",
    headers: {
      host,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2025-11-25",
      ...headers,
    },
    body: MESSAGE,
  })
}

function tabardCommand(...args: readonly string[]): Promise<Ended> {
  return world.run(args)
}
