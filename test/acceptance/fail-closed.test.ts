import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { fileURLToPath } from "node:url"
import { ApiProblem, createClient } from "@tabard/api"
import { boundFetch, Refused, TokenSource } from "@tabard/client"
import { openTemporarySqlite } from "@tabard/store/testing"
import { connectAgent, structured } from "../world/agent.ts"
import { type GovernedAgent, governAgent } from "../world/governed-agent.ts"
import { replaceFile } from "../world/replace-file.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { type ScimClient, scimClient } from "../world/scim/scim-client.ts"
import { makeShiftingServer } from "../world/shifting-server.ts"
import { startTabard, temporaryDirectory } from "../world/tabard-process.ts"
import { until } from "../world/until.ts"

const FREE_MANIFEST = `
purpose: Tidy the notes
tier: transactional
tools:
  - { server: notes, tool: read_note }
  - { server: notes, tool: write_note }
`

describe("while what is published is not what was recorded", () => {
  const stack = new AsyncDisposableStack()
  let tabard: RunningTabard
  let ann: SignedInPerson
  let agent: GovernedAgent
  let checkpoint: string
  let genuine: string
  let directory: ScimClient
  let leaver: string

  before(async () => {
    tabard = stack.use(await runTabard())
    ann = await signInFirst(tabard.server, "Ann")
    directory = await scimClient(tabard.server, ann)
    const { body } = await directory.ask("POST", "/Users", { userName: "leaver@example.test" })
    leaver = String(body?.["id"])
    const { launch } = stack.use(await makeShiftingServer())
    await ann.api.registerServer({ name: "notes", launch })
    agent = await governAgent(tabard.server, ann.api, { manifest: FREE_MANIFEST })
    await tabard.server.publish()
    checkpoint = join(tabard.data, "log", "default", "checkpoint")
    genuine = await readFile(checkpoint, "utf8")
  })
  after(() => stack.disposeAsync())

  it("all is well before: probes and the API say so", async () => {
    assert.deepEqual(await probe("/livez"), [200, { status: "ok" }])
    assert.deepEqual(await probe("/readyz"), [200, { status: "ok" }])
    const { status, stopped, parts } = await ann.api.getHealth({})
    assert.deepEqual([status, stopped], ["ok", false], JSON.stringify(parts))
    assert.equal(await call("read_note"), "done")
  })

  it("the publisher stops and says so, to probes in one word and to people in words", async () => {
    const [origin, size, ...rest] = genuine.split("\n")
    await replaceFile(checkpoint, [origin, Number(size) + 5, ...rest].join("\n"))
    await ann.api.enterAgent({ name: "Something happens" })
    await until(async () => (await ann.api.getHealth({})).stopped)
    const { status, parts } = await ann.api.getHealth({})
    const record = parts.find(({ part }) => part === "record")
    assert.deepEqual([status, record?.status], ["failing", "failing"])
    assert.match(record?.words ?? "", /not what was recorded/)
    assert.deepEqual(await probe("/readyz"), [200, { status: "degraded" }])
    assert.deepEqual(await probe("/livez"), [200, { status: "ok" }])
  })

  it("nobody gets more to do, and is told why and what next", async () => {
    const unavailable = (error: unknown): boolean =>
      error instanceof ApiProblem && error.status === 503 && error.code === "record_unavailable"
    const { id } = agent
    for (const asked of [
      () => ann.api.offerEnrolment({ id }),
      () => ann.api.putManifest({ id, manifest: FREE_MANIFEST }),
      () =>
        ann.api.openTask({ id, text: "x", server: "srv", tools: ["read_note"], folder: null, minutes: 5 }),
      () => ann.api.putSettings({ graceDays: 20 }),
      () => ann.api.makeApiToken({ purpose: "x", role: "member", scopes: ["agents:read"] }),
      () => ann.api.invitePerson({ name: "Eve", email: "eve@example.test", role: "member" }),
      () => ann.api.answerApproval({ id: "apr", verdict: "approved" }),
    ])
      await assert.rejects(asked(), unavailable)
    await assert.rejects(
      new TokenSource(agent.credentials, { task: agent.task.id }).token(),
      (error) => error instanceof Refused && error.code === "temporarily_unavailable",
    )
  })

  it("a directory brings nobody in, and still switches off who leaves", async () => {
    const brought = await directory.ask("POST", "/Users", { userName: "comer@example.test" })
    assert.deepEqual([brought.status, brought.body?.["status"]], [503, "503"])
    const patched = (active: boolean) =>
      directory.ask("PATCH", `/Users/${leaver}`, { Operations: [{ op: "replace", value: { active } }] })
    assert.equal((await patched(false)).body?.["active"], false)
    assert.equal((await patched(true)).status, 503)
    assert.equal((await directory.ask("DELETE", `/Users/${leaver}`)).status, 204)
  })

  it("what stops, refuses or reads goes on", async () => {
    const refused = (error: unknown): boolean =>
      error instanceof ApiProblem && error.code === "approval_not_found"
    await assert.rejects(ann.api.answerApproval({ id: "apr", verdict: "denied" }), refused)
    assert.ok((await ann.api.listEvents({})).items.length > 0)
    const other = await ann.api.enterAgent({ name: "Something else" })
    await ann.api.dismissAgent({ id: other.id, reason: "none of ours" })
  })

  it("it all goes on once the log is whole again", async () => {
    await replaceFile(checkpoint, genuine)
    await until(async () => !(await ann.api.getHealth({})).stopped)
    assert.equal((await ann.api.getHealth({})).status, "ok")
    assert.deepEqual(await probe("/readyz"), [200, { status: "ok" }])
    assert.equal(await call("write_note"), "done")
    const others = tabard.faults.filter((fault) => !(fault instanceof Error && fault.name === "TamperedLog"))
    assert.deepEqual(others, [])
  })

  async function probe(path: string): Promise<readonly [number, unknown]> {
    const answer = await fetch(`${tabard.server.publicUrl}${path}`)
    return [answer.status, await answer.json()]
  }

  /** What came of a call: that it was done, or why it was not. */
  async function call(tool: string): Promise<unknown> {
    const bound = boundFetch(agent.credentials, { task: agent.task.id })
    await using hands = await connectAgent(tabard.server.publicUrl, bound)
    const answer = await hands.call(
      tool,
      tool === "read_note" ? { topic: "a" } : { topic: "a", content: "b" },
    )
    return answer.isError ? structured(answer)["code"] : "done"
  }
})

