import assert from "node:assert/strict"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { TokenSource } from "@tabard/client"
import { type CommandWorld, openCommandWorld } from "../world/command-world.ts"
import { type GovernedAgent, governAgent } from "../world/governed-agent.ts"
import type { RunningTabard, SignedInPerson } from "../world/running-tabard.ts"
import type { Ended } from "../world/tabard-process.ts"

const stack = new AsyncDisposableStack()
let world: CommandWorld
let tabard: RunningTabard
let ann: SignedInPerson
let cwd: string
let agent: GovernedAgent
let vkey: string

before(async () => {
  world = stack.use(await openCommandWorld())
  ;({ tabard, ann, cwd } = world)
  agent = await governAgent(tabard.server, ann.api)
  await world.keepToken("token", ["agents:read", "agents:write", "record:read"])
})
after(() => stack.disposeAsync())

describe("tabard retire", () => {
  it("shows what would be done, and does nothing", async () => {
    await new TokenSource(agent.credentials, { task: agent.task.id }).token()
    const { code, stdout, stderr } = await asked("retire", agent.id)
    assert.equal(code, 0, stderr)
    assert.match(stdout, /^Not begun; this is what would be done\n {2}close-task tsk_/)
    assert.match(stdout, new RegExp(`probe-key ${agent.credentials.instance}: waits`))
    assert.match(
      stdout,
      new RegExp(`credential ${agent.credentials.instance} \\(key\\): ours, is tried at the end`),
    )
    assert.equal((await ann.api.getAgent({ id: agent.id })).state, "active")
  })

  it("says that there is no certificate of an agent that is not retired", async () => {
    const { code, stderr } = await asked("retire", "certificate", agent.id)
    assert.deepEqual([code, /is not retired/.test(stderr)], [1, true])
  })

  it("ends an agent with each of its keys and tokens tried and refused", async () => {
    const { code, stdout, stderr } = await asked("retire", agent.id, "--reason", "the notes are tidy")
    assert.equal(code, 0, stderr)
    assert.match(stdout, /^Retirement begun .*, complete\n/)
    assert.match(stdout, /probe-token .*: refused: token_revoked/)
    assert.match(stdout, /probe-key .*: refused: instance_not_found/)
    assert.match(stdout, /certify .*: certified/)
    assert.equal((await ann.api.getAgent({ id: agent.id })).state, "retired")
    await assert.rejects(new TokenSource(agent.credentials).token())
    const { items } = await ann.api.listEvents({ agent: agent.id, type: "token.refused" })
    assert.ok(items.length > 0, "the attempt is in the record")
  })
})

describe("the certificate of a retirement", () => {
  before(async () => {
    await tabard.server.publish()
    const { code, stdout, stderr } = await asked("retire", "certificate", agent.id)
    assert.equal(code, 0, stderr)
    await writeFile(join(cwd, "certificate"), stdout)
    vkey = JSON.parse(stdout).verifierKey
  })

  it("verifies offline by the log's key, and says how each credential was settled", async () => {
    const { code, stdout, stderr } = await offline("certificate", "--vkey", vkey)
    assert.equal(code, 0, stdout + stderr)
    assert.match(
      stdout,
      new RegExp(`^Proven: spiffe://\\S+/agent/${agent.id} ended for ever, as entry \\d+ of `),
    )
    assert.match(stdout, new RegExp(`${agent.credentials.instance} \\(enrolled-key\\): probed\n`))
  })

  it("verifies against the issuer's published keys as they were kept, and not against others", async () => {
    const published = await (await fetch(`${tabard.server.publicUrl}/oauth/jwks`)).text()
    await writeFile(join(cwd, "jwks"), published)
    const said = await offline("certificate", "--vkey", vkey, "--issuer-keys", "jwks", "--json")
    assert.equal(said.code, 0, said.stdout + said.stderr)
    const { ok, kid, certificate } = JSON.parse(said.stdout)
    assert.deepEqual([ok, certificate.agent], [true, agent.id])
    assert.ok(published.includes(kid))
    await writeFile(join(cwd, "others"), JSON.stringify({ keys: [] }))
    const refused = await offline("certificate", "--vkey", vkey, "--issuer-keys", "others")
    assert.deepEqual([refused.code, /none of the issuer's keys/.test(refused.stdout)], [1, true])
  })

  it("is not proven where a byte of it is another, or by another log's key", async () => {
    const kept = JSON.parse(await readFile(join(cwd, "certificate"), "utf8"))
    const entry = Buffer.from(kept.entry, "base64").toString("utf8")
    const changed = entry.replace('"moreCredentials":0', '"moreCredentials":1')
    assert.notEqual(changed, entry)
    await keep("changed", { ...kept, entry: Buffer.from(changed).toString("base64") })
    const { code, stdout } = await offline("changed", "--vkey", vkey)
    assert.deepEqual([code, stdout.startsWith("NOT PROVEN: ")], [1, true])
    const other = vkey.replace(/^[^+]+/, "other.example/log")
    assert.equal((await offline("certificate", "--vkey", other)).code, 1)
  })

  it("is no other event of the log, however well that is proven", async () => {
    const { items } = await ann.api.listEvents({ agent: agent.id, type: "agent.retiring" })
    const { entry, proof, verifierKey } = await ann.api.getEventProof({ id: items[0]?.id ?? "" })
    await keep("another", { schema: "tabard.retirement/1", entry, proof, verifierKey })
    const { code, stdout } = await offline("another", "--vkey", vkey)
    assert.deepEqual([code, /does not say that an agent was retired/.test(stdout)], [1, true])
  })
})

function keep(name: string, value: object): Promise<void> {
  return writeFile(join(cwd, name), JSON.stringify(value))
}

function asked(...args: readonly string[]): Promise<Ended> {
  return world.run([...args, "--server", tabard.server.publicUrl, "--token-file", "token"])
}

function offline(...args: readonly string[]): Promise<Ended> {
  return world.run(["retire", "verify", ...args])
}
