import assert from "node:assert/strict"
import { readdir, readFile, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { setTimeout as pause } from "node:timers/promises"
import {
  boundFetch,
  type Credentials,
  createKey,
  readCredentials,
  rotate,
  TokenSource,
  writeCredentials,
} from "@tabard/client"
import { lacks, softToken } from "@tabard/client/testing/tokens"
import { ManualClock } from "@tabard/core"
import { type CommandWorld, openCommandWorld } from "../world/command-world.ts"
import { governAgent } from "../world/governed-agent.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { makeShiftingServer } from "../world/shifting-server.ts"
import { type Ended, startTabard } from "../world/tabard-process.ts"

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

describe("tabard agents rotate", () => {
  it("puts a new key in the place of the present one, and both work", async () => {
    const { credentials: before, id } = await world.agentNamed("plain")
    const { code, stdout, stderr } = await command("agents", "rotate", "--agent", "plain")
    assert.equal(code, 0, stderr)
    assert.match(stdout, /Rotated the key of ins_.*\n.*The earlier one works until/)
    const now = await credentialsOf("plain")
    assert.deepEqual({ ...now, key: null }, { ...before, key: null })
    assert.notDeepEqual(now.key, before.key)
    assert.equal((await stat(pathOf("plain"))).mode & 0o777, 0o600)
    for (const each of [before, now]) assert.equal(await callWith(each), 200)
    const [instance] = (await ann.api.getAgent({ id })).instances
    assert.equal(instance?.keyStorage, "file")
    assert.ok(instance.rotatedAt && instance.earlierKeyEndsAt && instance.lastUsedAt)
  })

  it("ends the earlier key at once where no overlap is asked for, and its tokens with it", async () => {
    const { credentials: before } = await world.agentNamed("at-once")
    const bound = boundFetch(before)
    assert.equal(await call(bound), 200)
    assert.equal((await command("agents", "rotate", "--agent", "at-once", "--overlap", "0")).code, 0)
    assert.equal(await call(bound), 401)
    await assert.rejects(new TokenSource(before).token(), { name: "Refused", code: "invalid_client" })
    assert.equal(await callWith(await credentialsOf("at-once")), 200)
  })

  it("finishes what a stop between the server's word and the file left undone", async () => {
    const { credentials } = await world.agentNamed("killed")
    const next = await createKey()
    const draft = { ...credentials, key: next }
    await writeFile(`${pathOf("killed")}.next`, writeCredentials(draft), { mode: 0o600 })
    await rotate({ credentials, next })
    const { code, stdout } = await command("agents", "rotate", "--agent", "killed")
    assert.deepEqual([code, /begun before is done/.test(stdout)], [0, true])
    assert.deepEqual(await credentialsOf("killed"), draft)
  })

  it("begins anew where the server never heard of the key that was left", async () => {
    const { credentials } = await world.agentNamed("unheard")
    const left = { ...credentials, key: await createKey() }
    await writeFile(`${pathOf("unheard")}.next`, writeCredentials(left), { mode: 0o600 })
    assert.equal((await command("agents", "rotate", "--agent", "unheard")).code, 0)
    assert.notDeepEqual((await credentialsOf("unheard")).key, left.key)
    assert.equal(await callWith(await credentialsOf("unheard")), 200)
    assert.ok(!(await readdir(join(cwd, ".tabard/agents"))).includes("unheard.json.next"))
  })

  it("leaves the file as it is where the server says no", async () => {
    const { credentials, id } = await world.agentNamed("stopped")
    await ann.api.suspendAgent({ id, reason: "a test" })
    assert.equal((await command("agents", "rotate", "--agent", "stopped")).code, 1)
    assert.deepEqual(await credentialsOf("stopped"), credentials)
    assert.ok(!(await readdir(join(cwd, ".tabard/agents"))).includes("stopped.json.next"))
  })

  it("goes on under a program that is running, which takes the new key with its next token", async () => {
    const { id, task } = await world.agentNamed("running")
    const plain = new URL("../../examples/plain-agent.ts", import.meta.url).pathname
    const args = [
      "run",
      "--agent",
      "running",
      "--task",
      task.id,
      "--",
      process.execPath,
      plain,
      "--until-refused",
    ]
    await using running = startTabard(args, { cwd })
    while (!running.said().includes("200")) await pause(20)
    assert.equal((await command("agents", "rotate", "--agent", "running", "--overlap", "1")).code, 0)
    const hasEnded = async (): Promise<boolean> =>
      (await ann.api.getAgent({ id })).instances.every(({ earlierKeyEndsAt }) => earlierKeyEndsAt === null)
    while (!(await hasEnded())) await pause(100)
    const before = running.said().length
    while (!/\n200 /.test(running.said().slice(before)) && running.child.exitCode === null) await pause(20)
    assert.equal(running.child.exitCode, null)
  })
})

describe("an agent whose key is in a PKCS#11 token", { skip: lacks("softhsm2-util", "pkcs11-tool") }, () => {
  it("is enrolled, gets tokens and rotates as any other, and its install says where its key is", async () => {
    await using hsm = await softToken()
    const { id } = await world.agentNamed("hsm-owner")
    const { code } = await ann.api.offerEnrolment({ id })
    const enroll = ["agents", "enroll", "--server", tabard.server.publicUrl, "--code", code, "--agent", "hsm"]
    const env = { SOFTHSM2_CONF: process.env["SOFTHSM2_CONF"] }
    const enrolled = await world.run([...enroll, "--key", hsm.address], env)
    assert.match(enrolled.stdout, /Its key is in pkcs11; where, is in/, enrolled.stderr)
    assert.doesNotMatch(await readFile(pathOf("hsm"), "utf8"), /"d"/)
    assert.equal(await callWith(await credentialsOf("hsm")), 200)
    const rotated = await world.run(["agents", "rotate", "--agent", "hsm"], env)
    assert.match(rotated.stdout, /The new one is in pkcs11/, rotated.stderr)
    const instance = (await ann.api.getAgent({ id })).instances.find(
      ({ keyStorage }) => keyStorage === "pkcs11",
    )
    assert.ok(instance?.rotatedAt)
    assert.equal(await callWith(await credentialsOf("hsm")), 200)
  })
})

describe("a key that was rotated", () => {
  it("ends when the time is over that both were given", async () => {
    const clock = new ManualClock(new Date().toISOString())
    await using own = await runTabard({ clock })
    const { api } = await signInFirst(own.server, "Ann")
    await using upstream = await makeShiftingServer()
    await api.registerServer({ name: "notes", launch: upstream.launch })
    const { credentials } = await governAgent(own.server, api)
    const now = (): Date => clock.now()
    const rotated = await rotate({ credentials, next: await createKey(), overlapSeconds: 60, now })
    await new TokenSource(credentials, { now }).token()
    clock.advance(60_000)
    await assert.rejects(new TokenSource(credentials, { now }).token(), { code: "invalid_client" })
    await new TokenSource(rotated.credentials, { now }).token()
  })

  it("is refused to rotate again, as is a statement that was made before", async () => {
    const { credentials } = await world.agentNamed("twice")
    const { credentials: newest } = await rotate({ credentials, next: await createKey() })
    await assert.rejects(rotate({ credentials, next: await createKey() }), { code: "enrolment_invalid" })
    await rotate({ credentials: newest, next: await createKey() })
  })

  it("counts wrong statements like wrong codes: they are guesses", async () => {
    const { credentials } = await world.agentNamed("guessing")
    const stranger = { ...credentials, key: await createKey() }
    await assert.rejects(rotate({ credentials: stranger, next: await createKey() }), { status: 403 })
  })
})

describe("an install that is revoked", () => {
  it("is refused with both its keys from then on, while the agent's others go on", async () => {
    const agent = await world.agentNamed("revoked")
    const { credentials: newest } = await rotate({ credentials: agent.credentials, next: await createKey() })
    const other = await world.agentNamed("other")
    const bound = boundFetch(newest)
    assert.equal(await call(bound), 200)
    const shown = await ann.api.revokeInstance({
      id: agent.id,
      instance: newest.instance,
      reason: "lost laptop",
    })
    assert.ok(shown.instances[0]?.revokedAt)
    assert.deepEqual(shown.tokens, [])
    assert.equal(await call(bound), 401)
    for (const each of [agent.credentials, newest])
      await assert.rejects(new TokenSource(each).token(), { code: "invalid_client" })
    assert.equal(await callWith(other.credentials), 200)
  })
})

function pathOf(name: string): string {
  return join(cwd, `.tabard/agents/${name}.json`)
}

async function credentialsOf(name: string): Promise<Credentials> {
  return readCredentials(await readFile(pathOf(name), "utf8"))
}

function callWith(credentials: Credentials): Promise<number> {
  return call(boundFetch(credentials))
}

async function call(bound: typeof fetch): Promise<number> {
  const answer = await bound(`${tabard.server.publicUrl}/mcp/notes`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2025-11-25",
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" }),
  })
  await answer.text()
  return answer.status
}

function command(...args: readonly string[]): Promise<Ended> {
  return world.run(args)
}