describe("while the database is gone", () => {
  it("nothing is done, and whoever asked is told that it was not", async () => {
    const opened = await openTemporarySqlite()
    const tabard = await runTabard({ openStore: opened.store })
    const ann = await signInFirst(tabard.server, "Ann")
    const { launch, ...upstream } = await makeShiftingServer()
    await ann.api.registerServer({ name: "notes", launch })
    const agent = await governAgent(tabard.server, ann.api, { manifest: FREE_MANIFEST })
    const bound = boundFetch(agent.credentials, { task: agent.task.id })
    const hands = await connectAgent(tabard.server.publicUrl, bound)
    assert.notEqual((await hands.call("write_note", { topic: "a", content: "b" })).isError, true)

    await opened[Symbol.asyncDispose]()
    await assert.rejects(
      ann.api.enterAgent({ name: "x" }),
      (error) => error instanceof ApiProblem && error.status === 503 && error.code === "record_unavailable",
    )
    await assert.rejects(hands.call("write_note", { topic: "a", content: "b" }))
    const ready = await fetch(`${tabard.server.publicUrl}/readyz`)
    assert.deepEqual([ready.status, await ready.json()], [503, { status: "unavailable" }])
    assert.deepEqual(await upstream.ran(), ["write_note"], "nothing was forwarded that could not be recorded")
    // What gives leases back, and ends what ran, finds no database either.
    for (const one of [hands, tabard, upstream])
      await Promise.resolve(one[Symbol.asyncDispose]()).catch(() => undefined)
  })
})

describe("while the disk is full", () => {
  it("what was answered is kept, what was not is told as such, and no other door opens", async () => {
    await using folder = await temporaryDirectory()
    await using started = await startLimited(folder.path, 4000)
    const cookie = await signIn(started.link)
    const api = client(started.console, cookie)
    const kept: string[] = []
    const refusal = await enterUntilRefused(api, kept)
    assert.ok(refusal instanceof ApiProblem, String(refusal))
    assert.deepEqual([refusal.status, refusal.code], [503, "record_unavailable"])
    assert.ok(kept.length > 10)
    assert.equal((await fetch(`${started.console}/livez`)).status, 200)
    assert.ok((await api.listAgents({ limit: 5 })).items.length > 0, "reading goes on")
    await started[Symbol.asyncDispose]()

    await using again = startTabard(["up", "--port", "0", "--no-scan", "--data", "data"], {
      cwd: folder.path,
    })
    const { console: address, link } = await again.started()
    const after = client(address, await signIn(link))
    for (const id of kept) assert.equal((await after.getAgent({ id })).id, id)
    await after.enterAgent({ name: "There is room again" })
  })
})

/** Enters agents until one is refused, and answers why; the ids of those that were answered for go to `kept`. */
async function enterUntilRefused(api: ReturnType<typeof createClient>, kept: string[]): Promise<unknown> {
  const purpose = "long ".repeat(180)
  for (let n = 0; n < 5_000; n++) {
    try {
      kept.push((await api.enterAgent({ name: `Agent ${n}`, purpose })).id)
    } catch (error) {
      return error
    }
  }
  return undefined
}

const LAUNCHER = fileURLToPath(new URL("../../packages/cli/bin/tabard.js", import.meta.url))

/** `tabard up`, with no file of which may grow beyond so many kilobytes: the same as a full disk, for whoever writes. */
async function startLimited(
  cwd: string,
  kilobytes: number,
): Promise<AsyncDisposable & { console: string; link: string }> {
  const words = ["up", "--port", "0", "--no-scan", "--data", "data"]
  const script = `ulimit -f ${kilobytes}; exec "$0" "$@"`
  const child = spawn("bash", ["-c", script, process.execPath, LAUNCHER, ...words], {
    cwd,
    env: { PATH: process.env["PATH"], HOME: cwd },
    stdio: ["ignore", "pipe", "ignore"],
  })
  const closed = once(child, "close")
  let said = ""
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text))
  await until(async () => /Data /.test(said))
  const [, address = ""] = /Console\s+(\S+)/.exec(said) ?? []
  const [, link = ""] = /Sign in once\s+(\S+)/.exec(said) ?? []
  return {
    console: address,
    link,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL")
      await closed
    },
  }
}

async function signIn(link: string): Promise<string> {
  const { origin, hash } = new URL(link)
  const body = JSON.stringify({ code: hash.slice(1), name: "Ann", email: "ann@example.test" })
  const headers = { "content-type": "application/json", "x-tabard": "1" }
  const answer = await fetch(`${origin}/api/v1/sign-in`, { method: "POST", headers, body })
  assert.equal(answer.status, 200, await answer.text())
  return answer.headers.getSetCookie()[0]?.split(";", 1)[0] ?? ""
}

function client(address: string, cookie: string): ReturnType<typeof createClient> {
  return createClient(address, (url, init) =>
    fetch(url, { ...init, headers: [...new Headers(init.headers), ["cookie", cookie]] }),
  )
}
